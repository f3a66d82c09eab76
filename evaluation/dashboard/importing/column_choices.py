"""Which columns of a file need a look, and what each of them may be read as."""

from collections.abc import Collection, Sequence
from typing import Literal

from evaluation.dashboard.importing.choices import LEAVE_OUT
from evaluation.definitions import Library
from evaluation.definitions.columns import ANSWERED_ON, COHORT, MUNICIPALITY, PARTICIPANT, PRACTICE, SESSION_ITEM
from evaluation.intake.table import TIMING
from evaluation.records import ColumnMatch, Draft

Status = Literal["similar", "position", "near", "twice", "other_form", "unknown", "remembered"]

# The columns that every form has, as a worker looks for them.
OFFERED = (PARTICIPANT, ANSWERED_ON, COHORT, MUNICIPALITY, PRACTICE, TIMING)


def status_of(match: ColumnMatch, said: bool) -> Status | None:
    """Return why a column needs a look; None where it needs none.

    Args:
        match: what the column was taken for.
        said: whether the worker has chosen that in this session.
    """
    if match.how == "confirmed":
        return None if said and match.target else _confirmed(match, said)
    if match.kind not in ("question", "system") or not match.examples:
        return None
    if match.target is not None:
        return match.how if match.how in ("similar", "position") else None
    if match.how == "near":
        return "near"
    if match.how != "none":
        return "twice"
    return "other_form" if match.alternatives else "unknown"


def _confirmed(match: ColumnMatch, said: bool) -> Status | None:
    if match.target is None and match.kind != "left_out":
        return "twice"
    return None if said else "remembered"


def options_of(
    match: ColumnMatch, questions: Sequence[str], taken: Collection[str], system: Sequence[str] = OFFERED
) -> tuple[str, ...]:
    """Return what a column may be read as, the likeliest first.

    Args:
        match: the column as it was first understood.
        questions: the ids of the questions of its form, in the order they are asked.
        taken: what other columns are read as already; only what the column resembles is offered of that.
        system: the columns that every form has.
    """
    likely = [each for each in (match.target, *match.alternatives) if each is not None and each in questions]
    free = [each for each in questions if each not in taken]
    return tuple(dict.fromkeys([*likely, *free, *system, LEAVE_OUT]))


def questions_of(draft: Draft, sheet: str, library: Library) -> tuple[str, ...]:
    """Return the ids of the questions that the columns of ``sheet`` may be, in the order they are asked.

    What the practice does not ask is left out where the practice is known.
    """
    there = draft.responses[draft.responses["sheet"] == sheet]
    forms = list(dict.fromkeys(there["questionnaire"])) or list(draft.questionnaires)
    practices = [library.practices[each] for each in dict.fromkeys(there["practice"])]
    found: dict[str, None] = {}
    for form in map(library.questionnaire, forms):
        asked = [item for practice in practices for item in form.items_for(practice)] or form.items
        found |= dict.fromkeys(item.id for item in asked if item.id != SESSION_ITEM)
    return tuple(found)
