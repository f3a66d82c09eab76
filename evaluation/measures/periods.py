"""The cohorts or periods of a practice in time: does a share rise or fall, and what changed since the period before.

Computed from published figures alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.measures.measure import Estimates, Inputs
from evaluation.measures.satisfaction import CLUSTERS
from evaluation.privacy import COHORT, PublishableCounts, Whole, numbered
from evaluation.statistics.heterogeneity import against_the_rest
from evaluation.statistics.multiplicity import holm_within
from evaluation.statistics.proportions import LEVEL, newcombe, trend_of_shares

RISING, FALLING, NOT_APART, UNTESTED = "rising", "falling", "not_apart", "untested"
LEAST_PERIODS = 3
FORM = ["practice", "municipality", "role", "questionnaire"]
_TREND = ["cell", "n", "value", "low", "high", "p", "periods", "first", "last"]
_SINCE_BEFORE = ["cell", "last_period", "before_period", "last_n", "before_n", "last", "before", "p"]


@dataclass(frozen=True)
class Question:
    """The published periods of a question in their order: ``count`` of ``n``; ``total`` is the cell of their total."""

    total: int
    cells: Whole
    count: Whole
    n: Whole


def trend(inputs: Inputs, counted: str) -> pd.DataFrame:
    """Return the change of a share from one period to the next (``value``) with its interval.

    Periods are publication units in their order; a practice has a trend from three on. ``first`` and ``last`` are the
    shares of the first and last; p is after Holm's correction over the questions of a form; ``verdict`` is ``rising``,
    ``falling`` or ``not_apart``. Where one person may be in several periods there is neither interval nor test: the
    method is ``clusters``, the verdict ``untested``.

    Args:
        inputs: a table with published counts of people, or of answers.
        counted: its column with the counts whose share is followed.
    """
    (table,) = inputs.tables
    estimates = pd.DataFrame(_trends(table, counted), columns=_TREND)
    return _with_verdicts(estimates.assign(measure="trend", method="slope"), table.counts)


def _trends(table: Estimates, counted: str) -> Iterator[tuple[object, ...]]:
    for question in _by_question(table.once_a_cohort, counted, table.counts):
        if len(question.n) < LEAST_PERIODS:
            continue
        slope = trend_of_shares(question.count, question.n, np.arange(len(question.n)))
        share = question.count / question.n
        ends = float(share[0]), float(share[-1])
        yield question.total, question.n.sum(), slope.slope, slope.low, slope.high, slope.p, len(share), *ends


def since_before(inputs: Inputs, counted: str) -> pd.DataFrame:
    """Return how much greater (value > 0) the latest period's share is than that of the period before.

    ``last`` and ``before`` are the two shares, of last_n and before_n in last_period and before_period. The interval is
    Newcombe's; ``p`` is that of Fisher's exact test (Fisher 1922, J R Stat Soc 85:87; as scipy.stats.fisher_exact)
    after Holm's correction over the questions of a form; ``verdict`` is ``rising``, ``falling`` or ``not_apart``. Where
    one person may be in both there is neither interval nor test, as of ``trend``.

    Args:
        inputs: a table with published counts of people, or of answers.
        counted: its column with the counts whose share is compared.
    """
    (table,) = inputs.tables
    estimates = pd.DataFrame(_last_two(table.once_a_cohort, counted, table.counts), columns=_SINCE_BEFORE)
    counts = [
        np.rint(estimates[side].astype(float) * estimates[f"{side}_n"].astype(float)) for side in ("last", "before")
    ]
    low, high = newcombe(counts[0], estimates["last_n"], counts[1], estimates["before_n"])
    n, value = estimates["last_n"] + estimates["before_n"], estimates["last"] - estimates["before"]
    named = estimates.assign(measure="since_before", method="newcombe", n=n, value=value, low=low, high=high)
    return _with_verdicts(named, table.counts)


def more_people(inputs: Inputs) -> pd.DataFrame:
    """Return how many more people (value) registered in the latest period than in the one before."""
    (enrolment,) = inputs.tables
    registered = enrolment.frame[enrolment.frame["measure"] == "registered"]
    estimates = pd.DataFrame(_last_two(registered, "n", enrolment.counts), columns=_SINCE_BEFORE)
    last, before = estimates["last_n"], estimates["before_n"]
    return estimates.drop(columns=["p", "last", "before"]).assign(
        measure="more_people", method="descriptive", n=last, value=last - before
    )


def _last_two(estimates: pd.DataFrame, counted: str, counts: PublishableCounts) -> Iterator[tuple[object, ...]]:
    cohorts = counts.cells["cohort"].to_numpy(dtype=object)
    for question in _by_question(estimates, counted, counts):
        if len(question.n) < 2:
            continue
        earlier, later = cohorts[question.cells[-2:]]
        (good_before, good_last), (before, last) = question.count[-2:].tolist(), question.n[-2:].tolist()
        p = float(against_the_rest([good_last, good_before], [last, before])[0])
        yield question.total, later, earlier, last, before, good_last / last, good_before / before, p


def _by_question(estimates: pd.DataFrame, counted: str, counts: PublishableCounts) -> Iterator[Question]:
    """Yield the questions of which a period is published."""
    cell = estimates["cell"].to_numpy(dtype=np.int64)
    periods = estimates[counts.at_level(COHORT)[cell] & (estimates["n"] > 0).to_numpy()]
    cell, count, n = (periods[name].to_numpy(dtype=np.int64) for name in ("cell", counted, "n"))
    total, rank = (counts.cells[name].to_numpy()[cell] for name in ("practice_total", "rank"))
    order = np.lexsort((rank, total))
    for rows in np.split(order, np.flatnonzero(np.diff(total[order])) + 1) if len(order) else ():
        yield Question(int(total[rows[0]]), cell[rows], count[rows], n[rows])


def _with_verdicts(estimates: pd.DataFrame, counts: PublishableCounts) -> pd.DataFrame:
    """Correct ``p`` by Holm's method over the questions of a form, and add the verdict: value > 0 is rising."""
    cell = estimates["cell"].to_numpy(dtype=np.int64)
    repeated = counts.repeated[cell]
    form, _ = numbered(counts.names(cell), FORM)
    p = holm_within(estimates["p"].mask(repeated), form)
    direction = np.where(estimates["value"] > 0, RISING, FALLING)
    verdict = np.where(repeated, UNTESTED, np.where(p < 1 - LEVEL, direction, NOT_APART))
    ends = {end: estimates[end].mask(repeated) for end in ("low", "high")}
    method = estimates["method"].mask(repeated, CLUSTERS)
    return estimates.assign(p=p, verdict=verdict, method=method, **ends)
