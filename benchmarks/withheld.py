"""Counts the panels of every practice's page that are shown and withheld, and says why.

    python -m benchmarks.withheld [DATABASE]

Without a database it takes the sample's. A panel is a chart or table of the page; ``partly`` means that some of its
rows are withheld. ``means`` are the questions of start and end that show the means of both, and how many show the
change. The last column names the panels of which nothing is shown, with the reason.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.definitions import load_library
from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.practice_exhibits import cohorts, details, main
from evaluation.findings import Words
from evaluation.i18n import Translator
from evaluation.measures import FAMILIES, Evidence, Policy, publish
from evaluation.store import Selection, Store, open_store, unpack


@dataclass(frozen=True)
class Panel:
    """A panel of a page: what it is, whether anything of it is shown or withheld, why, and the means at start and end.

    ``means``: for every question whose change it shows, whether it shows the means too.
    """

    name: str
    shown: bool
    withheld: bool
    reasons: tuple[str, ...]
    means: tuple[bool, ...] = ()


def panels(evidence: Evidence, practice: str, words: Words) -> Iterator[Panel]:
    """Yield the panels of the page of a practice."""
    for family in FAMILIES:
        for listed in (main, details):
            yield from (_panel(family, exhibit) for exhibit in listed(family, evidence, practice, words))
    yield from (_panel("cohorts", exhibit) for exhibit in cohorts(evidence, practice, words))


def _panel(family: str, exhibit: Exhibit) -> Panel:
    frame = exhibit.published.frame
    reasons = tuple(sorted({str(reason) for reason in frame["reason"][frame["suppressed"]]}))
    form = f" of {exhibit.form}" if exhibit.form else ""
    rows = () if exhibit.plot is None else exhibit.plot.categories
    means = tuple(row.levels is not None for row in rows if row.levels is not None or row.levels_suppressed)
    return Panel(f"{family}/{exhibit.published.measure}{form}", not exhibit.empty, bool(reasons), reasons, means)


def table(store: Store, policy: Policy) -> Iterator[str]:
    """Yield a line for every practice, and their sum."""
    library, words = load_library(), Words(load_library(), Translator("en"))
    evidence = publish(store, library, Selection(), policy)
    yield "practice|shown|partly|withheld|means|what is withheld"
    totals = Counter[str]()
    for practice in library.practices:
        every = list(panels(evidence, practice, words))
        counts = Counter(
            "withheld" if not panel.shown else "partly" if panel.withheld else "shown" for panel in every
        )  # fmt: skip
        totals += counts
        left_out = Counter(f"{panel.name} ({', '.join(panel.reasons)})" for panel in every if not panel.shown)
        named = "; ".join(f"{name} × {count}" if count > 1 else name for name, count in left_out.items())
        means = [shown for panel in every for shown in panel.means]
        yield f"{practice}|{_counted(counts)}|{sum(means)} of {len(means)}|{named}"
    yield f"all|{_counted(totals)}||"


def _counted(counts: Counter[str]) -> str:
    return "|".join(str(counts[name]) for name in ("shown", "partly", "withheld"))


def sample() -> Store:
    """Return the sample's answers in memory."""
    store = open_store("duckdb:///:memory:")
    store.fill_with_sample(unpack((SAMPLE_DATA / "sample.zip").read_bytes()), "sample")
    return store


if __name__ == "__main__":
    for line in table(open_store(sys.argv[1]) if len(sys.argv) > 1 else sample(), Policy()):
        sys.stdout.write(f"{line}\n")
