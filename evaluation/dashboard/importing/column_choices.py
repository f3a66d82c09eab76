"""Which columns of a file need a look, and what they may be read as."""

from collections.abc import Collection
from typing import Literal

from evaluation.dashboard.importing.choices import LEAVE_OUT
from evaluation.definitions import Library
from evaluation.definitions.columns import (
    ANSWERED_ON,
    COHORT,
    MUNICIPALITY,
    PARTICIPANT,
    PRACTICE,
    SESSION_ITEM,
    SYSTEM_COLUMNS,
)
from evaluation.findings import Words
from evaluation.intake.table import RESPONDENT, TIMING
from evaluation.own_questions import NEW_QUESTION
from evaluation.records import ColumnMatch, Draft

Status = Literal["similar", "position", "near", "twice", "other_form", "unknown", "remembered"]

# The columns that every form has, as a worker looks for them.
OFFERED = (PARTICIPANT, ANSWERED_ON, COHORT, MUNICIPALITY, PRACTICE, TIMING)


def status_of(match: ColumnMatch, in_session: bool) -> Status | None:
    """Return why a column needs a look; None where it needs none.

    Args:
        match: what the column was recognised as.
        in_session: whether the worker has chosen that in this session.
    """
    if match.how == "confirmed":
        return None if in_session and match.target else _confirmed(match, in_session)
    if match.kind not in ("question", "system") or not match.examples:
        return None
    if match.target is not None:
        return match.how if match.how in ("similar", "position") else None
    if match.how == "near":
        return "near"
    if match.how != "none":
        return "twice"
    return "other_form" if match.alternatives else "unknown"


def _confirmed(match: ColumnMatch, in_session: bool) -> Status | None:
    if match.target is None and match.kind != "left_out":
        return "twice"
    return None if in_session else "remembered"


def likely_of(match: ColumnMatch, questions: Collection[str]) -> tuple[str, ...]:
    """Return which of ``questions`` a column most likely is: what it was first recognised as, and what it resembles."""
    return tuple(
        dict.fromkeys(target for target in (match.target, *match.alternatives) if target and target in questions)
    )


def questions_of(draft: Draft, sheet: str, library: Library, practice: str | None = None) -> tuple[str, ...]:
    """Return the ids of the questions that the columns of ``sheet`` may be, in the order of the form.

    What the practice does not ask is left out where the practice is known. While no questionnaire is, the questions
    of all that ``practice`` uses may be meant.
    """
    there = draft.responses[draft.responses["sheet"] == sheet]
    forms = list(dict.fromkeys(there["questionnaire"])) or list(draft.questionnaires)
    practices = [library.practices[practice_id] for practice_id in dict.fromkeys(there["practice"])]
    if practice is not None and not practices:
        practices = [library.practices[practice]]
        forms = forms or list(practices[0].questionnaires)
    ids: dict[str, None] = {}
    for form in map(library.questionnaire, forms):
        items = [item for practice_id in practices for item in form.items_for(practice_id)] or form.items
        ids |= dict.fromkeys(item.id for item in items if item.id != SESSION_ITEM)
    return tuple(ids)


def target_name(target: str | None, words: Words) -> str:
    """Return what a column is read as, in the reader's words."""
    if target is None or target == LEAVE_OUT:
        return words.t("dashboard.leave_out")
    if target == NEW_QUESTION:
        return words.t("own.read_as_new")
    if target in words.library.items:
        return words.t.label(words.library.items[target].text.root)
    return words.t(f"columns.{target}") if target in SYSTEM_COLUMNS else words.t(f"dashboard.column_as_{target}")


def short_name(match: ColumnMatch, words: Words) -> str:
    """Return what a column became in a word or two."""
    if match.kind == "session":
        return words.t("dashboard.a_session")
    if match.target is None:
        return words.t("importing.left_out")
    if match.target in words.library.items:
        return words.t.label(words.library.items[match.target].short.root)
    if match.target in (TIMING, RESPONDENT):
        return words.t(f"importing.column_{match.target}")
    return target_name(match.target, words)
