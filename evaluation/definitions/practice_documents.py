"""A practice as a worker describes it, and the entry of a definition file that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from evaluation.definitions.models import Library, Practice
from evaluation.definitions.texts import Texts
from evaluation.definitions.written_texts import text_in, texts_of


@dataclass(frozen=True)
class PracticeDraft:
    """A practice in the words of one language; ``before`` is what it was, None for a new one."""

    name: str
    type: str
    municipalities: tuple[str, ...]
    questionnaires: tuple[str, ...]
    change_dimensions: tuple[str, ...] = ()
    open_door: bool = False
    target_group: str = ""
    rhythm: str = ""
    goals: str = ""
    before: Practice | None = None


def practice_draft(practice: Practice, language: str) -> PracticeDraft:
    """Return the draft from which ``practice`` follows as it is."""
    return PracticeDraft(
        name=text_in(practice.name, language),
        type=practice.type,
        municipalities=practice.municipalities,
        questionnaires=practice.questionnaires,
        change_dimensions=practice.change_dimensions,
        open_door=practice.open_door,
        target_group=text_in(practice.target_group, language),
        rhythm=text_in(practice.rhythm, language),
        goals=text_in(practice.goals, language),
        before=practice,
    )


def draft_like(practice: Practice, language: str) -> PracticeDraft:
    """Return the draft of a new practice like ``practice``: without its name and places."""
    return replace(practice_draft(practice, language), name="", municipalities=(), before=None)


def draft_of_type(library: Library, practice_type: str, questionnaires: frozenset[str]) -> PracticeDraft:
    """Return the draft of a new practice of a type: it asks what the one asks that is most like the others of the type.

    Of two that are as like it is the one with fewer forms. For whom and how often a practice is follows from no type.

    Args:
        library: the definitions.
        practice_type: the id of the type; one that no practice has yet is taken for like all.
        questionnaires: those that a new practice may ask.
    """
    practices = [practice for practice in library.practices.values() if set(practice.questionnaires) <= questionnaires]
    alike = [practice for practice in practices if practice.type == practice_type] or practices
    model = min(alike, key=lambda practice: (-_likeness(practice, alike), len(practice.questionnaires)))
    draft = draft_like(model, "")
    return replace(draft, type=practice_type, target_group="", rhythm="", goals="")


def _likeness(practice: Practice, others: list[Practice]) -> float:
    """Return how much of what ``practice`` and the ``others`` ask is the same, from 0 to the number of practices."""
    forms = set(practice.questionnaires)
    return sum(len(forms & set(other.questionnaires)) / len(forms | set(other.questionnaires)) for other in others)


def renamed_title(title: Mapping[str, str], draft: PracticeDraft, language: str) -> dict[str, str]:
    """Return the title of a form with the new name of its practice where the earlier one stands in it."""
    if draft.before is None:
        return dict(title)
    later = texts_of(draft.name, draft.before.name, language)
    renamed = {}
    for code, text in title.items():
        was, now = text_in(draft.before.name, code), later.get(code) or draft.name
        renamed[code] = text.replace(was, now) if was else text
    return renamed


def practice_body(draft: PracticeDraft, practice_id: str, language: str) -> dict[str, Any]:
    """Return the practice that ``draft`` describes; texts that were not changed stay in every language."""
    before = draft.before
    texts: Mapping[str, tuple[str, Texts | None]] = {
        "target_group": (draft.target_group, before.target_group if before else None),
        "rhythm": (draft.rhythm, before.rhythm if before else None),
        "goals": (draft.goals, before.goals if before else None),
    }
    body: dict[str, Any] = {
        "id": practice_id,
        "name": texts_of(draft.name, before.name if before else None, language),
        "municipalities": list(draft.municipalities),
        "type": draft.type,
    }
    if draft.open_door:
        body["open_door"] = True
    body |= {name: texts_of(text, was, language) for name, (text, was) in texts.items() if text.strip()}
    body["questionnaires"] = list(draft.questionnaires)
    if draft.change_dimensions:
        body["change_dimensions"] = list(draft.change_dimensions)
    return body
