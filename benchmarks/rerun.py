"""Time in a real browser how long a page takes from a choice of filter until nothing on it changes any more.

What is said to screen readers and taken back seconds later, when it has been read, does not count as a change.

Usage: python -m benchmarks.rerun [answers] [times]   (default: 1000000 answers, each choice 5 times)

A database of made-up people is served as ``python -m evaluation dashboard`` serves it. Each choice is made with the
keyboard; the clock runs in the page, from the key to the last change of the document, drawing included. "first" is a
choice that nobody has made before: its evidence is computed; "again" one that the server remembers.
"""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.measures import fill
from evaluation.definitions import load_library

ROOT = Path(__file__).resolve().parents[1]
# A page is at rest when nothing on it has changed for so long, in milliseconds.
REST = 1000
CLOCK = """
    () => {
        window.clock = {start: 0, last: 0};
        addEventListener("keydown", event => {
            if (event.key === "Enter") window.clock = {start: performance.now(), last: 0};
        }, true);
        const announced = ({target}) => (target.parentElement ?? target).closest("[data-live-announcer]");
        new MutationObserver((changes) => {
            if (!changes.every(announced)) window.clock.last = performance.now();
        }).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
    }
"""
AT_REST = f"() => window.clock.last && performance.now() - window.clock.last > {REST}"
RUNS = tuple(f"{season} {year}" for year in (2015, 2016, 2017) for season in ("kevät", "syksy"))
TYPES = ("Ryhmä", "Paja", "Monitoimijainen työ", "Yksilöllinen kuntoutus", "Asiakasraati")
# Page, its address, the filter, and what is chosen in it.
CHOICES = (
    ("overview", "overview", "Kunta", ("Lempäälä", "Nokia", "Tampere", "Kangasala", "Huittinen", "Ikaalinen")),
    ("practice", "practice?practice=sisu", "Toteutus", RUNS),
    ("comparison", "comparison?measure=favourable-client_end-sat_usefulness", "Käytännön tyyppi", TYPES),
    ("trend", "trend?practice=sisu", "Vuosi", ("2015", "2016", "2017", "2018")),
)


@contextmanager
def served(database: Path) -> Iterator[str]:
    """Serve the dashboard; give its address."""
    command = [sys.executable, "-m", "evaluation", "dashboard", "--database", f"duckdb:///{database.as_posix()}"]
    quiet = os.environ | {"STREAMLIT_SERVER_HEADLESS": "true", "EVALUATION_WITHOUT_SIGN_IN": "yes"}
    with subprocess.Popen(
        [*command, "--port", "0"], cwd=ROOT, env=quiet, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as server:
        said = server.stdout or ()
        try:
            yield next(line.split()[-1] for line in said if "http://" in line)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            # Read to the end: a server that cannot say goodbye does not stop.
            list(said)


def choose(page: Page, label: str, option: str) -> float:
    """Choose ``option`` in the filter ``label``; return the milliseconds until the page was at rest again."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_function(AT_REST)
    clock = page.evaluate("window.clock")
    page.keyboard.press("Escape")
    return float(clock["last"] - clock["start"])


def clear(page: Page, label: str) -> None:
    """Take back what was chosen."""
    page.get_by_role("combobox", name=label).focus()
    page.keyboard.press("Backspace")
    page.wait_for_function(AT_REST)


def measure(page: Page, address: str, times: int) -> None:
    """Print the figures of every page."""
    for name, path, label, options in CHOICES:
        page.goto(f"{address}/{path}")
        page.get_by_role("combobox", name=label).wait_for()
        page.evaluate(CLOCK)
        page.wait_for_timeout(3 * REST)
        rounds: dict[str, list[float]] = {"first": [], "again": []}
        for kind, durations in rounds.items():
            for option in options[:times]:
                durations.append(choose(page, label, option))
                clear(page, label)
            told = ", ".join(f"{each:.0f}" for each in durations)
            print(f"{name:<11} {kind}: median {statistics.median(durations):5.0f} ms, all {told}", flush=True)


def main(answers: int, times: int) -> None:
    """Make the database, serve it and print how long the pages take."""
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "store.duckdb"
        fill(database, load_library(), answers)
        with served(database) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="fi-FI")
            page.set_default_timeout(120_000)
            measure(page, address, times)
            browser.close()


if __name__ == "__main__":
    main(*(int(each) for each in (sys.argv[1:] + ["1000000", "5"][len(sys.argv) - 1 :])))
