"""How much of an open cell may be told: answers one by one or in three classes, and what of sensitive answers.

The gate hands out counts that are already as coarse as they may be told, so that no measure can tell more by mistake.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.definitions import OUTSIDE_CODES, Item, Library
from evaluation.privacy.cells import OPEN, UnitCells
from evaluation.privacy.numbering import Lookup, Objects, Truth, Whole, added
from evaluation.privacy.screened import Policy

CLASSES = ["favourable", "neutral", "unfavourable"]
# "Nearly all" stands for all and for all but one, so that the words do not tell which.
BUT_ONE = 1


def value_classes(library: Library) -> pd.DataFrame:
    """Return item, value, value_class: the class of each answer on its scale, or its kind outside the scale."""
    found: list[tuple[str, int, str | None]] = []
    for item in library.items.values():
        scale = library.scale_of(item)
        if scale is not None:
            found += [(item.id, value.code, value.value_class) for value in scale.values]
            found += [(item.id, code, kind) for kind, code in OUTSIDE_CODES.items()]
    return pd.DataFrame(found, columns=["item", "value", "value_class"]).drop_duplicates(["item", "value"])


def sensitive_items(library: Library) -> frozenset[str]:
    """Return the items about a sensitive dimension, such as substance use or money."""

    def sensitive(item: Item) -> bool:
        return item.dimension is not None and library.dimensions[item.dimension].sensitive

    return frozenset(item.id for item in library.items.values() if sensitive(item))


@dataclass(frozen=True)
class Answers:
    """What the definitions say of answers: their classes and, by item, what it is about and which way is better."""

    known: Lookup
    kinds: Objects
    sensitive: frozenset[str]
    directions: Mapping[str, int]
    dimensions: Mapping[str, str | None]

    @classmethod
    def of(cls, library: Library) -> "Answers":
        """Read the definitions."""
        scales = {item.id: library.scale_of(item) for item in library.items.values()}
        directions = {item: scale.direction for item, scale in scales.items() if scale is not None}
        dimensions = {item.id: item.dimension for item in library.items.values()}
        classes = value_classes(library)
        kinds = np.array([*classes["value_class"], None], dtype=object)
        return cls(Lookup(classes, ["item", "value"]), kinds, sensitive_items(library), directions, dimensions)

    def classes_of(self, items: pd.Series, values: pd.Series) -> Objects:
        """Return the class of each answer to an item, None where it has none."""
        return np.asarray(self.kinds[self.known.rows(pd.DataFrame({"item": items, "value": values}))])


def steps_of(pairs: pd.DataFrame, directions: Mapping[str, int]) -> Whole:
    """Return the step of each row, above 0 for better."""
    turned = pairs["item"].map(directions).to_numpy(dtype=np.int64)
    return np.asarray((pairs["end_value"] - pairs["start_value"]).to_numpy(dtype=np.int64) * turned)


@dataclass(frozen=True)
class Judged:
    """Of each cell: whether nearly all answered badly, whether it is told coarsely, and the number of its answers."""

    nearly_all: Truth
    coarse: Truth
    n: Whole


def judge_answers(n: Mapping[str, Whole], sensitive: Truth, policy: Policy) -> Judged:
    """Judge cells of answers: coarse ones are told in classes only.

    Only answers with classes are ever made coarse: a number or a choice without a good end has none.

    Args:
        n: answers of each of CLASSES by cell.
        sensitive: whether a cell is about something sensitive.
        policy: tells of how many answers on the values are told.
    """
    every = np.sum([n[name] for name in CLASSES], axis=0)
    alike = sensitive & (every > 0) & (n["unfavourable"] >= every - BUT_ONE)
    return Judged(alike, (every > 0) & (every < policy.values_from), every)


def judge_pairs(n: Whole, worse: Whole, low: Whole, sensitive: Truth) -> Judged:
    """Judge cells of pairs: nearly all changed for the worse, or (coarse) nearly all were badly off at start or end.

    Args:
        n: pairs by cell.
        worse: those that changed for the worse.
        low: those that were badly off, at start or at the end, whichever are more.
        sensitive: whether a cell is about something sensitive.
    """
    most = n - BUT_ONE
    return Judged(sensitive & (worse >= most), sensitive & (low >= most), n)


def coarse_totals(own: UnitCells, judged: Judged, pooled_from: int | None) -> Truth:
    """Return for each unit's cell whether the total over its runs is told coarsely.

    A total is told in full where all its parts are; or where it holds every coarse part there is, whatever is chosen,
    and they hold ``pooled_from`` answers together (None: never). So a difference of two full totals is a full part, or
    parts that may be told in full as one. A total of several municipalities is full where each one's is.
    """
    _, first, whole = np.unique(own.whole, return_index=True, return_inverse=True)
    coarse = (own.reason == OPEN) & judged.coarse
    some = added(whole, coarse & own.chosen, len(first)) > 0
    if pooled_from is None:
        return np.asarray(some[whole])
    cut = added(whole, coarse & ~own.chosen, len(first)) > 0
    pool = added(whole, np.where(coarse, judged.n, 0), len(first))
    return np.asarray((some & (cut | (pool < pooled_from)))[whole])


def coarse_cells(own: UnitCells, cell: Whole, cells: pd.DataFrame, judged: Judged, pooled_from: int | None) -> Truth:
    """Return for each of ``cells`` whether it is told coarsely; ``cell`` tells which of them each of ``own`` is."""
    found = np.zeros(len(cells), dtype=bool)
    shown = np.flatnonzero((cell >= 0) & (own.reason == OPEN))
    found[cell[shown]] = judged.coarse[shown]
    total = shown[coarse_totals(own, judged, pooled_from)[shown]]
    found[cells["whole"].to_numpy()[cell[total]]] = True
    everywhere = cells["everywhere"].to_numpy()[cell[total]]
    found[everywhere[everywhere >= 0]] = True
    return found
