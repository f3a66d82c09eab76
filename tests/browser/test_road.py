"""The whole road in a real browser: drop a workbook, accept it, see its charts, take the slides; nothing leaves."""

import contextlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect, sync_playwright
from pptx import Presentation

from evaluation.i18n import Translator
from evaluation.samples import FOLDER

ROOT = FOLDER.parent
CORPUS = ROOT / "tests" / "corpus" / "files"
T = Translator("fi")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
WAIT = 60_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine"),
]


@contextlib.contextmanager
def _served(database: Path, *before: str) -> Iterator[str]:
    """Serve the dashboard as the command line does, after the commands ``before``; give its address."""
    base = [sys.executable, "-m", "evaluation"]
    options = ["--database", f"duckdb:///{database.as_posix()}"]
    for command in before:
        subprocess.run([*base, command, *options], cwd=ROOT, check=True, capture_output=True)
    quiet = os.environ | {"STREAMLIT_SERVER_HEADLESS": "true"}
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
    with _served(tmp_path / "own.duckdb") as address:
        yield address


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with _served(tmp_path_factory.mktemp("browser") / "sample.duckdb", "sample") as address:
        yield address


@pytest.fixture
def page() -> Iterator[Page]:
    """Open a browser; at the end see that no request left the machine."""
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = browser.new_page(viewport={"width": 1280, "height": 900}, locale="fi-FI")
        opened.set_default_timeout(WAIT)
        opened.on("request", lambda request: asked.append(request.url))
        yield opened
        browser.close()
    hosts = {urllib.parse.urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}


def _open(page: Page, address: str, path: str = "/") -> None:
    """Open a page and wait until it has been computed and nothing went wrong on it."""
    page.goto(urllib.parse.urljoin(address, path))
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=WAIT)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=WAIT)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_from_an_empty_database_by_a_dropped_workbook_to_charts(page: Page, empty: str) -> None:
    _open(page, empty)
    for name in ("try_button", "begin_forms_button", "begin_import_button"):
        expect(page.get_by_role("button", name=T(f"dashboard.{name}"))).to_be_visible()
    page.get_by_role("button", name=T("dashboard.begin_import_button")).click()
    expect(page.get_by_role("heading", name=T("dashboard.page_import"), level=1)).to_be_visible()

    names = ("osallistumislista", "asiakkaan_alkukysely", "asiakkaan_loppukysely")
    page.locator("input[type=file]").set_input_files([FOLDER / f"sisu_{name}.xlsx" for name in names])
    page.get_by_role("button", name=T.plural("dashboard.accept_button", 32)).click()
    expect(page.get_by_text(T.plural("dashboard.saved", 32))).to_be_visible()

    _open(page, empty, "/practice?practice=sisu")
    expect(page.get_by_role("heading", name="Sisu", level=1)).to_be_visible()
    charts = page.locator(".js-plotly-plot")
    expect(charts.first).to_be_visible()
    assert charts.count() >= 5
    assert "8 / 12" in page.get_by_test_id("stMain").inner_text().replace("\u00a0", " ")
    expect(page.get_by_text(T("dashboard.synthetic_banner"))).to_be_visible()


def test_the_slides_are_downloaded_from_the_page(page: Page, sample: str) -> None:
    _open(page, sample, "/practice?practice=sisu")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=T("reports.format_pptx")).click()
    deck = Presentation(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def test_a_telephone_needs_no_scrolling_sideways(page: Page, sample: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for name in ("", "practice?practice=sisu", "comparison", "import", "forms"):
        _open(page, sample, f"/{name}")
        wide, room = page.get_by_test_id("stMain").evaluate("main => [main.scrollWidth, main.clientWidth]")
        assert wide <= room, name


def test_the_switch_of_language_changes_the_page(page: Page, sample: str) -> None:
    _open(page, sample)
    page.get_by_role("radio", name="Svenska").or_(page.get_by_role("button", name="Svenska")).first.click()
    expect(page.get_by_role("heading", name=Translator("sv")("dashboard.title"), level=1)).to_be_visible()


def _choose(page: Page, asked: Locator, answer: str) -> None:
    """Choose ``answer`` in the box ``asked``, once the page has come to rest, and wait until it has taken that in."""
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=WAIT)
    # A list that has been opened shuts again when the page scrolls.
    asked.scroll_into_view_if_needed()
    asked.click()
    page.get_by_role("option", name=answer).first.click()
    expect(asked).to_have_value(answer)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=WAIT)


def test_an_import_with_problems_is_corrected_taken_back_commented_and_undone(page: Page, empty: str) -> None:
    _open(page, empty, "/import")
    files = [CORPUS / name for name in ("36_misspelt.xlsx", "01_entry_sisu_start.xlsx")]
    page.locator("input[type=file]").set_input_files(files)
    missing = page.locator("[data-testid=stVerticalBlock]").filter(has_text=T("dashboard.missing_title")).last
    expect(missing).to_be_visible()
    _choose(page, missing.get_by_role("combobox", name=T("charts.column_practice")), "Sisu")
    accept = page.get_by_test_id("stButton").get_by_role("button", name=re.compile("^save Tallenna|^Tallenna"))
    expect(accept).to_contain_text(T.plural("dashboard.accept_button", 7))

    question = "Miten hyvin pääset mukaan asioihin, jotka ovat sinulle tärkeitä?"
    _choose(page, page.get_by_role("combobox", name=T("dashboard.read_as")).nth(1), question)
    expect(page.get_by_text(T("dashboard.column_chosen", what=question))).to_be_visible()

    with page.expect_download() as waiting:
        page.get_by_role("button", name=T("dashboard.download_commented")).last.click()
    assert waiting.value.suggested_filename == "01_entry_sisu_start_huomiot.xlsx"
    book = load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    comments = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    assert len(comments) == 2
    assert T("intake.summary_sheet") in book.sheetnames

    _choose(page, page.get_by_role("combobox", name=re.compile("tarkoittaa")), T("dashboard.no_answer"))
    expect(accept).to_contain_text(T.plural("dashboard.accept_button", 8))
    accept.click()
    expect(page.get_by_text(T.plural("dashboard.saved", 8))).to_be_visible()
    expect(page.get_by_text(T.plural("dashboard.outcome_rejected", 1))).to_be_visible()

    for number in ("2", "1"):
        expect(page.get_by_role("combobox", name=T("dashboard.undo_choose"))).to_have_value(re.compile(f"^{number}: "))
        page.get_by_role("button", name=T("dashboard.undo_button"), exact=True).click()
        page.get_by_role("button", name=T("dashboard.undo_yes")).click()
    expect(page.get_by_text(T("dashboard.no_imports"))).to_be_visible()
