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
from playwright.sync_api import Page, expect, sync_playwright

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.samples import fill_with_sample, sample_url
from evaluation.store import open_store

ROOT = SAMPLE_DATA.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
WAIT = 60_000
# A machine that is busy with other things draws a chart in its own time.
expect.set_options(timeout=WAIT)

Open = Callable[..., None]


@contextlib.contextmanager
def served(database: Path, *before: str, **environment: str) -> Iterator[str]:
    """Serve the dashboard as the command line does, after the commands ``before``; give the address that it says.

    Every browser is let in, unless ``environment`` has it otherwise.
    """
    base = [sys.executable, "-m", "evaluation"]
    options = ["--database", f"duckdb:///{database.as_posix()}"]
    for command in before:
        subprocess.run([*base, command, *options], cwd=ROOT, check=True, capture_output=True)
    quiet = os.environ | {"STREAMLIT_SERVER_HEADLESS": "true", "EVALUATION_WITHOUT_SIGN_IN": "yes"} | environment
    command = [*base, "dashboard", *options, "--port", "0"]
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
def sample_beside(tmp_path: Path) -> Iterator[str]:
    """Serve a database of one's own with the sample's beside it."""
    own = tmp_path / "own.duckdb"
    fill_with_sample(open_store(sample_url(f"duckdb:///{own.as_posix()}")))
    with served(own) as address:
        yield address


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("browser") / "sample.duckdb", "sample") as address:
        yield address


@pytest.fixture
def page() -> Iterator[Page]:
    """Open a browser; at the end see that no request left the machine."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not on this machine")
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = browser.new_page(viewport={"width": 1280, "height": 900}, locale="fi-FI")
        opened.set_default_timeout(WAIT)
        opened.on("request", lambda request: asked.append(request.url))
        yield opened
        browser.close()
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
