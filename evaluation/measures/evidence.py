"""The published tables of a selection: one call from the store's counts to what may be published."""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.coverage import Coverage
from evaluation.measures.decided_counts import decided_counts
from evaluation.measures.measure import Estimates, Inputs
from evaluation.measures.registry import REGISTRY
from evaluation.measures.unit_counts import CountsByUnit
from evaluation.privacy import Policy, PublishableCounts, Published, Waiting, seal
from evaluation.store import Selection, Snapshot, Store


class Evidence(Mapping[str, Published]):
    """The published tables by name, such as ``participation.enrolment``, made when they are first needed.

    They are of the moment at which the counts were made. Several threads may share them.
    """

    def __init__(self, counts: CountsByUnit, selection: Selection) -> None:
        """Publish the cohorts and years of ``selection``, which choose among publication units as wholes."""
        self._by_unit = counts
        self._selection = selection
        self._counts: dict[str, PublishableCounts] = {}
        self._estimates: dict[str, Estimates] = {}
        self._published: dict[str, Published] = {}

    @property
    def tables(self) -> Mapping[str, Published]:
        """All tables by name."""
        return self

    def table(self, name: str) -> Published:
        """Return one table; raise KeyError when there is none of that name."""
        with self._by_unit.lock:
            if name not in self._published:
                estimates, row = self._estimated(name), REGISTRY[name]
                policy = self._by_unit.policy.for_background if row.of_background else self._by_unit.policy
                self._published[name] = seal(name, estimates.frame, estimates.counts, policy, row.suppressed_at)
            return self._published[name]

    def _estimated(self, name: str) -> Estimates:
        if name not in self._estimates:
            row, by_unit = REGISTRY[name], self._by_unit
            counts = tuple(self._publishable(needed) for needed in row.counts)
            tables = tuple(self._estimated(needed) for needed in row.tables)
            rules = (by_unit.library, by_unit.policy, by_unit.answers, by_unit.repeated_forms)
            frame = row.estimates(Inputs(counts, tables, *rules))
            self._estimates[name] = Estimates(frame, counts[0] if counts else tables[0].counts)
        return self._estimates[name]

    def _publishable(self, name: str) -> PublishableCounts:
        if name not in self._counts:
            self._counts[name] = self._by_unit[name].publishable(self._selection)
        return self._counts[name]

    def within(self, municipalities: Collection[str]) -> "Evidence":
        """Return what may be published of some municipalities alone, such as those of a county."""
        selection = replace(self._selection, municipalities=tuple(municipalities))
        return Evidence(self._by_unit.narrowed(selection), selection)

    @property
    def threshold(self) -> int:
        """The least number of people behind a published figure."""
        return self._by_unit.policy.threshold

    def waiting(self) -> tuple[Waiting, ...]:
        """Return the questionnaires of which nothing can be published yet, whichever cohorts are looked at."""
        return self._by_unit.gate.waiting()

    def joined_forms(self, practice: str) -> tuple[str, ...]:
        """Return the forms of a practice with answers that are published together with other practices' only."""
        with self._by_unit.lock:
            joints = self._by_unit.joints.of_people(self.threshold)
        parts = (part for joint in joints for part in joint.parts if part.practice == practice)
        return tuple(dict.fromkeys(part.questionnaire for part in parts))

    def coverage(self, practices: Collection[str]) -> Coverage:
        """Return from when the answers of some practices are, and how many cohorts are behind the figures."""
        return Coverage.of(self._by_unit.gate.cohorts(self._selection), practices)

    def municipalities(self, practice: str) -> tuple[str, ...]:
        """Return where the answers of a practice are from: where it started with first, others by name."""
        cohorts = self._by_unit.gate.cohorts(self._selection)
        stored = set(cohorts["municipality"][cohorts["practice"] == practice])
        first = self._by_unit.library.practices[practice].municipalities
        return (*(place for place in first if place in stored), *sorted(stored - set(first)))

    def rows(self) -> list[dict[str, Any]]:
        """Return every row of every table as plain values, missing ones as None."""
        return [row for published in self.values() for row in plain_rows(published)]

    def __getitem__(self, name: str) -> Published:
        """Return one table."""
        return self.table(name)

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the tables."""
        return iter(REGISTRY)

    def __len__(self) -> int:
        """Return how many tables there are."""
        return len(REGISTRY)


def plain_rows(published: Published) -> Iterator[dict[str, Any]]:
    """Yield the rows of one table as plain values, missing ones as None."""
    names = [str(name) for name in published.frame.columns]
    integer = [name in REGISTRY.columns and REGISTRY.columns[name].integer for name in names]
    for values in published.frame.itertuples(index=False, name=None):
        yield {name: _plain(value, whole) for name, value, whole in zip(names, values, integer, strict=True)}


def _plain(value: Any, integer: bool) -> Any:
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, date):
        return value.isoformat()
    value = value.item() if hasattr(value, "item") else value
    return int(value) if integer else value


def take_counts(store: Store, library: Library, policy: Policy | None = None) -> Snapshot:
    """Return the counts of everything stored at this moment, from which any selection can be published.

    Units that can be made under ``policy`` (the usual one) of what waits are decided first, and kept.
    """
    return decided_counts(store, library, policy or Policy(), Selection())


def publish(counts: Store | Snapshot, library: Library, selection: Selection, policy: Policy) -> Evidence:
    """Return the tables of ``selection``, through the gate.

    Practices, municipalities and roles narrow what is counted; cohorts and years choose among publication units.

    Args:
        counts: a store, or a snapshot of everything in it (take_counts), which needs no query.
        library: the definitions of which the answers are.
        selection: what is looked at.
        policy: the rules of publication.
    """
    snapshot = (
        decided_counts(counts, library, policy, selection) if isinstance(counts, Store) else counts.narrowed(selection)
    )
    return Evidence(CountsByUnit(snapshot, library, policy), selection)
