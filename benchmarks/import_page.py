"""Count in a real browser the clicks and seconds from a dropped file to saved answers, and time reruns of the page.

Usage: python -m benchmarks.import_page [times]   (default: each rerun 5 times)

Three journeys, each into an empty database: a file in our own template, an export of Microsoft Forms that asks our own
questions, and a worker's own sheet with her own wording of ten questions, start and end side by side. Whatever is not
read as it should be is corrected in the browser, as she would; to open a list and to choose in it are two clicks.
Dropping the file is none. Seconds are those of the machine: nobody thinks meanwhile.
"""

import io
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks.rerun import served
from evaluation.bundled_files import SAMPLE_DATA
from evaluation.dashboard.importing.choices import LEAVE_OUT
from evaluation.definitions import Library, load_library
from evaluation.i18n import Translator

T = Translator("fi")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A page is at rest when nothing on it has changed for so long, in milliseconds.
REST = 800
CLOCK = """
    () => {
        window.clock = {start: 0, last: 0};
        addEventListener("click", () => { window.clock = {start: performance.now(), last: 0}; }, true);
        const watch = new MutationObserver(() => { window.clock.last = performance.now(); });
        const what = {subtree: true, childList: true, attributes: true, characterData: true};
        watch.observe(document.body, what);
        for (const box of document.querySelectorAll("*")) if (box.shadowRoot) watch.observe(box.shadowRoot, what);
    }
"""
AT_REST = f"() => window.clock.last && performance.now() - window.clock.last > {REST}"
# Her own words for ten questions, and what they are.
OWN_START = {
    "Miten voit mielialasi puolesta nyt?": "state_mood",
    "Kuinka usein olet yksinäinen?": "state_social_relations",
    "Pääsetkö mukaan sinulle tärkeisiin asioihin?": "state_taking_part",
    "Haittaavatko päihteet arkeasi?": "state_substance_use",
}
OWN_END = {
    **OWN_START,
    "Mukaan oli helppo tulla": "sat_access",
    "Paikka ja aika sopivat": "sat_arrangements",
    "Työntekijät olivat arvostavia": "sat_encounter",
    "Toiminta oli hyödyllistä": "sat_usefulness",
    "Ilmapiiri tuntui turvalliselta": "sat_group",
    "Mikä oli parasta?": "best_thing",
}
PEOPLE = 11


@dataclass
class Journey:
    """One way from a dropped file to saved answers: what was pressed, and since when."""

    page: Page
    clicks: int = 0
    began: float = field(default_factory=time.perf_counter)
    said: list[str] = field(default_factory=list)

    def press(self, what: Locator, name: str, clicks: int = 1) -> None:
        """Press something, and wait until the page has taken it in."""
        what.scroll_into_view_if_needed()
        what.click()
        self.note(name, clicks)

    def note(self, name: str, clicks: int = 1) -> None:
        """Count what was pressed."""
        self.clicks += clicks
        self.said.append(name)
        settled(self.page)


def settled(page: Page) -> None:
    """Wait until the page has been computed."""
    page.wait_for_timeout(250)
    page.get_by_test_id("stStatusWidget").wait_for(state="detached")


def forms_export(library: Library, practice: str, form: str) -> bytes:
    """Return an export of Microsoft Forms that asks what ``practice`` asks in ``form``."""
    items = library.questionnaire(form).items_for(library.practices[practice])
    book = Workbook()
    sheet = book.create_sheet("Sheet1", 0)
    sheet.append(
        ["ID", "Aloitusaika", "Valmistumisaika", "Sähköposti", "Nimi", "Tunniste", *[i.text["fi"] for i in items]]
    )
    for number in range(1, PEOPLE + 1):
        answers = [4 if item.scale else 9 if item.kind == "number" else "Porukka" for item in items]
        stamp = f"2026-05-{number:02} 10:00:00"
        sheet.append([number, stamp, stamp, "anonymous", None, f"AN{number:02}04", *answers])
    return _saved(book)


def own_sheet() -> bytes:
    """Return a sheet as workers keep it: a title, start and end side by side under a band, and a row of averages."""
    book = Workbook()
    sheet = book.create_sheet("Taul1", 0)
    sheet.append(["Sisu kevät 2026 palautteet, Lempäälä"])
    sheet.append([])
    sheet.append([None, "ALKU", *[None] * (len(OWN_START) - 1), "LOPPU"])
    sheet.merge_cells(start_row=3, end_row=3, start_column=2, end_column=1 + len(OWN_START))
    last = 1 + len(OWN_START) + len(OWN_END)
    sheet.merge_cells(start_row=3, end_row=3, start_column=2 + len(OWN_START), end_column=last)
    sheet.append(["Koodi", *OWN_START, *OWN_END])
    for number in range(1, PEOPLE + 1):
        start = [1 + (number + column) % 5 for column in range(len(OWN_START))]
        end = [1 + (number + 2 * column) % 5 for column in range(len(OWN_END) - 1)]
        sheet.append([f"AN{number:02}04", *start, *end, "Porukka" if number % 2 else "Ruoka"])
    sheet.append(["Keskiarvo", *[3.1] * (len(OWN_START) + len(OWN_END) - 1)])
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def travel(page: Page, address: str, name: str, content: bytes, practice: str, own: Mapping[str, str]) -> Journey:
    """Go from dropping a file to saved answers; ``own`` says what its columns are."""
    page.goto(f"{address}/import?lang=fi")
    page.locator("input[type=file]").wait_for(state="attached")
    settled(page)
    journey = Journey(page)
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": XLSX, "buffer": content})
    page.locator(".bench").first.wait_for()
    settled(page)
    _choose_practice(journey, practice)
    _correct(journey, own)
    save = page.get_by_role("button", name=T("importing.save"))
    journey.press(save, "save")
    page.locator(".st-key-import_outcome_box").wait_for()
    return journey


def _choose_practice(journey: Journey, practice: str) -> None:
    journey.page.locator(".st-key-import_bar").wait_for()
    box = journey.page.get_by_role("combobox", name=T("charts.column_practice"))
    if box.count():
        box.click()
        journey.page.get_by_role("option", name=practice).first.click()
        journey.note("practice", clicks=2)


def _reads(heading: str) -> str:
    """Return the end of the name of the control that says what a column is read as; its letter stands before it."""
    return T("importing.read_as_of", column="", heading=heading).split("  ")[-1]


def _correct(journey: Journey, own: Mapping[str, str]) -> None:
    """Correct the columns that are not read as they should be, answer what is asked, and take all over at once."""
    page, changed = journey.page, False
    for heading, item in own.items():
        for select in page.get_by_label(_reads(heading)).all():
            if select.input_value() != item:
                if not select.is_visible():
                    select.evaluate("each => each.closest('details').setAttribute('open', '')")
                    journey.clicks += 1
                select.select_option(item)
                journey.note(f"column {heading}", clicks=2)
                changed = True
    if changed or page.locator(".box.waits").count():
        journey.press(page.locator("button.apply"), "apply")


def time_reruns(page: Page, address: str, content: bytes, times: int) -> list[float]:
    """Return how long the page takes, in milliseconds, to take a correction over."""
    page.goto(f"{address}/import?lang=fi")
    page.locator("input[type=file]").wait_for(state="attached")
    page.locator("input[type=file]").set_input_files({"name": "forms.xlsx", "mimeType": XLSX, "buffer": content})
    page.locator(".bench").first.wait_for()
    settled(page)
    _choose_practice(Journey(page), "Sisu")
    page.wait_for_timeout(2 * REST)
    page.evaluate(CLOCK)
    found = []
    for number in range(times):
        select = page.get_by_label(_reads("Mitä pitäisi muuttaa?"))
        select.evaluate("each => each.closest('details')?.setAttribute('open', '')")
        select.select_option("to_improve" if number % 2 else LEAVE_OUT)
        page.locator("button.apply").click()
        page.wait_for_function(AT_REST)
        clock = page.evaluate("window.clock")
        found.append(float(clock["last"] - clock["start"]))
    return found


def main(times: int) -> None:
    """Serve an empty database for each journey, and print clicks and seconds."""
    library = load_library()
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    export = forms_export(library, "sisu", "client_end")
    template = (SAMPLE_DATA / "sisu_asiakkaan_alkukysely.xlsx").read_bytes()
    journeys: tuple[tuple[str, str, bytes, Mapping[str, str], int], ...] = (
        ("template", "alkukysely.xlsx", template, {}, 2),
        ("Forms export", "forms.xlsx", export, {}, 4),
        ("own sheet", "sisu palautteet 2026.xlsx", own_sheet(), OWN_END, 8),
    )
    with sync_playwright() as playwright:
        start = partial(
            playwright.chromium.launch, executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, file, content, own, most in journeys:
            with _opened(start) as (page, address):
                made = travel(page, address, file, content, "Sisu", own)
                seconds = time.perf_counter() - made.began
                said = ", ".join(made.said)
                print(f"{name:<13} {made.clicks:2} clicks (target {most}), {seconds:5.1f} s: {said}", flush=True)
        with _opened(start) as (page, address):
            found = time_reruns(page, address, export, times)
            told = ", ".join(f"{each:.0f}" for each in found)
            print(f"rerun         median {statistics.median(found):.0f} ms (target 500), all {told}")


@contextmanager
def _opened(start: Callable[[], Browser]) -> Iterator[tuple[Page, str]]:
    """Serve an empty database and open a browser; the browser goes first, since a server waits for it to leave."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "store.duckdb") as address, start() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="fi-FI")
        page.set_default_timeout(60_000)
        yield page, address


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
