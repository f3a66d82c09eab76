"""The store as one person may use it: every call checks that person's right before anything is read or written.

It wraps a store and has no engine: a call that is not guarded here cannot reach the answers.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from evaluation.access.access import Access, AccessRefused, Role
from evaluation.definitions import DefinitionDocument, Library
from evaluation.records import Draft, Problem, Receipt, Remembered
from evaluation.store import (
    Backup,
    CodeAdvice,
    CodeOccurrence,
    CodeUse,
    CohortAge,
    CohortKey,
    Copied,
    CubeDefinitions,
    Deed,
    DefinitionKey,
    DifferentPeople,
    Entry,
    Facts,
    ImportRecord,
    Kind,
    Selection,
    Snapshot,
    Span,
    Store,
    UnitDecision,
)
from evaluation.store.rollup import Export


class GuardedStore(Store):
    """A store whose calls raise AccessRefused where ``access`` does not reach."""

    def __init__(self, store: Store, access: Access) -> None:
        """Keep the whole store, and the right of the person who uses it."""
        self._whole, self._access = store, access

    def acting(self, actor: str) -> "GuardedStore":  # noqa: ARG002 - nobody is put in place of the person
        """Refuse: a person acts as nobody else."""
        raise AccessRefused("access.role_refused")

    def note(self, deed: Deed, subject: str = "", count: int = 0) -> None:
        """Put a deed of the person into the trail."""
        self._access.require(Role.VIEWER)
        self._whole.note(deed, subject, count)

    def data_version(self) -> str:
        """Return the mark of the answers, which tells nothing of them."""
        return self._whole.data_version()

    def kind(self) -> Kind:
        """Tell whose answers these are, which tells nothing of them."""
        return self._whole.kind()

    def last_report(self) -> datetime | None:
        """Tell when figures last went out, which tells nothing of them."""
        self._access.require(Role.VIEWER)
        return self._whole.last_report()

    # Importing and undoing.

    def preview(
        self, draft: Draft, keep: Collection[tuple[str, int]] = (), within: Collection[str] | None = None
    ) -> Receipt:
        """Tell what accept would do; a draft that holds forms of others is rejected before it meets what is stored."""
        self._access.require(Role.CONTRIBUTOR)
        foreign = self._foreign(draft)
        return _rejected(draft, foreign) if foreign else self._whole.preview(draft, keep, self._reach(within))

    def code_advice(self, draft: Draft) -> CodeAdvice:
        """Tell what is stored of the codes of a draft, all of whose municipalities are the person's, in those alone."""
        self._access.require(Role.CONTRIBUTOR)
        if self._foreign(draft):
            return CodeAdvice()
        advice = self._whole.code_advice(draft)
        other_cohorts = tuple(
            other for other in advice.other_cohorts if self._access.contributes_to(other.stored_municipality)
        )
        return replace(advice, other_cohorts=other_cohorts)

    def accept(
        self,
        draft: Draft,
        keep: Collection[tuple[str, int]] = (),
        within: Collection[str] | None = None,
        decision: UnitDecision | None = None,
    ) -> Receipt:
        """Save a draft, all of whose municipalities are the person's."""
        self._access.require(Role.CONTRIBUTOR)
        foreign = self._foreign(draft)
        if foreign:
            raise AccessRefused("access.import_refused", municipalities=", ".join(foreign))
        return self._whole.accept(draft, keep, self._reach(within), decision)

    def _reach(self, within: Collection[str] | None) -> tuple[str, ...] | None:
        """Return the municipalities whose stored forms a draft may meet; others are neither named nor replaced."""
        if self._access.everywhere:
            return None if within is None else tuple(within)
        return tuple(town for town in self._access.contributes if within is None or town in within)

    def _foreign(self, draft: Draft) -> tuple[str, ...]:
        return self._access.foreign(draft.responses["municipality"].astype(str).unique().tolist())

    def undo(self, import_id: int) -> int:
        """Undo an import: a coordinator any, a contributor those of the same person."""
        self._access.require(Role.CONTRIBUTOR)
        if not self._access.everywhere and import_id not in self._own_imports():
            raise AccessRefused("access.undo_refused")
        return self._whole.undo(import_id)

    def imports(self) -> tuple[ImportRecord, ...]:
        """Return the imports all of whose forms are of municipalities that the person contributes to."""
        self._access.require(Role.VIEWER)
        records = self._whole.imports()
        if self._access.everywhere:
            return records
        reached = self._reached()
        return tuple(record for record in records if record.import_id in reached)

    def import_places(self) -> pd.DataFrame:
        """Return the municipalities of those imports."""
        self._access.require(Role.VIEWER)
        places = self._whole.import_places()
        return places if self._access.everywhere else places[places["import_id"].isin(self._reached())]

    def undoable(self) -> frozenset[int]:
        """Return the numbers of the imports that the person may take back."""
        if self._access.everywhere:
            return frozenset(record.import_id for record in self._whole.imports())
        return self._own_imports() if self._access.at_least(Role.CONTRIBUTOR) else frozenset()

    def _own_imports(self) -> frozenset[int]:
        numbers = {record.import_id for record in self._whole.imports() if record.actor == self._access.identifier}
        return self._reached() & numbers

    def _reached(self) -> frozenset[int]:
        """Return the imports that hold forms, and none but those of municipalities that are contributed to."""
        places = self._whole.import_places()
        mine = places["municipality"].map(self._access.contributes_to).astype(bool)
        return frozenset(places["import_id"][mine].tolist()) - frozenset(places["import_id"][~mine].tolist())

    def remembered(self, header_keys: Sequence[str]) -> Mapping[str, Remembered]:
        """Return the decisions on headings for the person's municipalities; those who see all share theirs."""
        self._access.require(Role.CONTRIBUTOR)
        if self._access.everywhere:
            return self._whole.remembered(header_keys)
        known = self._whole.remembered([town_key for key in header_keys for town_key in self._own_keys(key)])
        merged = {}
        for key in header_keys:
            mappings = [known[town_key] for town_key in self._own_keys(key) if town_key in known]
            if mappings:
                columns = {heading: target for mapping in mappings for heading, target in mapping.columns.items()}
                labels = {answer: code for mapping in mappings for answer, code in mapping.labels.items()}
                decisions = {question: choice for mapping in mappings for question, choice in mapping.decisions.items()}
                merged[key] = Remembered(columns, labels, decisions)
        return merged

    def remember(self, header_key: str, mapping: Remembered) -> None:
        """Keep the decisions on headings for the person's municipalities, so that they reach no others."""
        self._access.require(Role.CONTRIBUTOR)
        for key in (header_key,) if self._access.everywhere else self._own_keys(header_key):
            self._whole.remember(key, mapping)

    def _own_keys(self, header_key: str) -> tuple[str, ...]:
        towns = self._access.contributes
        return tuple(hashlib.sha256(f"{header_key}\x1f{town}".encode()).hexdigest() for town in towns)

    # Definitions: everybody reads by them, and a coordinator makes them.

    def definitions(self) -> tuple[DefinitionDocument, ...]:
        """Return the definitions that are kept in the database, which tell nothing of answers."""
        return self._whole.definitions()

    def spent_ids(self) -> frozenset[str]:
        """Return the ids that nothing new may have."""
        return self._whole.spent_ids()

    def answered_definitions(self, besides: int) -> frozenset[DefinitionKey]:
        """Return the practices and questionnaires of which other imports hold answers anywhere."""
        return self._defining().answered_definitions(besides)

    def save_definitions(self, documents: Sequence[DefinitionDocument]) -> None:
        """Add versions of definitions."""
        self._defining().save_definitions(documents)

    def retire_definitions(self, keys: Collection[DefinitionKey], retired: bool = True) -> None:
        """Retire definitions, or take them back into use."""
        self._defining().retire_definitions(keys, retired)

    def remove_definitions(self, keys: Collection[DefinitionKey]) -> None:
        """Delete definitions of which no answers are stored."""
        self._defining().remove_definitions(keys)

    def _defining(self) -> Store:
        self._access.require(Role.VIEWER)
        if not self._access.at_least(Role.COORDINATOR):
            raise AccessRefused("access.definitions_refused")
        return self._whole

    # What is read to be published.

    def different_people(self) -> DifferentPeople:
        """Return what is stated of the people of cohorts and days in the municipalities that the person sees."""
        self._access.require(Role.VIEWER)
        stated = self._whole.different_people()
        cohorts, days = (
            tuple(place for place in places if self._access.sees(place[1])) for places in (stated.cohorts, stated.days)
        )
        return DifferentPeople(cohorts, days)

    def state_different(self, practice: str, municipality: str, spans: Collection[Span]) -> None:
        """State something of the people of a municipality that the person contributes to."""
        self._access.require(Role.CONTRIBUTOR)
        if self._access.foreign([municipality]):
            raise AccessRefused("access.import_refused", municipalities=municipality)
        self._whole.state_different(practice, municipality, spans)

    def decide_texts(self, texts: pd.DataFrame, publishable: bool) -> int:
        """Release open answers, or hold them back."""
        self._access.require(Role.VIEWER)
        if not self._access.at_least(Role.COORDINATOR):
            raise AccessRefused("access.texts_refused")
        return self._whole.decide_texts(texts, publishable)

    def contents(self) -> pd.DataFrame:
        """Tell what is stored of the municipalities that the person sees."""
        self._access.require(Role.VIEWER)
        contents = self._whole.contents()
        return contents[contents["municipality"].map(self._access.sees).astype(bool)].reset_index(drop=True)

    def snapshot(
        self, definitions: CubeDefinitions, selection: Selection | None = None, cubes: Collection[str] = ()
    ) -> Snapshot:
        """Return all count cubes of what the person sees, or those named."""
        return self._whole.snapshot(definitions, self._access.narrowed(selection or Selection()), cubes)

    def decide_units(
        self, decision: UnitDecision, selection: Selection | None = None, counts: Snapshot | None = None
    ) -> Snapshot:
        """Keep the publication units of what the person sees."""
        return self._whole.decide_units(decision, self._access.narrowed(selection or Selection()), counts)

    def answer_counts(self, selection: Selection) -> pd.DataFrame:
        """Count answers of what the person sees."""
        return self._whole.answer_counts(self._access.narrowed(selection))

    def pair_counts(self, selection: Selection, later: str = "end") -> pd.DataFrame:
        """Count matched answers of what the person sees."""
        return self._whole.pair_counts(self._access.narrowed(selection), later)

    def people_counts(self, selection: Selection) -> pd.DataFrame:
        """Count people of what the person sees."""
        return self._whole.people_counts(self._access.narrowed(selection))

    def overlap_counts(self, selection: Selection) -> pd.DataFrame:
        """Count codes in two cohorts of what the person sees."""
        return self._whole.overlap_counts(self._access.narrowed(selection))

    def enrolment_counts(self, selection: Selection, registers: Sequence[str]) -> pd.DataFrame:
        """Count registered, started and completed of what the person sees."""
        return self._whole.enrolment_counts(self._access.narrowed(selection), registers)

    def session_counts(self, selection: Selection) -> pd.DataFrame:
        """Count marks of registers of what the person sees."""
        return self._whole.session_counts(self._access.narrowed(selection))

    def visit_counts(self, selection: Selection) -> pd.DataFrame:
        """Sum visitors of what the person sees."""
        return self._whole.visit_counts(self._access.narrowed(selection))

    def written_answers(self, selection: Selection) -> pd.DataFrame:
        """Return what people wrote, of what the person sees."""
        return self._whole.written_answers(self._access.narrowed(selection))

    def cohort_dates(self, selection: Selection) -> pd.DataFrame:
        """Tell when the cohorts were that the person sees."""
        return self._whole.cohort_dates(self._access.narrowed(selection))

    # What an administrator alone may do.

    def facts(self) -> Facts:
        """Return where the database is and how much it holds."""
        return self._administered().facts()

    def trail(self, since: datetime | None = None, deeds: Collection[str] = ()) -> tuple[Entry, ...]:
        """Return who did what."""
        return self._administered().trail(since, deeds)

    def backup(self, day: date, name: str = "") -> bytes:
        """Return all that is stored as one file."""
        return self._administered().backup(day, name)

    def pseudonymous_answers(self) -> bytes:
        """Return the answers one by one."""
        return self._administered().pseudonymous_answers()

    def export(self, folder: Path, library: Library, threshold: int, day: date) -> Export:
        """Write what a roll-up needs."""
        return self._administered().export(folder, library, threshold, day)

    def restore(self, saved: Backup) -> None:
        """Put a backup in place of all that is stored."""
        self._administered().restore(saved)

    def copy_to(self, target: Store, replace: bool = False) -> tuple[Copied, ...]:
        """Put all that is stored into another database too."""
        return self._administered().copy_to(target, replace)

    def fill_with_sample(self, sample: Backup, data_version: str) -> None:
        """Make the database the sample's."""
        self._administered().fill_with_sample(sample, data_version)

    def remove_sample(self) -> None:
        """Delete the sample's database."""
        self._administered().remove_sample()

    def use_of(self, code: str) -> CodeUse:
        """Tell where a participant code stands."""
        return self._administered().use_of(code)

    def copies_with(self, code: str) -> tuple[Entry, ...]:
        """Return the backups and copies that may hold a participant code."""
        return self._administered().copies_with(code)

    def search(self, code: str) -> tuple[CodeOccurrence, ...]:
        """Tell where in the tables a participant code stands."""
        return self._administered().search(code)

    def files(self) -> tuple[Path, ...]:
        """Return the files of the database."""
        return self._administered().files()

    def cohort_ages(self) -> tuple[CohortAge, ...]:
        """Tell how old the answers of the cohorts are."""
        return self._administered().cohort_ages()

    def retire(self, cohorts: Collection[CohortKey], older_than: date) -> int:
        """Delete the answers of cohorts that are older than they are to be kept."""
        return self._administered().retire(cohorts, older_than)

    def forget(self, code: str, cohorts: Collection[CohortKey] | None = None) -> int:
        """Delete what stands under a participant code."""
        return self._administered().forget(code, cohorts)

    def delete_everything(self) -> None:
        """Delete all that is stored."""
        self._administered().delete_everything()

    def _administered(self) -> Store:
        self._access.require(Role.ADMINISTRATOR)
        return self._whole


def _rejected(draft: Draft, foreign: Sequence[str]) -> Receipt:
    """Return the receipt of a draft of which nothing can be saved, for it holds forms of ``foreign`` municipalities."""
    problem = Problem("error", "municipality_not_yours", values={"municipalities": ", ".join(foreign)})
    untouched = Receipt.of(draft)
    return replace(untouched, rejected=draft.rows - draft.set_aside, problems=(problem, *draft.problems))
