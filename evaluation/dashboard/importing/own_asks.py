"""What only the worker can tell of new questions, in one box where several with the same answers lack the same."""

from collections.abc import Sequence
from typing import Any

from evaluation.changed_questions import ChangedQuestion
from evaluation.dashboard.importing.choices import Choices, choice_key
from evaluation.findings import Words
from evaluation.own_questions import NEW_QUESTION
from evaluation.proposals.ask_choices import asked_together, choices_of
from evaluation.proposals.corrections import Field, correction_key
from evaluation.proposals.new_questions import NewQuestion
from evaluation.proposals.proposed_scale import UNORDERED, Ask
from evaluation.proposals.scale_corrections import BETWEEN, KEPT

Shown = dict[str, Any]
_MOST_STRANGE = 6


def decision_name(field: Field, question: NewQuestion, everyone: Choices) -> str:
    """Return the name under which the worker's word on a field of a question is kept."""
    return everyone.key("decision", correction_key(field, question.heading))


def asks_of(asking: Sequence[NewQuestion], everyone: Choices, words: Words) -> list[Shown]:
    """Return a box for everything that is asked; questions with the same answers share it."""
    together = asked_together([question.column for question in asking])
    return [_box(ask, [asking[place] for place in places], everyone, words) for ask, places in together]


def changes_of(changes: Sequence[tuple[str, ChangedQuestion]], words: Words) -> list[Shown]:
    """Return a box for every question that may be one that was asked before."""
    return [_changed(mark, change, words) for mark, change in changes]


def _changed(mark: str, change: ChangedQuestion, words: Words) -> Shown:
    t, items = words.t, words.library.items
    options = [(item, t("own.same_question", text=t.label(items[item].text.root))) for item in change.items]
    options.append((NEW_QUESTION, t("own.new_question")))
    options.sort(key=lambda option: option[0] != change.likeliest)
    about = [change.column.heading]
    if change.strange:
        about.append(t("own.new_answers", answers=", ".join(change.strange[:_MOST_STRANGE])))
    return {
        "text": t(f"own.ask_{change.what}"),
        "about": about,
        "labels": [],
        "names": [choice_key(mark, "column", change.key)],
        "options": options,
    }


def _box(ask: Ask, questions: Sequence[NewQuestion], everyone: Choices, words: Words) -> Shown:
    columns = [question.column for question in questions]
    scale = columns[0].scale
    unordered = ask == "order" and scale is not None and scale.family == UNORDERED
    return {
        "text": words.t("own.ask_order_unknown" if unordered else f"proposals.ask_{ask}"),
        "about": [question.heading for question in questions],
        "labels": [step.label for step in scale.steps] if scale and ask == "order" else [],
        "names": [decision_name(_FIELDS[ask], question, everyone) for question in questions],
        "options": [(choice.value, words.t(choice.key, **choice.gaps)) for choice in choices_of(ask, columns)],
        "orders": {"kept": KEPT, "between": BETWEEN, "unknown": unordered} if ask == "order" else None,
    }


_FIELDS: dict[Ask, Field] = {"range": "range", "order": "order", "middle": "middle", "better": "better"}
