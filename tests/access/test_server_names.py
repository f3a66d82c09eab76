"""By what names a server is known, and which pages are its own."""

import pytest

from evaluation.access.network_access import ServerNames

LOCAL = ServerNames.of(["127.0.0.1"], [])
PUBLIC = ServerNames.of(["palvelin.kunta.example"], ["https://palaute.kunta.example/oauth2callback"])
MANY = ServerNames.of(["*.kunta.example", "Palaute.Toinen.example."], [])


@pytest.mark.parametrize(
    ("known", "host", "own"),
    [
        (LOCAL, "127.0.0.1:8501", True),
        (LOCAL, "localhost:8501", True),
        (LOCAL, "LOCALHOST.:8501", True),
        (LOCAL, "[::1]:8501", True),
        (LOCAL, "192.168.1.20:8501", True),
        (LOCAL, "evil.example:8501", False),
        (LOCAL, "localhost.evil.example:8501", False),
        (LOCAL, "127.0.0.1.evil.example", False),
        (LOCAL, "evil@localhost", False),
        (LOCAL, "localhost:8501/evil", False),
        (LOCAL, "localhost:port", False),
        (LOCAL, "", False),
        (LOCAL, None, False),
        (PUBLIC, "palaute.kunta.example", True),
        (PUBLIC, "palvelin.kunta.example:8501", True),
        (PUBLIC, "kunta.example", False),
        (MANY, "palaute.kunta.example", True),
        (MANY, "palaute.toinen.example", True),
        (MANY, "evilkunta.example", False),
        (ServerNames.of(["*"], []), "anything.example", True),
    ],
)
def test_a_server_answers_by_the_names_it_is_known_by(known: ServerNames, host: str | None, own: bool) -> None:
    assert known.has_host(host) is own


@pytest.mark.parametrize(
    ("known", "origin", "host", "own"),
    [
        (LOCAL, "http://127.0.0.1:8501", "127.0.0.1:8501", True),
        (LOCAL, "http://localhost:8501", "localhost:8501", True),
        (LOCAL, "http://localhost:3000", "localhost:8501", False),
        (LOCAL, "http://localhost", "localhost:8501", False),
        (LOCAL, "http://localhost:8501", "127.0.0.1:8501", False),
        (LOCAL, "http://evil.example", "127.0.0.1:8501", False),
        (LOCAL, "http://evil.example:8501", "evil.example:8501", False),
        (LOCAL, "http://evil@127.0.0.1:8501", "127.0.0.1:8501", False),
        (LOCAL, "null", "127.0.0.1:8501", False),
        (LOCAL, "file://", "127.0.0.1:8501", False),
        (LOCAL, "", "127.0.0.1:8501", False),
        (PUBLIC, "https://palaute.kunta.example", "palaute.kunta.example", True),
        (PUBLIC, "http://palaute.kunta.example", "palaute.kunta.example", False),
        (PUBLIC, "https://palaute.kunta.example", "127.0.0.1:8501", True),
        (PUBLIC, "https://palvelin.kunta.example", "palvelin.kunta.example", True),
        (PUBLIC, "https://toinen.kunta.example", "palaute.kunta.example", False),
    ],
)
def test_only_a_page_of_the_server_itself_may_ask(known: ServerNames, origin: str, host: str, own: bool) -> None:
    assert known.has_origin(origin, host) is own
