"""Participation: who enrolled, started and completed, who was present, how many visited.

All are counts of people or visits, so they have no interval but the shares of enrolment.
"""

import numpy as np
import pandas as pd

from evaluation.measures.disclosure import CELL, COHORT, Screened
from evaluation.measures.intervals import wilson

PRESENT = 1
WILSON, DESCRIPTIVE, RANGE = "wilson", "descriptive", "range"


def enrolment(screened: Screened, threshold: int) -> pd.DataFrame:
    """Return registered (people), started (share of the registered) and completed (share of the started).

    ``count`` is the number of people in all three. Completion is told only where a register says it of somebody, and
    of at least ``threshold`` people who started.
    """
    columns = ["registered", "started", "decided", "completed"]
    sums = screened.counts.groupby(CELL, as_index=False)[columns].sum()
    registered = sums.assign(
        measure="registered", n=sums["registered"], value=sums["registered"], count=sums["registered"],
        method=DESCRIPTIVE,
    )  # fmt: skip
    started = _share(sums, "started", sums["started"], sums["registered"])
    finished = sums[sums["decided"] > 0]
    completed = _share(finished, "completed", finished["completed"], finished["started"])
    completed["suppressed"] = completed["n"] < threshold
    frame = pd.concat([registered, started, completed], ignore_index=True).drop(columns=columns)
    frame["suppressed"] = frame["suppressed"].fillna(value=False).astype(bool)
    return frame


def _share(sums: pd.DataFrame, measure: str, count: pd.Series, n: pd.Series) -> pd.DataFrame:
    low, high = wilson(count, n)
    value = count / n.where(n > 0)
    return sums.assign(measure=measure, n=n, value=value, count=count, low=low, high=high, method=WILSON)


def attendance(marks: Screened, enrolled: Screened) -> pd.DataFrame:
    """Return attendance_rate (present marks of all marks) and present_per_session (mean, with least and most).

    ``n`` is the number of people registered; ``sessions`` of those held, ``present`` and ``marks`` are counts.
    """
    people = enrolled.counts.groupby(CELL)["registered"].sum().rename("n")
    counts = marks.counts.assign(present=marks.counts["n"].where(marks.counts["mark"] == PRESENT, 0))
    by_session = counts.groupby([*CELL, "run", "session_no"], as_index=False)[["n", "present"]].sum()
    grouped = by_session.groupby(CELL)
    sums = grouped.agg(
        marks=("n", "sum"), present=("present", "sum"), sessions=("present", "size"),
        mean=("present", "mean"), least=("present", "min"), most=("present", "max"),
    ).join(people).reset_index()  # fmt: skip
    rate = sums.assign(measure="attendance_rate", value=sums["present"] / sums["marks"], method=DESCRIPTIVE)
    each = sums.assign(
        measure="present_per_session", value=sums["mean"], low=sums["least"], high=sums["most"], method=RANGE
    )
    return pd.concat([rate, each], ignore_index=True).drop(columns=["mean", "least", "most"])


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


def openings(openings_screened: Screened) -> pd.DataFrame:
    """Return the number of visitors of each opening."""
    counts = openings_screened.counts
    days = counts[counts["level"] == COHORT].rename(columns={"visits": "value"})
    numbers = days.groupby(CELL)["value"].transform("size")
    kept = days[[*CELL, "held_on", "occasion", "value"]].sort_values("held_on")
    return kept.assign(n=numbers, measure="visits_in_opening", method=DESCRIPTIVE)
