"""What has changed in a practice's own form since its last round: other words, or other answers, of a question.

Whether it is the same question, so that its trend goes on, or a new one, only the worker knows.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from evaluation.definitions import Item, Library
from evaluation.intake.folding import fold_heading
from evaluation.own_questions import CHOSEN_KINDS, NEW_QUESTION, OwnFile, Place, strange_answers
from evaluation.proposals.proposed_columns import ProposedColumn
from evaluation.records import ColumnMatch, Draft

# How alike (0 to 100) two headings must be for one to be asked about as the other in new words.
_ALIKE = 45
_MOST_CANDIDATES = 3


@dataclass(frozen=True)
class ChangedQuestion:
    """A column that may ask what the form asked before: ``items`` are the questions it may be, the likeliest first.

    ``what`` has changed: the words of the question, or its answers, of which ``strange`` are those it did not have.
    ``likeliest`` is what to read the column as unless the worker says otherwise: an id, or NEW_QUESTION.
    """

    column: ProposedColumn
    key: str
    items: tuple[str, ...]
    what: Literal["words", "answers"]
    strange: tuple[str, ...] = ()
    likeliest: str = NEW_QUESTION


def changed_questions(
    file: OwnFile, draft: Draft, library: Library, made_before: Collection[str], decided: Collection[str]
) -> tuple[ChangedQuestion, ...]:
    """Return what may have changed in a file since the last round of the form it answers.

    Args:
        file: the file and its proposals.
        draft: what is understood of it.
        library: what is defined.
        made_before: ids of the questionnaires that were made from files.
        decided: the keys of the columns of which the worker has said what they are.
    """
    forms = [library.questionnaire(form) for form in draft.questionnaires if form in made_before]
    items = {item.id: item for form in forms for item in form.items}
    if not file.mixed or not items:
        return ()
    matches = {(match.sheet, match.cell): match for match in draft.columns if match.kind == "question"}
    likely = [(column, match) for column in file.proposals if (match := matches.get(_place(column))) is not None]
    there = {match.target for _, match in likely if match.how in ("exact", "normalised", "id", "confirmed")}
    missing = {name: item for name, item in items.items() if name not in there}
    open_columns = [(column, match) for column, match in likely if match.key not in decided]
    words = [
        change
        for column, match in open_columns
        if match.target not in there and (change := _in_words(column, match, missing, library)) is not None
    ]
    answers = [
        ChangedQuestion(
            column, match.key, (str(match.target),), "answers", strange, _likeliest(items[str(match.target)])
        )
        for column, match in open_columns
        if match.target in items and match.target in there
        if (strange := strange_answers(column, items[str(match.target)], library))
    ]
    return (*_distributed(words), *answers)


def _likeliest(item: Item) -> str:
    """Return what a question with other answers most likely is: options come and go, another scale is another one."""
    return item.id if item.kind in CHOSEN_KINDS else NEW_QUESTION


def _place(column: ProposedColumn) -> Place:
    return column.sheet, column.cell


def _in_words(
    column: ProposedColumn, match: ColumnMatch, missing: Mapping[str, Item], library: Library
) -> ChangedQuestion | None:
    """Return the questions missing from the file that a column may ask in other words; None where none is like it."""
    scores = {
        name: score
        for name, item in missing.items()
        if (score := _likeness(column, item, library)) >= _ALIKE or name == match.target
    }
    best = sorted(scores, key=lambda name: -scores[name])[:_MOST_CANDIDATES]
    return ChangedQuestion(column, match.key, tuple(best), "words", likeliest=best[0]) if best else None


def _likeness(column: ProposedColumn, item: Item, library: Library) -> float:
    """Return how alike a column and a question are (0 to 100): by their words, where the answers are those it takes."""
    if (item.kind == "text") != (column.kind == "open") or strange_answers(column, item, library):
        return 0
    heading = fold_heading(column.heading)
    return max(fuzz.token_set_ratio(heading, fold_heading(text)) for text in item.text.values())


def _distributed(changes: Sequence[ChangedQuestion]) -> list[ChangedQuestion]:
    """Return the changes so that no two are likeliest one question: of two columns it was split into, each is new."""
    wanted = [change.items[0] for change in changes]
    return [
        ChangedQuestion(change.column, change.key, change.items, "words")
        if wanted.count(change.items[0]) > 1
        else change
        for change in changes
    ]
