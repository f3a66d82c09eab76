"""The store as the rest of the toolkit sees it: accept, undo, list, look after, and the count cubes.

Whatever changes what is stored is written into the trail in the same transaction: both are saved, or neither.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pandas as pd
from sqlalchemy import Connection, func, select, update

from evaluation.definitions import Library
from evaluation.records import Draft, Receipt, Remembered
from evaluation.store import counts, mappings
from evaluation.store.answers_file import answers_file
from evaluation.store.code_advice import CodeAdvice, advise
from evaluation.store.count_reader import CountReader
from evaluation.store.decided_units import together
from evaluation.store.definition_store import DefinitionStore
from evaluation.store.different_people import DifferentPeople, Span, state_different, stated
from evaluation.store.engine import exclusive_use, is_read_only, transaction
from evaluation.store.errors import StoreError
from evaluation.store.frames import fetch_frame
from evaluation.store.imports import ImportRecord, records, remove, save, touch
from evaluation.store.judging import Place, judge
from evaluation.store.kinds import OWN, SAMPLE, Kind, kind_of, refuse_other_kind, refuse_sample, set_kind
from evaluation.store.opening import open_engine
from evaluation.store.rollup.exports import Export
from evaluation.store.rollup.writing import write_export
from evaluation.store.schema import publication_units, responses, state
from evaluation.store.selection import Selection
from evaluation.store.snapshot import Snapshot
from evaluation.store.text_decisions import decide_texts
from evaluation.store.trail import Deed, Entry, entries
from evaluation.store.unit_decision import UnitDecision, decide
from evaluation.store.upkeep import code_search, file_renewal, whole_database
from evaluation.store.upkeep import facts as upkeep
from evaluation.store.upkeep.backup import Backup, backup_subject, pack
from evaluation.store.upkeep.copying import Copied, copy_everything
from evaluation.store.upkeep.retention import CohortAge, ages, retire

Done = TypeVar("Done")
# So much of a fingerprint tells one set of headings from another.
SHORT = 12


def open_store(url: str) -> "Store":
    """Open the database at ``url``, made if missing. Raises StoreError when that cannot be done."""
    return Store(open_engine(url))


class Store(DefinitionStore, CountReader):
    """The answers of one database. Every call holds the database only while it lasts."""

    def acting(self, actor: str) -> "Store":
        """Return the same database under another actor: what is done by it stands in the trail under that name."""
        return Store(self._engine, actor)

    def note(self, deed: Deed, subject: str = "", count: int = 0) -> None:
        """Write a deed that changes nothing of what is stored into the trail: an export, a sign-in refused.

        ``subject`` must tell nothing of people who answered, and be no free text of a user. Where nothing can be
        written nothing is: a file that may only be read gives out its figures all the same.
        """
        if is_read_only(self._engine):
            return
        with self._writing() as connection:
            self._record(connection, deed, subject, count)

    def trail(self, since: datetime | None = None, deeds: Collection[str] = ()) -> tuple[Entry, ...]:
        """Return the trail, the latest first; only from ``since`` on (universal time), only ``deeds`` if any."""
        with transaction(self._engine) as connection:
            return entries(connection, since, deeds)

    def last_report(self) -> datetime | None:
        """Return when figures last went out in a report or a package, in universal time."""
        with transaction(self._engine) as connection:
            made = entries(connection, None, ("report", "package"))
        return made[0].done_at if made else None

    def preview(self, draft: Draft, keep: Collection[Place] = (), within: Collection[str] | None = None) -> Receipt:
        """Tell what accept would do, changing nothing. Raises StoreError where the database is the sample's."""
        with transaction(self._engine) as connection:
            refuse_sample(connection)
            return judge(connection, draft, keep, within).receipt

    def code_advice(self, draft: Draft) -> CodeAdvice:
        """Tell which codes of ``draft`` are spelt differently than before, and which cohorts may have another name."""
        with transaction(self._engine) as connection:
            return advise(connection, draft.responses, draft.sha256)

    def accept(
        self,
        draft: Draft,
        keep: Collection[Place] = (),
        within: Collection[str] | None = None,
        decision: UnitDecision | None = None,
    ) -> Receipt:
        """Save what is new in ``draft``, all of it or nothing; where nothing is new, no import is made.

        ``keep`` holds sheet and row of the forms that the worker chose where several of one person contradict each
        other (Receipt.conflicts), and ``within`` the municipalities beyond which stored forms are neither named nor
        replaced; see judging.judge. By ``decision`` the publication units are decided at once; without one, before
        anything is published. The name of the file must have passed the guard against personal data. Raises StoreError
        where the database is the sample's.
        """
        with self._writing() as connection:
            refuse_sample(connection)
            verdict = judge(connection, draft, keep, within)
            if verdict.fresh.empty:
                return verdict.receipt
            import_id = save(connection, draft, verdict, self._actor)
            if decision is not None:
                decide(connection, decision, Selection())
            self._record(connection, "imported", import_id, len(verdict.fresh))
            return replace(verdict.receipt, import_id=import_id)

    def decide_units(
        self, decision: UnitDecision, selection: Selection | None = None, counts: Snapshot | None = None
    ) -> Snapshot:
        """Keep the publication units that can be made of what waits; return all there are; see unit_decision.decide."""
        with self._writing() as connection:
            return decide(connection, decision, selection or Selection(), counts)

    def undo(self, import_id: int) -> int:
        """Take an import back whole; return how many responses went. Raises UnknownImportError."""
        with self._writing() as connection:
            removed = remove(connection, import_id)
            self._record(connection, "undone", import_id, removed)
            return removed

    def imports(self) -> tuple[ImportRecord, ...]:
        """Return the accepted imports, the latest first."""
        with transaction(self._engine) as connection:
            return records(connection)

    def import_places(self) -> pd.DataFrame:
        """Tell of which municipalities the imports hold forms, those that another replaced among them.

        Columns: import_id, municipality.
        """
        return self._fetch(select(responses.c.import_id, responses.c.municipality).distinct())

    def remembered(self, header_keys: Sequence[str]) -> Mapping[str, Remembered]:
        """Return what workers decided on these sets of headings; those nothing is known of are left out."""
        with transaction(self._engine) as connection:
            return mappings.recall(connection, header_keys)

    def remember(self, header_key: str, mapping: Remembered) -> None:
        """Keep what a worker decided on a set of headings instead of what was known; undoing an import forgets nothing.

        Only texts that have passed the guard against personal data may come here.
        """
        with self._writing() as connection:
            mappings.keep(connection, header_key, mapping)
            count = len(mapping.columns) + len(mapping.labels) + len(mapping.decisions)
            self._record(connection, "remembered", header_key[:SHORT], count)

    def different_people(self) -> DifferentPeople:
        """Return where a worker stated that cohorts or days are of different people."""
        with transaction(self._engine) as connection:
            return stated(connection)

    def state_different(self, practice: str, municipality: str, spans: Collection[Span]) -> None:
        """State which ``spans`` of a practice in a municipality are of different people, instead of what was stated."""
        with self._writing() as connection:
            state_different(connection, practice, municipality, spans, self._actor)
            touch(connection)
            self._record(connection, "different_people", f"{practice} {municipality}", len(set(spans)))

    def decide_texts(self, texts: pd.DataFrame, publishable: bool) -> int:
        """Release open answers of one question that a person has read, or hold them back; return how many those are.

        ``texts`` is what text_decisions.decide_texts takes. Raises StoreError where the database is the sample's.
        """
        with self._writing() as connection:
            refuse_sample(connection)
            count = decide_texts(connection, texts, publishable)
            if count:
                touch(connection)
                subject = " ".join(str(texts[name].iloc[0]) for name in ("practice", "questionnaire", "item"))
                self._record(connection, "texts_released" if publishable else "texts_held", subject, count)
            return count

    def facts(self) -> upkeep.Facts:
        """Return where the database is and how much it holds."""
        return upkeep.facts_of(self._engine)

    def kind(self) -> Kind:
        """Tell whose answers these are: a worker's, or the sample's, which are made up."""
        with transaction(self._engine) as connection:
            return kind_of(connection)

    def fill_with_sample(self, sample: Backup, data_version: str) -> None:
        """Make this the sample's database, or fill it anew, all of it or nothing; ``data_version`` marks what it holds.

        Raises StoreError where it holds answers of real people.
        """
        with self._writing() as connection:
            if kind_of(connection) == OWN and whole_database.has_rows(connection):
                raise StoreError("store.holds_own")
            whole_database.replace_all_rows(connection, sample.frames)
            set_kind(connection, SAMPLE)
            connection.execute(update(state).values(data_version=data_version))
            self._record(connection, "sample_filled", count=sample.forms)

    def remove_sample(self) -> None:
        """Delete the sample's database: its file, or on a server all that is in it.

        Raises StoreError where it holds answers of real people.
        """
        with transaction(self._engine) as connection:
            if kind_of(connection) == OWN:
                raise StoreError("store.holds_own")
        if self.files():
            file_renewal.delete_file(self._engine)
        else:
            self.delete_everything()

    def use_of(self, code: str) -> upkeep.CodeUse:
        """Tell how many forms stand under a participant code, and where; no answers."""
        with transaction(self._engine) as connection:
            return upkeep.use_of(connection, code)

    def copies_with(self, code: str) -> tuple[Entry, ...]:
        """Return the backups and copies that may hold a participant code; see code_search.copies_with."""
        with transaction(self._engine) as connection:
            return code_search.copies_with(connection, code)

    def search(self, code: str) -> tuple[code_search.CodeOccurrence, ...]:
        """Tell in which kinds of places a participant code stands in the tables."""
        with transaction(self._engine) as connection:
            return code_search.search_store(connection, code)

    def files(self) -> tuple[Path, ...]:
        """Return the files of the database; none of a server's."""
        return code_search.files_of(self._engine)

    def forget(self, code: str, cohorts: Collection[upkeep.CohortKey] | None = None) -> int:
        """Delete what stands under a participant code, from the file too; see upkeep.forget."""

        def forget(connection: Connection) -> int:
            gone = upkeep.forget(connection, code, cohorts)
            # Which code it was would be remembered by the very list that says it is forgotten.
            self._record(connection, "forgotten", count=gone)
            return gone

        return self._for_good(forget)

    def cohort_ages(self) -> tuple[CohortAge, ...]:
        """Return every cohort with the day by which it is old, the oldest first."""
        with transaction(self._engine) as connection:
            return ages(connection)

    def retire(self, cohorts: Collection[upkeep.CohortKey], older_than: date) -> int:
        """Delete whole cohorts for good because they are older than a day; return how many forms went.

        measures.retirement says which cohorts those are, so that no earlier report tells by subtraction what a few
        people answered.
        """

        def leave(connection: Connection) -> int:
            gone = retire(connection, cohorts)
            if gone:
                self._record(connection, "retired", f"runs={len(cohorts)} before={older_than.isoformat()}", gone)
            return gone

        return self._for_good(leave)

    def delete_everything(self) -> None:
        """Delete all that is stored but the trail, from the file too."""

        def empty(connection: Connection) -> None:
            forms = upkeep.forms_in(connection)
            whole_database.replace_all_rows(connection, {})
            # What is empty is nobody's sample any more.
            set_kind(connection, OWN)
            self._record(connection, "emptied", count=forms)

        self._for_good(empty)

    def backup(self, day: date, name: str = "") -> bytes:
        """Return all that is stored as the bytes of one file; see backup.pack.

        That it was made stands in the trail: ``name`` as far as it says nothing, and the fingerprint of the file.
        """
        with transaction(self._engine) as connection:
            frames, kind = whole_database.everything(connection), kind_of(connection)
        content = pack(frames, day, kind)
        self.note("backup", backup_subject(name, content), len(frames[responses.name]))
        return content

    def pseudonymous_answers(self) -> bytes:
        """Return the answers one by one as a Parquet file; see answers_file.answers_file."""
        with transaction(self._engine) as connection:
            content, forms = answers_file(connection), upkeep.forms_in(connection)
        self.note("answers_file", count=forms)
        return content

    def export(self, folder: Path, library: Library, threshold: int, day: date) -> Export:
        """Write what the count cubes read into ``folder``, for a roll-up; see rollup.writing.write_export."""
        with transaction(self._engine) as connection:
            export = write_export(connection, folder, library, threshold, day)
        self.note("export", count=export.manifest.rows["responses"])
        return export

    def restore(self, saved: Backup) -> None:
        """Put what a backup holds (backup.unpack) in place of all that is stored, all of it or nothing.

        The trail is that of this database, and goes on, and so do its publication units, by which it has published.
        Raises StoreError where one of both is the sample's.
        """

        def put(connection: Connection) -> None:
            refuse_other_kind(saved.kind, kind_of(connection))
            name = publication_units.name
            units = fetch_frame(connection, select(publication_units))
            frames = {**saved.frames, name: together(saved.frames[name], units)}
            whole_database.replace_all_rows(connection, frames)
            restored = whole_database.everything(connection)
            if any(len(frame) != len(frames[name]) for name, frame in restored.items()):
                raise StoreError("store.backup_broken")
            self._record(connection, "restored", saved.made_on.isoformat(), saved.forms)

        self._for_good(put)

    def copy_to(self, target: "Store", replace: bool = False) -> tuple[Copied, ...]:
        """Put all that is stored into ``target`` too, all of it or nothing; return what was copied, table by table.

        Both databases keep their trails: that of the target tells of the copy, that of the source stays behind.

        Raises StoreError when both are one database, when ``target`` holds anything and ``replace`` is not set, when
        one of both is the sample's and the other is not, and when what came there is not what is here. An empty target
        takes the mark of the source.
        """
        source, other, kind = self._engine, target._engine, self.kind()
        if source is other or (source.url == other.url and source.url.database != ":memory:"):
            raise StoreError("store.copy_same")
        with exclusive_use(other):
            with transaction(other) as there:
                _refuse_to_cover(there, replace, kind)
            # Noted first: what leaves the database is in its trail also where the copying fails later on.
            self.note("copied_out", other.dialect.name, self.facts().forms)
            with target._writing() as there:
                occupied = _refuse_to_cover(there, replace, kind)
                with transaction(source) as here:
                    copied = copy_everything(here, there)
                set_kind(there, kind)
                target._record(there, "copied_in", source.dialect.name, upkeep.forms_in(there))
            if occupied:
                file_renewal.remake_file(other)
        return copied

    def _for_good(self, change: Callable[[Connection], Done]) -> Done:
        """Change what is stored so that nothing of what it was stays in the file."""
        with exclusive_use(self._engine):
            with self._writing() as connection:
                done = change(connection)
            file_renewal.remake_file(self._engine)
        return done

    def data_version(self) -> str:
        """Return a mark that changes whenever the answers do."""
        with transaction(self._engine) as connection:
            return str(connection.execute(select(state.c.data_version)).scalar_one())

    def contents(self) -> pd.DataFrame:
        """Tell what is stored.

        Columns: practice, municipality, cohort, questionnaire, version, timing, role, responses (count).
        """
        keys = [responses.c[name] for name in (*counts.PLACE, "questionnaire", "version", "timing", "role")]
        return self._fetch(
            select(*keys, func.count().label("responses"))
            .where(responses.c.superseded_by.is_(None))
            .group_by(*keys)
            .order_by(*keys)
        )


def _refuse_to_cover(target: Connection, replace: bool, kind: Kind) -> bool:
    """Tell whether a target of copying holds anything; raise StoreError where that must not be replaced.

    It must not unless ``replace`` is set, and never by answers of another ``kind``.
    """
    occupied = whole_database.has_rows(target)
    if occupied:
        refuse_other_kind(kind, kind_of(target))
        if not replace:
            raise StoreError("store.copy_target_holds")
    return occupied
