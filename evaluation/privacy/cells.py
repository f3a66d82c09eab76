"""Cells: a question of a unit each, and the totals that whole cells add up to; numbered in the order of publication."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.privacy.numbering import Lookup, Objects, Truth, Whole, added, frame_of, least, numbered
from evaluation.privacy.publication_units import GROUP
from evaluation.privacy.screened import COHORT, FEW, NEARLY_ALL, PRACTICE, PRACTICE_ALL

RUN = [*GROUP, "cohort"]
LEVELS = np.array([COHORT, PRACTICE, PRACTICE_ALL], dtype=object)
# Why a cell is closed, by number; the least of several is that of their total, which is open where any of them is.
REASONS = np.array(["", FEW, NEARLY_ALL], dtype=object)
OPEN, TOO_FEW, ALIKE = range(3)


@dataclass(frozen=True)
class Units:
    """The publication units: ``runs`` finds a run, ``of_run`` tells its unit, ``names`` what each unit is called.

    ``first`` is the first run of each, ``chosen`` tells which of them are looked at: all, unless something is chosen.
    Units of one practice, municipality, role and questionnaire have the same ``group``, those of several municipalities
    the same ``everywhere``; ``place`` numbers practices with their municipalities.
    """

    runs: Lookup
    of_run: Whole
    names: Mapping[str, Objects]
    first: Whole
    rank: Whole
    shared: Whole
    chosen: Truth
    group: Whole
    everywhere: Whole
    place: Whole
    practice: Whole

    @classmethod
    def of(cls, runs: pd.DataFrame) -> "Units":
        """Number the units of ``runs``, which are as units.publication_units returns them."""
        rank, first, of_run = np.unique(runs["rank"].to_numpy(dtype=np.int64), return_index=True, return_inverse=True)
        called = runs[[*GROUP, "unit"]].take(first).rename(columns={"unit": "cohort"})
        groups = (GROUP, ["practice", "role", "questionnaire"], ["practice", "municipality"], ["practice"])
        numbers = (numbered(called, group, ordered=True)[0] for group in groups)
        shared = runs["shared"].to_numpy(dtype=np.int64)[first]
        names = {name: called[name].to_numpy(dtype=object) for name in RUN}
        return cls(Lookup(runs, RUN), of_run, names, first, rank, shared, np.ones(len(first), dtype=bool), *numbers)


@dataclass(frozen=True)
class UnitCells:
    """The items that were asked in each unit: numbers of unit and item, and of the reason to be closed.

    ``items`` and ``dimensions`` are what the items are called, and what they are about.
    """

    units: Units
    unit: Whole
    item: Whole
    items: Objects
    dimensions: Objects
    reason: Whole

    @property
    def chosen(self) -> Truth:
        """Tell whether the unit of a cell is looked at."""
        return self.units.chosen[self.unit]

    @property
    def whole(self) -> Whole:
        """The number of what a cell is a part of over all units, looked at or not."""
        return self.units.group[self.unit] * len(self.items) + self.item


def at_all_levels(own: UnitCells) -> tuple[pd.DataFrame, Whole]:
    """Return the cells of every level that are looked at, as Screened has them, and which of them each of ``own`` is.

    Those that are not looked at are −1. Beside what Screened says of cells the frame has the numbers of the totals that
    a unit's cell is part of, over its runs (``whole``) and over municipalities (``everywhere``, −1 where there is one
    only), and ``place`` and ``practice_no``.
    """
    units, looked_at = own.units, np.flatnonzero(own.chosen)
    unit, item, reason = own.unit[looked_at], own.item[looked_at], own.reason[looked_at]
    _, first, whole = np.unique(own.whole[looked_at], return_index=True, return_inverse=True)
    wide = np.flatnonzero(in_several(units.practice[unit], units.place[unit]))
    key = units.everywhere[unit[wide]] * len(own.items) + item[wide]
    _, first_wide, everywhere = np.unique(key, return_index=True, return_inverse=True)
    sizes = (len(unit), len(first), len(first_wide))
    of_total = ((whole, reason, units.rank[unit]), (everywhere, reason[wide], units.rank[unit[wide]]))
    reasons = [reason, *(least(number, why, size) for (number, why, _), size in zip(of_total, sizes[1:], strict=True))]
    ranks = [units.rank[unit], *(least(n, rank, size) for (n, _, rank), size in zip(of_total, sizes[1:], strict=True))]
    omitted = [added(number, why > OPEN, size) for (number, why, _), size in zip(of_total, sizes[1:], strict=True)]
    level = np.repeat(np.arange(3), sizes)
    shown_by = np.concatenate([np.arange(sizes[0]), first, wide[first_wide]])
    rank, unit_of, item_of = np.concatenate(ranks), unit[shown_by], item[shown_by]
    place = np.where(level == 2, 0, units.place[unit_of])
    order = np.lexsort((item_of, rank, place, units.practice[unit_of], level))
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    totals = np.full((2, len(order)), -1)
    totals[0, : sizes[0]] = position[sizes[0] + whole]
    totals[1, wide] = position[sizes[0] + sizes[1] + everywhere]
    level, unit_of, reasons_of = level[order], unit_of[order], np.concatenate(reasons)[order]
    names = {name: called[unit_of] for name, called in units.names.items()}
    names["municipality"][level == 2] = ""
    names["cohort"][level > 0] = ""
    cells = frame_of(
        {
            "level": LEVELS[level],
            **names,
            "item": own.items[item_of[order]],
            "dimension": own.dimensions[item_of[order]],
            "suppressed": reasons_of > OPEN,
            "reason": REASONS[reasons_of],
            "omitted": np.concatenate([np.zeros(sizes[0], dtype=np.int64), *omitted])[order],
            "rank": rank[order],
            "whole": totals[0, order],
            "everywhere": totals[1, order],
            "place": units.place[unit_of],
            "practice_no": units.practice[unit_of],
        }
    )
    found = np.full(len(own.unit), -1)
    found[looked_at] = position[: sizes[0]]
    return cells, found


def in_several(practice: Whole, place: Whole) -> Truth:
    """Tell of each row whether the rows of its practice are of several places."""
    _, first = np.unique(place, return_index=True)
    return np.asarray(np.bincount(practice[first])[practice] > 1)


def at_every_level(units: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Lay rows of units beside the same rows as parts of their totals, with the ``cell`` of each.

    Args:
        units: ``cell``, numbers of cells of units, and whatever is counted.
        cells: all cells, as at_all_levels returns them.
    """
    own = units["cell"].to_numpy(dtype=np.int64)
    whole, everywhere, place, practice = (
        cells[name].to_numpy()[own] for name in ("whole", "everywhere", "place", "practice_no")
    )
    wide = np.flatnonzero(in_several(practice, place))
    every = np.arange(len(own))
    return units.take(np.concatenate([every, every, wide])).assign(
        cell=np.concatenate([own, whole, everywhere[wide]])
    )  # fmt: skip
