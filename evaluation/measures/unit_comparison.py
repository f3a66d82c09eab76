"""Comparison of practices of a type, of cohorts of a practice, and of counties: which differ beyond chance.

Computed from published figures alone, so that it reveals nothing that they do not.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.measure import Inputs
from evaluation.privacy import COHORT, COUNTY_TYPE, PRACTICE, Whole, numbered
from evaluation.statistics.unit_differences import Compared, compare_change, compare_shares

COLUMNS = [
    "n", "value", "low", "high", "plain", "shrunk", "shrunk_low", "shrunk_high", "shrinkage", "limit_low",
    "limit_high", "p", "verdict", "whole", "spread_p", "i2", "units",
]  # fmt: skip
QUESTION = ["role", "questionnaire", "item"]


def shares(inputs: Inputs, counted: str) -> pd.DataFrame:
    """Return how shares compare with those of the same question elsewhere, where all of them are of different people.

    Args:
        inputs: a table with published counts of people, or of answers.
        counted: its column with the counts of which the share is compared.
    """
    (table,) = inputs.tables
    estimates = table.of_different_people[table.of_different_people["n"] > 0]
    cell, successes, totals = (estimates[name].to_numpy(dtype=np.int64) for name in ("cell", counted, "n"))
    comparisons = [
        (cell[rows], _shares(tuple(successes[rows].tolist()), tuple(totals[rows].tolist())))
        for rows in _comparable(table.counts.names(cell), inputs.library)
    ]
    return _by_unit(comparisons).assign(measure="comparison", method="wilson")


def steps(inputs: Inputs) -> pd.DataFrame:
    """Return how mean steps from start to end compare, adjusted for where people started.

    Only of cells whose levels may be published, and of different people.
    """
    (pairs,) = inputs.counts
    again = pairs.repeated | pairs.repeated_in_total
    counts = pairs.counts[pairs.counts["start_value"].notna() & ~again[pairs.counts["cell"]]]
    counts = counts.take(np.argsort(counts["cell"].to_numpy(), kind="stable"))
    cell, begin, size = np.unique(counts["cell"].to_numpy(), return_index=True, return_counts=True)
    scales = inputs.library.scales
    directions = {item.id: scales[item.scale].direction for item in inputs.library.items.values() if item.scale}
    names = pairs.names(cell)
    direction = names["item"].map(directions).to_numpy(dtype=np.int64)
    start, step, n = (counts[name].to_numpy(dtype=float) for name in ("start_value", "step", "n"))
    comparisons: list[tuple[Whole, Compared]] = []
    for units in _comparable(names, inputs.library):
        rows = np.concatenate([np.arange(begin[unit], begin[unit] + size[unit]) for unit in units])
        number = np.repeat(np.arange(len(units)), size[units])
        columns = (number.astype(float), start[rows] * direction[units[0]], step[rows], n[rows])
        compared = _steps(tuple(tuple(column.tolist()) for column in columns))
        if compared is not None:
            comparisons.append((cell[units], compared))
    return _by_unit(comparisons).assign(measure="adjusted_change", method="adjusted_steps")


def _comparable(names: pd.DataFrame, library: Library) -> Iterator[Whole]:
    """Yield the rows of two or more units with the same question.

    Units are practices of a type, cohorts of a practice, or counties with practices of a type.
    """
    types = {practice.id: practice.type for practice in library.practices.values()}
    typed = names if "type" in names else names.assign(type=names["practice"].map(types))
    for level, common in ((PRACTICE, ["type"]), (COHORT, ["practice", "municipality"]), (COUNTY_TYPE, ["type"])):
        rows = np.flatnonzero((names["level"] == level) & typed["type"].notna())
        number, _ = numbered(typed.take(rows), [*common, *QUESTION])
        order = np.argsort(number, kind="stable")
        for units in np.split(rows[order], np.flatnonzero(np.diff(number[order])) + 1):
            if len(units) > 1:
                yield units


@lru_cache(maxsize=4096)
def _shares(successes: tuple[int, ...], totals: tuple[int, ...]) -> Compared:
    return compare_shares(successes, totals)


@lru_cache(maxsize=1024)
def _steps(columns: tuple[tuple[float, ...], ...]) -> Compared | None:
    return compare_change(*(np.array(column) for column in columns))


def _by_unit(comparisons: list[tuple[Whole, Compared]]) -> pd.DataFrame:
    """Return a row a unit of what was compared, with its cell; ``whole`` is the value of all people together."""
    of_units: list[list[npt.ArrayLike]] = []
    for cell, compared in comparisons:
        pooled, spread = compared.pooled, compared.heterogeneity
        together = float((compared.n * compared.value).sum() / compared.n.sum())
        whole = (together, spread.p, spread.i2, len(cell))
        of_units.append([
            cell, compared.n, compared.value, compared.low, compared.high, compared.plain, pooled.value, pooled.low,
            pooled.high, pooled.shrinkage, compared.limit_low, compared.limit_high, compared.p,
            np.array(compared.verdict, dtype=object), *(np.full(len(cell), value) for value in whole),
        ])  # fmt: skip
    parts = zip(*of_units, strict=True) if of_units else [[np.empty(0)]] * (len(COLUMNS) + 1)
    return pd.DataFrame(dict(zip(["cell", *COLUMNS], map(np.concatenate, parts), strict=True)))
