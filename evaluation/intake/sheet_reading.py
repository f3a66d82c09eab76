"""What became of one table of a sheet: its answers, its columns, its problems and the questions about it."""

from dataclasses import dataclass

from evaluation.definitions import Questionnaire
from evaluation.intake.parsing import Parsed
from evaluation.records import ColumnMatch, OpenQuestion, Problem, TablePlace, UnknownAnswer


@dataclass(frozen=True, eq=False)
class SheetReading:
    """What became of one table; its counts add up: rows = the rows of ``parsed`` + rejected + set aside (+ counted).

    ``place`` tells where it is from while its rows wait; ``assumed`` is its municipality where nothing tells it.
    """

    parsed: tuple[Parsed, ...] = ()
    forms: tuple[Questionnaire, ...] = ()
    rows: int = 0
    rejected: int = 0
    set_aside: int = 0
    counted: int = 0
    problems: tuple[Problem, ...] = ()
    columns: tuple[ColumnMatch, ...] = ()
    unknown_answers: tuple[UnknownAnswer, ...] = ()
    headers: tuple[str, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    place: TablePlace | None = None
    assumed: str = ""
