"""The definitions that came with an import and that nothing else uses: they may go when it is undone."""

from collections.abc import Iterator
from pathlib import Path

from evaluation.definitions import Library, inspect_library
from evaluation.store import DefinitionKey, Store


def definitions_of(store: Store, folder: Path | None, import_id: int) -> tuple[DefinitionKey, ...]:
    """Return the definitions made by an import that may go with it when it is undone.

    Those stay of which answers of other imports are stored, which somebody has changed since, or which something else
    builds on. Raises AccessRefused for who may not remove definitions.
    """
    documents = store.definitions()
    changed = {document.key for document in documents if document.made_by_import != import_id}
    made = {document.key: None for document in documents if document.made_by_import == import_id}
    answered = store.answered_definitions(besides=import_id)
    left = {key for key in made if key not in changed and key not in answered}
    library = inspect_library(folder, documents).library
    while True:
        needed = {used for user, used in _uses(library) if user not in left} & left
        if not needed:
            return tuple(key for key in made if key in left)
        left -= needed


def _uses(library: Library) -> Iterator[tuple[DefinitionKey, DefinitionKey]]:
    """Yield each definition with one that it names."""
    for form in library.questionnaires:
        for item in form.items:
            if item.scale:
                yield ("questionnaire", form.id), ("scale", item.scale)
            if item.dimension:
                yield ("questionnaire", form.id), ("dimension", item.dimension)
    for practice in library.practices.values():
        user: DefinitionKey = ("practice", practice.id)
        yield user, ("type", practice.type)
        yield from ((user, ("questionnaire", form)) for form in practice.questionnaires)
        yield from ((user, ("dimension", name)) for name in practice.change_dimensions)
