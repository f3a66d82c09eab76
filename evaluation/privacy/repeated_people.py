"""Whether the same person may be counted more than once in a cell: in several cohorts, or without a code to tell.

The gate counts different people; so must whatever treats counts as people. Where a cell may hold a person twice its
counts are of forms: nothing of it is tested, and intervals are as wide as they must be if that is so.

F forms of k cohorts by at least P people: the sum over people of their forms squared, Σm², is greatest where as many
people as possible filled a form in every cohort and the rest filled one: Σm² = P + (F − P)(k + 1). Were all forms of a
person alike, F forms would be worth F²/Σm² different people (Kish 1965, Survey Sampling, 8.2); else they are worth
more.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd

from evaluation.privacy.cells import PUBLISHABLE, UnitCells, Units
from evaluation.privacy.numbering import Whole, added, numbered, rows_of
from evaluation.privacy.publication_units import GROUP
from evaluation.statistics.proportions import Numbers

Number = TypeVar("Number", int, Whole)


@dataclass(frozen=True)
class KnownPeople:
    """What is known of the people behind every item of every unit, and of those in two cohorts.

    ``by_item`` has unit, item, forms (each of one person), coded (those with a code), largest (the forms of the
    largest cohort) and cohorts (their number). ``unit_a``, ``unit_b`` and ``shared`` are the people in two cohorts, by
    the units of these.
    """

    by_item: pd.DataFrame
    unit_a: Whole
    unit_b: Whole
    shared: Whole

    @classmethod
    def of(cls, people: pd.DataFrame, overlaps: pd.DataFrame, units: Units) -> "KnownPeople":
        """Add up the store's people and overlap cubes by unit."""
        unit_of = np.append(units.unit_of_cohort, -1)
        unit = unit_of[units.cohorts.rows(people)]
        known = people[["item", "people", "coded"]].assign(unit=unit)[unit >= 0]
        number, first = numbered(known, ["unit", "item"])
        largest = np.zeros(len(first), dtype=np.int64)
        np.maximum.at(largest, number, known["people"].to_numpy(dtype=np.int64))
        sums = {name: added(number, known[column], len(first)) for name, column in _SUMS}
        by_item = known[["unit", "item"]].take(first).assign(largest=largest, cohorts=np.bincount(number), **sums)
        cohorts = (overlaps[[*GROUP, name]].rename(columns={name: "cohort"}) for name in ("cohort_a", "cohort_b"))
        unit_a, unit_b = (unit_of[units.cohorts.rows(frame)] for frame in cohorts)
        both = (unit_a >= 0) & (unit_b >= 0)
        return cls(by_item, unit_a[both], unit_b[both], overlaps["people"].to_numpy(dtype=np.int64)[both])

    def least(self, units: Units) -> pd.DataFrame:
        """Return unit, item and people: the least number of different people, as publication_units.least_people.

        What waits counts nobody: it was not decided what its people are published with.
        """
        known = self.least_of_all(units)
        return known.assign(people=np.where(units.waits[known["unit"]], 0, known["people"]))

    def least_of_all(self, units: Units) -> pd.DataFrame:
        """Return the same, of what waits too."""
        coded = self.by_item["coded"] - units.shared[self.by_item["unit"]]
        people = np.maximum(self.by_item["largest"].to_numpy(), coded.to_numpy())
        return self.by_item[["unit", "item"]].assign(people=people)

    def independence(self, cells: pd.DataFrame, unit_cells: UnitCells, cell: Whole) -> Numbers:
        """Return by row of ``cells`` what part of a different person every form is worth at least: 1 where all differ.

        Args:
            cells: the cells of every level, as at_all_levels returns them.
            unit_cells: the items of every unit.
            cell: the rows of ``cells`` of ``unit_cells``, -1 for those that are not looked at.
        """
        units, parts = unit_cells.units, np.flatnonzero((cell >= 0) & (unit_cells.reason == PUBLISHABLE))
        unit, place, size = unit_cells.unit[parts], cell[parts], len(cells)
        keys = pd.DataFrame({"unit": unit, "item": unit_cells.items[unit_cells.item[parts]]})
        row = rows_of(keys, self.by_item, ["unit", "item"])
        numbers = (np.append(self.by_item[name].to_numpy(), 0) for name in ("forms", "coded", "largest", "cohorts"))
        forms, coded, largest, cohorts = (of_item[row] for of_item in numbers)
        total, total_all = (cells[f"{level}_total"].to_numpy()[place] for level in ("practice", "practice_all"))
        most, in_both = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        np.maximum.at(most, total, largest)
        in_both[total] = self.in_two_cohorts(units)[units.group[unit]]
        of_forms, of_coded, of_cohorts = (added(total, number, size) for number in (forms, coded, cohorts))
        squares = greatest_squares(of_forms, np.maximum(most, of_coded - in_both), of_cohorts)
        of_forms[place], squares[place] = (
            forms,
            greatest_squares(forms, np.maximum(largest, coded - units.shared[unit]), cohorts),
        )
        # Codes are compared within a municipality: those of several are different people.
        wide = total_all >= 0
        totals, first = np.unique(total[wide], return_index=True)
        of_forms += added(total_all[wide][first], of_forms[totals], size)
        squares += added(total_all[wide][first], squares[totals], size)
        return np.where(squares > 0, of_forms / np.maximum(squares, 1), 1.0)

    def in_two_cohorts(self, units: Units) -> Whole:
        """Return by group the people in two cohorts that are looked at, summed over the pairs of cohorts."""
        looked_at = units.selected[self.unit_a] & units.selected[self.unit_b]
        group = units.group[self.unit_a[looked_at]]
        return added(group, self.shared[looked_at], int(units.group.max(initial=-1)) + 1)


def greatest_squares(forms: Number, people: Number, cohorts: Number) -> Number:
    """Return the greatest sum of the squares of forms a person."""
    return people + (forms - people) * (cohorts + 1)


_SUMS = (("forms", "people"), ("coded", "coded"))
