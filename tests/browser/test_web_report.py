"""The web page of a report in a real browser: drawn offline in the common look, and accessible by axe-core."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from evaluation.cli import main
from evaluation.render.plotly_look import FONT

from .test_quality import STANDARD

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("subject", [("--practice", "sisu"), ("--comparison",)])
@pytest.mark.parametrize("width", [1000, 390])
def test_a_web_report_is_drawn_offline_and_keeps_to_the_accessibility_standard(
    page: Page, sample_database: str, tmp_path: Path, subject: tuple[str, ...], width: int
) -> None:
    file = tmp_path / "report.html"
    assert main(["report", *subject, "--database", sample_database, "-o", str(file)]) == 0
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(file.as_uri())
    for chart in page.locator(".chart").all():
        chart.scroll_into_view_if_needed()
        expect(chart.locator("svg").first).to_be_visible()
    fonts = page.evaluate("[...document.querySelectorAll('.chart svg text')].map(each => each.style.fontFamily)")
    assert {each.replace('"', "") for each in fonts} == {FONT}
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    found = Axe().run(page, options=STANDARD).response["violations"]
    assert [(each["id"], node["html"], node["failureSummary"]) for each in found for node in each["nodes"]] == []
