"""Counts of what is stored, taken once it is decided in which units they are published."""

from collections.abc import Collection

from evaluation.definitions import Library
from evaluation.measures.unit_counts import unit_decision
from evaluation.privacy import Policy
from evaluation.store import Selection, Snapshot, Store


def decided_counts(
    store: Store, library: Library, policy: Policy, selection: Selection, cubes: Collection[str] = ()
) -> Snapshot:
    """Return the counts of ``selection``, or those named, which UNIT_CUBES are among.

    Units that can be made under ``policy`` of what waits are decided first, and kept.
    """
    decision = unit_decision(library, policy)
    counts = store.snapshot(decision.definitions, selection, cubes)
    if decision.new_units(counts).empty:
        return counts
    return Snapshot({**counts.cubes, **store.decide_units(decision, selection, counts).cubes})
