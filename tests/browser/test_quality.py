"""What holds on every page in a real browser: accessibility by axe-core, the reader's language, keyboard, print."""

from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from defusedxml import ElementTree
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from evaluation.dashboard.panel import file_name
from evaluation.i18n import Translator

from .conftest import at_rest

T = Translator("fi")
PAGES = (
    "", "overview", "practice?practice=sisu", "practice?practice=asumisneuvonta", "comparison",
    "comparison?measure=favourable-client_end-sat_usefulness", "trend?practice=fyrkkaa", "import", "forms",
    "practices", "settings",
)  # fmt: skip
# What is drawn otherwise in the dark or on a telephone stands on these; the other pages are made of the same parts.
SOME_PAGES = ("", "practice?practice=sisu", "comparison", "import", "practices")
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
# Words of the framework that a reader would meet, in English wherever nobody has seen to them.
ENGLISH = ("Skip to main content", "Link to heading", "Fullscreen", "Download as CSV", "Choose an option", "App pages")
LETTERS = """
    () => [...document.querySelectorAll('*')].flatMap(element => [
        ...['aria-label', 'title', 'placeholder'].map(name => element.getAttribute(name)),
        ...[...element.childNodes].filter(node => node.nodeType === 3).map(node => node.nodeValue),
    ]).filter(Boolean).map(text => text.trim())
"""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("look", "names"), [("light", PAGES), ("dark", SOME_PAGES), ("telephone", SOME_PAGES)])
def test_no_page_breaks_the_accessibility_standard(
    page: Page, go, sample: str, look: str, names: tuple[str, ...]
) -> None:
    if look == "dark":
        page.emulate_media(color_scheme="dark")
    if look == "telephone":
        page.set_viewport_size({"width": 390, "height": 844})
    for name in names:
        go(page, sample, f"/{name}")
        for chart in page.locator(".chart").all():
            chart.scroll_into_view_if_needed()
            expect(chart.locator("svg").first).to_be_visible()
        found = Axe().run(page, options=STANDARD).response["violations"]
        told = [(each["id"], node["html"], node["failureSummary"]) for each in found for node in each["nodes"]]
        assert told == [], name


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_framework_speaks_the_language_of_the_reader(page: Page, go, sample: str, language: str) -> None:
    for name in ("overview", "practice?practice=sisu", "import"):
        go(page, sample, f"/{name}{'&' if '?' in name else '?'}lang={language}")
        expect(page.locator(f"html[lang={language}]")).to_have_count(1)
        expect(page.get_by_text(Translator(language)("framework.skip"))).to_have_count(1)
        texts = set(page.evaluate(LETTERS))
        assert texts.isdisjoint(ENGLISH), name


def test_a_page_is_reached_and_a_choice_made_with_the_keyboard_alone(page: Page, go, sample: str) -> None:
    go(page, sample)
    link = page.get_by_role("link", name=T("dashboard.page_comparison"))
    for _ in range(12):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=T("dashboard.page_comparison"), level=1)).to_be_visible()
    at_rest(page)
    kind = page.get_by_role("combobox", name=T("dashboard.filter_type"))
    kind.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**type=**")


def test_at_twice_the_size_nothing_needs_scrolling_sideways(page: Page, go, sample: str) -> None:
    page.set_viewport_size({"width": 640, "height": 450})
    for name in PAGES:
        go(page, sample, f"/{name}")
        wide, room = page.get_by_test_id("stMain").evaluate("main => [main.scrollWidth, main.clientWidth]")
        assert wide <= room, name


def test_the_page_of_a_practice_prints_on_a4_without_what_can_only_be_pressed(page: Page, go, sample: str) -> None:
    go(page, sample, "/practice?practice=sisu")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Sisu", level=1)).to_be_visible()
    expect(page.locator(".chart svg").first).to_be_visible()
    for hidden in ("stHeader", "stDownloadButton", "stSelectbox", "stButtonGroup"):
        for element in page.get_by_test_id(hidden).all():
            expect(element).to_be_hidden()
    printed = page.pdf(format="A4", print_background=True)
    assert 1 <= printed.count(b"/Type /Page\n") <= 12
    expect(page.locator(".chart:not(:has(svg))")).to_have_count(0)


def test_a_chart_is_drawn_when_a_reader_comes_near_and_anew_in_its_place(page: Page, go, sample: str) -> None:
    go(page, sample, f"/practice?practice=fyrkkaa&part={T('common.family_satisfaction')}")
    charts = page.locator(".chart")
    expect(charts.first.locator("svg").first).to_be_visible()
    expect(charts.last.locator("svg")).to_have_count(0)
    charts.last.scroll_into_view_if_needed()
    expect(charts.last.locator("svg").first).to_be_visible()
    charts.first.evaluate("box => { box.querySelector('svg').dataset.kept = 'yes'; }")
    before = charts.first.inner_text()
    runs = page.get_by_role("combobox", name=T("dashboard.filter_cohort"))
    runs.click()
    runs.fill("Talvi 2018")
    page.get_by_role("option", name="Talvi 2018", exact=True).click()
    page.wait_for_url("**cohort=**")
    expect(charts.first).not_to_have_text(before)
    expect(charts.first.locator("svg[data-kept=yes]")).to_have_count(1)


def test_a_chart_says_so_when_it_cannot_be_drawn(page: Page, go, sample: str) -> None:
    page.route("**/plotly.min.js*", lambda route: route.abort())
    go(page, sample, "/practice?practice=sisu")
    expect(page.get_by_text(T("dashboard.chart_missing")).first).to_be_visible()


def test_a_chart_is_taken_away_as_picture_drawing_and_figures(page: Page, go, sample: str) -> None:
    page.emulate_media(color_scheme="dark")
    go(page, sample, "/practice?practice=sisu")
    title = T("charts.enrolment_title")
    panel = page.locator("[class*='st-key-panel_practice_']").filter(has_text=title).first
    expect(panel.locator(".chart svg").first).to_be_visible()

    def taken(name: str) -> tuple[str, bytes]:
        with page.expect_download() as waiting:
            panel.get_by_role("button", name=name).click()
        return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()

    name, picture = taken(T("dashboard.panel_png"))
    assert name == f"{file_name(title)}.png"
    assert picture.startswith(b"\x89PNG")
    name, drawing = taken(T("dashboard.panel_svg"))
    assert name == f"{file_name(title)}.svg"
    told = " ".join(ElementTree.fromstring(drawing).itertext())
    for text in (title, T("dashboard.panel_source", practices="Sisu"), T("common.synthetic")):
        assert text in told
    assert not any(colour in drawing.decode() for colour in ("rgb(230, 237, 241)", "rgb(124, 192, 218)")), "dark"
    panel.get_by_text(T("dashboard.as_figures")).click()
    name, figures = taken(T("dashboard.panel_excel"))
    assert name == f"{file_name(title)}.xlsx"
    assert load_workbook(BytesIO(figures)).worksheets
