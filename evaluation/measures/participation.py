"""Participation: who enrolled, started and completed, who was present, how many visited, and how many answered.

All are counts of people or visits, so they have no interval but the shares of enrolment.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.measures.measure import Inputs
from evaluation.privacy import CELL, COHORT, PublishableCounts, Whole, added, at_every_level, numbered, rows_of
from evaluation.statistics.proportions import wilson

PRESENT, CANCELLED = 1, 2
WILSON, DESCRIPTIVE, RANGE, CLUSTERS = "wilson", "descriptive", "range", "clusters"
UNIT = ["practice", "municipality", "cohort"]


def enrolment(inputs: Inputs) -> pd.DataFrame:
    """Return registered (people), started (share of the registered) and completed (share of those of whom it is known).

    Numerator and denominator are the same people. Who was present at least once or completed has started; where no
    presence is marked, nobody knows who started, and there is no row. Completion is about those who started, or about
    everybody where that is not known: ``n`` of them have it recorded, ``unknown`` have not. ``count`` is the number of
    people in all three. Where those who completed may be published as a range only it is missing, as ``value`` is;
    ``at_least`` and ``at_most`` are the ends of the range, low and high those of the intervals of both. Where one
    person may have registered more than once the counts are of registrations, and the method is named ``clusters``.
    """
    (enrolled,) = inputs.counts
    sums = enrolled.counts
    registered = sums["registered"]
    people = sums[["cell"]].assign(
        measure="registered", n=registered, value=registered.astype(float), count=registered, at_least=registered,
        at_most=registered, method=DESCRIPTIVE,
    )  # fmt: skip
    weight = pd.Series(enrolled.independence[sums["cell"]], sums.index)
    followed = sums[sums["followed"] > 0]
    came = followed["started"]
    started = _range_share(followed, "started", came, came, followed["followed"], weight)
    recorded = sums[sums["base"].notna()]
    completed = _range_share(
        recorded, "completed", recorded["completed_low"], recorded["completed_high"], recorded["base"], weight
    ).assign(unknown=recorded["undecided"])
    unknown = sums[sums["base"].isna() & (sums["few"] > 0)]
    few = unknown[["cell"]].assign(measure="completed", suppressed=True)
    omitted = np.where(enrolled.at_level(COHORT)[recorded["cell"]], 0, recorded["few"])
    frame = pd.concat([people, started, completed.assign(omitted=omitted), few], ignore_index=True)
    frame.loc[enrolled.repeated[frame["cell"]], "method"] = CLUSTERS
    return frame.assign(suppressed=frame["suppressed"].eq(True), omitted=frame["omitted"].fillna(0).astype(int))


def by_forms(inputs: Inputs) -> pd.DataFrame:
    """Return where there is no register how many filled a start form (started_by_form) and an end form (ended_by_form).

    Those with a start form have started, those with an end form came to the end. No share: whether they are the same
    people only codes tell (``matched``). Where one person may have filled several, ``n`` are forms (``clusters``).
    """
    (forms,) = inputs.counts
    timings = {form.id: form.timing for form in inputs.library.questionnaires}
    n = added(forms.counts["cell"].to_numpy(), forms.counts["n"], len(forms.cells))
    cell = np.flatnonzero(n > 0)
    started = forms.cells["questionnaire"].map(timings).eq("start").to_numpy(dtype=bool)[cell]
    return pd.DataFrame({
        "cell": cell, "measure": np.where(started, "started_by_form", "ended_by_form"), "n": n[cell],
        "value": n[cell].astype(float), "method": np.where(forms.repeated[cell], CLUSTERS, DESCRIPTIVE),
    })  # fmt: skip


def _range_share(
    sums: pd.DataFrame, measure: str, at_least: pd.Series, at_most: pd.Series, n: pd.Series, weight: pd.Series
) -> pd.DataFrame:
    count = at_least.where(at_least == at_most)
    of_row = weight[sums.index]
    return sums[["cell"]].assign(
        measure=measure, n=n, value=count / n.where(n > 0), count=count, at_least=at_least, at_most=at_most,
        low=wilson(at_least * of_row, n * of_row)[0], high=wilson(at_most * of_row, n * of_row)[1], method=WILSON,
    )  # fmt: skip


def attendance(inputs: Inputs) -> pd.DataFrame:
    """Return attendance_rate and cancellation_rate (of all marks), present_per_session and visits_per_person.

    The third is a mean, with least and most; the fourth the people present, added up over the sessions, by those
    registered, where their number is published. ``n`` is the number of people registered; ``sessions``, ``present``,
    ``cancelled`` and ``marks`` are counts.
    """
    marks, enrolled = inputs.counts
    number, mark = (marks.counts[name].to_numpy() for name in ("n", "mark"))
    session, first = numbered(marks.counts, ["cell", "stored_cohort", "session_no"])
    by_session = pd.DataFrame({
        "cell": marks.counts["cell"].to_numpy()[first],
        "marks": added(session, number, len(first)),
        "present": added(session, np.where(mark == PRESENT, number, 0), len(first)),
        "cancelled": added(session, np.where(mark == CANCELLED, number, 0), len(first)),
    })  # fmt: skip
    spread = _spread(by_session["cell"], by_session["present"])
    marked, present, cancelled = (
        _spread(by_session["cell"], by_session[name])["sum"] for name in ("marks", "present", "cancelled")
    )
    sums = pd.DataFrame({
        "cell": spread["cell"], "marks": marked, "present": present, "cancelled": cancelled,
        "sessions": spread["size"], "n": _registered(marks, enrolled)[spread["cell"]],
    })  # fmt: skip
    rate = sums.assign(measure="attendance_rate", value=present / marked, method=DESCRIPTIVE)
    called_off = sums.assign(measure="cancellation_rate", value=cancelled / marked, method=DESCRIPTIVE)
    range_ = {"value": spread["mean"], "low": spread["least"], "high": spread["most"]}
    per_session = sums.assign(measure="present_per_session", method=RANGE, **range_)
    registered = sums[sums["n"] > 0]
    per_person = registered.assign(
        measure="visits_per_person", value=registered["present"] / registered["n"], method=DESCRIPTIVE
    )
    return pd.concat([rate, called_off, per_session, per_person], ignore_index=True)


def _registered(marks: PublishableCounts, enrolled: PublishableCounts) -> npt.NDArray[np.float64]:
    """Return the people registered by cell of ``marks``, missing where it is not published."""
    counts = enrolled.counts
    people = np.append(counts["registered"].to_numpy(dtype=float), np.nan)
    return np.asarray(people[rows_of(marks.cells, enrolled.names(counts["cell"]), CELL)])


def _spread(cell: npt.ArrayLike, values: npt.ArrayLike) -> pd.DataFrame:
    """Return by cell the number of rows, and sum, mean, least and most of their values where they are known."""
    number, cell_of_row = np.asarray(values, dtype=float), np.asarray(cell, dtype=np.int64)
    order = np.argsort(cell_of_row, kind="stable")
    cells, begin, size = np.unique(cell_of_row[order], return_index=True, return_counts=True)
    ordered = number[order]
    known = np.add.reduceat(np.isfinite(ordered), begin, dtype=np.int64) if len(begin) else size
    total, least, most = (
        summary.reduceat(numbers, begin) if len(begin) else np.empty(0)
        for summary, numbers in ((np.add, np.nan_to_num(ordered)), (np.fmin, ordered), (np.fmax, ordered))
    )
    mean = total / np.where(known > 0, known, np.nan)
    return pd.DataFrame(
        {"cell": cells, "size": size, "sum": total.astype(np.int64), "mean": mean, "least": least, "most": most}
    )


def sessions(inputs: Inputs) -> pd.DataFrame:
    """Return how many were present at every session of a unit; sessions of joined cohorts are added up by number."""
    marks, enrolled = inputs.counts
    counts = marks.counts[marks.at_level(COHORT)[marks.counts["cell"]]]
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


def visits(inputs: Inputs) -> pd.DataFrame:
    """Return visits (their number) and visits_per_opening (mean, with least and most); ``n`` counts openings.

    One row for all openings of a cell, and one for every kind of opening (``occasion``) where there are several.
    """
    (openings_counts,) = inputs.counts
    counts = openings_counts.counts
    cell, number = counts["cell"].to_numpy(), counts["visits"].to_numpy(dtype=float)
    kind, kinds = pd.factorize(counts["occasion"], sort=True)
    of_kind = np.flatnonzero(kind >= 0)
    pairs = np.unique(cell[of_kind] * len(kinds) + kind[of_kind])
    several = np.bincount(pairs // max(len(kinds), 1), minlength=len(openings_counts.cells)) > 1
    of_kind = of_kind[several[cell[of_kind]]]
    whole = _spread(cell, number)
    by_kind = _spread(cell[of_kind] * len(kinds) + kind[of_kind], number[of_kind])
    occasion = np.asarray(kinds, dtype=float)[by_kind["cell"] % max(len(kinds), 1)]
    by_kind = by_kind.assign(cell=by_kind["cell"] // max(len(kinds), 1), occasion=occasion)
    openings_of = pd.concat([whole.assign(occasion=np.nan), by_kind], ignore_index=True)
    per_opening = _ranges(openings_of, "visits_per_opening").assign(
        visits=openings_of["sum"], occasion=openings_of["occasion"]
    )
    total = pd.DataFrame({"cell": whole["cell"], "n": whole["size"], "visits": whole["sum"]})
    total = total.assign(measure="visits", value=whole["sum"].astype(float), occasion=np.nan, method=DESCRIPTIVE)
    return pd.concat([per_opening[: len(whole)], total, per_opening[len(whole) :]], ignore_index=True)


def _ranges(spread: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the mean with least and most, of so many rows."""
    return pd.DataFrame({
        "cell": spread["cell"], "n": spread["size"], "value": spread["mean"], "low": spread["least"],
        "high": spread["most"],
    }).assign(measure=measure, method=RANGE)  # fmt: skip


def newcomers(inputs: Inputs) -> pd.DataFrame:
    """Return the share of visits by people new to the service, of the openings that record it.

    ``count`` of ``n`` visits; a unit of which it would count fewer than ``smallest_part`` new or known visitors is
    suppressed, and no part of a total, which says so.
    """
    (openings_counts,) = inputs.counts
    counts, cells, smallest = openings_counts.counts, openings_counts.cells, inputs.policy.smallest_part
    recorded = counts[counts["newcomers"].notna() & openings_counts.at_level(COHORT)[counts["cell"]]]
    n = _spread(recorded["cell"], recorded["visits"])
    new = _spread(recorded["cell"], recorded["newcomers"])["sum"]
    sums = pd.DataFrame({"cell": n["cell"], "n": n["sum"], "count": new})[n["sum"] > 0]
    smaller = sums["count"].clip(upper=sums["n"] - sums["count"])
    few = (smaller > 0) & (smaller < smallest)
    units = sums.assign(omitted=few.astype(int), n=sums["n"].mask(few, 0), count=sums["count"].mask(few, 0))
    levels = at_every_level(units, cells)
    shares = pd.DataFrame({"cell": np.unique(levels["cell"])})
    for name in ("n", "count", "omitted"):
        shares[name] = _spread(levels["cell"], levels[name])["sum"]
    suppressed = shares["n"] == 0
    value = shares["count"] / shares["n"].mask(suppressed)
    omitted = shares["omitted"].mask(openings_counts.at_level(COHORT)[shares["cell"]], 0)
    return shares.assign(measure="newcomers", value=value, method=DESCRIPTIVE, suppressed=suppressed, omitted=omitted)


def waiting(inputs: Inputs) -> pd.DataFrame:
    """Return the mean of the openings' longest waits, in minutes, with least and most; ``n`` counts openings."""
    (openings_counts,) = inputs.counts
    recorded = openings_counts.counts[openings_counts.counts["waiting"].notna()]
    return _ranges(_spread(recorded["cell"], recorded["waiting"]), "waiting")


def openings(inputs: Inputs) -> pd.DataFrame:
    """Return the number of visitors of every opening."""
    (openings_counts,) = inputs.counts
    counts = openings_counts.counts
    days = counts[openings_counts.at_level(COHORT)[counts["cell"]]].sort_values("held_on", kind="stable")
    numbers = np.bincount(days["cell"], minlength=len(openings_counts.cells))[days["cell"]]
    return days[["cell", "held_on", "occasion"]].assign(
        value=days["visits"].astype(float), n=numbers, measure="visits_in_opening", method=DESCRIPTIVE
    )


def response_rates(inputs: Inputs) -> pd.DataFrame:
    """Return the share of the registered who filled a form that is filled once.

    Units are compared where form and register are published for the same cohorts; a practice's total is of those units.
    ``count`` people of ``n`` answered. Where more people answered than are registered, the register is not whole and
    there is no rate.
    """
    (forms,) = inputs.counts
    (enrolled,) = inputs.tables
    estimates = enrolled.frame
    of_units = (estimates["measure"] == "registered") & enrolled.counts.at_level(COHORT)[estimates["cell"]]
    registered = estimates[of_units]
    places = enrolled.counts.names(registered["cell"])
    number, first = numbered(places, UNIT)
    could = np.append(added(number, registered["n"], len(first)), 0)
    filled = _people(forms)
    row = rows_of(forms.names(filled["cell"]), places.take(first), UNIT)
    return _share(filled.assign(n=could[row]).rename(columns={"people": "count"})[row >= 0], forms, "response_rate")


def matched(inputs: Inputs) -> pd.DataFrame:
    """Return the share of those who filled the end form whose start form their code leads to, ``count`` of ``n``."""
    forms, matched_forms = inputs.counts
    matched, filled = _people(matched_forms), _people(forms)
    row = rows_of(matched_forms.names(matched["cell"]), forms.names(filled["cell"]), CELL)
    units = filled.take(row[row >= 0]).assign(count=matched["people"].to_numpy()[row >= 0])
    return _share(units.rename(columns={"people": "n"}), forms, "matched")


def _people(counts: PublishableCounts) -> pd.DataFrame:
    """Return the people of every unit's cell: cell, people."""
    people = added(counts.counts["cell"].to_numpy(), counts.counts["n"], len(counts.cells))
    cell = np.flatnonzero(counts.at_level(COHORT) & (people > 0))
    return pd.DataFrame({"cell": cell, "people": people[cell]})


def _share(units: pd.DataFrame, counts: PublishableCounts, measure: str) -> pd.DataFrame:
    whole = units[units["count"] <= units["n"]]
    shares = units_and_totals(whole, np.ones(len(whole), dtype=bool), counts)
    return shares.assign(measure=measure, method=DESCRIPTIVE)


def units_and_totals(units: pd.DataFrame, in_total: npt.ArrayLike, counts: PublishableCounts) -> pd.DataFrame:
    """Return ``count`` of ``n`` people of units and of their totals over the cohorts of a practice, with the share.

    Args:
        units: cell, n, count and whatever else a unit has.
        in_total: whether a unit is part of the total, shape (m,).
        counts: has the total of which a cell is a part.
    """
    parts = units[np.asarray(in_total, dtype=bool)]
    total = counts.cells["practice_total"].to_numpy()[parts["cell"]]
    cell, number = np.unique(total, return_inverse=True)
    sums = {name: added(number, parts[name], len(cell)) for name in ("n", "count")}
    shares = pd.concat([units, pd.DataFrame({"cell": cell, **sums})], ignore_index=True)
    return shares.assign(value=shares["count"] / shares["n"])
