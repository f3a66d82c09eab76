"""On a laptop the dashboard answers the browser it was opened in, and no page of another server in that browser."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evaluation.i18n import Translator
from tests.browser.conftest import served, settled

pytestmark = pytest.mark.browser

T = Translator("fi")
# What any page on this machine could try, at a name for which the browser has the cookie.
ATTACK = """<!doctype html><title>waits</title><script>
const server = location.hash.slice(1);
const socket = (protocols) => new Promise((done) => {
  const opened = new WebSocket(`ws://${server}/_stcore/stream`, protocols);
  opened.onopen = () => done("open"); opened.onerror = () => done("refused");
});
const read = (path) => fetch(`http://${server}${path}`, { credentials: "include" }).then(() => "read", () => "refused");
addEventListener("load", async () => {
  const told = [await socket(["streamlit"]), await socket(), await read("/"), await read("/_stcore/host-config")];
  document.title = told.join(" ");
});
</script><body></body>"""


class _Attacker(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(ATTACK.encode())

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def attacker() -> Iterator[str]:
    """Serve a page at another port of the same machine."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Attacker) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_address_that_is_said_lets_a_browser_in_and_its_bookmarks_work_after_a_restart(
    page: Page, attacker: str, tmp_path: Path
) -> None:
    refused = T("access.browser_refused").split("\n\n")[0]
    blocked: list[str] = []
    page.on("console", lambda said: blocked.append(said.text) if "Content Security Policy" in said.text else None)
    with served(tmp_path / "own.duckdb", EVALUATION_WITHOUT_SIGN_IN="") as said:
        address = said.partition("/?")[0]
        page.goto(f"{address}/forms")
        expect(page.get_by_text(refused)).to_be_visible()
        page.goto(said.replace("/?", "/forms?lang=sv&"))
        settled(page)
        assert page.url.startswith(f"{address}/forms?lang=sv")
        assert "key=" not in page.url
        page.goto(f"{attacker}/#{address.removeprefix('http://')}")
        expect(page).to_have_title("refused refused refused refused")
        page.goto(f"{address}/forms")
        settled(page)
    with served(tmp_path / "own.duckdb", EVALUATION_WITHOUT_SIGN_IN="") as said:
        page.goto(said.partition("/?")[0] + "/settings")
        settled(page)
        stranger = page.context.browser
        assert stranger is not None
        other = stranger.new_page()
        other.goto(said.partition("/?")[0] + "/settings")
        expect(other.get_by_text(refused)).to_be_visible()
    assert not blocked
