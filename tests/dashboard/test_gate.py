"""Only the dashboard's own pages reach its server: a real process, and sockets as other pages would open them."""

import socket
from collections.abc import Iterator

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.serving import SECRETS, Served, answers, serving

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("gate")
    with serving(f"duckdb:///{(folder / 'own.duckdb').as_posix()}") as running:
        yield running


def _opens(served: Served, origin: str | None, host: str | None = None) -> bool:
    """Tell whether a page of ``origin`` can open the socket, asking by the name ``host``."""
    address = f"ws://{host or f'127.0.0.1:{served.port}'}/_stcore/stream"
    # Whatever the name, it leads to this machine.
    way = socket.create_connection(("127.0.0.1", served.port))
    try:
        with connect(address, origin=origin, subprotocols=["streamlit"], sock=way):  # type: ignore[arg-type]
            return True
    except InvalidStatus as refused:
        if refused.response.status_code != 403:
            raise
        return False
    finally:
        way.close()


def test_its_own_page_opens_the_socket(served: Served) -> None:
    assert _opens(served, served.address)
    assert _opens(served, f"http://localhost:{served.port}", f"localhost:{served.port}")


@pytest.mark.parametrize(
    "origin",
    ["http://localhost:3000", "http://127.0.0.1:3000", "http://localhost", "https://evil.example", "null", None],
)
def test_a_page_of_another_origin_does_not(served: Served, origin: str | None) -> None:
    assert not _opens(served, origin)


def test_a_site_whose_name_is_made_to_lead_here_gets_no_answer(served: Served) -> None:
    name = f"evil.example:{served.port}"
    assert not _opens(served, f"http://{name}", name)
    assert answers(served.address, "/", Host=name) == 403


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/host-config", "/media/any", "/_stcore/metrics"])
def test_a_request_that_another_page_sends_is_refused(served: Served, path: str) -> None:
    assert answers(served.address, path, Origin="http://localhost:3000") == 403
    assert answers(served.address, path, Origin=served.address) == (404 if "media" in path else 200)


def test_behind_a_proxy_it_is_known_by_the_address_that_people_sign_in_at(tmp_path) -> None:
    (tmp_path / "secrets.toml").write_text(SECRETS.format(origin="https://palaute.kunta.example"), encoding="utf-8")
    (tmp_path / "access.yaml").write_text("people:\n  4f1c: {role: administrator}\n", encoding="utf-8")
    files = {"EVALUATION_SECRETS": str(tmp_path / "secrets.toml"), "EVALUATION_ACCESS": str(tmp_path / "access.yaml")}
    with serving(f"duckdb:///{(tmp_path / 'own.duckdb').as_posix()}", **files) as served:
        assert _opens(served, "https://palaute.kunta.example", "palaute.kunta.example")
        assert not _opens(served, "http://palaute.kunta.example", "palaute.kunta.example")
        assert not _opens(served, "https://toinen.kunta.example", "palaute.kunta.example")
        assert not _opens(served, "https://toinen.kunta.example", "toinen.kunta.example")
