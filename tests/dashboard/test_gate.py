"""Only the dashboard's own pages in a browser that was let in reach its server: a real process, and real sockets."""

import asyncio
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from benchmarks.client import reader
from evaluation.dashboard.known_browsers import key_in, same_page
from evaluation.dashboard.response_headers import protecting_headers
from evaluation.dashboard.socket_messages import page_message
from tests.serving import SECRETS, Served, answer, answers, let_in, serving

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve as on a laptop: without sign-in, for whoever started it."""
    folder = tmp_path_factory.mktemp("gate")
    url = f"duckdb:///{(folder / 'own.duckdb').as_posix()}"
    with serving(url, EVALUATION_WITHOUT_SIGN_IN="") as running:
        yield running


@pytest.fixture(scope="module")
def cookie(served: Served) -> str:
    return let_in(served)


def _opens(served: Served, origin: str | None, host: str | None = None, cookie: str = "") -> bool:
    """Tell whether a page of ``origin`` can open the socket, asking by the name ``host``."""
    address = f"ws://{host or f'127.0.0.1:{served.port}'}/_stcore/stream"
    # Whatever the name, it leads to this machine.
    way = socket.create_connection(("127.0.0.1", served.port))
    headers = {"Cookie": cookie} if cookie else {}
    try:
        with connect(
            address,
            origin=origin,
            subprotocols=["streamlit"],
            sock=way,
            additional_headers=headers,  # type: ignore[arg-type]
        ):
            return True
    except InvalidStatus as refused:
        if refused.response.status_code != 403:
            raise
        return False
    finally:
        way.close()


def test_its_own_page_opens_the_socket(served: Served, cookie: str) -> None:
    assert _opens(served, served.address, cookie=cookie)
    assert _opens(served, f"http://localhost:{served.port}", f"localhost:{served.port}", cookie)


@pytest.mark.parametrize(
    "origin",
    ["http://localhost:3000", "http://127.0.0.1:3000", "http://localhost", "https://evil.example", "null", None],
)
def test_a_page_of_another_origin_does_not(served: Served, cookie: str, origin: str | None) -> None:
    """A browser sends the cookie of a name to every port of it."""
    assert not _opens(served, origin, cookie=cookie)


def test_a_site_whose_name_is_made_to_lead_here_gets_no_answer(served: Served, cookie: str) -> None:
    name = f"evil.example:{served.port}"
    assert not _opens(served, f"http://{name}", name, cookie)
    assert answers(served.address, "/", Host=name, Cookie=cookie) == 403


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/host-config", "/media/any", "/_stcore/metrics"])
def test_a_request_that_another_page_sends_is_refused(served: Served, cookie: str, path: str) -> None:
    assert answers(served.address, path, Origin="http://localhost:3000", Cookie=cookie) == 403
    good = 404 if "media" in path else 200
    assert answers(served.address, path, Origin=served.address, Cookie=cookie) == good


@pytest.mark.parametrize(
    "path", ["/", "/practice?practice=sisu", "/media/any", "/_stcore/metrics", "/?key=", "/?key=a"]
)
def test_a_browser_that_was_not_let_in_gets_a_sentence(served: Served, path: str) -> None:
    status, headers = answer(served.address + path, Accept="text/html")
    assert (status, headers["Set-Cookie"]) == (403, None)
    assert not _opens(served, served.address)
    assert answers(served.address) == 200, "who watches over the server needs no key"


def test_a_key_is_exchanged_once_for_a_cookie_and_taken_out_of_the_address(served: Served, cookie: str) -> None:
    assert answer(served.said)[0] == 403, "the cookie was given for it"
    # The next key is said once the one before has counted.
    assert served.process.stdout is not None
    said = next(line.split()[-1] for line in served.process.stdout if "http://" in line)
    link = said.replace("/?", "/practice?practice=sisu&cohort=Kev%C3%A4t%202024&")
    status, headers = answer(link)
    assert (status, headers["Location"]) == (303, "/practice?practice=sisu&cohort=Kev%C3%A4t+2024")
    assert headers["Set-Cookie"].startswith(cookie)
    assert answer(link)[0] == 403
    status, headers = answer(link, Cookie=cookie)
    assert (status, headers["Set-Cookie"]) == (303, None), "a link with an old key works where the browser is known"


def test_a_bookmark_of_the_other_name_of_this_machine_leads_to_the_usual_one(served: Served) -> None:
    address = f"http://localhost:{served.port}/trend?practice=sisu"
    assert answer(address, Accept="text/html")[1]["Location"] == f"{served.address}/trend?practice=sisu"
    assert answer(f"{served.address}/trend", Accept="text/html")[0] == 403


def test_every_answer_tells_the_browser_what_not_to_allow(served: Served, cookie: str) -> None:
    for path, given in (("/", {"Cookie": cookie}), ("/", {}), ("/media/any", {"Cookie": cookie}), ("/static/none", {})):
        _, headers = answer(served.address + path, **given)
        assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
        assert headers["X-Frame-Options"] == "DENY"
        policy = headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert f"connect-src 'self' ws://127.0.0.1:{served.port} wss://127.0.0.1:{served.port};" in policy
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]


@pytest.mark.parametrize("host", ["", "a; script-src *", "a b", "a,b", "ä.fi", "a/b"])
def test_no_name_of_the_server_widens_what_is_allowed(host: str) -> None:
    assert b"connect-src 'self';" in protecting_headers(host)[b"content-security-policy"]


@pytest.mark.parametrize("address", ["//evil.example/a", "/\\evil.example", "///evil.example", "/a\nb", "/ä ö", ""])
def test_no_address_leads_to_another_server(address: str) -> None:
    led = urlsplit(same_page(address, "a=1"))
    assert (led.scheme, led.netloc, led.query) == ("", "", "a=1")
    assert led.path.startswith("/")
    assert not set(led.path) & set("\\\n ")


@pytest.mark.parametrize(
    ("query", "key", "rest"),
    [
        ("", None, ""),
        ("key=a", "a", ""),
        ("practice=sisu&key=a&lang=sv", "a", "practice=sisu&lang=sv"),
        ("key=a&key=b", "b", ""),
        ("monkey=a", None, "monkey=a"),
        ("cohort=K%26key%3Da&x=", None, "cohort=K%26key%3Da&x="),
    ],
)
def test_the_key_is_taken_out_of_a_query_and_nothing_else(query: str, key: str | None, rest: str) -> None:
    assert key_in(query) == (key, rest)


def _messages() -> dict[str, BackMsg]:
    """Return a message of every kind that Streamlit takes from a browser."""
    made = {}
    for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields:
        made[field.name] = message = BackMsg()
        if field.message_type:
            getattr(message, field.name).SetInParent()
        else:
            setattr(message, field.name, True)
    for field in BackMsg().backend_operation_request.DESCRIPTOR.oneofs_by_name["payload"].fields:
        made[field.name] = message = BackMsg()
        getattr(message.backend_operation_request, field.name).SetInParent()
    return made


def test_only_what_a_page_sends_reaches_streamlit() -> None:
    passed = {name for name, message in _messages().items() if page_message(message.SerializeToString())}
    of_pages = {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "deferred_file", "dataframe_chunk"}
    assert passed == of_pages
    assert page_message(b"\xff\xfe no message") is None


def test_a_session_cannot_clear_what_is_remembered_for_everybody(served: Served, cookie: str) -> None:
    async def clears_and_goes_on() -> tuple[str, ...]:
        one = await reader(served.port, {"Cookie": cookie})
        async with one.socket:
            await one.socket.send(_messages()["clear_cache"].SerializeToString())
            return (await one.open("start")).texts

    assert asyncio.run(clears_and_goes_on())


def test_behind_a_proxy_it_is_known_by_the_address_that_people_sign_in_at(tmp_path) -> None:
    (tmp_path / "secrets.toml").write_text(SECRETS.format(origin="https://palaute.kunta.example"), encoding="utf-8")
    (tmp_path / "access.yaml").write_text("people:\n  4f1c: {role: administrator}\n", encoding="utf-8")
    files = {"EVALUATION_SECRETS": str(tmp_path / "secrets.toml"), "EVALUATION_ACCESS": str(tmp_path / "access.yaml")}
    with serving(f"duckdb:///{(tmp_path / 'own.duckdb').as_posix()}", **files, EVALUATION_WITHOUT_SIGN_IN="") as served:
        assert _opens(served, "https://palaute.kunta.example", "palaute.kunta.example")
        assert not _opens(served, "http://palaute.kunta.example", "palaute.kunta.example")
        assert not _opens(served, "https://toinen.kunta.example", "palaute.kunta.example")
        assert not _opens(served, "https://toinen.kunta.example", "toinen.kunta.example")
