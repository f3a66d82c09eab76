"""What the tests in a real browser share: a served dashboard, and a browser that lets nothing leave."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.samples import sample_url

ROOT = SAMPLE_DATA.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
WAIT = 60_000
# A machine that is busy with other things draws a chart in its own time.
expect.set_options(timeout=WAIT)

Open = Callable[..., None]


@contextlib.contextmanager
def served(database: Path, **environment: str) -> Iterator[str]:
    """Serve the dashboard as the command line does; give the address that it says.

    Every browser is let in, unless ``environment`` has it otherwise.
    """
    quiet = os.environ | {"STREAMLIT_SERVER_HEADLESS": "true", "EVALUATION_WITHOUT_SIGN_IN": "yes"} | environment
    options = ["--database", f"duckdb:///{database.as_posix()}", "--port", "0"]
    command = [sys.executable, "-m", "evaluation", "dashboard", *options]
    with subprocess.Popen(
        command, cwd=ROOT, env=quiet, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as server:
        assert server.stdout is not None
        try:
            yield next(line.split()[-1] for line in server.stdout if "http://" in line)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            # Read to the end: a server that cannot say goodbye does not stop.
            server.stdout.read()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    with served(tmp_path / "own.duckdb") as address:
        yield address


@pytest.fixture
def sample_beside(tmp_path: Path, sample_database: str) -> Iterator[str]:
    """Serve a database of one's own with the sample's beside it."""
    own = tmp_path / "own.duckdb"
    _copied(sample_database, sample_url(f"duckdb:///{own.as_posix()}"))
    with served(own) as address:
        yield address


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, sample_database: str) -> Iterator[str]:
    """Serve a copy of the sample data: what is downloaded is written down in it."""
    url = f"duckdb:///{(tmp_path_factory.mktemp('browser') / 'sample.duckdb').as_posix()}"
    with served(_copied(sample_database, url)) as address:
        yield address


def _copied(database: str, url: str) -> Path:
    """Copy a database from one address to another; return its file."""
    source, target = (Path(each.removeprefix("duckdb:///")) for each in (database, url))
    return Path(shutil.copy(source, target))


@contextlib.contextmanager
def launched(*flags: str) -> Iterator[Browser]:
    """Start a browser; skip where there is none."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
        yield browser
        browser.close()


@contextlib.contextmanager
def visiting(browser: Browser) -> Iterator[Page]:
    """Open a page of somebody whose browser knows nothing yet: no cookies, nothing stored."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fi-FI")
    page = context.new_page()
    page.set_default_timeout(WAIT)
    yield page
    context.close()


# No longer than a module: as long as it is there, no test may run an event loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page; at the end see that no request left the machine."""
    asked: list[str] = []
    with visiting(browser) as opened:
        opened.on("request", lambda request: asked.append(request.url))
        yield opened
    hosts = {urllib.parse.urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))}
    assert hosts <= {"127.0.0.1"}


@pytest.fixture
def go() -> Open:
    """Give a function that opens a page and waits until it has been computed and nothing went wrong on it."""
    return _go


def _go(page: Page, address: str, path: str = "/") -> None:
    page.goto(urllib.parse.urljoin(address, path))
    settled(page)


def settled(page: Page) -> None:
    """Wait until a page is complete; see that nothing went wrong on it."""
    expect(page.locator("head > #own-style")).to_have_count(1)
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    at_rest(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)


def at_rest(page: Page) -> None:
    """Wait until the server computes nothing for a page, and nothing on it is pale because it is being computed anew.

    The sign of a running computation stands on the page only after a while, so the state of the page itself counts.
    """
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)
    expect(page.locator("[data-stale=true]")).to_have_count(0)
