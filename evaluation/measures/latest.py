"""What changed since the period before: the latest run or period of a practice beside the one before it.

Computed from published figures alone.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.stats import fisher_exact

from evaluation.measures.disclosure import CELL, COHORT, PRACTICE, Screened
from evaluation.measures.statistics.multiplicity import holm
from evaluation.measures.statistics.proportions import LEVEL, newcombe
from evaluation.measures.trend import ASKED, FALLING, NOT_APART, RISING

_SIDES = ["last_period", "before_period", "last_n", "before_n", "last", "before"]


def shares(estimates: pd.DataFrame, counted: str, screened: Screened) -> pd.DataFrame:
    """Return how much greater (value > 0) the latest period's share is than that of the period before.

    ``last`` and ``before`` are the two shares, of last_n and before_n in last_period and before_period. The interval is
    Newcombe's; ``p`` is that of Fisher's exact test (Fisher 1922, J R Stat Soc 85:87; scipy.stats.fisher_exact) after
    Holm's correction over the questions of a form; ``verdict`` is ``rising``, ``falling`` or ``not_apart``.

    Args:
        estimates: CELL, n and the column ``counted``: published counts of different people.
        counted: name of the counts whose share is compared.
        screened: what the estimates were computed from; gives the order of the periods.
    """
    found = pd.DataFrame(_last_two(estimates, counted, screened), columns=[*ASKED, *_SIDES, "p"])
    sides = [np.rint(found[side].astype(float) * found[f"{side}_n"].astype(float)) for side in ("last", "before")]
    low, high = newcombe(sides[0], found["last_n"], sides[1], found["before_n"])
    form = [name for name in ASKED if name != "item"]
    found["p"] = found.groupby(form)["p"].transform(lambda p: holm(p.to_numpy(dtype=float)))
    value = found["last"] - found["before"]
    told = np.where(value > 0, RISING, FALLING)
    return found.assign(
        level=PRACTICE,
        cohort="",
        measure="since_before",
        method="newcombe",
        n=found["last_n"] + found["before_n"],
        value=value,
        low=low,
        high=high,
        verdict=np.where(found["p"] < 1 - LEVEL, told, NOT_APART),
    )


def people(enrolment: pd.DataFrame, screened: Screened) -> pd.DataFrame:
    """Return how many more people (value) registered in the latest period than in the one before."""
    registered = enrolment[enrolment["measure"] == "registered"]
    found = pd.DataFrame(_last_two(registered, "n", screened), columns=[*ASKED, *_SIDES, "p"])
    counts = found["last_n"], found["before_n"]
    return found.drop(columns=["p", "last", "before"]).assign(
        level=PRACTICE, cohort="", measure="more_people", method="descriptive", n=counts[0], value=counts[0] - counts[1]
    )


def _last_two(estimates: pd.DataFrame, counted: str, screened: Screened) -> Iterator[tuple[object, ...]]:
    periods = estimates[(estimates["level"] == COHORT) & (estimates["n"] > 0)]
    ordered = periods.merge(screened.cells[[*CELL, "rank"]], on=CELL).sort_values("rank")
    for key, rows in ordered.groupby(ASKED):
        if len(rows) < 2:
            continue
        (before, last), names = rows["n"].astype(int).iloc[-2:], rows["cohort"].iloc[-2:]
        good_before, good_last = rows[counted].astype(int).iloc[-2:]
        table = [[good_last, last - good_last], [good_before, before - good_before]]
        p = float(fisher_exact(table).pvalue)
        yield *key, names.iloc[1], names.iloc[0], last, before, good_last / last, good_before / before, p
