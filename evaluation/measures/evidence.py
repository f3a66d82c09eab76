"""The published tables of a selection: one call from the store's counts to what may be shown."""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.counted import Counted, asked_of
from evaluation.measures.tables import TABLES, Estimated
from evaluation.measures.workbench import Workbench
from evaluation.privacy import OpenAnswers, Policy, Published, screen_texts, seal
from evaluation.store import Selection, Snapshot, Store

CODE_COLUMNS = frozenset({"session_no", "occasion", "value_code", "scale_low", "scale_high"})
COUNT_COLUMNS = frozenset({
    "n", "count", "at_least", "at_most", "present", "marks", "sessions", "visits", "favourable", "dont_know",
    "improved", "same", "worsened", "neutral", "unfavourable", "at_best", "crossed", "fell", "reliable_better",
    "reliable_worse", "cancelled", "periods", "units", "left_n", "stayed_n", "client_n", "questions", "alpha_n",
    "last_n", "before_n",
})  # fmt: skip


class Evidence(Mapping[str, Published]):
    """The published tables by name, such as ``participation.enrolment``, each made when it is first asked for.

    They are of the moment at which the counts were taken. Several threads may share them.
    """

    def __init__(self, bench: Workbench) -> None:
        """Lay the tables out over the counts of one selection."""
        self._bench = bench
        self._estimated: dict[str, Estimated] = {}
        self._published: dict[str, Published] = {}

    @property
    def tables(self) -> Mapping[str, Published]:
        """All tables by name."""
        return self

    def table(self, name: str) -> Published:
        """Return one table; raise KeyError when there is none of that name."""
        with self._bench.turn:
            if name not in self._published:
                made = self._estimates(name)
                self._published[name] = seal(name, made.estimates, made.screened, self._bench.policy, made.closed_at)
            return self._published[name]

    def _estimates(self, name: str) -> Estimated:
        if name not in self._estimated:
            self._estimated[name] = TABLES[name](self._bench, self._estimates)
        return self._estimated[name]

    def rows(self) -> list[dict[str, Any]]:
        """Return every row of every table as plain values, missing ones as None."""
        return [row for published in self.values() for row in plain_rows(published)]

    def __getitem__(self, name: str) -> Published:
        """Return one table."""
        return self.table(name)

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the tables."""
        return iter(TABLES)

    def __len__(self) -> int:
        """Return how many tables there are."""
        return len(TABLES)


def plain_rows(published: Published) -> Iterator[dict[str, Any]]:
    """Yield the rows of one table as plain values, missing ones as None."""
    names = [str(name) for name in published.frame.columns]
    for values in published.frame.itertuples(index=False, name=None):
        yield {name: _plain(name, value) for name, value in zip(names, values, strict=True)}


def _plain(name: str, value: Any) -> Any:
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, date):
        return value.isoformat()
    value = value.item() if hasattr(value, "item") else value
    return int(value) if name in COUNT_COLUMNS | CODE_COLUMNS else value


def take_counts(store: Store, library: Library) -> Snapshot:
    """Return the counts of everything stored at this moment, from which any selection can be published."""
    return store.snapshot(asked_of(library))


def publish(counts: Store | Snapshot, library: Library, selection: Selection, policy: Policy) -> Evidence:
    """Return the tables of ``selection``, through the gate.

    Practices, municipalities and roles narrow what is counted; runs and years choose among publication units as wholes.

    Args:
        counts: a store, or a snapshot of everything in it (take_counts), which needs no query.
        library: the definitions of which the answers are.
        selection: what is looked at.
        policy: what may be told.
    """
    taken = counts.snapshot(asked_of(library), selection) if isinstance(counts, Store) else counts.narrowed(selection)
    return choose(Counted(taken, library, policy), selection)


def choose(counted: Counted, selection: Selection) -> Evidence:
    """Return the tables of the runs and years of ``selection``, of what was counted of the rest of it."""
    return Evidence(Workbench(counted, selection))


def read_open_answers(store: Store, library: Library, selection: Selection, policy: Policy) -> tuple[OpenAnswers, ...]:
    """Return what people wrote, from units of at least ``policy.open_from`` people, through the gate."""
    counts = Snapshot(
        {
            "people": store.people_counts(selection),
            "overlaps": store.overlap_counts(selection),
            "dates": store.cohort_dates(selection),
        }
    )
    counted = Counted(counts, library, policy.of_open_answers)
    return pass_open_answers(store.written_answers(selection), counted, selection)


def pass_open_answers(written: pd.DataFrame, counted: Counted, selection: Selection) -> tuple[OpenAnswers, ...]:
    """Return what may be read of ``written``, the store's texts of ``selection``.

    Args:
        written: what Store.written_answers returns.
        counted: what was counted of it, runs and years apart, under the policy of open answers; ValueError otherwise.
        selection: what is looked at.
    """
    if counted.policy != counted.policy.of_open_answers:
        raise ValueError("texts are told under the policy of open answers only")
    library = counted.library
    names = " ".join(name for practice in library.practices.values() for name in practice.name.root.values())
    with counted.turn:
        return screen_texts(written, counted.gate, selection, {*library.municipalities, *names.split()})
