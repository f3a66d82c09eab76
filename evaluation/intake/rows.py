"""The rows of one table: each becomes a Row of coded answers, or is named with the reason why it is not taken."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from evaluation.definitions import Item, Library, Practice
from evaluation.definitions.columns import (
    ANSWERED_ON,
    COHORT,
    MUNICIPALITY,
    PARTICIPANT,
    PRACTICE,
    SESSION_ITEM,
    SYSTEM_COLUMNS,
)
from evaluation.intake.answers import Read, ScaleReader, read_count, read_date, read_participant, read_text
from evaluation.intake.context import Context, practice_named
from evaluation.intake.folding import fold, has_identity_code, mask_identity_codes
from evaluation.intake.headings import Header
from evaluation.intake.workbook import CellFault, Sheet, Value
from evaluation.records import Problem, Severity

T = TypeVar("T")

LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Row:
    """One accepted row, ready for the draft. ``marks`` are (session, day, mark) of a register."""

    sheet: str
    number: int
    practice: Practice
    municipality: str
    cohort: str
    participant: str | None
    answered_on: date | None
    answers: Mapping[str, int]
    texts: Mapping[str, str]
    marks: tuple[tuple[int, date | None, int], ...]


@dataclass
class _Cells:
    """One row while it is read: its cells, and the problems found so far."""

    sheet: Sheet
    number: int
    cells: Sequence[Value | CellFault]
    problems: list[Problem] = field(default_factory=list)

    def at(self, column: int | None) -> Value | CellFault:
        return self.cells[column] if column is not None and column < len(self.cells) else None

    def say(self, severity: Severity, code: str, column: int, values: Mapping[str, object] | None = None) -> None:
        shown = show(self.at(column))
        place = self.sheet.address(self.number, column)
        self.problems.append(Problem(severity, code, self.sheet.name, place, shown, values or {}))

    @property
    def rejected(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


def show(value: Value | CellFault) -> str | None:
    """Return a cell's value as a message may repeat it: cut short, personal identity codes masked."""
    if value is None:
        return None
    text = value.text if isinstance(value, CellFault) else str(value)
    text = mask_identity_codes(text)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


class TableReader:
    """Reads the rows under one header in one context."""

    def __init__(self, sheet: Sheet, header: Header, context: Context, library: Library) -> None:
        """Prepare a reader for every column that is taken."""
        self._sheet, self._header, self._context, self._library = sheet, header, context, library
        form = context.questionnaire
        self._items: dict[int, Item] = {}
        for column, found in header.columns.items():
            match = next((item for item in form.items if item.id == found), None)
            if match is not None:
                self._items[column] = match
        self._scales = {
            name: ScaleReader(library.scales[name]) for name in {item.scale for item in form.items if item.scale}
        }

    @property
    def foreign(self) -> Mapping[int, str]:
        """Columns whose heading is a question of another questionnaire, with that question's id."""
        known = {*self._items, *(column for column, name in self._header.columns.items() if name in SYSTEM_COLUMNS)}
        return {column: name for column, name in self._header.columns.items() if column not in known}

    def missing_columns(self) -> tuple[str, ...]:
        """Return the system columns that the questionnaire needs and the table lacks."""
        form, context = self._context.questionnaire, self._context
        needed = {
            PARTICIPANT: form.participant_code == "required",
            ANSWERED_ON: form.date == "required",
            PRACTICE: context.practice is None,
            MUNICIPALITY: context.practice is not None and context.municipality is None,
        }
        return tuple(name for name, wanted in needed.items() if wanted and self._header.column(name) is None)

    def rows(self) -> Iterator[tuple[Row | None, tuple[Problem, ...]]]:
        """Yield every row that holds something: the row, or None for one rejected, with its problems."""
        for number in range(self._header.row + 1, len(self._sheet.rows)):
            cells = _Cells(self._sheet, number, self._sheet.rows[number])
            if any(value is not None for value in cells.cells):
                row = self._row(cells)
                yield (None if cells.rejected else row), tuple(cells.problems)

    def count(self) -> int:
        """Return the number of rows that hold something."""
        return sum(any(value is not None for value in row) for row in self._sheet.rows[self._header.row + 1 :])

    def _row(self, cells: _Cells) -> Row | None:
        form = self._context.questionnaire
        place = self._place(cells)
        participant = self._system(cells, PARTICIPANT, read_participant, form.participant_code == "required")
        day = self._system(cells, ANSWERED_ON, read_date, form.date == "required")
        cohort = self._cohort(cells)
        answers, texts = self._answers(cells)
        marks = tuple(self._marks(cells))
        if not (answers or texts or marks or cells.rejected):
            first = next(number for number, value in enumerate(cells.cells) if value is not None)
            cells.say("error", "no_answers", first)
        if place is None or cells.rejected:
            return None
        practice, municipality = place
        taken = participant if form.participant_code != "none" else None
        return Row(
            self._sheet.name, cells.number + 1, practice, municipality, cohort, taken, day, answers, texts, marks
        )

    def _place(self, cells: _Cells) -> tuple[Practice, str] | None:
        """Return practice and municipality of a row, its own columns before what holds for the sheet."""
        practice, municipality = self._context.practice, self._context.municipality
        column = self._header.column(PRACTICE)
        if column is not None and cells.at(column) is not None:
            practice = practice_named(str(show(cells.at(column))), self._library)
            if practice is None:
                cells.say("error", "practice_unknown", column)
                return None
        if practice is None:
            cells.say("error", "practice_cell_missing", column or 0)
            return None
        column = self._header.column(MUNICIPALITY)
        if column is not None and cells.at(column) is not None:
            wanted = fold(str(show(cells.at(column))))
            municipality = next((name for name in practice.municipalities if fold(name) == wanted), None)
        elif municipality is None and len(practice.municipalities) == 1:
            municipality = practice.municipalities[0]
        if municipality is None or municipality not in practice.municipalities:
            places = ", ".join(practice.municipalities)
            cells.say("error", "municipality_unknown", column or 0, {"places": places})
            return None
        return practice, municipality

    def _system(self, cells: _Cells, name: str, read: Callable[[Value | CellFault], Read[T]], needed: bool) -> T | None:
        """Read a system column; a needed one that is empty is a fault of the row."""
        column = self._header.column(name)
        if column is None:
            return None
        found = read(cells.at(column))
        if found.fault:
            cells.say("error", found.fault, column, found.values)
        elif found.value is None and needed:
            cells.say("error", f"{name}_missing", column)
        return found.value

    @staticmethod
    def _taken(cells: _Cells, column: int, read: Read[T], item: Item) -> T | None:
        if read.fault:
            cells.say("error", read.fault, column, {"item": item.short.root, **read.values})
        return read.value

    def _cohort(self, cells: _Cells) -> str:
        column = self._header.column(COHORT)
        value = cells.at(column)
        if column is None or value is None:
            return self._context.cohort
        if isinstance(value, CellFault):
            cells.say("error", "error_cell", column)
            return ""
        text = " ".join(str(value).split())
        if has_identity_code(text):
            cells.say("error", "identity_code", column)
        return text

    def _answers(self, cells: _Cells) -> tuple[dict[str, int], dict[str, str]]:
        answers: dict[str, int] = {}
        texts: dict[str, str] = {}
        for column, item in self._items.items():
            if item.kind == "text":
                text = self._taken(cells, column, read_text(cells.at(column)), item)
                if text is not None:
                    if has_identity_code(text):
                        cells.say("warning", "identity_code_masked", column)
                    texts[item.id] = mask_identity_codes(text)
                continue
            value = cells.at(column)
            read = self._scales[item.scale].read(value) if item.scale else read_count(value)
            code = self._taken(cells, column, read, item)
            if code is not None:
                answers[item.id] = code
            elif item.kind == "number" and not read.fault:
                cells.say("error", "count_missing", column, {"item": item.short.root})
        return answers, texts

    def _marks(self, cells: _Cells) -> Iterator[tuple[int, date | None, int]]:
        if not self._header.sessions:
            return
        presence = self._context.questionnaire.item(SESSION_ITEM)
        reader = self._scales[str(presence.scale)]
        for column, session in self._header.sessions.items():
            mark = self._taken(cells, column, reader.read(cells.at(column)), presence)
            if mark is not None:
                yield session.number, session.held_on, mark
