"""Comparison of practices of one type, and of the runs of a practice: who may be said to differ, and from what.

Computed from published figures alone, so that nothing can be learnt from it that they do not tell.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.disclosure import CELL, COHORT, PRACTICE, Screened
from evaluation.measures.statistics.comparison import Compared, compare_change, compare_shares

COLUMNS = [
    "n", "value", "low", "high", "plain", "shrunk", "shrunk_low", "shrunk_high", "shrinkage", "limit_low",
    "limit_high", "p", "verdict", "whole", "spread_p", "i2", "units",
]  # fmt: skip
ASKED = ["role", "questionnaire", "item"]


def shares(estimates: pd.DataFrame, counted: str, library: Library) -> pd.DataFrame:
    """Return how shares compare with those of the same question elsewhere.

    Args:
        estimates: CELL, n and the column ``counted``: published counts of people, or of answers.
        counted: name of the counts of which the share is compared.
        library: gives the types of practices.
    """
    rows = estimates[estimates["n"] > 0]
    found = [
        each
        for units in _comparable(rows, library)
        for each in _laid_out(units, _shares(tuple(units[counted].astype(int)), tuple(units["n"].astype(int))))
    ]
    return pd.DataFrame(found, columns=[*CELL, *COLUMNS]).assign(measure="comparison", method="wilson")


def steps(screened: Screened, library: Library) -> pd.DataFrame:
    """Return how mean steps from start to end compare, adjusted for where people started.

    Only of cells whose levels the gate tells.
    """
    counts = screened.counts
    told = counts[counts["start_value"].notna()]
    cells = told[CELL].drop_duplicates()
    directions = {item.id: library.scales[item.scale].direction for item in library.items.values() if item.scale}
    found: list[tuple[object, ...]] = []
    for units in _comparable(cells, library):
        own = units.reset_index(drop=True).reset_index(names="number").merge(told, on=CELL)
        start = own["start_value"] * directions[str(units["item"].iloc[0])]
        key = tuple(zip(own["number"], start, own["step"], own["n"], strict=True))
        compared = _steps(key)
        if compared is not None:
            found += _laid_out(units, compared)
    return pd.DataFrame(found, columns=[*CELL, *COLUMNS]).assign(measure="adjusted_change", method="adjusted_steps")


def _comparable(rows: pd.DataFrame, library: Library) -> Iterator[pd.DataFrame]:
    """Yield the rows of two or more units of which the same was asked: practices of a type, runs of a practice."""
    types = {practice.id: practice.type for practice in library.practices.values()}
    typed = rows.assign(type=rows["practice"].map(types))
    for level, common in ((PRACTICE, ["type"]), (COHORT, ["practice", "municipality"])):
        for _, units in typed[typed["level"] == level].groupby([*common, *ASKED]):
            if len(units) > 1:
                yield units.drop(columns="type")


@lru_cache(maxsize=4096)
def _shares(successes: tuple[int, ...], totals: tuple[int, ...]) -> Compared:
    return compare_shares(successes, totals)


@lru_cache(maxsize=1024)
def _steps(counted: tuple[tuple[float, ...], ...]) -> Compared | None:
    return compare_change(*np.array(counted).T)


def _laid_out(units: pd.DataFrame, found: Compared) -> Iterator[tuple[object, ...]]:
    """Yield a row a unit."""
    pooled, spread = found.pooled, found.heterogeneity
    for number, key in enumerate(units[CELL].itertuples(index=False, name=None)):
        own = (
            found.n, found.value, found.low, found.high, found.plain, pooled.value, pooled.low, pooled.high,
            pooled.shrinkage, found.limit_low, found.limit_high, found.p,
        )  # fmt: skip
        whole = (pooled.centre, spread.p, spread.i2, len(units))
        yield *key, *(float(each[number]) for each in own), found.verdict[number], *whole
