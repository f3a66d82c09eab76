"""Definitions kept in a database: read beneath those of the files, and checked before they are saved there."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evaluation.definitions import (
    DefinitionDocument,
    DefinitionProblem,
    DefinitionsRefused,
    Inspection,
    Kind,
    Library,
    inspect_library,
)
from evaluation.definitions.definition_text import definition_text
from evaluation.definitions.documents import SECTION_OF
from evaluation.definitions.questionnaire_lock import asks_the_same
from evaluation.store import DefinitionKey, Store


@dataclass(frozen=True)
class DefinitionDraft:
    """A definition to save: its fields as plain values, ``id`` among them, as they stand in a definition file.

    The version of a questionnaire is decided when it is saved.
    """

    kind: Kind
    body: Mapping[str, Any]

    @property
    def key(self) -> DefinitionKey:
        """What it defines."""
        return self.kind, str(self.body["id"])


def inspection_of(store: Store, folder: Path | None) -> Inspection:
    """Inspect the definitions of ``store`` over those of ``folder`` over the built-in ones."""
    return inspect_library(folder, store.definitions())


def save_drafts(
    store: Store, folder: Path | None, drafts: Sequence[DefinitionDraft], made_by_import: int | None = None
) -> tuple[DefinitionDocument, ...]:
    """Save definitions, all or none, each as the next version of what it defines; return those that are new.

    A draft that says what is defined already is left out. Raises DefinitionsRefused, naming every fault, also where a
    question that answers were asked for, or its allowed answers, would change: a questionnaire gets a version of its
    own, and a changed scale an id of its own. Raises AccessRefused and StoreError as Store.save_definitions does.
    """
    stored = store.definitions()
    library = inspect_library(folder, stored).library
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    made = tuple(_documents(drafts, stored, library, now, made_by_import))
    _save(store, folder, stored, made)
    return made


def new_documents(
    store: Store, documents: Sequence[DefinitionDocument], folder: Path | None = None
) -> tuple[DefinitionDocument, ...]:
    """Return those of ``documents``, made elsewhere, that say something new here, as they would be saved.

    A questionnaire keeps its version, so that forms that were handed out elsewhere are known here; all else gets the
    next version of what it defines. What is built in or stands in ``folder`` just so is not new: a copy would hide what
    a later version of the toolkit says.
    """
    stored = store.definitions()
    newest = {
        document.key: document for document in sorted(stored, key=lambda stored_document: stored_document.version)
    }
    forms = {(document.id, document.version): document for document in stored if document.kind == "questionnaire"}
    new = []
    for document in documents:
        if document.kind == "questionnaire":
            there = forms.get((document.id, document.version))
        else:
            there = newest.get(document.key)
            document = replace(document, version=there.version + 1 if there else 1)  # noqa: PLW2901
        if there is None or there.document != document.document:
            new.append(document)
    before, after = (
        inspect_library(folder, stored).library,
        inspect_library(folder, (*stored, *new)).library,
    )
    return tuple(
        stored_document
        for stored_document in new
        if _defined(before, stored_document) is None
        or _defined(before, stored_document) != _defined(after, stored_document)
    )


def _defined(library: Library, document: DefinitionDocument) -> object | None:
    """Return what ``library`` has under the id, and the version, of a document; None where there is nothing."""
    if document.kind != "questionnaire":
        defined: object | None = getattr(library, SECTION_OF[document.kind]).get(document.id)
        return defined
    versions = {(form.id, form.version): form for form in library.questionnaires}
    return versions.get((document.id, document.version))


def save_documents(
    store: Store, folder: Path | None, documents: Sequence[DefinitionDocument]
) -> tuple[DefinitionDocument, ...]:
    """Save definitions that were made elsewhere, all or none; return those that are new, as new_documents tells them.

    Raises DefinitionsRefused and the rest as save_drafts does, and StoreError where a version of a questionnaire is
    another one here.
    """
    made = new_documents(store, documents, folder)
    _save(store, folder, store.definitions(), made)
    return made


def _save(
    store: Store,
    folder: Path | None,
    stored: Sequence[DefinitionDocument],
    made: Sequence[DefinitionDocument],
) -> None:
    if not made:
        return
    before, after = inspect_library(folder, stored), inspect_library(folder, (*stored, *made))
    faults = [problem for problem in after.faults if problem.document in made]
    faults += _changed_questionnaires(before.library, after.library, made)
    if faults:
        raise DefinitionsRefused(tuple(faults))
    store.save_definitions(made)


def _documents(
    drafts: Sequence[DefinitionDraft],
    stored: Sequence[DefinitionDocument],
    library: Library,
    now: datetime,
    made_by_import: int | None,
) -> Iterator[DefinitionDocument]:
    newest = {
        document.key: document for document in sorted(stored, key=lambda stored_document: stored_document.version)
    }
    for draft in drafts:
        kind, name = draft.key
        last = newest[draft.key].version if draft.key in newest else 0
        body = dict(draft.body)
        if kind == "questionnaire":
            last = max([last, *(form.version for form in library.questionnaires if form.id == name)])
            # The version stands where readers of the file look for it.
            body = {"id": name, "version": last or 1, **{key: body[key] for key in body if key != "version"}}
        same = draft.key in newest and newest[draft.key].document == definition_text(kind, body)
        if same:
            continue
        if kind == "questionnaire":
            body["version"] = last + 1
        text = definition_text(kind, body)
        yield DefinitionDocument(kind, name, last + 1, text, now, made_by_import=made_by_import)


def _changed_questionnaires(
    before: Library, after: Library, made: Collection[DefinitionDocument]
) -> Iterator[DefinitionProblem]:
    """Name the questionnaires whose questions or answers would be others than when they were asked."""
    forms = {(form.id, form.version): form for form in after.questionnaires}
    first = next(iter(made))
    for form in before.questionnaires:
        later = forms.get((form.id, form.version))
        if later is None or not asks_the_same(form, before, later, after):
            values = {"id": form.id, "version": form.version}
            yield DefinitionProblem(first.file, 1, "questionnaire_would_change", values, document=first)
