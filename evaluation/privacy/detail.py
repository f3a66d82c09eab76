"""How much detail of a cell may be published: answers one by one or in three classes, and what of sensitive answers.

The gate passes counts that are already as coarse as they may be published, so that no measure can reveal more by
mistake.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.definitions import OUTSIDE_CODES, Item, Library
from evaluation.privacy.cells import PUBLISHABLE, UnitCells
from evaluation.privacy.numbering import Lookup, Objects, Truth, Whole, added
from evaluation.privacy.publishable_counts import Policy

CLASSES = ["favourable", "neutral", "unfavourable"]
# "Nearly all" stands for all and for all but one, so that the words do not tell which.
BUT_ONE = 1


def value_classes(library: Library) -> pd.DataFrame:
    """Return item, value, value_class: the class of an answer on its scale, or its kind outside the scale."""
    classes: list[tuple[str, int, str | None]] = []
    for item in library.items.values():
        scale = library.scale_of(item)
        if scale is not None:
            classes += [(item.id, value.code, value.value_class) for value in scale.values]
            classes += [(item.id, code, kind) for kind, code in OUTSIDE_CODES.items()]
    return pd.DataFrame(classes, columns=["item", "value", "value_class"]).drop_duplicates(["item", "value"])


def sensitive_items(library: Library) -> frozenset[str]:
    """Return the items about a sensitive dimension, such as substance use or money."""

    def sensitive(item: Item) -> bool:
        return item.dimension is not None and library.dimensions[item.dimension].sensitive

    return frozenset(item.id for item in library.items.values() if sensitive(item))


@dataclass(frozen=True)
class Answers:
    """The definitions of answers: their classes and, by item, its dimension and the direction that is better.

    ``options`` are the codes of the items whose answers have no order, in the order of the form.
    """

    known: Lookup
    kinds: Objects
    sensitive: frozenset[str]
    directions: Mapping[str, int]
    dimensions: Mapping[str, str | None]
    options: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, library: Library) -> "Answers":
        """Read the definitions."""
        items = library.answered_items.values()
        scales = {item.id: library.scale_of(item) for item in items}
        directions = {item: scale.direction for item, scale in scales.items() if scale is not None}
        dimensions = {item.id: item.dimension for item in items}
        options = {item.id: scale.codes for item in items if (scale := scales[item.id]) and not item.scale}
        classes = value_classes(library)
        kinds = np.array([*classes["value_class"], None], dtype=object)
        return cls(Lookup(classes, ["item", "value"]), kinds, sensitive_items(library), directions, dimensions, options)

    def classes_of(self, items: pd.Series, values: pd.Series) -> Objects:
        """Return the classes of answers to items, None where an answer has none."""
        return np.asarray(self.kinds[self.known.rows(pd.DataFrame({"item": items, "value": values}))])


def steps_of(pairs: pd.DataFrame, directions: Mapping[str, int]) -> Whole:
    """Return the steps of pairs, above 0 for better."""
    direction = pairs["item"].map(directions).to_numpy(dtype=np.int64)
    return np.asarray((pairs["end_value"] - pairs["start_value"]).to_numpy(dtype=np.int64) * direction)


@dataclass(frozen=True)
class CellDetail:
    """By cell: whether nearly all answered badly, whether only coarse figures are published, and how many answered.

    ``alone`` are the coarse cells of which no total publishes more than they do, however many answered with them.
    """

    nearly_all: Truth
    coarse: Truth
    n: Whole
    alone: Truth


def answer_detail(n: Mapping[str, Whole], sensitive: Truth, policy: Policy) -> CellDetail:
    """Return the detail of cells of answers: of coarse ones only classes are published.

    Only answers with classes are ever made coarse: a number or a choice without a good end has none.

    Args:
        n: answers by class and cell.
        sensitive: whether a cell is about something sensitive.
        policy: ``values_from`` answers a cell is published value by value.
    """
    every = np.sum([n[name] for name in CLASSES], axis=0)
    alike = sensitive & (every > 0) & (n["unfavourable"] >= every - BUT_ONE)
    return CellDetail(alike, (every > 0) & (every < policy.values_from), every, np.zeros(len(every), dtype=bool))


def number_detail(n: Whole, policy: Policy) -> CellDetail:
    """Return the detail of cells of numbers: of fewer than ``values_from`` answers only how many they are."""
    nobody = np.zeros(len(n), dtype=bool)
    return CellDetail(nobody, n < policy.values_from, n, nobody)


def pair_detail(n: Whole, worse: Whole, low: Whole, sensitive: Truth, policy: Policy) -> CellDetail:
    """Return the detail of cells of pairs: whether nearly all got worse, and of which the levels are not published.

    They are not of fewer than ``values_from`` pairs, and not where nearly all were badly off at start or end.

    Args:
        n: pairs by cell.
        worse: those that changed for the worse.
        low: those that were badly off, at start or at the end, whichever are more.
        sensitive: whether a cell is about something sensitive.
        policy: gives ``values_from``.
    """
    most = n - BUT_ONE
    badly_off = sensitive & (low >= most)
    return CellDetail(sensitive & (worse >= most), badly_off | (n < policy.values_from), n, badly_off)


def coarse_totals(unit_cells: UnitCells, detail: CellDetail, pooled_from: int | None) -> Truth:
    """Return for every unit's cell whether the total over its cohorts is published coarsely.

    A total is published in full where all its parts are; or where it holds every coarse part there is, whatever is
    selected, and they hold ``pooled_from`` answers together (None: never). So a difference of two full totals is a full
    part, or parts that may be published in full as one. A total of several municipalities is full where all of theirs
    are. None is full that holds a part that is coarse ``alone``.
    """
    _, first, total = np.unique(unit_cells.total, return_index=True, return_inverse=True)
    coarse = (unit_cells.reason == PUBLISHABLE) & detail.coarse
    some = added(total, coarse & unit_cells.selected, len(first)) > 0
    if pooled_from is None:
        return np.asarray(some[total])
    cut = added(total, coarse & (detail.alone | ~unit_cells.selected), len(first)) > 0
    pool = added(total, np.where(coarse, detail.n, 0), len(first))
    return np.asarray((some & (cut | (pool < pooled_from)))[total])


def coarse_cells(
    unit_cells: UnitCells, cell: Whole, cells: pd.DataFrame, detail: CellDetail, pooled_from: int | None
) -> Truth:
    """Return by row of ``cells`` whether it is published coarsely; ``cell`` has the rows of ``unit_cells``."""
    coarse = np.zeros(len(cells), dtype=bool)
    published = np.flatnonzero((cell >= 0) & (unit_cells.reason == PUBLISHABLE))
    coarse[cell[published]] = detail.coarse[published]
    parts = published[coarse_totals(unit_cells, detail, pooled_from)[published]]
    coarse[cells["practice_total"].to_numpy()[cell[parts]]] = True
    total_all = cells["practice_all_total"].to_numpy()[cell[parts]]
    coarse[total_all[total_all >= 0]] = True
    return coarse
