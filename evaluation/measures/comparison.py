"""Comparison of practices of one type, and of the runs of a practice: who may be said to differ, and from what.

Computed from published figures alone, so that nothing can be learnt from it that they do not tell.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.definitions import Library
from evaluation.privacy import COHORT, PRACTICE, Screened, Whole, numbered
from evaluation.statistics.comparison import Compared, compare_change, compare_shares

COLUMNS = [
    "n", "value", "low", "high", "plain", "shrunk", "shrunk_low", "shrunk_high", "shrinkage", "limit_low",
    "limit_high", "p", "verdict", "whole", "spread_p", "i2", "units",
]  # fmt: skip
ASKED = ["role", "questionnaire", "item"]


def shares(estimates: pd.DataFrame, counted: str, screened: Screened, library: Library) -> pd.DataFrame:
    """Return how shares compare with those of the same question elsewhere.

    Args:
        estimates: cell, n and the column ``counted``: published counts of people, or of answers.
        counted: name of the counts of which the share is compared.
        screened: what the estimates were computed from.
        library: gives the types of practices.
    """
    some = estimates[estimates["n"] > 0]
    cell, successes, totals = (some[name].to_numpy(dtype=np.int64) for name in ("cell", counted, "n"))
    found = [
        (cell[rows], _shares(tuple(successes[rows].tolist()), tuple(totals[rows].tolist())))
        for rows in _comparable(screened.called(cell), library)
    ]
    return _laid_out(found).assign(measure="comparison", method="wilson")


def steps(screened: Screened, library: Library) -> pd.DataFrame:
    """Return how mean steps from start to end compare, adjusted for where people started.

    Only of cells whose levels the gate tells.
    """
    counts = screened.counts[screened.counts["start_value"].notna()]
    counts = counts.take(np.argsort(counts["cell"].to_numpy(), kind="stable"))
    cell, begin, size = np.unique(counts["cell"].to_numpy(), return_index=True, return_counts=True)
    directions = {item.id: library.scales[item.scale].direction for item in library.items.values() if item.scale}
    names = screened.called(cell)
    turned = names["item"].map(directions).to_numpy(dtype=np.int64)
    start, step, n = (counts[name].to_numpy(dtype=float) for name in ("start_value", "step", "n"))
    found: list[tuple[Whole, Compared]] = []
    for units in _comparable(names, library):
        rows = np.concatenate([np.arange(begin[unit], begin[unit] + size[unit]) for unit in units])
        number = np.repeat(np.arange(len(units)), size[units])
        own = (number.astype(float), start[rows] * turned[units[0]], step[rows], n[rows])
        compared = _steps(tuple(tuple(each.tolist()) for each in own))
        if compared is not None:
            found.append((cell[units], compared))
    return _laid_out(found).assign(measure="adjusted_change", method="adjusted_steps")


def _comparable(names: pd.DataFrame, library: Library) -> Iterator[Whole]:
    """Yield the rows of two or more units of which the same was asked: practices of a type, runs of a practice."""
    types = {practice.id: practice.type for practice in library.practices.values()}
    typed = names.assign(type=names["practice"].map(types))
    for level, common in ((PRACTICE, ["type"]), (COHORT, ["practice", "municipality"])):
        rows = np.flatnonzero((names["level"] == level) & typed["type"].notna())
        number, _ = numbered(typed.take(rows), [*common, *ASKED])
        order = np.argsort(number, kind="stable")
        for units in np.split(rows[order], np.flatnonzero(np.diff(number[order])) + 1):
            if len(units) > 1:
                yield units


@lru_cache(maxsize=4096)
def _shares(successes: tuple[int, ...], totals: tuple[int, ...]) -> Compared:
    return compare_shares(successes, totals)


@lru_cache(maxsize=1024)
def _steps(counted: tuple[tuple[float, ...], ...]) -> Compared | None:
    return compare_change(*(np.array(each) for each in counted))


def _laid_out(found: list[tuple[Whole, Compared]]) -> pd.DataFrame:
    """Return a row a unit of what was compared, with its cell."""
    of_units: list[list[npt.ArrayLike]] = []
    for cell, each in found:
        pooled, spread = each.pooled, each.heterogeneity
        whole = (pooled.centre, spread.p, spread.i2, len(cell))
        of_units.append([
            cell, each.n, each.value, each.low, each.high, each.plain, pooled.value, pooled.low, pooled.high,
            pooled.shrinkage, each.limit_low, each.limit_high, each.p, np.array(each.verdict, dtype=object),
            *(np.full(len(cell), value) for value in whole),
        ])  # fmt: skip
    parts = zip(*of_units, strict=True) if of_units else [[np.empty(0)]] * (len(COLUMNS) + 1)
    return pd.DataFrame(dict(zip(["cell", *COLUMNS], map(np.concatenate, parts), strict=True)))
