"""The part of the store that keeps definitions made on a page."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from evaluation.definitions import DefinitionDocument
from evaluation.store import definition_documents
from evaluation.store.database import Database
from evaluation.store.definition_documents import DefinitionKey
from evaluation.store.engine import transaction


class DefinitionStore(Database):
    """The definitions of one database."""

    def definitions(self) -> tuple[DefinitionDocument, ...]:
        """Return every version of the definitions that are kept here, as they were written, oldest first."""
        with transaction(self._engine) as connection:
            return definition_documents.documents(connection)

    def spent_ids(self) -> frozenset[str]:
        """Return the ids of definitions ever made here, and of deleted questions: nothing new is called so."""
        with transaction(self._engine) as connection:
            return definition_documents.spent_ids(connection)

    def answered_definitions(self, besides: int) -> frozenset[DefinitionKey]:
        """Return the practices and questionnaires of which answers are stored by other imports than ``besides``."""
        with transaction(self._engine) as connection:
            return definition_documents.answered(connection, besides)

    def save_definitions(self, documents: Sequence[DefinitionDocument]) -> None:
        """Add versions of definitions, all or none, as made by whoever acts; layered_definitions.py checks them first.

        Raises StoreError where a version is there already: none is ever written over.
        """
        with self._writing() as connection:
            made = [replace(document, created_by=self._actor) for document in documents]
            for deed, subject in definition_documents.add(connection, made):
                self._record(connection, deed, subject)

    def retire_definitions(self, keys: Collection[DefinitionKey], retired: bool = True) -> None:
        """Offer definitions for nothing new any more, or again; what is stored is untouched."""
        with self._writing() as connection:
            for subject in definition_documents.set_retired(connection, keys, retired):
                self._record(connection, "definition_retired" if retired else "definition_reinstated", subject)

    def remove_definitions(self, keys: Collection[DefinitionKey]) -> None:
        """Delete definitions with all their versions. Raises StoreError where answers are stored of one."""
        with self._writing() as connection:
            for subject in definition_documents.remove(connection, keys):
                self._record(connection, "definition_removed", subject)
