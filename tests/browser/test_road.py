"""The five journeys in a real browser: begin, bring in with problems, take slides, compare, undo; nothing leaves."""

import io
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from pptx import Presentation

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.i18n import Translator

from .conftest import at_rest
from .test_quality import STANDARD

CORPUS = SAMPLE_DATA.parent / "tests" / "corpus" / "files"
T = Translator("fi")

pytestmark = pytest.mark.browser


def test_from_an_empty_database_by_a_dropped_workbook_to_charts(page: Page, go, empty: str) -> None:
    go(page, empty)
    for name in ("try_button", "begin_forms_button", "begin_import_button"):
        expect(page.get_by_role("button", name=T(f"dashboard.{name}"))).to_be_visible()
    page.get_by_role("button", name=T("dashboard.begin_import_button")).click()
    expect(page.get_by_role("heading", name=T("dashboard.page_import"), level=1)).to_be_visible()

    names = ("osallistumislista", "asiakkaan_alkukysely", "asiakkaan_loppukysely")
    page.locator("input[type=file]").set_input_files([SAMPLE_DATA / f"sisu_{name}.xlsx" for name in names])
    page.get_by_role("button", name=T("importing.save")).click()
    expect(page.get_by_role("heading", name="Sisu", level=1)).to_be_visible()
    expect(page.get_by_text(T.plural("dashboard.saved", 32))).to_be_visible()
    charts = page.locator(".chart")
    charts.first.scroll_into_view_if_needed()
    expect(charts.first).to_be_visible()
    expect(charts.first).to_contain_text(re.compile(r"8\s/\s12"))
    page.get_by_role("tab", name=T("common.family_satisfaction")).click()
    expect(charts.nth(1)).to_be_visible()
    page.wait_for_url("**part=**")
    page.reload()
    expect(page.get_by_role("tab", name=T("common.family_satisfaction"))).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text(T("common.synthetic"))).to_have_count(0)


def test_the_slides_are_downloaded_from_the_page(page: Page, go, sample: str) -> None:
    go(page, sample, "/practice?practice=sisu")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=T("reports.slides_offered")).click()
    deck = Presentation(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def test_a_telephone_needs_no_scrolling_sideways(page: Page, go, sample: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for name in (
        "",
        "overview",
        "practice?practice=sisu",
        "comparison",
        "trend?practice=fyrkkaa",
        "import",
        "forms",
        "practices",
        "settings",
    ):
        go(page, sample, f"/{name}")
        wide, room = page.get_by_test_id("stMain").evaluate("main => [main.scrollWidth, main.clientWidth]")
        assert wide <= room, name


def test_to_the_sample_and_back_with_an_import_between(page: Page, go, empty: str) -> None:
    """At one press each way, on a desk and on a telephone; what is imported by hand is never in the sample."""
    bar = page.get_by_role("status").filter(has_text=T("common.synthetic"))
    switch = page.get_by_role("radiogroup", name=T("dashboard.data_switch"))
    leave = page.get_by_test_id("stButton").get_by_role("button", name=T("dashboard.sample_leave")).first
    go(page, empty)
    expect(bar).to_have_count(0)
    page.get_by_role("button", name=T("dashboard.try_button")).click()
    expect(bar).to_be_visible()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("16")
    page.get_by_test_id("stButton").get_by_role("button", name=T("dashboard.page_overview")).click()
    expect(page.get_by_role("heading", name=T("dashboard.page_overview"), level=1)).to_be_visible()
    expect(bar).to_be_visible()
    go(page, empty, "/practice?practice=sisu&data=sample")
    expect(bar).to_be_visible()

    go(page, empty, "/import?data=sample")
    expect(page.locator("input[type=file]")).to_have_count(0)
    leave.click()
    expect(bar).to_have_count(0)
    page.locator("input[type=file]").set_input_files(SAMPLE_DATA / "gruppis_asiakkaan_loppukysely.xlsx")
    page.get_by_test_id("stButton").get_by_role("button", name=re.compile("Tallenna")).click()
    expect(page.get_by_text(re.compile("Tallennettu|tallennettiin"))).not_to_have_count(0)
    page.get_by_role("link", name=T("dashboard.page_start")).click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("1")

    page.set_viewport_size({"width": 390, "height": 844})
    switch.get_by_role("radio", name=T("dashboard.data_sample")).click()
    expect(bar).to_be_visible()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("16")
    page.reload()
    expect(bar).to_be_visible()
    leave.click()
    expect(bar).to_have_count(0)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("1")


def test_the_switch_to_the_sample_is_reached_and_used_with_the_keyboard(page: Page, go, sample_beside: str) -> None:
    go(page, sample_beside)
    switch = page.get_by_role("radiogroup", name=T("dashboard.data_switch"))
    switch.get_by_role("radio", name=T("dashboard.data_own")).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text=T("common.synthetic"))).to_be_visible()
    expect(switch.get_by_role("radio", name=T("dashboard.data_sample"))).to_be_checked()


def test_filters_stand_in_the_address_and_go_along_from_page_to_page(page: Page, go, sample: str) -> None:
    go(page, sample, "/comparison?municipality=Riihim%C3%A4ki")
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("Ryhmätoiminnat, Riihimäki").first).to_be_visible()
    expect(main.get_by_text("Sisu, Lempäälä")).to_have_count(0)
    page.get_by_role("link", name=T("dashboard.page_overview")).click()
    expect(page.get_by_role("heading", name=T("dashboard.page_overview"), level=1)).to_be_visible()
    page.wait_for_url(re.compile("municipality=Riihim"))
    expect(main.get_by_text("Gruppis")).to_have_count(0)
    page.get_by_role("link", name=T("dashboard.page_comparison")).click()
    expect(main.get_by_text("Ryhmätoiminnat, Riihimäki").first).to_be_visible()
    page.reload()
    expect(main.get_by_text("Ryhmätoiminnat, Riihimäki").first).to_be_visible()
    expect(main.get_by_text("Sisu, Lempäälä")).to_have_count(0)


def test_the_switch_of_language_changes_the_page(page: Page, go, sample: str) -> None:
    go(page, sample)
    page.get_by_role("radio", name="Svenska").or_(page.get_by_role("button", name="Svenska")).first.click()
    expect(page.get_by_role("heading", name=Translator("sv")("dashboard.title"), level=1)).to_be_visible()


def _choose(page: Page, asked: Locator, answer: str) -> None:
    """Choose ``answer`` in the box ``asked``, once the page has come to rest, and wait until it has taken that in."""
    at_rest(page)
    # A list that has been opened shuts again when the page scrolls.
    asked.scroll_into_view_if_needed()
    asked.click()
    page.get_by_role("option", name=answer).first.click()
    expect(asked).to_have_value(answer)
    at_rest(page)


def test_an_import_with_problems_is_corrected_taken_back_commented_and_undone(page: Page, go, empty: str) -> None:
    go(page, empty, "/import")
    files = [CORPUS / name for name in ("36_misspelt.xlsx", "01_entry_sisu_start.xlsx")]
    page.locator("input[type=file]").set_input_files(files)
    _choose(page, page.get_by_role("combobox", name=T("charts.column_practice")).first, "Sisu")
    accept = page.get_by_role("button", name=T("importing.save"))
    expect(accept).to_be_enabled()

    column = page.get_by_label(T("importing.read_as_of", column="", heading="Osallisuus").split("  ")[-1])
    column.select_option("state_taking_part")
    expect(page.get_by_text(T("importing.changed").replace("#", "1"))).to_be_visible()
    page.locator("button.apply").first.click()
    expect(page.get_by_text(T("importing.note_chosen"), exact=True)).to_have_count(2)
    expect(column).to_have_value("state_taking_part")

    # While the page is computed anew, a file that has been made may be put away before the browser has come for it.
    at_rest(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=T("dashboard.download_commented")).last.click()
    assert waiting.value.suggested_filename.endswith(".xlsx")
    book = load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    comments = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    assert comments
    assert T("intake.summary_sheet") in book.sheetnames

    accept.click()
    expect(page.get_by_role("heading", name="Sisu", level=1)).to_be_visible()
    outcome = page.locator(".st-key-import_outcome_box")
    expect(outcome).to_contain_text("36_misspelt.xlsx")
    outcome.get_by_role("button", name=T("importing.undo", n="2")).click()
    page.get_by_role("button", name=T("dashboard.undo_yes")).click()
    expect(outcome.get_by_text(T("importing.undone"))).to_be_visible()
    page.get_by_role("link", name=T("dashboard.page_import")).click()
    page.locator(".st-key-import_line_1").get_by_role("button", name=T("importing.undo", n="1")).click()
    page.get_by_role("button", name=T("dashboard.undo_yes")).click()
    expect(page.get_by_text(T("dashboard.no_imports"))).to_be_visible()


@pytest.mark.parametrize("look", ["light", "dark", "telephone"])
def test_the_picture_of_a_sheet_keeps_to_the_accessibility_standard(page: Page, go, empty: str, look: str) -> None:
    if look == "dark":
        page.emulate_media(color_scheme="dark")
    if look == "telephone":
        page.set_viewport_size({"width": 390, "height": 844})
    go(page, empty, "/import")
    for name in ("31_same_code_twice.xlsx", "08_microsoft_forms_sisu.xlsx"):
        page.locator("input[type=file]").set_input_files(CORPUS / name)
        expect(page.locator(".bench").last).to_be_attached()
    _choose(page, page.get_by_role("combobox", name=T("charts.column_practice")).first, "Sisu")
    # What is being computed anew is pale for a moment.
    at_rest(page)
    sheet = page.get_by_role("region", name=T("importing.sheet_label", sheet="Loppukysely"))
    sheet.focus()
    expect(sheet).to_be_focused()
    found = Axe().run(page, options=STANDARD).response["violations"]
    assert [(each["id"], node["html"], node["failureSummary"]) for each in found for node in each["nodes"]] == []
    wide, room = page.get_by_test_id("stMain").evaluate("main => [main.scrollWidth, main.clientWidth]")
    assert wide <= room
