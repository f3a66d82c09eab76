"""Reads 100,000 × 30 answers in every way side by side, and a typical file: ``python -m benchmarks.intake [--scale]``.

``--scale`` reads 10³ to 10⁶ rows instead, and draws docs/import-cost.svg. Every measurement is a process of its own;
figures are medians of three. The limit is the bare parse by calamine, which checks nothing.
"""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.plot import Line, log_plot
from benchmarks.watch import Watch
from benchmarks.workbooks import PRACTICE, QUESTIONNAIRE, write_csv, write_xlsx
from evaluation.definitions import load_library

if TYPE_CHECKING:
    from evaluation.records import Draft

ROOT = Path(__file__).parents[1]
LARGE, TYPICAL, WIDE = 100_000, 200, 30
# The most columns with which a million rows stay below the limits: of unpacked bytes in a workbook, of cells in a text.
SIZES = (1_000, 10_000, 100_000, 1_000_000)
NARROW_XLSX, NARROW_CSV = 6, 9
TIMES = 3


@dataclass(frozen=True)
class Figures:
    """What one way took: seconds, and the peaks of memory in MiB of the process and of its children."""

    seconds: float
    again: float
    parent: float
    child: float


def bare(path: Path) -> None:
    """Parse by calamine and nothing else: the limit."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def opened(path: Path) -> None:
    """Read the cells as this toolkit does."""
    from evaluation.intake import open_file

    open_file(path.read_bytes(), path.name)


def drafted(path: Path) -> None:
    """Read the file up to the draft that is shown before saving."""
    _draft(path)


def accepted(path: Path) -> None:
    """Read the file and save it in a DuckDB file."""
    from evaluation.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        receipt = open_store(f"duckdb:///{(Path(folder) / 'answers.duckdb').as_posix()}").accept(_draft(path))
        if not receipt.accepted or receipt.rejected:
            raise SystemExit(f"{receipt.accepted} of {receipt.rows} rows accepted")


def _draft(path: Path) -> "Draft":
    from evaluation.intake import FileSettings, read_draft

    given = FileSettings(practice=PRACTICE, cohort="2018", questionnaire=QUESTIONNAIRE)
    draft = read_draft(path.read_bytes(), path.name, load_library(), given)
    if draft.rejected or not draft.rows:
        raise SystemExit(str(draft.problems[:3]))
    return draft


def openpyxl_full(path: Path) -> None:
    """Read every value with openpyxl in full mode."""
    from openpyxl import load_workbook

    for row in load_workbook(path).worksheets[0].iter_rows(values_only=True):
        tuple(row)


def pandas_openpyxl(path: Path) -> None:
    """Read with pandas as most would do it."""
    import pandas as pd

    pd.read_excel(path, engine="openpyxl")


def pandas_calamine(path: Path) -> None:
    """Read with pandas by its faster engine."""
    import pandas as pd

    pd.read_excel(path, engine="calamine")


WAYS: Mapping[str, tuple[str, Callable[[Path], None]]] = {
    "bare": ("python-calamine, bare parse", bare),
    "open": ("this toolkit, cells", opened),
    "draft": ("this toolkit, to a draft", drafted),
    "accept": ("this toolkit, to saved", accepted),
    "openpyxl": ("openpyxl, full mode", openpyxl_full),
    "pandas_openpyxl": ("pandas.read_excel, openpyxl", pandas_openpyxl),
    "pandas_calamine": ("pandas.read_excel, calamine", pandas_calamine),
}
STEPS = ("open", "draft", "accept")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", action="store_true", help="10^3 to 10^6 rows")
    parser.add_argument("--one", nargs=2, metavar=("WAY", "PATH"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        _measure_here(options.one[0], Path(options.one[1]))
        return
    print(f"load average {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        if options.scale:
            _scale(Path(folder))
        else:
            _side_by_side(Path(folder))


def _measure_here(way: str, path: Path) -> None:
    """Do the work twice, since the first file starts the child process, and print what it took."""
    load_library()
    with Watch() as first:
        WAYS[way][1](path)
    again = first
    if path.stat().st_size < 1_000_000:
        with Watch() as again:
            WAYS[way][1](path)
    parent, child = max(first.parent, again.parent), max(first.child, again.child)
    print(json.dumps([first.seconds, again.seconds, parent, child]))


def _measure(ways: Iterable[str], path: Path) -> dict[str, Figures]:
    """Measure every way in turn, three times over, so that a load that comes and goes falls on all of them."""
    order = tuple(ways)
    runs: dict[str, list[list[float]]] = {way: [] for way in order}
    for way in order * TIMES:
        command = [sys.executable, "-m", "benchmarks.intake", "--one", way, str(path)]
        done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        runs[way].append(json.loads(done.stdout))
    return {way: Figures(*map(statistics.median, zip(*found, strict=True))) for way, found in runs.items()}


def _side_by_side(folder: Path) -> None:
    library = load_library()
    for rows in (TYPICAL, LARGE):
        path = folder / f"answers_{rows}.xlsx"
        write_xlsx(path, library, rows, WIDE)
        print(f"\n{rows:,} rows × {WIDE} columns, {path.stat().st_size / 2**20:.1f} MB packed")
        found = _measure(WAYS, path)
        limit = found["bare"]
        print(f"| {'way':<30} | first s | next s | × bare | parent MiB | child MiB |\n|---|---|---|---|---|---|")
        for way, each in found.items():
            print(
                f"| {WAYS[way][0]:<30} | {each.seconds:.2f} | {each.again:.2f} | {each.again / limit.again:.1f} | "
                f"{each.parent:.0f} | {each.child:.0f} |"
            )
        slow = found["pandas_openpyxl"].again
        print(f"to a draft {slow / found['draft'].again:.1f} times, to saved {slow / found['accept'].again:.1f} times")
        print("faster than pandas.read_excel with openpyxl")


def _scale(folder: Path) -> None:
    library = load_library()
    lines = {way: Line(WAYS[way][0].partition(", ")[2]) for way in STEPS}
    for kind, columns, write in (("xlsx", NARROW_XLSX, write_xlsx), ("csv", NARROW_CSV, write_csv)):
        print(f"\n.{kind}, {columns} columns\n| rows | MB | cells s | draft s | saved s | parent MiB | child MiB |")
        print("|---|---|---|---|---|---|---|")
        for rows in SIZES:
            path = folder / f"answers_{rows}.{kind}"
            write(path, library, rows, columns)
            found = _measure(STEPS, path)
            times = " | ".join(f"{found[way].again:.2f}" for way in STEPS)
            parent, child = (max(getattr(each, name) for each in found.values()) for name in ("parent", "child"))
            print(
                f"| {rows:,} | {path.stat().st_size / 2**20:.1f} | {times} | {parent:.0f} | {child:.0f} |", flush=True
            )
            path.unlink()
            if kind == "xlsx":
                for way, line in lines.items():
                    line.points.append((rows, found[way].again))
        if kind == "xlsx":
            title = f"Reading a workbook of {columns} columns: seconds by rows"
            target = ROOT / "docs" / "import-cost.svg"
            target.write_text(log_plot(title, "rows", "s", lines.values()), encoding="utf-8")


if __name__ == "__main__":
    main()
