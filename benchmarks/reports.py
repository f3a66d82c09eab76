"""Time the full set of reports: every practice of the sample data in every format, and all beside each other.

Usage: python -m benchmarks.reports [language]   (default: fi)

The sample data is loaded into a database of its own first, which is not timed. Then are timed: publishing all tables
once, what each report says and shows, and each file of it. For each format are printed the time of the whole set, the
median and longest time of one file, and the median size.
"""

import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from evaluation.definitions import load_library
from evaluation.exhibits import comparison_report, practice_report
from evaluation.findings import Words
from evaluation.i18n import Translator
from evaluation.measures import Policy, publish, read_open_answers
from evaluation.render.csv_package import data_package
from evaluation.render.formats import makers
from evaluation.samples import load_samples
from evaluation.store import Selection, open_store

DAY = date(2018, 12, 1)
Made = TypeVar("Made")


def main(language: str = "fi") -> None:
    """Make the set once and print what it took."""
    library = load_library()
    words = Words(library, Translator(language))
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"duckdb:///{(Path(folder) / 'sample.duckdb').as_posix()}")
        load_samples(store, library)
        taken: dict[str, list[float]] = defaultdict(list)
        sizes: dict[str, list[int]] = defaultdict(list)
        evidence = _timed(taken["publish"], partial(publish, store, library, Selection(), Policy()))
        voices = _timed(taken["open answers"], partial(read_open_answers, store, library, Selection(), Policy()))
    of_one = partial(practice_report, evidence, voices, library, words=words, day=DAY, synthetic=True)
    reports = [_timed(taken["content"], partial(of_one, practice=practice)) for practice in library.practices]
    beside = partial(comparison_report, evidence, library, words, DAY, synthetic=True)
    reports.append(_timed(taken["content"], beside))
    for report in reports:
        for kind, make in makers().items():
            sizes[kind].append(len(_timed(taken[kind], partial(make, report, words))))
    sizes["zip"].append(len(_timed(taken["zip"], partial(data_package, evidence, words, DAY))))
    _print(len(reports), taken, sizes)


def _timed(taken: list[float], make: Callable[[], Made]) -> Made:
    start = time.perf_counter()
    made = make()
    taken.append(time.perf_counter() - start)
    return made


def _print(reports: int, taken: dict[str, list[float]], sizes: dict[str, list[int]]) -> None:
    print(f"{reports} reports; seconds, and kilobytes of one file")
    print(f"{'':14}{'all':>8}{'median':>8}{'longest':>9}{'kB':>8}")
    for name, seconds in taken.items():
        size = f"{statistics.median(sizes[name]) / 1000:8.0f}" if name in sizes else ""
        print(f"{name:14}{sum(seconds):8.1f}{statistics.median(seconds):8.2f}{max(seconds):9.2f}{size}")
    print(f"{'together':14}{sum(map(sum, taken.values())):8.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
