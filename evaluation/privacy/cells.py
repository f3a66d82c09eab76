"""Cells: one item of one unit, and the totals that whole cells add up to; numbered in the order of publication."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.privacy.numbering import Lookup, Objects, Truth, Whole, added, frame_of, least, numbered
from evaluation.privacy.publication_units import GROUP
from evaluation.privacy.publishable_counts import COHORT, FEW, NEARLY_ALL, PRACTICE, PRACTICE_ALL, SMALL_PARTS

COHORT_KEY = [*GROUP, "cohort"]
LEVELS = np.array([COHORT, PRACTICE, PRACTICE_ALL], dtype=object)
# Why a cell is suppressed, by number; the least of several is that of their total, published where any of them is.
REASONS = np.array(["", FEW, NEARLY_ALL, SMALL_PARTS], dtype=object)
PUBLISHABLE, TOO_FEW, ALIKE, PARTS = range(4)


@dataclass(frozen=True)
class Units:
    """The publication units, an entry a unit.

    ``cohorts`` looks cohorts up, ``unit_of_cohort`` has their units, ``names`` what units are called.
    ``first`` is the first cohort of a unit; ``selected`` which units are looked at: all, unless something is selected;
    ``waits`` those that hold cohorts of which nothing may be published yet.
    Units of one practice, municipality, role and questionnaire have the same ``group``, those of several municipalities
    the same ``everywhere``; ``place`` numbers practices with their municipalities.
    """

    cohorts: Lookup
    unit_of_cohort: Whole
    names: Mapping[str, Objects]
    first: Whole
    rank: Whole
    shared: Whole
    waits: Truth
    selected: Truth
    group: Whole
    everywhere: Whole
    place: Whole
    practice: Whole

    @classmethod
    def of(cls, cohorts: pd.DataFrame) -> "Units":
        """Number the units of ``cohorts``, as publication_units returns them."""
        rank, first, unit = np.unique(cohorts["rank"].to_numpy(dtype=np.int64), return_index=True, return_inverse=True)
        unit_names = cohorts[[*GROUP, "unit"]].take(first).rename(columns={"unit": "cohort"})
        groups = (GROUP, ["practice", "role", "questionnaire"], ["practice", "municipality"], ["practice"])
        numbers = (numbered(unit_names, group, ordered=True)[0] for group in groups)
        shared = cohorts["shared"].to_numpy(dtype=np.int64)[first]
        waits, everything = cohorts["waits"].to_numpy(dtype=bool)[first], np.ones(len(first), dtype=bool)
        names = {name: unit_names[name].to_numpy(dtype=object) for name in COHORT_KEY}
        return cls(Lookup(cohorts, COHORT_KEY), unit, names, first, rank, shared, waits, everything, *numbers)


@dataclass(frozen=True)
class UnitCells:
    """The items of every unit: numbers of unit and item, and of the reason for suppression.

    ``items`` and ``dimensions`` are what the items are called, and what they are about.
    """

    units: Units
    unit: Whole
    item: Whole
    items: Objects
    dimensions: Objects
    reason: Whole

    @property
    def selected(self) -> Truth:
        """Whether the unit of a cell is looked at."""
        return self.units.selected[self.unit]

    @property
    def total(self) -> Whole:
        """The number of the total over all units, looked at or not, that a cell is a part of."""
        return self.units.group[self.unit] * len(self.items) + self.item


def at_all_levels(unit_cells: UnitCells) -> tuple[pd.DataFrame, Whole]:
    """Return the cells of every level that are looked at, as PublishableCounts has them, and the number of every one.

    The second holds the places of ``unit_cells`` in the first, −1 for those not looked at. Beside the columns of
    PublishableCounts the frame has the totals that a unit's cell is part of: over the cohorts of the practice
    (``practice_total``) and over municipalities (``practice_all_total``, −1 where there is one only); and ``place``
    and ``practice_no``.
    """
    units, looked_at = unit_cells.units, np.flatnonzero(unit_cells.selected)
    unit, item, reason = unit_cells.unit[looked_at], unit_cells.item[looked_at], unit_cells.reason[looked_at]
    _, first, total = np.unique(unit_cells.total[looked_at], return_index=True, return_inverse=True)
    wide = np.flatnonzero(in_several(units.practice[unit], units.place[unit]))
    key = units.everywhere[unit[wide]] * len(unit_cells.items) + item[wide]
    _, first_wide, total_all = np.unique(key, return_index=True, return_inverse=True)
    sizes = (len(unit), len(first), len(first_wide))
    of_total = ((total, reason, units.rank[unit]), (total_all, reason[wide], units.rank[unit[wide]]))
    reasons = [reason, *(least(number, why, size) for (number, why, _), size in zip(of_total, sizes[1:], strict=True))]
    ranks = [units.rank[unit], *(least(n, rank, size) for (n, _, rank), size in zip(of_total, sizes[1:], strict=True))]
    omitted = [
        added(number, why > PUBLISHABLE, size) for (number, why, _), size in zip(of_total, sizes[1:], strict=True)
    ]
    level = np.repeat(np.arange(3), sizes)
    first_part = np.concatenate([np.arange(sizes[0]), first, wide[first_wide]])
    rank, unit_of, item_of = np.concatenate(ranks), unit[first_part], item[first_part]
    place = np.where(level == 2, 0, units.place[unit_of])
    order = np.lexsort((item_of, rank, place, units.practice[unit_of], level))
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    totals = np.full((2, len(order)), -1)
    totals[0, : sizes[0]] = position[sizes[0] + total]
    totals[1, wide] = position[sizes[0] + sizes[1] + total_all]
    level, unit_of, reasons_of = level[order], unit_of[order], np.concatenate(reasons)[order]
    names = {name: unit_names[unit_of] for name, unit_names in units.names.items()}
    names["municipality"][level == 2] = ""
    names["cohort"][level > 0] = ""
    cells = frame_of(
        {
            "level": LEVELS[level],
            **names,
            "item": unit_cells.items[item_of[order]],
            "dimension": unit_cells.dimensions[item_of[order]],
            "suppressed": reasons_of > PUBLISHABLE,
            "reason": REASONS[reasons_of],
            "omitted": np.concatenate([np.zeros(sizes[0], dtype=np.int64), *omitted])[order],
            "rank": rank[order],
            "practice_total": totals[0, order],
            "practice_all_total": totals[1, order],
            "place": units.place[unit_of],
            "practice_no": units.practice[unit_of],
        }
    )
    cell = np.full(len(unit_cells.unit), -1)
    cell[looked_at] = position[: sizes[0]]
    return cells, cell


def in_several(practice: Whole, place: Whole) -> Truth:
    """Return by row whether the rows of its practice are of several places."""
    _, first = np.unique(place, return_index=True)
    return np.asarray(np.bincount(practice[first])[practice] > 1)


def at_every_level(units: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Return rows of units, and the same rows again as parts of their totals, with their ``cell``.

    Args:
        units: ``cell``, numbers of cells of units, and whatever is counted.
        cells: all cells, as at_all_levels returns them.
    """
    cell = units["cell"].to_numpy(dtype=np.int64)
    names = ("practice_total", "practice_all_total", "place", "practice_no")
    total, total_all, place, practice = (cells[name].to_numpy()[cell] for name in names)
    wide = np.flatnonzero(in_several(practice, place))
    every = np.arange(len(cell))
    return units.take(np.concatenate([every, every, wide])).assign(cell=np.concatenate([cell, total, total_all[wide]]))
