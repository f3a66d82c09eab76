"""Participation: who enrolled, started and completed, who was present, how many visited.

All are counts of people or visits, so they have no interval but the shares of enrolment.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.privacy import CELL, COHORT, Screened, Whole, added, at_every_level, numbered, rows_of
from evaluation.statistics.proportions import wilson

PRESENT, CANCELLED = 1, 2
WILSON, DESCRIPTIVE, RANGE = "wilson", "descriptive", "range"


def enrolment(screened: Screened) -> pd.DataFrame:
    """Return registered (people), started (share of the registered) and completed (share of the started).

    ``count`` is the number of people in all three. Where the gate tells only a range of those who completed it is
    missing, as ``value`` is; ``at_least`` and ``at_most`` are the ends of the range, low and high those of the
    intervals of both. Completion is told only where a register says it of somebody.
    """
    sums = screened.counts
    registered = sums["registered"]
    people = sums[["cell"]].assign(
        measure="registered", n=registered, value=registered.astype(float), count=registered, at_least=registered,
        at_most=registered, method=DESCRIPTIVE,
    )  # fmt: skip
    started = _share(sums, "started", sums["started"], sums["started"], registered)
    said = sums[sums["base"].notna()]
    completed = _share(said, "completed", said["completed_low"], said["completed_high"], said["base"])
    unknown = sums[sums["base"].isna() & (sums["few"] > 0)]
    few = unknown[["cell"]].assign(measure="completed", suppressed=True)
    omitted = np.where(screened.at(COHORT)[said["cell"]], 0, said["few"])
    frame = pd.concat([people, started, completed.assign(omitted=omitted), few], ignore_index=True)
    return frame.assign(suppressed=frame["suppressed"].eq(True), omitted=frame["omitted"].fillna(0).astype(int))


def _share(sums: pd.DataFrame, measure: str, at_least: pd.Series, at_most: pd.Series, n: pd.Series) -> pd.DataFrame:
    count = at_least.where(at_least == at_most)
    return sums[["cell"]].assign(
        measure=measure, n=n, value=count / n.where(n > 0), count=count, at_least=at_least, at_most=at_most,
        low=wilson(at_least, n)[0], high=wilson(at_most, n)[1], method=WILSON,
    )  # fmt: skip


def attendance(marks: Screened, enrolled: Screened) -> pd.DataFrame:
    """Return attendance_rate and cancellation_rate (of all marks), present_per_session and visits_per_person.

    The third is a mean, with least and most; the fourth the people present, added up over the sessions, by those
    registered, where it is told how many they are. ``n`` is the number of people registered; ``sessions`` of those
    held, ``present``, ``cancelled`` and ``marks`` are counts.
    """
    number, mark = (marks.counts[name].to_numpy() for name in ("n", "mark"))
    held, first = numbered(marks.counts, ["cell", "run", "session_no"])
    each = pd.DataFrame({
        "cell": marks.counts["cell"].to_numpy()[first],
        "marks": added(held, number, len(first)),
        "present": added(held, np.where(mark == PRESENT, number, 0), len(first)),
        "cancelled": added(held, np.where(mark == CANCELLED, number, 0), len(first)),
    })  # fmt: skip
    spread = _spread(each["cell"], each["present"])
    marked, present, cancelled = (
        _spread(each["cell"], each[name])["sum"] for name in ("marks", "present", "cancelled")
    )
    sums = pd.DataFrame({
        "cell": spread["cell"], "marks": marked, "present": present, "cancelled": cancelled,
        "sessions": spread["size"], "n": _registered(marks, enrolled)[spread["cell"]],
    })  # fmt: skip
    rate = sums.assign(measure="attendance_rate", value=present / marked, method=DESCRIPTIVE)
    called_off = sums.assign(measure="cancellation_rate", value=cancelled / marked, method=DESCRIPTIVE)
    range_ = {"value": spread["mean"], "low": spread["least"], "high": spread["most"]}
    by_session = sums.assign(measure="present_per_session", method=RANGE, **range_)
    registered = sums[sums["n"] > 0]
    each_person = registered.assign(
        measure="visits_per_person", value=registered["present"] / registered["n"], method=DESCRIPTIVE
    )
    return pd.concat([rate, called_off, by_session, each_person], ignore_index=True)


def _registered(marks: Screened, enrolled: Screened) -> npt.NDArray[np.float64]:
    """Return the people registered by cell of ``marks``, missing where it is not told."""
    counts = enrolled.counts
    people = np.append(counts["registered"].to_numpy(dtype=float), np.nan)
    return np.asarray(people[rows_of(marks.cells, enrolled.called(counts["cell"]), CELL)])


def _spread(cell: npt.ArrayLike, values: npt.ArrayLike) -> pd.DataFrame:
    """Return by cell the number of rows, and sum, mean, least and most of their values where they are known."""
    number, own = np.asarray(values, dtype=float), np.asarray(cell, dtype=np.int64)
    order = np.argsort(own, kind="stable")
    cells, begin, size = np.unique(own[order], return_index=True, return_counts=True)
    given = number[order]
    known = np.add.reduceat(np.isfinite(given), begin, dtype=np.int64) if len(begin) else size
    total, least, most = (
        of.reduceat(given, begin) if len(begin) else np.empty(0)
        for of, given in ((np.add, np.nan_to_num(given)), (np.fmin, given), (np.fmax, given))
    )
    mean = total / np.where(known > 0, known, np.nan)
    return pd.DataFrame(
        {"cell": cells, "size": size, "sum": total.astype(np.int64), "mean": mean, "least": least, "most": most}
    )


def sessions(marks: Screened, enrolled: Screened) -> pd.DataFrame:
    """Return how many were present at each session of a unit; sessions of merged runs are added up by their number."""
    counts = marks.counts[marks.at(COHORT)[marks.counts["cell"]]]
    number, first = numbered(counts, ["cell", "session_no"], ordered=True)
    cell, session = (counts[name].to_numpy()[first] for name in ("cell", "session_no"))
    present = added(number, np.where(counts["mark"] == PRESENT, counts["n"], 0), len(first))
    return pd.DataFrame({
        "cell": cell, "session_no": session, "value": present.astype(float),
        "held_on": _same_day(number, counts["held_on"], len(first)), "n": _registered(marks, enrolled)[cell],
    }).assign(measure="present_in_session", method=DESCRIPTIVE)  # fmt: skip


def _same_day(number: Whole, days: pd.Series, size: int) -> pd.Series:
    """Return by number the one day that is known, or None where none is, or several are."""
    code, names = pd.factorize(days, sort=True)
    first, last = np.full(size, len(names)), np.full(size, -1)
    np.minimum.at(first, number, np.where(code < 0, len(names), code))
    np.maximum.at(last, number, code)
    known = np.array([*names, None], dtype=object)
    return pd.Series(known[np.where(first == last, first, -1)], dtype=object)


def visits(openings_screened: Screened) -> pd.DataFrame:
    """Return visits (their number) and visits_per_opening (mean, with least and most); ``n`` counts openings.

    One row for all openings of a cell, and one for each kind of opening (``occasion``) where there are several.
    """
    counts = openings_screened.counts
    cell, number = counts["cell"].to_numpy(), counts["visits"].to_numpy(dtype=float)
    kind, kinds = pd.factorize(counts["occasion"], sort=True)
    of_kind = np.flatnonzero(kind >= 0)
    pairs = np.unique(cell[of_kind] * len(kinds) + kind[of_kind])
    several = np.bincount(pairs // max(len(kinds), 1), minlength=len(openings_screened.cells)) > 1
    of_kind = of_kind[several[cell[of_kind]]]
    whole = _spread(cell, number)
    by_kind = _spread(cell[of_kind] * len(kinds) + kind[of_kind], number[of_kind])
    occasion = np.asarray(kinds, dtype=float)[by_kind["cell"] % max(len(kinds), 1)]
    by_kind = by_kind.assign(cell=by_kind["cell"] // max(len(kinds), 1), occasion=occasion)
    openings_of = pd.concat([whole.assign(occasion=np.nan), by_kind], ignore_index=True)
    each = _ranges(openings_of, "visits_per_opening").assign(
        visits=openings_of["sum"], occasion=openings_of["occasion"]
    )
    total = pd.DataFrame({"cell": whole["cell"], "n": whole["size"], "visits": whole["sum"]})
    total = total.assign(measure="visits", value=whole["sum"].astype(float), occasion=np.nan, method=DESCRIPTIVE)
    return pd.concat([each[: len(whole)], total, each[len(whole) :]], ignore_index=True)


def _ranges(spread: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the mean with least and most, of so many rows."""
    return pd.DataFrame({
        "cell": spread["cell"], "n": spread["size"], "value": spread["mean"], "low": spread["least"],
        "high": spread["most"],
    }).assign(measure=measure, method=RANGE)  # fmt: skip


def newcomers(openings_screened: Screened, smallest: int) -> pd.DataFrame:
    """Return the share of visits by people new to the service, of the openings that tell it.

    ``count`` of ``n`` visits; a unit of which it would count fewer than ``smallest`` new or known visitors is not told,
    and no part of a total, which says so.
    """
    counts, cells = openings_screened.counts, openings_screened.cells
    told = counts[counts["newcomers"].notna() & openings_screened.at(COHORT)[counts["cell"]]]
    n = _spread(told["cell"], told["visits"])
    new = _spread(told["cell"], told["newcomers"])["sum"]
    sums = pd.DataFrame({"cell": n["cell"], "n": n["sum"], "count": new})[n["sum"] > 0]
    smaller = sums["count"].clip(upper=sums["n"] - sums["count"])
    few = (smaller > 0) & (smaller < smallest)
    open_units = sums.assign(omitted=few.astype(int), n=sums["n"].mask(few, 0), count=sums["count"].mask(few, 0))
    levels = at_every_level(open_units, cells)
    found = pd.DataFrame({"cell": np.unique(levels["cell"])})
    for name in ("n", "count", "omitted"):
        found[name] = _spread(levels["cell"], levels[name])["sum"]
    closed = found["n"] == 0
    value = found["count"] / found["n"].mask(closed)
    omitted = found["omitted"].mask(openings_screened.at(COHORT)[found["cell"]], 0)
    return found.assign(measure="newcomers", value=value, method=DESCRIPTIVE, suppressed=closed, omitted=omitted)


def waiting(openings_screened: Screened) -> pd.DataFrame:
    """Return the mean of the openings' longest waits, in minutes, with least and most; ``n`` counts openings."""
    told = openings_screened.counts[openings_screened.counts["waiting"].notna()]
    return _ranges(_spread(told["cell"], told["waiting"]), "waiting")


def openings(openings_screened: Screened) -> pd.DataFrame:
    """Return the number of visitors of each opening."""
    counts = openings_screened.counts
    days = counts[openings_screened.at(COHORT)[counts["cell"]]].sort_values("held_on", kind="stable")
    numbers = np.bincount(days["cell"], minlength=len(openings_screened.cells))[days["cell"]]
    return days[["cell", "held_on", "occasion"]].assign(
        value=days["visits"].astype(float), n=numbers, measure="visits_in_opening", method=DESCRIPTIVE
    )
