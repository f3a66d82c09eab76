"""Participation: who enrolled, started and completed, who was present, how many visited.

All are counts of people or visits, so they have no interval but the shares of enrolment.
"""

import numpy as np
import pandas as pd

from evaluation.measures.disclosure import CELL, COHORT, Screened, at_every_level
from evaluation.measures.statistics.proportions import wilson

PRESENT, CANCELLED = 1, 2
WILSON, DESCRIPTIVE, RANGE = "wilson", "descriptive", "range"


def enrolment(screened: Screened) -> pd.DataFrame:
    """Return registered (people), started (share of the registered) and completed (share of the started).

    ``count`` is the number of people in all three. Where the gate tells only a range of those who completed it is
    missing, as ``value`` is; ``at_least`` and ``at_most`` are the ends of the range, low and high those of the
    intervals of both. Completion is told only where a register says it of somebody.
    """
    sums = screened.counts
    columns = [name for name in sums.columns if name not in CELL]
    registered = sums.assign(
        measure="registered", n=sums["registered"], value=sums["registered"], count=sums["registered"],
        at_least=sums["registered"], at_most=sums["registered"], method=DESCRIPTIVE,
    )  # fmt: skip
    started = _share(sums, "started", sums["started"], sums["started"], sums["registered"])
    said = sums[sums["base"].notna()]
    completed = _share(said, "completed", said["completed_low"], said["completed_high"], said["base"])
    few = sums[sums["base"].isna() & (sums["few"] > 0)].assign(measure="completed", suppressed=True)
    frame = pd.concat([registered, started, completed.assign(omitted=said["few"]), few], ignore_index=True)
    frame["suppressed"] = frame["suppressed"].eq(True)
    frame["omitted"] = frame["omitted"].fillna(0).astype(int)
    frame.loc[frame["level"] == COHORT, "omitted"] = 0
    return frame.drop(columns=columns)


def _share(sums: pd.DataFrame, measure: str, at_least: pd.Series, at_most: pd.Series, n: pd.Series) -> pd.DataFrame:
    count = at_least.where(at_least == at_most)
    return sums.assign(
        measure=measure, n=n, value=count / n.where(n > 0), count=count, at_least=at_least, at_most=at_most,
        low=wilson(at_least, n)[0], high=wilson(at_most, n)[1], method=WILSON,
    )  # fmt: skip


def attendance(marks: Screened, enrolled: Screened) -> pd.DataFrame:
    """Return attendance_rate and cancellation_rate (of all marks) and present_per_session (mean, with least and most).

    ``n`` is the number of people registered; ``sessions`` of those held, ``present``, ``cancelled`` and ``marks`` are
    counts.
    """
    people = enrolled.counts.groupby(CELL)["registered"].sum().rename("n")
    number, mark = marks.counts["n"], marks.counts["mark"]
    counts = marks.counts.assign(present=number.where(mark == PRESENT, 0), cancelled=number.where(mark == CANCELLED, 0))
    by_session = counts.groupby([*CELL, "run", "session_no"], as_index=False)[["n", "present", "cancelled"]].sum()
    grouped = by_session.groupby(CELL)
    sums = grouped.agg(
        marks=("n", "sum"), present=("present", "sum"), cancelled=("cancelled", "sum"), sessions=("present", "size"),
        mean=("present", "mean"), least=("present", "min"), most=("present", "max"),
    ).join(people).reset_index()  # fmt: skip
    rate = sums.assign(measure="attendance_rate", value=sums["present"] / sums["marks"], method=DESCRIPTIVE)
    called_off = sums.assign(measure="cancellation_rate", value=sums["cancelled"] / sums["marks"], method=DESCRIPTIVE)
    each = sums.assign(
        measure="present_per_session", value=sums["mean"], low=sums["least"], high=sums["most"], method=RANGE
    )
    return pd.concat([rate, called_off, each], ignore_index=True).drop(columns=["mean", "least", "most"])


def sessions(marks: Screened, enrolled: Screened) -> pd.DataFrame:
    """Return how many were present at each session of a unit; sessions of merged runs are added up by their number."""
    people = enrolled.counts.groupby(CELL)["registered"].sum().rename("n")
    counts = marks.counts[marks.counts["level"] == COHORT]
    counts = counts.assign(
        present=counts["n"].where(counts["mark"] == PRESENT, 0),
        day=pd.to_datetime(counts["held_on"]),
    )
    grouped = counts.groupby([*CELL, "session_no"])
    found = grouped.agg(value=("present", "sum"), first=("day", "min"), last=("day", "max")).reset_index()
    same_day = found["first"] == found["last"]
    found["held_on"] = found.pop("first").dt.date.where(same_day, None)
    found = found.drop(columns="last").join(people, on=CELL)
    return found.assign(measure="present_in_session", method=DESCRIPTIVE)


def visits(openings_screened: Screened) -> pd.DataFrame:
    """Return visits (their number) and visits_per_opening (mean, with least and most); ``n`` counts openings.

    One row for all openings of a cell, and one for each kind of opening (``occasion``) where there are several.
    """
    counts = openings_screened.counts
    several = counts.groupby(CELL)["occasion"].transform("nunique") > 1
    kinds = counts[counts["occasion"].notna() & several]
    rows = []
    for frame, keys in ((counts.assign(occasion=np.nan), CELL), (kinds, [*CELL, "occasion"])):
        sums = frame.groupby(keys, as_index=False).agg(
            n=("visits", "size"), visits=("visits", "sum"), mean=("visits", "mean"),
            low=("visits", "min"), high=("visits", "max"),
        )  # fmt: skip
        each = sums.assign(measure="visits_per_opening", value=sums["mean"], method=RANGE)
        rows.append(each.drop(columns="mean"))
        if keys is CELL:
            total = sums.assign(measure="visits", value=sums["visits"], method=DESCRIPTIVE)
            rows.append(total.drop(columns=["mean", "low", "high"]))
    return pd.concat(rows, ignore_index=True)


def newcomers(openings_screened: Screened, smallest: int) -> pd.DataFrame:
    """Return the share of visits by people new to the service, of the openings that tell it.

    ``count`` of ``n`` visits; a unit of which it would count fewer than ``smallest`` new or known visitors is not told,
    and no part of a total, which says so.
    """
    counts = openings_screened.counts
    told = counts[counts["newcomers"].notna() & (counts["level"] == COHORT)]
    sums = told.groupby(CELL, as_index=False)[["visits", "newcomers"]].sum()
    sums = sums[sums["visits"] > 0].rename(columns={"visits": "n", "newcomers": "count"})
    smaller = sums["count"].clip(upper=sums["n"] - sums["count"])
    few = (smaller > 0) & (smaller < smallest)
    open_units = sums.assign(omitted=few.astype(int), n=sums["n"].mask(few, 0), count=sums["count"].mask(few, 0))
    levels = at_every_level(open_units).groupby(CELL, as_index=False)[["n", "count", "omitted"]].sum()
    closed = levels["n"] == 0
    value = levels["count"] / levels["n"].mask(closed)
    omitted = levels["omitted"].mask(levels["level"] == COHORT, 0)
    return levels.assign(measure="newcomers", value=value, method=DESCRIPTIVE, suppressed=closed, omitted=omitted)


def waiting(openings_screened: Screened) -> pd.DataFrame:
    """Return the mean of the openings' longest waits, in minutes, with least and most; ``n`` counts openings."""
    told = openings_screened.counts[openings_screened.counts["waiting"].notna()]
    sums = told.groupby(CELL, as_index=False).agg(
        n=("waiting", "size"), value=("waiting", "mean"), low=("waiting", "min"), high=("waiting", "max")
    )
    return sums.assign(measure="waiting", method=RANGE)


def openings(openings_screened: Screened) -> pd.DataFrame:
    """Return the number of visitors of each opening."""
    counts = openings_screened.counts
    days = counts[counts["level"] == COHORT].rename(columns={"visits": "value"})
    numbers = days.groupby(CELL)["value"].transform("size")
    kept = days[[*CELL, "held_on", "occasion", "value"]].sort_values("held_on")
    return kept.assign(n=numbers, measure="visits_in_opening", method=DESCRIPTIVE)
