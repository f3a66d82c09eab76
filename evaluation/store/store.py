"""The store as the rest of the toolkit sees it: accept, undo, list, look after, and the count cubes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pandas as pd
from sqlalchemy import Connection, Engine, Executable, func, select

from evaluation.definitions import Library
from evaluation.records import Draft, Receipt, Remembered
from evaluation.store import counts, linked_counts, remembered, upkeep, whole
from evaluation.store.answers_file import answers_file
from evaluation.store.backup import Backup, pack
from evaluation.store.copying import Copied, copy_everything
from evaluation.store.engine import alone, fetch_frame, open_engine, transaction
from evaluation.store.errors import StoreError
from evaluation.store.imports import ImportRecord, records, remove, save
from evaluation.store.judging import Place, judge
from evaluation.store.rollup.exports import Export
from evaluation.store.rollup.writing import write_export
from evaluation.store.schema import imports, responses, state
from evaluation.store.selection import Selection
from evaluation.store.snapshot import Asked, Snapshot, take

Done = TypeVar("Done")


def open_store(url: str) -> "Store":
    """Open the database at ``url``, made if missing. Raises StoreError when that cannot be done."""
    return Store(open_engine(url))


class Store:
    """The answers of one database. Every call holds the database only while it lasts."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine that open_engine made."""
        self._engine = engine

    def preview(self, draft: Draft, keep: Collection[Place] = ()) -> Receipt:
        """Tell what accept would do, changing nothing."""
        with transaction(self._engine) as connection:
            return judge(connection, draft, keep).receipt

    def accept(self, draft: Draft, keep: Collection[Place] = ()) -> Receipt:
        """Save what is new in ``draft``, all of it or nothing; where nothing is new, no import is made.

        ``keep`` holds sheet and row of the forms that the worker chose where several of one person stand against each
        other (Receipt.conflicts); see judging.judge. The name of the file must have passed the guard against personal
        data.
        """
        with transaction(self._engine, writing=True) as connection:
            verdict = judge(connection, draft, keep)
            if verdict.fresh.empty:
                return verdict.receipt
            return replace(verdict.receipt, import_id=save(connection, draft, verdict))

    def undo(self, import_id: int) -> int:
        """Take an import back whole; return how many responses went. Raises UnknownImportError."""
        with transaction(self._engine, writing=True) as connection:
            return remove(connection, import_id)

    def imports(self) -> tuple[ImportRecord, ...]:
        """Return the accepted imports, the latest first."""
        with transaction(self._engine) as connection:
            return records(connection)

    def remembered(self, header_keys: Sequence[str]) -> Mapping[str, Remembered]:
        """Return what workers have said of these sets of headings; those nothing is known of are left out."""
        with transaction(self._engine) as connection:
            return remembered.recall(connection, header_keys)

    def remember(self, header_key: str, said: Remembered) -> None:
        """Keep what a worker said of a set of headings in place of what was known; undoing an import forgets nothing.

        Only texts that have passed the guard against personal data may be given.
        """
        with transaction(self._engine, writing=True) as connection:
            remembered.keep(connection, header_key, said)

    def facts(self) -> upkeep.Facts:
        """Return where the database is and how much it holds."""
        return upkeep.facts_of(self._engine)

    def remove_samples(self) -> int:
        """Take the sample data out, and nothing else; return how many forms went."""
        with transaction(self._engine, writing=True) as connection:
            return upkeep.remove_samples(connection)

    def use_of(self, code: str) -> upkeep.CodeUse:
        """Tell how many forms stand under a participant code, and where; no answers."""
        with transaction(self._engine) as connection:
            return upkeep.use_of(connection, code)

    def forget(self, code: str, runs: Collection[upkeep.Run] | None = None) -> int:
        """Delete what stands under a participant code, from the file too; see upkeep.forget."""
        return self._for_good(lambda connection: upkeep.forget(connection, code, runs))

    def delete_everything(self) -> None:
        """Delete all that is stored, from the file too."""
        self._for_good(lambda connection: whole.fill_anew(connection, {}))

    def backup(self, day: date) -> bytes:
        """Return all that is stored as the bytes of one file; see backup.pack."""
        with transaction(self._engine) as connection:
            frames = whole.everything(connection)
        return pack(frames, day)

    def pseudonymous_answers(self) -> bytes:
        """Return the answers one by one as a Parquet file; see answers_file.answers_file."""
        with transaction(self._engine) as connection:
            return answers_file(connection)

    def export(self, folder: Path, library: Library, threshold: int, day: date) -> Export:
        """Write what the count cubes read into ``folder``, for a roll-up; see rollup.writing.write_export."""
        with transaction(self._engine) as connection:
            return write_export(connection, folder, library, threshold, day)

    def restore(self, saved: Backup) -> None:
        """Put what a backup holds (backup.unpack) in place of all that is stored, all of it or nothing."""

        def put(connection: Connection) -> None:
            whole.fill_anew(connection, saved.frames)
            if any(len(frame) != len(saved.frames[name]) for name, frame in whole.everything(connection).items()):
                raise StoreError("store.backup_broken")

        self._for_good(put)

    def copy_to(self, target: "Store", replace: bool = False) -> tuple[Copied, ...]:
        """Put all that is stored into ``target`` too, all of it or nothing; return what was copied, table by table.

        Raises StoreError when both are one database, when ``target`` holds anything and ``replace`` is not said, and
        when what came there is not what is here.
        """
        own, other = self._engine, target._engine
        if own is other or (own.url == other.url and own.url.database != ":memory:"):
            raise StoreError("store.copy_same")
        with alone(other):
            with transaction(other, writing=True) as there:
                held = whole.holds_anything(there)
                if held and not replace:
                    raise StoreError("store.copy_target_holds")
                with transaction(own) as here:
                    copied = copy_everything(here, there)
            if held:
                whole.remake_file(other)
        return copied

    def _for_good(self, change: Callable[[Connection], Done]) -> Done:
        """Change what is stored so that nothing of what it was stays in the file."""
        with alone(self._engine):
            with transaction(self._engine, writing=True) as connection:
                done = change(connection)
            whole.remake_file(self._engine)
        return done

    def data_version(self) -> str:
        """Return a mark that changes whenever the answers do."""
        with transaction(self._engine) as connection:
            return str(connection.execute(select(state.c.data_version)).scalar_one())

    def contents(self) -> pd.DataFrame:
        """Tell what is stored.

        Columns: practice, municipality, cohort, questionnaire, version, timing, role, synthetic (bool), responses
        (count).
        """
        keys = [responses.c[name] for name in (*counts.PLACE, "questionnaire", "version", "timing", "role")]
        keys.append(imports.c.synthetic)
        joined = responses.join(imports, responses.c.import_id == imports.c.import_id)
        return self._fetch(
            select(*keys, func.count().label("responses"))
            .select_from(joined)
            .where(responses.c.superseded_by.is_(None))
            .group_by(*keys)
            .order_by(*keys)
        )

    def snapshot(self, asked: Asked, selection: Selection | None = None) -> Snapshot:
        """Return all count cubes at this moment, of ``selection`` or of everything; see snapshot.Snapshot."""
        with transaction(self._engine) as connection:
            return take(connection, asked, selection or Selection())

    def answer_counts(self, selection: Selection) -> pd.DataFrame:
        """Count answers; see counts.answer_counts."""
        return self._fetch(counts.answer_counts(selection))

    def pair_counts(self, selection: Selection, later: str = "end") -> pd.DataFrame:
        """Count matched answers at start and ``later``; see counts.pair_counts."""
        return self._fetch(counts.pair_counts(selection, later))

    def start_counts(self, selection: Selection) -> pd.DataFrame:
        """Count answers at start of those who stayed and of those who left; see linked_counts.start_counts."""
        return self._fetch(linked_counts.start_counts(selection))

    def agreement_counts(self, selection: Selection, same_thing: Mapping[str, str]) -> pd.DataFrame:
        """Count people who told of a change in both ways; see linked_counts.agreement_counts."""
        return self._fetch(linked_counts.agreement_counts(selection, same_thing))

    def score_counts(self, selection: Selection, items: Sequence[str]) -> pd.DataFrame:
        """Count forms by the sum of their answers; see linked_counts.score_counts."""
        return self._fetch(linked_counts.score_counts(selection, items))

    def complete_counts(self, selection: Selection, items: Sequence[str], sizes: Mapping[str, int]) -> pd.DataFrame:
        """Count answers on forms that answer all of ``items``; see linked_counts.complete_counts."""
        return self._fetch(linked_counts.complete_counts(selection, items, sizes))

    def people_counts(self, selection: Selection) -> pd.DataFrame:
        """Count people, as a lower bound; see counts.people_counts."""
        return self._fetch(counts.people_counts(selection))

    def overlap_counts(self, selection: Selection) -> pd.DataFrame:
        """Count codes that stand in two runs; see counts.overlap_counts."""
        return self._fetch(counts.overlap_counts(selection))

    def enrolment_counts(self, selection: Selection, registers: Sequence[str]) -> pd.DataFrame:
        """Count registered, started and completed; see counts.enrolment_counts."""
        return self._fetch(counts.enrolment_counts(selection, registers))

    def drop_out_counts(self, selection: Selection, registers: Sequence[str]) -> pd.DataFrame:
        """Count those who left by their last session; see linked_counts.drop_out_counts."""
        return self._fetch(linked_counts.drop_out_counts(selection, registers))

    def session_counts(self, selection: Selection) -> pd.DataFrame:
        """Count marks of registers by session; see counts.session_counts."""
        return self._fetch(counts.session_counts(selection))

    def visit_counts(self, selection: Selection) -> pd.DataFrame:
        """Sum visitors by opening; see counts.visit_counts."""
        return self._fetch(counts.visit_counts(selection))

    def written_answers(self, selection: Selection) -> pd.DataFrame:
        """Return what people wrote, each text by itself; see counts.written_answers."""
        return self._fetch(counts.written_answers(selection))

    def cohort_dates(self, selection: Selection) -> pd.DataFrame:
        """Tell when each run began and ended; see counts.cohort_dates."""
        return self._fetch(counts.cohort_dates(selection))

    def _fetch(self, statement: Executable) -> pd.DataFrame:
        with transaction(self._engine) as connection:
            return fetch_frame(connection, statement)
