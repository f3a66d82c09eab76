"""Time how soon the toolkit is ready: ``check``, the first heading, 200 rows to saved, beside what pandas takes.

Usage: python -m benchmarks.ready [times]   (default: each 5 times, the median is printed)

Wall-clock seconds are what a user waits; processor seconds say how much work it was, also on a busy machine. The first
heading is timed in Chromium, from the moment the server says that it is healthy.
"""

import io
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import psutil
from playwright.sync_api import Page, sync_playwright

from benchmarks.rerun import ROOT, served
from benchmarks.workbooks import PRACTICE, QUESTIONNAIRE, answers
from evaluation.definitions import load_library
from evaluation.importing import remember, understand
from evaluation.intake import FileSettings, open_file
from evaluation.store import open_store

ROWS, COLUMNS = 200, 17
# What is asked of two quiet cores, in seconds.
AIMS = {"check": 0.5, "first heading": 1.5, "200 rows to saved": 0.15}


def command_seconds(*arguments: str) -> tuple[float, float]:
    """Return wall-clock and processor seconds of a process."""
    began, before = time.perf_counter(), _children_seconds()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began, _children_seconds() - before


def _children_seconds() -> float:
    times = psutil.Process().cpu_times()
    return float(times.children_user + times.children_system)


def heading_seconds(page: Page, folder: Path, number: int) -> float:
    """Return the seconds from a healthy server, on a database that is not there yet, to the first heading."""
    with served(folder / f"heading{number}.duckdb") as address:
        while not _is_healthy(address):
            time.sleep(0.01)
        began = time.perf_counter()
        page.goto(address)
        page.get_by_role("heading", level=1).wait_for()
        return time.perf_counter() - began


def _is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health") as answer:  # noqa: S310 - the address of our server
            return int(answer.status) == 200
    except OSError:
        return False


def saving_seconds(folder: Path, times: int) -> Iterator[tuple[float, float]]:
    """Yield wall-clock and processor seconds of one file after another, from its bytes to saved rows."""
    library, store = load_library(), open_store(f"duckdb:///{(folder / 'saved.duckdb').as_posix()}")
    for number in range(times + 1):
        content = workbook(number)
        settings = FileSettings(practice=PRACTICE, questionnaire=QUESTIONNAIRE, cohort=f"Kevät {2016 + number}")
        began, before = time.perf_counter(), time.process_time()
        draft, used = understand(open_file(content, f"file{number}.xlsx"), store, library, settings)
        receipt = store.accept(draft)
        remember(store, draft, used)
        yield time.perf_counter() - began, time.process_time() - before
        if receipt.accepted != ROWS:
            raise AssertionError(receipt)


def pandas_seconds(content: bytes) -> tuple[float, float]:
    """Return wall-clock and processor seconds of pandas with openpyxl, which reads the cells and no more."""
    began, before = time.perf_counter(), time.process_time()
    pd.read_excel(io.BytesIO(content), engine="openpyxl")
    return time.perf_counter() - began, time.process_time() - before


def workbook(number: int) -> bytes:
    """Return a workbook of 200 rows whose answers differ from file to file."""
    heading, *rows = answers(load_library(), ROWS, COLUMNS, str(number))
    frame = pd.DataFrame(rows, columns=heading).drop(columns="Toteutus")
    frame["Tunniste"] = [f"AN{row:04}" for row in range(number * ROWS, (number + 1) * ROWS)]
    content = io.BytesIO()
    frame.to_excel(content, index=False)
    return content.getvalue()


def report(name: str, seconds: list[tuple[float, float]]) -> None:
    """Print the medians of wall-clock and processor seconds, and the aim where there is one."""
    wall, processor = (statistics.median(kind) for kind in zip(*seconds, strict=True))
    aim = f"   aim {AIMS[name]:.2f} s" if name in AIMS else ""
    print(f"{name:<34} {wall:6.2f} s   processor {processor:6.2f} s{aim}", flush=True)


def in_browser(measure: Callable[[Page], list[float]]) -> list[float] | None:
    """Run ``measure`` with a page of Chromium; return None where there is no Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(locale="fi-FI")
        page.set_default_timeout(60_000)
        # The first page of a new browser is slower for reasons of the browser.
        page.goto("about:blank")
        return measure(page)


def main(times: int) -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        report("check", [command_seconds("-m", "evaluation", "check") for _ in range(times)])
        report("import pandas, openpyxl", [command_seconds("-c", "import pandas, openpyxl") for _ in range(times)])
        first, *others = saving_seconds(folder, times)
        report("200 rows to saved, the first", [first])
        report("200 rows to saved", others)
        report("200 rows read by pandas", [pandas_seconds(workbook(number)) for number in range(times)])
        headings = in_browser(lambda page: [heading_seconds(page, folder, number) for number in range(times)])
        if headings:
            print(f"{'first heading':<34} {statistics.median(headings):6.2f} s   aim {AIMS['first heading']:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
