"""Reads the counts of a database: all cubes of one moment, or one of them."""

from collections.abc import Collection, Sequence

import pandas as pd
from sqlalchemy import Engine, Executable

from evaluation.store import counts, people_counts
from evaluation.store.different_people import stated
from evaluation.store.engine import transaction
from evaluation.store.frames import fetch_frame
from evaluation.store.selection import Selection
from evaluation.store.snapshot import CubeDefinitions, Snapshot, snapshot_of


class CountReader:
    """What of a database leaves it: counts, and what people wrote."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine that open_engine made."""
        self._engine = engine

    def snapshot(
        self, definitions: CubeDefinitions, selection: Selection | None = None, cubes: Collection[str] = ()
    ) -> Snapshot:
        """Return all count cubes at this moment, or those named, of ``selection`` or of everything; see Snapshot."""
        with transaction(self._engine) as connection:
            return snapshot_of(connection, definitions, selection or Selection(), cubes)

    def answer_counts(self, selection: Selection) -> pd.DataFrame:
        """Count answers; see counts.answer_counts."""
        return self._fetch(counts.answer_counts(selection))

    def pair_counts(self, selection: Selection, later: str = "end") -> pd.DataFrame:
        """Count matched answers at start and ``later``; see counts.pair_counts."""
        return self._fetch(counts.pair_counts(selection, later))

    def people_counts(self, selection: Selection) -> pd.DataFrame:
        """Count people, as a lower bound; see people_counts.people_counts."""
        with transaction(self._engine) as connection:
            return fetch_frame(connection, people_counts.people_counts(selection, stated(connection)))

    def overlap_counts(self, selection: Selection) -> pd.DataFrame:
        """Count codes that stand in two cohorts; see people_counts.overlap_counts."""
        with transaction(self._engine) as connection:
            return fetch_frame(connection, people_counts.overlap_counts(selection, stated(connection)))

    def enrolment_counts(self, selection: Selection, registers: Sequence[str]) -> pd.DataFrame:
        """Count registered, started and completed; see counts.enrolment_counts."""
        return self._fetch(counts.enrolment_counts(selection, registers))

    def session_counts(self, selection: Selection) -> pd.DataFrame:
        """Count marks of registers by session; see counts.session_counts."""
        return self._fetch(counts.session_counts(selection))

    def visit_counts(self, selection: Selection) -> pd.DataFrame:
        """Sum visitors by opening; see counts.visit_counts."""
        return self._fetch(counts.visit_counts(selection))

    def written_answers(self, selection: Selection) -> pd.DataFrame:
        """Return what people wrote, text by text; see counts.written_answers."""
        return self._fetch(counts.written_answers(selection))

    def cohort_dates(self, selection: Selection) -> pd.DataFrame:
        """Tell when the cohorts began and ended; see counts.cohort_dates."""
        return self._fetch(counts.cohort_dates(selection))

    def _fetch(self, statement: Executable) -> pd.DataFrame:
        with transaction(self._engine) as connection:
            return fetch_frame(connection, statement)
