"""Takes the questionnaire away that came with an import, where the import is undone and nothing else needs it."""

from collections.abc import Sequence

from evaluation.definitions import DefinitionDocument, Library
from evaluation.store import DefinitionKey


def came_with(
    import_id: int, documents: Sequence[DefinitionDocument], library: Library
) -> tuple[DefinitionDocument, ...]:
    """Return the definitions that came with an import and that no other definition needs; none where one is needed.

    A questionnaire with a version of another import stays, and so does what was added to a practice that was there.
    """
    earlier = {document.key for document in documents if document.made_by_import != import_id}
    made = [document for document in documents if document.made_by_import == import_id]
    if not any(document.kind == "questionnaire" for document in made) or earlier & {each.key for each in made}:
        return ()
    gone = {document.key for document in made}
    practices = [practice for practice in library.practices.values() if ("practice", practice.id) not in gone]
    forms = [form for form in library.questionnaires if ("questionnaire", form.id) not in gone]
    used_forms = {("questionnaire", form) for practice in practices for form in practice.questionnaires}
    if used_forms & gone or not any(document.kind == "practice" for document in made):
        return ()
    needed: set[DefinitionKey] = {("scale", item.scale) for form in forms for item in form.items if item.scale}
    needed |= {("dimension", item.dimension) for form in forms for item in form.items if item.dimension}
    return tuple(document for document in made if document.key not in needed)
