"""Trend over the runs or periods of a practice: does a share rise or fall from one to the next.

Computed from published figures alone.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from evaluation.measures.disclosure import CELL, COHORT, PRACTICE, Screened
from evaluation.measures.statistics.multiplicity import holm
from evaluation.measures.statistics.proportions import LEVEL
from evaluation.measures.statistics.trend import trend_of_shares

RISING, FALLING, NOT_APART = "rising", "falling", "not_apart"
LEAST_PERIODS = 3
ASKED = ["practice", "municipality", "role", "questionnaire", "item"]


def shares(estimates: pd.DataFrame, counted: str, screened: Screened) -> pd.DataFrame:
    """Return the change of the share from one period to the next (``value``) with its interval.

    Periods are publication units in their order; a practice has a trend from three on. ``first`` and ``last`` are the
    shares of the first and last; p is after Holm's correction over the questions of a form; ``verdict`` is ``rising``,
    ``falling`` or ``not_apart``.

    Args:
        estimates: CELL, n and the column ``counted``: published counts of people, or of answers.
        counted: name of the counts whose share is followed.
        screened: what the estimates were computed from; gives the order of units.
    """
    periods = estimates[(estimates["level"] == COHORT) & (estimates["n"] > 0)]
    ordered = periods.merge(screened.cells[[*CELL, "rank"]], on=CELL).sort_values("rank")
    names = [*ASKED, "n", "value", "low", "high", "p", "periods", "first", "last"]
    found = pd.DataFrame(_trends(ordered, counted), columns=names).assign(level=PRACTICE, cohort="")
    form = [name for name in ASKED if name != "item"]
    found["p"] = found.groupby(form)["p"].transform(lambda p: holm(p.to_numpy(dtype=float)))
    told = np.where(found["value"] > 0, RISING, FALLING)
    verdict = np.where(found["p"] < 1 - LEVEL, told, NOT_APART)
    return found.assign(measure="trend", method="slope", verdict=verdict)


def _trends(ordered: pd.DataFrame, counted: str) -> Iterator[tuple[object, ...]]:
    for key, rows in ordered.groupby(ASKED):
        if len(rows) < LEAST_PERIODS:
            continue
        trend = trend_of_shares(rows[counted], rows["n"], np.arange(len(rows)))
        share = rows[counted] / rows["n"]
        ends = (float(share.iloc[0]), float(share.iloc[-1]))
        yield *key, float(rows["n"].sum()), trend.slope, trend.low, trend.high, trend.p, len(rows), *ends
