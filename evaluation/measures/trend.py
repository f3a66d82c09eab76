"""Trend over the runs or periods of a practice: does a share rise or fall from one to the next.

Computed from published figures alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.privacy import COHORT, Screened, Whole, numbered
from evaluation.statistics.multiplicity import holm_within
from evaluation.statistics.proportions import LEVEL
from evaluation.statistics.trend import trend_of_shares

RISING, FALLING, NOT_APART = "rising", "falling", "not_apart"
LEAST_PERIODS = 3
FORM = ["practice", "municipality", "role", "questionnaire"]


def shares(estimates: pd.DataFrame, counted: str, screened: Screened) -> pd.DataFrame:
    """Return the change of the share from one period to the next (``value``) with its interval.

    Periods are publication units in their order; a practice has a trend from three on. ``first`` and ``last`` are the
    shares of the first and last; p is after Holm's correction over the questions of a form; ``verdict`` is ``rising``,
    ``falling`` or ``not_apart``.

    Args:
        estimates: cell, n and the column ``counted``: published counts of people, or of answers.
        counted: name of the counts whose share is followed.
        screened: what the estimates were computed from; gives the order of units.
    """
    names = ["cell", "n", "value", "low", "high", "p", "periods", "first", "last"]
    found = pd.DataFrame(_trends(estimates, counted, screened), columns=names)
    return with_verdicts(found, screened).assign(measure="trend", method="slope")


def _trends(estimates: pd.DataFrame, counted: str, screened: Screened) -> Iterator[tuple[object, ...]]:
    for question in by_question(estimates, counted, screened):
        if len(question.n) < LEAST_PERIODS:
            continue
        trend = trend_of_shares(question.count, question.n, np.arange(len(question.n)))
        share = question.count / question.n
        ends = float(share[0]), float(share[-1])
        yield question.whole, question.n.sum(), trend.slope, trend.low, trend.high, trend.p, len(share), *ends


@dataclass(frozen=True)
class Question:
    """The published periods of a question in their order: ``count`` of ``n``; ``whole`` is the cell of their total."""

    whole: int
    cells: Whole
    count: Whole
    n: Whole


def by_question(estimates: pd.DataFrame, counted: str, screened: Screened) -> Iterator[Question]:
    """Yield the questions of which a period is published."""
    cell = estimates["cell"].to_numpy(dtype=np.int64)
    periods = estimates[screened.at(COHORT)[cell] & (estimates["n"] > 0).to_numpy()]
    cell, count, n = (periods[name].to_numpy(dtype=np.int64) for name in ("cell", counted, "n"))
    whole, rank = (screened.cells[name].to_numpy()[cell] for name in ("whole", "rank"))
    order = np.lexsort((rank, whole))
    for rows in np.split(order, np.flatnonzero(np.diff(whole[order])) + 1) if len(order) else ():
        yield Question(int(whole[rows[0]]), cell[rows], count[rows], n[rows])


def with_verdicts(found: pd.DataFrame, screened: Screened) -> pd.DataFrame:
    """Correct ``p`` by Holm's method over the questions of a form, and add the verdict: value > 0 is rising."""
    form, _ = numbered(screened.called(found["cell"].to_numpy(dtype=np.int64)), FORM)
    p = holm_within(found["p"], form)
    told = np.where(found["value"] > 0, RISING, FALLING)
    return found.assign(p=p, verdict=np.where(p < 1 - LEVEL, told, NOT_APART))
