"""Saves a practice and its own questions as definitions: new versions only of what has changed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from evaluation.dashboard import resources, state
from evaluation.definitions import Library, Practice, Questionnaire
from evaluation.definitions.own_forms import OwnForm, questionnaires_of
from evaluation.definitions.own_scales import YES_FAVOURABLE, yes_favourable_body
from evaluation.definitions.practice_documents import PracticeDraft, practice_body, practice_draft, renamed_title
from evaluation.definitions.question_documents import Body, dimension_bodies
from evaluation.definitions.text_ids import id_of
from evaluation.own_definitions import DefinitionDraft, save_drafts


def asked_dimensions(library: Library, questionnaires: Sequence[str]) -> list[str]:
    """Return the dimensions of change that ``questionnaires`` ask about, in the order of the house."""
    items = [item for form in questionnaires for item in library.questionnaire(form).items]
    chosen_items = {item.dimension for item in items if item.family == "change"}
    return [name for name in library.dimensions if name in chosen_items]


def save(draft: PracticeDraft, forms: Sequence[OwnForm], library: Library, language: str) -> str:
    """Save a practice and its own questions; return its id.

    Raises StoreError where somebody else has changed it, and DefinitionsRefused where it does not make sense.
    """
    practice_id, drafts = drafts_of(draft, forms, library, language, resources.store().spent_ids())
    save_drafts(resources.store(), state.settings().definitions, drafts)
    return practice_id


def set_retired(practice: Practice, retired: bool, language: str) -> None:
    """Retire a practice or take it back into use; one of the toolkit's own is defined here too, so that it can be."""
    store = resources.store()
    if ("practice", practice.id) not in {document.key for document in store.definitions()}:
        body = practice_body(practice_draft(practice, language), practice.id, language)
        save_drafts(store, state.settings().definitions, [DefinitionDraft("practice", body)])
    store.retire_definitions([("practice", practice.id)], retired)


def drafts_of(
    draft: PracticeDraft, forms: Sequence[OwnForm], library: Library, language: str, spent: Collection[str] = ()
) -> tuple[str, tuple[DefinitionDraft, ...]]:
    """Return the id of the practice, and what has to be defined for it: what is defined already is left out.

    No new id is among ``spent``. The titles of the forms follow when the practice is renamed.
    """
    reserved = {*library.practices, *spent}
    practice_id = draft.before.id if draft.before else id_of(draft.name, reserved, "practice")
    bodies: list[Body] = []
    items = set(library.items) | {item.id for form in library.questionnaires for item in form.items}
    items |= {*spent}
    ids = {*library.questionnaire_ids, *spent}
    for form in forms:
        made = questionnaires_of(form, practice_id, draft.name, language, items, ids)
        bodies += [{**body, "title": renamed_title(body["title"], draft, language)} for body in made]
        items |= {item["id"] for body in bodies for item in body["items"]}
        ids |= {body["id"] for body in bodies}
    chosen_items = [item["dimension"] for body in bodies for item in body["items"] if item["family"] == "change"]
    whole = replace(
        draft,
        questionnaires=tuple(dict.fromkeys((*draft.questionnaires, *(body["id"] for body in bodies)))),
        change_dimensions=tuple(dict.fromkeys((*draft.change_dimensions, *chosen_items))),
    )
    practice = practice_body(whole, practice_id, language)
    drafts = [*_of_questionnaires([body for body in bodies if _is_changed(body, library)], library)]
    before = library.practices.get(practice_id)
    if before is None or Practice.model_validate(practice) != before.model_copy(update={"retired": False}):
        drafts.append(DefinitionDraft("practice", practice))
    return practice_id, tuple(drafts)


def _is_changed(body: Body, library: Library) -> bool:
    if body["id"] not in library.questionnaire_ids:
        return True
    before = library.questionnaire(body["id"])
    return Questionnaire.model_validate({**body, "version": before.version}) != before


def _of_questionnaires(bodies: Sequence[Body], library: Library) -> Iterator[DefinitionDraft]:
    """Yield the scale and the dimensions that questionnaires need, and the questionnaires themselves."""
    items = [item for body in bodies for item in body["items"]]
    if any(item.get("scale") == YES_FAVOURABLE for item in items) and YES_FAVOURABLE not in library.scales:
        yield DefinitionDraft("scale", yes_favourable_body(library))
    for dimension in {body["id"]: body for body in dimension_bodies(items, library.dimensions)}.values():
        yield DefinitionDraft("dimension", dimension)
    for body in bodies:
        yield DefinitionDraft("questionnaire", body)
