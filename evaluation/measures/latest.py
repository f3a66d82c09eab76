"""What changed since the period before: the latest run or period of a practice beside the one before it.

Computed from published figures alone.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from evaluation.measures.trend import by_question, with_verdicts
from evaluation.privacy import Screened
from evaluation.statistics.heterogeneity import against_the_rest
from evaluation.statistics.proportions import newcombe

_SIDES = ["last_period", "before_period", "last_n", "before_n", "last", "before"]
_COLUMNS = ["cell", *_SIDES, "p"]


def shares(estimates: pd.DataFrame, counted: str, screened: Screened) -> pd.DataFrame:
    """Return how much greater (value > 0) the latest period's share is than that of the period before.

    ``last`` and ``before`` are the two shares, of last_n and before_n in last_period and before_period. The interval is
    Newcombe's; ``p`` is that of Fisher's exact test (Fisher 1922, J R Stat Soc 85:87; as scipy.stats.fisher_exact)
    after Holm's correction over the questions of a form; ``verdict`` is ``rising``, ``falling`` or ``not_apart``.

    Args:
        estimates: cell, n and the column ``counted``: published counts of different people.
        counted: name of the counts whose share is compared.
        screened: what the estimates were computed from; gives the order of the periods.
    """
    found = pd.DataFrame(_last_two(estimates, counted, screened), columns=_COLUMNS)
    sides = [np.rint(found[side].astype(float) * found[f"{side}_n"].astype(float)) for side in ("last", "before")]
    low, high = newcombe(sides[0], found["last_n"], sides[1], found["before_n"])
    told = with_verdicts(found.assign(value=found["last"] - found["before"]), screened)
    n = found["last_n"] + found["before_n"]
    return told.assign(measure="since_before", method="newcombe", n=n, low=low, high=high)


def people(enrolment: pd.DataFrame, screened: Screened) -> pd.DataFrame:
    """Return how many more people (value) registered in the latest period than in the one before."""
    registered = enrolment[enrolment["measure"] == "registered"]
    found = pd.DataFrame(_last_two(registered, "n", screened), columns=_COLUMNS)
    counts = found["last_n"], found["before_n"]
    return found.drop(columns=["p", "last", "before"]).assign(
        measure="more_people", method="descriptive", n=counts[0], value=counts[0] - counts[1]
    )


def _last_two(estimates: pd.DataFrame, counted: str, screened: Screened) -> Iterator[tuple[object, ...]]:
    cohorts = screened.cells["cohort"].to_numpy(dtype=object)
    for question in by_question(estimates, counted, screened):
        if len(question.n) < 2:
            continue
        earlier, later = cohorts[question.cells[-2:]]
        (good_before, good_last), (before, last) = question.count[-2:].tolist(), question.n[-2:].tolist()
        p = float(against_the_rest([good_last, good_before], [last, before])[0])
        yield question.whole, later, earlier, last, before, good_last / last, good_before / before, p
