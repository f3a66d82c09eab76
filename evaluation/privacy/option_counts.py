"""Answers without an order: which options of few people are published by themselves, and which in "others" together.

Of one choice every part that is published, and what remains, holds nobody or at least ``least`` people. A total is a
sum of what is published of its units: an option that any of them joins to the others, the total joins, too. Where units
that join nothing hold most of the people, the total is of them alone and says how many are left out. Of several choices
every option is a table of its own: chosen or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evaluation.definitions import OPTION_MARK
from evaluation.privacy.cells import PARTS, PUBLISHABLE, UnitCells, at_every_level
from evaluation.privacy.enrolment_ranges import exact_totals
from evaluation.privacy.numbering import Truth, Whole, added
from evaluation.privacy.publishable_counts import COHORT, SMALL_PARTS, PublishableCounts

# The code of the options that are published together.
OTHERS = -1


@dataclass(frozen=True)
class OptionRule:
    """The least number of people of a published part, but nobody; ``full_from`` people on every part is published."""

    least: int
    full_from: int | None = None

    def joined(self, counts: Sequence[int]) -> tuple[bool, ...] | None:
        """Return which options are published together, or None where nothing can be published.

        Nobody who knows this rule can tell a small part from it: options that nobody chose are joined with small ones,
        so that these need not all be one; alike ones are joined together, and one more where all small parts might be
        the greatest that is small. A test tries every small group.
        """
        if self.full_from is not None and sum(counts) >= self.full_from:
            return (False,) * len(counts)
        if not any(0 < count < self.least for count in counts):
            return (False,) * len(counts)
        joined = [count < self.least for count in counts]
        people = sum(count for count in counts if count < self.least)
        enough = people >= self.least and people != (self.least - 1) * sum(joined)
        while not enough:
            alone = [count for count, is_joined in zip(counts, joined, strict=True) if not is_joined]
            if not alone:
                return None
            joined = [is_joined or count == min(alone) for count, is_joined in zip(counts, joined, strict=True)]
            enough = sum(count for count, is_joined in zip(counts, joined, strict=True) if is_joined) >= self.least
        return None if all(joined) else tuple(joined)

    def is_small(self, count: int, n: int) -> bool:
        """Tell whether ``count`` of ``n`` people, or the rest, is a part too small to be published."""
        full = self.full_from is not None and n >= self.full_from
        return not full and 0 < min(count, n - count) < self.least


@dataclass(frozen=True)
class BackgroundRule(OptionRule):
    """The rule for what respondents are: a group that is all alike is not published either."""

    def joined(self, counts: Sequence[int]) -> tuple[bool, ...] | None:
        """Return which options are published together, or None where nothing can be published."""
        return None if max(counts, default=0) == sum(counts) else super().joined(counts)


@dataclass(frozen=True)
class OptionCounts:
    """The people of every unit's cell by code: rows are those of the cells, columns the codes, none above the last."""

    table: Whole
    allowed: Truth

    @classmethod
    def of(cls, cell: Whole, value: Whole, n: Whole, codes: Sequence[Sequence[int]]) -> "OptionCounts":
        """Add up the counts by cell and code; ``codes`` are the options of every cell."""
        width = 1 + max((code for of_cell in codes for code in of_cell), default=1)
        allowed = np.zeros((len(codes), width), dtype=bool)
        for row, of_cell in enumerate(codes):
            allowed[row, list(of_cell)] = True
        known = (value >= 0) & (value < width)
        table = added(cell[known] * width + value[known], n[known], len(codes) * width).reshape(len(codes), width)
        return cls(np.where(allowed, table, 0), allowed)

    def small(self, rule: OptionRule) -> Truth:
        """Return by cell of an option whether those who chose it, or who did not, are too few to be published."""
        pairs = zip(self.table[:, 1].tolist(), self.table.sum(axis=1).tolist(), strict=True)
        return np.array([rule.is_small(count, n) for count, n in pairs], dtype=bool)

    def joined(self, rule: OptionRule) -> tuple[Truth, Truth]:
        """Return by cell and code whether it is joined to the others, and by cell whether nothing is published."""
        joined = np.zeros_like(self.allowed)
        nothing = np.zeros(len(self.table), dtype=bool)
        for row, (counts, allowed) in enumerate(zip(self.table, self.allowed, strict=True)):
            options = np.flatnonzero(allowed)
            parts = rule.joined(counts[options].tolist())
            nothing[row] = parts is None
            joined[row, options] = parts is None or parts
        return joined, nothing


@dataclass(frozen=True)
class OptionCells:
    """The cells of every level, and those of the units with their counts.

    Attributes:
        cells: the cells of every level, as at_all_levels returns them.
        cell: the rows of ``cells`` of the units' cells.
        counts: the people of the units' cells.
        published: the units' cells that are looked at and published.
        left_out: those of them that are no part of totals.
    """

    cells: pd.DataFrame
    cell: Whole
    counts: OptionCounts
    published: Truth
    left_out: Truth

    def levels(self) -> tuple[Whole, Whole]:
        """Return by row of every level its cell and the unit's cell that is part of it."""
        place, row = self._every_level()
        is_counted = self._of_units[place] | ~self.left_out[row]
        return place[is_counted], row[is_counted]

    @property
    def _of_units(self) -> Truth:
        return np.asarray(self.cells["level"].to_numpy() == COHORT, dtype=bool)

    def with_omitted(self) -> pd.DataFrame:
        """Return the cells, with the units that are left out among those that totals omit."""
        place, row = self._every_level()
        omitted = added(place, self.left_out[row], len(self.cells))
        return self.cells.assign(omitted=self.cells["omitted"].to_numpy() + np.where(self._of_units, 0, omitted))

    def _every_level(self) -> tuple[Whole, Whole]:
        rows = np.flatnonzero(self.published)
        levels = at_every_level(pd.DataFrame({"cell": self.cell[rows], "row": rows}), self.cells)
        return levels["cell"].to_numpy(dtype=np.int64), levels["row"].to_numpy(dtype=np.int64)


def left_out_of_totals(unit_cells: UnitCells, published: Truth, joins: Truth, n: Whole) -> Truth:
    """Return which units' cells are left out of totals: those that join options, where the others hold most people.

    A unit that joins an option of several choices is left out with all options, so that they have the same people.
    """
    questions = pd.factorize(np.array([str(name).partition(OPTION_MARK)[0] for name in unit_cells.items]))[0]
    of_cell = questions[unit_cells.item]
    size = int(questions.max(initial=-1)) + 1
    unit = unit_cells.unit * size + of_cell
    joining = added(unit, published & joins, int(unit.max(initial=-1)) + 1)[unit] > 0
    total = unit_cells.units.group[unit_cells.unit] * size + of_cell
    groups = int(total.max(initial=-1)) + 1
    every = added(total, np.where(published, n, 0), groups)
    plain = added(total, np.where(published & ~joining, n, 0), groups)
    return np.asarray(published & joining & (2 * plain >= every)[total] & (plain > 0)[total])


def one_choice_cells(unit_cells: UnitCells, counts: OptionCounts, rule: OptionRule) -> tuple[UnitCells, Truth]:
    """Return the cells, suppressed where nothing can be published of them, and what is joined to the others."""
    joined, nothing = counts.joined(rule)
    parts = (unit_cells.reason == PUBLISHABLE) & nothing
    return replace(unit_cells, reason=np.where(parts, PARTS, unit_cells.reason)), joined


def one_choice(of_options: OptionCells, joined: Truth) -> pd.DataFrame:
    """Return cell, value (OTHERS for what is ``joined`` to the others) and n at every level."""
    counts, size = of_options.counts, len(of_options.cells)
    place, part = of_options.levels()
    table, hidden, allowed = (np.zeros((size, counts.table.shape[1]), dtype=np.int64) for _ in range(3))
    for total, of_unit in ((table, counts.table), (hidden, joined), (allowed, counts.allowed)):
        np.add.at(total, place, of_unit[part])
    alone = (allowed > 0) & (hidden == 0)
    at, code = np.nonzero(alone)
    separate = pd.DataFrame({"cell": at, "value": code, "n": table[at, code]})
    with_others = np.flatnonzero(((allowed > 0) & (hidden > 0)).any(axis=1))
    others = np.where(alone, 0, table).sum(axis=1)[with_others]
    together = pd.DataFrame({"cell": with_others, "value": OTHERS, "n": others})
    return pd.concat([separate, together], ignore_index=True)


def several_choices(unit_cells: UnitCells, of_options: OptionCells, small: Truth, least: int) -> PublishableCounts:
    """Return cell, value (1 for chosen, 0 for not) and n at every level.

    A total with small parts is published where these may be of one size or another, as totals of enrolment are.

    Args:
        unit_cells: the options of every unit.
        of_options: their counts.
        small: whether those who chose an option, or who did not, are too few to be published.
        least: the least number that is published.
    """
    chosen, n = of_options.counts.table[:, 1], of_options.counts.table.sum(axis=1)
    part = np.where(small, np.where(2 * chosen <= n, chosen, chosen - n), 0)
    units = pd.DataFrame({"group": unit_cells.total, "part": part, "selected": unit_cells.selected})
    exact = exact_totals(units[(unit_cells.reason == PUBLISHABLE) & ~of_options.left_out], least)
    unclear = small & ~np.append(exact, False)[np.minimum(unit_cells.total, len(exact))]
    cells = of_options.with_omitted()
    place, row = of_options.levels()
    of_unit = cells["level"].to_numpy()[place] == COHORT
    hidden = added(place, np.where(of_unit, small[row], unclear[row]), len(cells)) > 0
    place, row = place[~hidden[place]], row[~hidden[place]]
    counted = pd.DataFrame({
        "cell": np.concatenate([place, place]), "value": np.repeat([1, 0], len(row)),
        "n": np.concatenate([chosen[row], n[row] - chosen[row]]),
    })  # fmt: skip
    suppressed = cells["suppressed"].to_numpy() | hidden
    reason = np.where(hidden, SMALL_PARTS, cells["reason"].to_numpy())
    return PublishableCounts(counted, cells.assign(suppressed=suppressed, reason=reason))
