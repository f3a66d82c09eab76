"""The gate: screens count cubes by publication units, and hands on only what may be told of them.

The maths comes after the gate: a measure is given the counts of open cells only, and those no finer than they may be
told, so that no figure it computes, total or interval can hold anything of what is closed.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evaluation.privacy import detail
from evaluation.privacy.cells import (
    ALIKE,
    OPEN,
    RUN,
    TOO_FEW,
    UnitCells,
    Units,
    at_all_levels,
    at_every_level,
)
from evaluation.privacy.numbering import Truth, Whole, added, numbered, rows_of, summed
from evaluation.privacy.parts import enrolment_parts
from evaluation.privacy.publication_units import GROUP, publication_units
from evaluation.privacy.screened import Policy, Screened
from evaluation.store import Selection


@dataclass(frozen=True)
class Laid:
    """Counts laid out by the units they are of, whichever of these are looked at.

    ``own`` are the items of the units, ``number`` tells of which of them each row of ``counts`` is, and ``judged`` how
    much of their answers may be told: the columns ``named`` only where a cell is not told coarsely.
    """

    gate: "Gate"
    counts: pd.DataFrame
    own: UnitCells
    number: Whole
    judged: detail.Judged | None = None
    named: tuple[str, ...] = ()
    pooled_from: int | None = None

    def screened(self, selection: Selection) -> Screened:
        """Pass the counts of open cells that are looked at, as finely as they may be told."""
        own = self._looked_at(selection)
        if self.judged is not None:
            return _told(self, own, self.judged)
        cells, cell = at_all_levels(own)
        return Screened(at_every_level(_open(self.counts, own, self.number, cell), cells), cells)

    def enrolment(self, selection: Selection) -> Screened:
        """Pass the counts of people who registered, started and completed, small parts of them in ranges.

        Returns:
            Screened with the counts of parts.enrolment_parts.
        """
        own = self._looked_at(selection)
        cells, cell = at_all_levels(own)
        names = ("registered", "started", "decided", "completed")
        sums = {name: added(self.number, self.counts[name], len(cell)) for name in names}
        units = pd.DataFrame({"cell": cell, "group": own.whole, "chosen": own.chosen, **sums})
        return Screened(enrolment_parts(units[own.reason == OPEN], cells, self.gate.policy), cells)

    def _looked_at(self, selection: Selection) -> UnitCells:
        return replace(self.own, units=self.gate.choosing(selection))


class Gate:
    """Screens count cubes by publication units of at least the policy's number of people."""

    def __init__(
        self,
        people: pd.DataFrame,
        overlaps: pd.DataFrame,
        dates: pd.DataFrame,
        policy: Policy,
        answers: detail.Answers,
    ) -> None:
        """Form the units from the store's people, overlap and date cubes."""
        self.policy = policy
        self._answers = answers
        self._dates = dates
        self._runs = publication_units(people[people["item"] == ""], overlaps, dates, policy.threshold)
        self._units = Units.of(self._runs)
        self._people = self._least_people(people)

    def choosing(self, selection: Selection) -> Units:
        """Return the units, those chosen in which ``selection`` has a run and a year; it takes them as wholes."""
        if not (selection.cohorts or selection.years):
            return self._units
        chosen = _chosen(self._runs, self._dates, selection)
        return replace(self._units, chosen=chosen[self._units.first])

    def lay(self, counts: pd.DataFrame) -> Laid:
        """Lay counts out by units.

        Args:
            counts: GROUP, cohort, item ("" for the questionnaire as a whole), n, and whatever is counted: answers with
                ``value``, pairs with ``start_value`` and ``end_value``, or counts of people or visits.
        """
        counts, own, number = self._cells(counts)
        if "start_value" in counts:
            counts = counts.assign(step=detail.steps_of(counts, self._answers.directions))
            judged = self._judged_pairs(counts, own, number)
            return Laid(self, counts.drop(columns=[*RUN, "item"]), own, number, judged, ("start_value", "end_value"))
        if "value" in counts:
            counts = counts.assign(value_class=self._answers.classes_of(counts["item"], counts["value"]))
            judged = self._judged_answers(counts, own, number)
            bare = counts.drop(columns=[*RUN, "item"])
            return Laid(self, bare, own, number, judged, ("value",), self.policy.values_from)
        bare = counts.drop(columns=[*GROUP, "item"]).rename(columns={"cohort": "run"})
        return Laid(self, bare, own, number)

    def _cells(self, counts: pd.DataFrame) -> tuple[pd.DataFrame, UnitCells, Whole]:
        """Return the counts of known runs, the units' items they belong to, and to which of these each belongs.

        An item of a unit is closed where too few people gave an answer on the scale.
        """
        run = self._units.runs.rows(counts)
        if (run < 0).any():
            counts, run = counts[run >= 0], run[run >= 0]
        unit = self._units.of_run[run]
        item, items = pd.factorize(counts["item"], sort=True)
        _, first, number = np.unique(unit * len(items) + item, return_index=True, return_inverse=True)
        names = np.asarray(items, dtype=object)
        about = np.array([self._answers.dimensions.get(name) for name in names], dtype=object)
        asked = pd.DataFrame({"unit": unit[first], "item": names[item[first]]})
        people = np.append(self._people["people"].to_numpy(), 0)[rows_of(asked, self._people, ["unit", "item"])]
        reason = np.where(people < self.policy.threshold, TOO_FEW, OPEN)
        return counts, UnitCells(self._units, unit[first], item[first], names, about, reason), number

    def _judged_answers(self, counts: pd.DataFrame, own: UnitCells, number: Whole) -> detail.Judged:
        kinds, n = counts["value_class"].to_numpy(), counts["n"].to_numpy()
        by_class = {name: added(number, np.where(kinds == name, n, 0), len(own.unit)) for name in detail.CLASSES}
        return detail.judge_answers(by_class, self._protected(own), self.policy)

    def _judged_pairs(self, counts: pd.DataFrame, own: UnitCells, number: Whole) -> detail.Judged:
        n, size = counts["n"].to_numpy(), len(own.unit)
        low = [
            added(
                number, np.where(self._answers.classes_of(counts["item"], counts[side]) == "unfavourable", n, 0), size
            )
            for side in ("start_value", "end_value")
        ]
        worse = added(number, np.where(counts["step"] < 0, n, 0), size)
        return detail.judge_pairs(added(number, n, size), worse, np.maximum(*low), self._protected(own))

    def _protected(self, own: UnitCells) -> Truth:
        sensitive = np.array([item in self._answers.sensitive for item in own.items], dtype=bool)
        return np.asarray(sensitive[own.item])

    def _least_people(self, people: pd.DataFrame) -> pd.DataFrame:
        """Return the least number of people behind each item of each unit, as units.least_people counts them."""
        run = self._units.runs.rows(people)
        known = people[["item", "people", "coded"]].assign(unit=np.append(self._units.of_run, -1)[run])[run >= 0]
        number, first = numbered(known, ["unit", "item"])
        found = known[["unit", "item"]].take(first)
        largest = np.zeros(len(first), dtype=np.int64)
        np.maximum.at(largest, number, known["people"].to_numpy(dtype=np.int64))
        coded = added(number, known["coded"], len(first)) - self._units.shared[found["unit"]]
        return found.assign(people=np.maximum(largest, coded))


def _told(laid: Laid, own: UnitCells, judged: detail.Judged) -> Screened:
    """Pass answers: none of a cell where nearly all are bad, without names where a cell is told coarsely."""
    reason = np.where((own.reason == OPEN) & judged.nearly_all, ALIKE, own.reason)
    own = replace(own, reason=reason)
    cells, cell = at_all_levels(own)
    coarse = detail.coarse_cells(own, cell, cells, judged, laid.pooled_from)
    levels = at_every_level(_open(laid.counts, own, laid.number, cell), cells)
    blank = coarse[levels["cell"].to_numpy()]
    told = {name: np.where(blank, np.nan, levels[name].to_numpy(dtype=float)) for name in laid.named}
    return Screened(summed(levels.assign(**told)), cells)


def _open(counts: pd.DataFrame, own: UnitCells, number: Whole, cell: Whole) -> pd.DataFrame:
    """Return the counts of open cells that are looked at, with the number of their ``cell``."""
    told = np.flatnonzero(((own.reason == OPEN) & own.chosen)[number])
    return counts.take(told).assign(cell=cell[number[told]])


def _chosen(units: pd.DataFrame, dates: pd.DataFrame, selection: Selection) -> Truth:
    """Tell of each run whether its unit holds a run of a chosen name, and one of a chosen year."""
    names, years = set(selection.cohorts), set(selection.years)
    known = dates[dates["first_on"].notna()] if years else dates[:0]
    spans = zip(*(known[name] for name in ("practice", "municipality", "cohort", "first_on", "last_on")), strict=True)
    of_year = {tuple(run) for *run, first, last in spans if years & set(range(first.year, last.year + 1))}
    chosen = [
        (not names or bool(names & set(members)))
        and (not years or any((practice, municipality, run) in of_year for run in members))
        for practice, municipality, members in zip(
            units["practice"], units["municipality"], units["members"], strict=True
        )
    ]
    return np.array(chosen, dtype=bool)
