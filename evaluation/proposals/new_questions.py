"""Questions that no questionnaire knows: the columns that ask the same are one, whatever their sheet, file and time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evaluation.intake.folding import fold
from evaluation.proposals.corrections import corrected, corrections_of
from evaluation.proposals.families import Family, theme_of
from evaluation.proposals.proposed_columns import QUESTIONS, Kind, ProposedColumn
from evaluation.proposals.proposed_scale import Ask

# Kinds that a column with few answers is taken for sooner than for one of those before.
_SURER: tuple[Kind, ...] = ("open", "choice", "background", "choices", "number", "scale")
FEWEST_OPTIONS = 2


@dataclass(frozen=True)
class NewQuestion:
    """One question: ``column`` is what it asks, with the worker's corrections; ``columns`` are all that ask it.

    ``timings`` are the times at which it is asked, as far as the file tells them.
    """

    heading: str
    column: ProposedColumn
    columns: tuple[ProposedColumn, ...]
    timings: tuple[str, ...] = ()

    @property
    def ask(self) -> tuple[Ask, ...]:
        """What the worker has still to tell."""
        return self.column.ask


def new_questions(
    columns: Sequence[ProposedColumn], decisions: Mapping[str, str], timing: str | None = None
) -> tuple[NewQuestion, ...]:
    """Return the questions that ``columns`` ask, in their order, as the worker's ``decisions`` correct them.

    Args:
        columns: the proposals for the columns that no questionnaire knows.
        decisions: the worker's decisions by their keys; those that correct no question are passed over.
        timing: when all is asked that has no time of its own.
    """
    by_heading: dict[str, list[ProposedColumn]] = {}
    for column in columns:
        by_heading.setdefault(fold(column.question), []).append(column)
    questions = (_question(of_heading, decisions, timing) for of_heading in by_heading.values())
    return tuple(question for question in questions if _can_be_asked(question.column))


def _can_be_asked(column: ProposedColumn) -> bool:
    """Tell whether a column can become a question: one to choose from has its options."""
    chosen = column.kind in ("choice", "choices", "background")
    return column.kind in QUESTIONS and not (chosen and len(column.options) < FEWEST_OPTIONS)


def _question(columns: Sequence[ProposedColumn], decisions: Mapping[str, str], timing: str | None) -> NewQuestion:
    first = max(columns, key=lambda column: _SURER.index(column.kind) if column.kind in QUESTIONS else -1)
    contents: Counter[str] = Counter()
    options: dict[str, None] = {}
    for column in columns:
        contents.update(column.contents)
        options |= dict.fromkeys(column.options)
    times = dict.fromkeys(time for column in columns if (time := column.timing or timing))
    # What people chose and how many times says how they took part, where nothing says otherwise.
    family = first.family or ("participation" if first.kind in ("choice", "choices", "number") else None)
    before = replace(first, heading=first.question, contents=dict(contents), options=tuple(options), family=family)
    if _is_state(before, tuple(times)):
        before = replace(before, family="state", theme=None)
    column = corrected(before, decisions)
    if column.family != before.family and "theme" not in corrections_of(column.heading, decisions):
        column = replace(column, theme=theme_of(column.heading, column.family))
    return NewQuestion(first.question, column, tuple(columns), tuple(times))


def _is_state(column: ProposedColumn, times: Sequence[str]) -> bool:
    """Tell whether a question asks how things are: at the start, when nobody can be content with a practice yet."""
    asks_state: tuple[Family | None, ...] = ("satisfaction", "state", "change")
    return column.kind == "scale" and "start" in times and column.family in asks_state


def as_asked(question: NewQuestion, repeated: bool) -> NewQuestion:
    """Return a question of how things are as one of satisfaction where nothing will be asked again.

    Args:
        question: the question.
        repeated: whether the practice asks the same people at start and end.
    """
    column = question.column
    if column.family != "state" or repeated:
        return question
    return replace(question, column=replace(column, family="satisfaction"))
