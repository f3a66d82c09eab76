"""The gate: turns count cubes into counts by publication unit, and passes on only what may be published of them.

Statistics come after the gate: a measure receives the counts of publishable cells only, no finer than they may be
published, so that no figure it computes, total or interval can hold anything of a suppressed cell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from evaluation.privacy.cells import (
    ALIKE,
    COHORT_KEY,
    PUBLISHABLE,
    TOO_FEW,
    UnitCells,
    Units,
    at_all_levels,
    at_every_level,
)
from evaluation.privacy.detail import (
    CLASSES,
    Answers,
    CellDetail,
    answer_detail,
    coarse_cells,
    number_detail,
    pair_detail,
    steps_of,
)
from evaluation.privacy.enrolment_ranges import enrolment_ranges
from evaluation.privacy.numbering import Truth, Whole, added, rows_of, summed
from evaluation.privacy.option_counts import (
    OptionCells,
    OptionCounts,
    OptionRule,
    left_out_of_totals,
    one_choice,
    one_choice_cells,
    several_choices,
)
from evaluation.privacy.publication_units import GROUP, Waiting, publication_units, waiting_questionnaires
from evaluation.privacy.publishable_counts import Policy, PublishableCounts
from evaluation.privacy.repeated_people import KnownPeople
from evaluation.store import Selection

PLACE = ["practice", "municipality"]
CLIENT = "client"
ENROLMENT = ("registered", "followed", "started", "decided", "undecided", "completed", "end_forms")


@dataclass(frozen=True)
class UnitCounts:
    """Counts by publication unit, whichever units are looked at; nothing of them may be published yet.

    ``cell_of_row`` has the numbers in ``unit_cells`` of the rows of ``counts``. ``detail`` is how much of the answers
    may be published, None for counts of people or visits: ``exact_columns`` only where a cell is not coarse.
    ``options`` is the rule of answers without an order, ``several`` whether a respondent chooses several of them.
    """

    gate: "Gate"
    counts: pd.DataFrame
    unit_cells: UnitCells
    cell_of_row: Whole
    detail: CellDetail | None = None
    exact_columns: tuple[str, ...] = ()
    pooled_from: int | None = None
    options: OptionRule | None = None
    several: bool = False

    def publishable(self, selection: Selection) -> PublishableCounts:
        """Return the counts of publishable cells that are looked at, as finely as they may be published.

        Those of people who registered, started and completed are as enrolment_ranges returns them.
        """
        unit_cells = replace(self.unit_cells, units=self.gate.units_of(selection))
        if self.options is not None:
            return self._options(unit_cells, self.options)
        if self.detail is not None:
            return self._answers(unit_cells, self.detail)
        cells, cell = self._cells(unit_cells)
        if set(ENROLMENT) <= set(self.counts):
            return PublishableCounts(self._enrolment(unit_cells, cells, cell), cells)
        return PublishableCounts(at_every_level(self._of_cells(unit_cells, cell), cells), cells)

    def _enrolment(self, unit_cells: UnitCells, cells: pd.DataFrame, cell: Whole) -> pd.DataFrame:
        sums = {name: added(self.cell_of_row, self.counts[name], len(cell)) for name in ENROLMENT}
        units = pd.DataFrame({"cell": cell, "group": unit_cells.total, "selected": unit_cells.selected, **sums})
        return enrolment_ranges(units[unit_cells.reason == PUBLISHABLE], cells, self.gate.policy)

    def _answers(self, unit_cells: UnitCells, cell_detail: CellDetail) -> PublishableCounts:
        """Return answers: none of a cell where nearly all are bad, without exact columns where a cell is coarse."""
        alike = (unit_cells.reason == PUBLISHABLE) & cell_detail.nearly_all
        unit_cells = replace(unit_cells, reason=np.where(alike, ALIKE, unit_cells.reason))
        cells, cell = self._cells(unit_cells)
        coarse = coarse_cells(unit_cells, cell, cells, cell_detail, self.pooled_from)
        levels = at_every_level(self._of_cells(unit_cells, cell), cells)
        blank = coarse[levels["cell"].to_numpy()]
        exact = {name: np.where(blank, np.nan, levels[name].to_numpy(dtype=float)) for name in self.exact_columns}
        return PublishableCounts(summed(levels.assign(**exact)), cells)

    def _options(self, unit_cells: UnitCells, rule: OptionRule) -> PublishableCounts:
        codes = [self.gate.options[str(name)] for name in unit_cells.items[unit_cells.item]]
        value, n = (self.counts[name].to_numpy(dtype=np.int64) for name in ("value", "n"))
        counts = OptionCounts.of(self.cell_of_row, value, n, codes)
        if self.several:
            small = counts.small(rule)
            return several_choices(unit_cells, self._option_cells(unit_cells, counts, small), small, rule.least)
        unit_cells, joined = one_choice_cells(unit_cells, counts, rule)
        of_options = self._option_cells(unit_cells, counts, np.asarray(joined.any(axis=1)))
        return PublishableCounts(one_choice(of_options, joined), of_options.with_omitted())

    def _option_cells(self, unit_cells: UnitCells, counts: OptionCounts, joins: Truth) -> OptionCells:
        cells, cell = self._cells(unit_cells)
        published = (unit_cells.reason == PUBLISHABLE) & unit_cells.selected
        left_out = left_out_of_totals(unit_cells, published, joins, counts.table.sum(axis=1))
        return OptionCells(cells, cell, counts, published, left_out)

    def _cells(self, unit_cells: UnitCells) -> tuple[pd.DataFrame, Whole]:
        """Return the cells as at_all_levels does, with ``independence``."""
        cells, cell = at_all_levels(unit_cells)
        return cells.assign(independence=self.gate.known_people.independence(cells, unit_cells, cell)), cell

    def _of_cells(self, unit_cells: UnitCells, cell: Whole) -> pd.DataFrame:
        """Return the counts of publishable cells that are looked at, with the number of their ``cell``."""
        rows = np.flatnonzero(((unit_cells.reason == PUBLISHABLE) & unit_cells.selected)[self.cell_of_row])
        return self.counts.take(rows).assign(cell=cell[self.cell_of_row[rows]])


class Gate:
    """Counts by publication unit; units that wait, or hold fewer people than the policy says, are suppressed."""

    def __init__(
        self,
        people: pd.DataFrame,
        overlaps: pd.DataFrame,
        dates: pd.DataFrame,
        decided: pd.DataFrame,
        policy: Policy,
        answers: Answers,
    ) -> None:
        """Take the store's people, overlap and date cubes, and the units that were decided."""
        self.policy = policy
        self._answers = answers
        self._dates = dates
        self._whole = people[people["item"] == ""]
        self._cohorts = publication_units(self._whole, overlaps, dates, decided)
        self._units = Units.of(self._cohorts)
        self.known_people = KnownPeople.of(people, overlaps, self._units)
        self._people = self.known_people.least(self._units)

    def waiting(self) -> tuple[Waiting, ...]:
        """Return the questionnaires of which nothing can be published yet."""
        return waiting_questionnaires(self._whole, self._cohorts, self.policy.threshold)

    @cached_property
    def members(self) -> Mapping[int, tuple[str, ...]]:
        """The cohorts of every unit, by its number."""
        return dict(zip(self._units.unit_of_cohort.tolist(), self._cohorts["members"], strict=True))

    def cohorts(self, selection: Selection) -> pd.DataFrame:
        """Return the cohorts in the units of ``selection``.

        practice, municipality, cohort, published (whether anything of it is), clients (whether any form of it is a
        client's), first_on and last_on (may be missing).
        """
        selected = self.units_of(selection).selected[self._units.unit_of_cohort]
        enough = (~self._cohorts["waits"] & (self._cohorts["people"] >= self.policy.threshold)).to_numpy()
        cohorts = self._cohorts[[*PLACE, "cohort", "role"]].assign(published=enough)[selected]
        clients = cohorts["role"].eq(CLIENT).groupby([cohorts[name] for name in (*PLACE, "cohort")], sort=False)
        cohorts = cohorts.drop(columns="role").assign(clients=clients.transform("any"))
        ordered = cohorts.sort_values("published", ascending=False, kind="stable")
        of_cohort = ordered.drop_duplicates([*PLACE, "cohort"])
        return of_cohort.merge(self._dates, on=[*PLACE, "cohort"], how="left")

    def units_of(self, selection: Selection) -> Units:
        """Return the units, selected those that hold a cohort and a year of ``selection``: it takes them as wholes."""
        if not (selection.cohorts or selection.years):
            return self._units
        selected = _selected(self._cohorts, self._dates, selection)
        return replace(self._units, selected=selected[self._units.first])

    def by_unit(self, counts: pd.DataFrame) -> UnitCounts:
        """Return counts by publication unit.

        Args:
            counts: GROUP, cohort, item ("" for the questionnaire as a whole), n, and whatever is counted: answers with
                ``value``, pairs with ``start_value`` and ``end_value``, or counts of people or visits.
        """
        counts, unit_cells, cell_of_row = self._cells(counts)
        if "start_value" in counts:
            counts = counts.assign(step=steps_of(counts, self._answers.directions))
            of_pairs = self._pair_detail(counts, unit_cells, cell_of_row)
            exact = ("start_value", "end_value")
            bare, pooled_from = _without_names(counts), self.policy.values_from
            return UnitCounts(self, bare, unit_cells, cell_of_row, of_pairs, exact, pooled_from)
        if "value" in counts:
            counts = counts.assign(value_class=self._answers.classes_of(counts["item"], counts["value"]))
            of_answers = self._answer_detail(counts, unit_cells, cell_of_row)
            bare, pooled_from = _without_names(counts), self.policy.values_from
            return UnitCounts(self, bare, unit_cells, cell_of_row, of_answers, ("value",), pooled_from)
        bare = counts.drop(columns=[*GROUP, "item"]).rename(columns={"cohort": "stored_cohort"})
        return UnitCounts(self, bare, unit_cells, cell_of_row)

    def of_balances(self, counts: pd.DataFrame, questions: UnitCounts) -> UnitCounts:
        """Return matched people by whether they got better (``step`` 1), worse (−1) or neither (0) on the whole.

        A unit's are suppressed where fewer than enough are counted, where nearly all got worse, and where any of its
        questions is: together with the others it would reveal how people answered that one.

        Args:
            counts: GROUP, cohort, item "", balance (questions that got better less those that got worse) and n.
            questions: the same people's answers to the single questions, by units of this gate.
        """
        counts, unit_cells, cell_of_row = self._cells(counts)
        size, n = len(unit_cells.unit), counts["n"].to_numpy()
        step = np.sign(counts["balance"].to_numpy(dtype=np.int64))
        people, worse = added(cell_of_row, n, size), added(cell_of_row, np.where(step < 0, n, 0), size)
        withheld = questions.unit_cells.reason != PUBLISHABLE
        if questions.detail is not None:
            withheld = withheld | questions.detail.nearly_all
        of_unit = added(questions.unit_cells.unit, withheld, len(self._units.first)) > 0
        few = (people < self.policy.threshold) | of_unit[unit_cells.unit]
        unit_cells = replace(unit_cells, reason=np.where(few, TOO_FEW, unit_cells.reason))
        everything = np.ones(size, dtype=bool)
        detail = pair_detail(people, worse, np.zeros(size, dtype=np.int64), everything, self.policy)
        bare = _without_names(counts.drop(columns="balance").assign(step=step))
        return UnitCounts(self, bare, unit_cells, cell_of_row, replace(detail, coarse=~everything))

    @property
    def options(self) -> Mapping[str, tuple[int, ...]]:
        """The codes of the items whose answers have no order."""
        return self._answers.options

    def options_by_unit(self, counts: pd.DataFrame, rule: OptionRule, several: bool = False) -> UnitCounts:
        """Return answers without an order by publication unit.

        Args:
            counts: GROUP, cohort, item, value and n; of several choices the items are the options.
            rule: which parts are too small to be published.
            several: whether a respondent chooses several.
        """
        counts, unit_cells, cell_of_row = self._cells(counts)
        bare = _without_names(counts)
        return UnitCounts(self, bare, unit_cells, cell_of_row, options=rule, several=several)

    def numbers_by_unit(self, counts: pd.DataFrame) -> UnitCounts:
        """Return answers that are numbers by publication unit; ``counts`` as for options_by_unit."""
        counts, unit_cells, cell_of_row = self._cells(counts)
        detail = number_detail(added(cell_of_row, counts["n"].to_numpy(), len(unit_cells.unit)), self.policy)
        bare, pooled_from = _without_names(counts), self.policy.values_from
        return UnitCounts(self, bare, unit_cells, cell_of_row, detail, ("value",), pooled_from)

    def _cells(self, counts: pd.DataFrame) -> tuple[pd.DataFrame, UnitCells, Whole]:
        """Return the counts of known cohorts, the units' items they belong to, and which of these every row belongs to.

        An item of a unit is suppressed where too few people gave an answer on the scale.
        """
        cohort = self._units.cohorts.rows(counts)
        if (cohort < 0).any():
            counts, cohort = counts[cohort >= 0], cohort[cohort >= 0]
        unit = self._units.unit_of_cohort[cohort]
        item, items = pd.factorize(counts["item"], sort=True)
        _, first, cell_of_row = np.unique(unit * len(items) + item, return_index=True, return_inverse=True)
        names = np.asarray(items, dtype=object)
        dimensions = np.array([self._answers.dimensions.get(name) for name in names], dtype=object)
        keys = pd.DataFrame({"unit": unit[first], "item": names[item[first]]})
        people = np.append(self._people["people"].to_numpy(), 0)[rows_of(keys, self._people, ["unit", "item"])]
        reason = np.where(people < self.policy.threshold, TOO_FEW, PUBLISHABLE)
        return counts, UnitCells(self._units, unit[first], item[first], names, dimensions, reason), cell_of_row

    def _answer_detail(self, counts: pd.DataFrame, unit_cells: UnitCells, cell_of_row: Whole) -> CellDetail:
        kinds, n, size = counts["value_class"].to_numpy(), counts["n"].to_numpy(), len(unit_cells.unit)
        by_class = {name: added(cell_of_row, np.where(kinds == name, n, 0), size) for name in CLASSES}
        return answer_detail(by_class, self.sensitive(unit_cells), self.policy)

    def _pair_detail(self, counts: pd.DataFrame, unit_cells: UnitCells, cell_of_row: Whole) -> CellDetail:
        n, size = counts["n"].to_numpy(), len(unit_cells.unit)
        low = []
        for side in ("start_value", "end_value"):
            unfavourable = self._answers.classes_of(counts["item"], counts[side]) == "unfavourable"
            low.append(added(cell_of_row, np.where(unfavourable, n, 0), size))
        worse = added(cell_of_row, np.where(counts["step"] < 0, n, 0), size)
        every, sensitive = added(cell_of_row, n, size), self.sensitive(unit_cells)
        return pair_detail(every, worse, np.maximum(*low), sensitive, self.policy)

    def sensitive(self, unit_cells: UnitCells) -> Truth:
        """Return by cell whether it is about something sensitive."""
        sensitive = np.array([item in self._answers.sensitive for item in unit_cells.items], dtype=bool)
        return np.asarray(sensitive[unit_cells.item])


def _without_names(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.drop(columns=[*COHORT_KEY, "item"])


def _selected(cohorts: pd.DataFrame, dates: pd.DataFrame, selection: Selection) -> Truth:
    """Return by cohort whether its unit holds a cohort of a selected name, and one of a selected year."""
    names, years = set(selection.cohorts), set(selection.years)
    known = dates[dates["first_on"].notna()] if years else dates[:0]
    spans = zip(*(known[name] for name in ("practice", "municipality", "cohort", "first_on", "last_on")), strict=True)
    of_year = {tuple(key) for *key, first, last in spans if years & set(range(first.year, last.year + 1))}
    selected = [
        (not names or bool(names & set(members)))
        and (not years or any((practice, municipality, cohort) in of_year for cohort in members))
        for practice, municipality, members in zip(
            cohorts["practice"], cohorts["municipality"], cohorts["members"], strict=True
        )
    ]
    return np.array(selected, dtype=bool)
