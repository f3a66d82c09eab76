"""The forms of a practice's own questions: which of them is asked when, and the questionnaires that follow.

A form that asks for a state is two questionnaires, at the start and at the end, for the state is asked in both.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from evaluation.definitions.models import Questionnaire, Role, Timing
from evaluation.definitions.question_documents import (
    Body,
    QuestionDraft,
    draft_of,
    item_body,
    questionnaire_body,
)
from evaluation.definitions.text_ids import id_of
from evaluation.definitions.written_texts import in_each_language

AT_BOTH: tuple[Timing, Timing] = ("start", "end")


@dataclass(frozen=True)
class OwnForm:
    """Questions that are asked together, and of whom.

    ``timing`` is when they are asked; where a state is among them, it is the start and the end. ``before`` are the
    latest versions of the questionnaires that there are of it already.
    """

    role: Role
    timing: Timing
    questions: tuple[QuestionDraft, ...]
    before: tuple[Questionnaire, ...] = ()

    @property
    def timings(self) -> tuple[Timing, ...]:
        """When its questionnaires are asked."""
        asks_state = any(question.tells == "state" for question in self.questions)
        return AT_BOTH if asks_state else (self.timing,)


def own_forms(questionnaires: Sequence[Questionnaire], language: str) -> tuple[OwnForm, ...]:
    """Return the forms that ``questionnaires`` are: start and end that share a question are one."""
    groups: list[list[Questionnaire]] = []
    for form in questionnaires:
        items = {item.id for item in form.items}
        mates = [group for group in groups if any(items & {item.id for item in other.items} for other in group)]
        groups = [group for group in groups if group not in mates]
        groups.append([*(other for group in mates for other in group), form])
    return tuple(_own_form(group, language) for group in groups)


def _own_form(group: Sequence[Questionnaire], language: str) -> OwnForm:
    items = {item.id: item for form in group for item in form.items}
    questions = tuple(draft_of(items[name], language) for name in _in_order(group))
    return OwnForm(group[-1].role, group[-1].timing, questions, tuple(group))


def _in_order(group: Sequence[Questionnaire]) -> list[str]:
    """Return the ids of all questions so that each form asks its own in this order."""
    order: list[str] = []
    for form in group:
        place = 0
        for item in form.items:
            if item.id in order:
                place = order.index(item.id) + 1
            else:
                order.insert(place, item.id)
                place += 1
    return order


def questionnaires_of(
    form: OwnForm,
    practice_id: str,
    practice_name: str,
    language: str,
    taken_items: Collection[str],
    taken_forms: Collection[str],
) -> tuple[Body, ...]:
    """Return the questionnaires of ``form``, start before end, without their versions.

    Args:
        form: the questions.
        practice_id: whose they are.
        practice_name: how it is called.
        language: the language that the questions are written in.
        taken_items: ids that items have or have had.
        taken_forms: ids that questionnaires have or have had.
    """
    bodies: list[Body] = []
    reserved = set(taken_items)
    for question in form.questions:
        bodies.append(item_body(question, language, reserved))
        reserved.add(bodies[-1]["id"])
    result = []
    for timing in form.timings:
        bodies_of_questions = zip(form.questions, bodies, strict=True)
        items = [body for question, body in bodies_of_questions if timing in _times(question, form)]
        if items:
            result.append(_questionnaire(form, timing, items, practice_id, practice_name, taken_forms))
    return tuple(result)


def _times(question: QuestionDraft, form: OwnForm) -> tuple[Timing, ...]:
    """Return when a question is asked: a state twice, another as before, else who one is first and all else last."""
    if question.tells == "state" or len(form.timings) == 1:
        return form.timings
    stood = _where(question, form.before)
    known = tuple(timing for timing in form.timings if timing in stood)
    return known or ("start" if question.tells == "background" else "end",)


def _where(question: QuestionDraft, forms: Iterable[Questionnaire]) -> frozenset[Timing]:
    if question.before is None:
        return frozenset()
    return frozenset(form.timing for form in forms if question.before.id in {item.id for item in form.items})


def _questionnaire(
    form: OwnForm,
    timing: Timing,
    items: Sequence[Body],
    practice_id: str,
    practice_name: str,
    reserved: Collection[str],
) -> Body:
    before = next((other for other in form.before if other.timing == timing), None)
    if before is not None:
        shape = before.model_dump(exclude={"version", "items"}, exclude_defaults=True, mode="json")
        return {**shape, "items": list(items)}
    form_id = id_of(f"{practice_id} {timing if form.role == 'client' else form.role}", reserved)
    title = in_each_language(f"practices.form_title_{_kind(form, timing)}", practice=practice_name)
    return questionnaire_body(form_id, title, form.role, timing, items)


def _kind(form: OwnForm, timing: Timing) -> str:
    if form.role != "client":
        return form.role
    return timing if timing in AT_BOTH else "other"
