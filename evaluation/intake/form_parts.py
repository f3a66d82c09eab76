"""Which rows of a table answer which questionnaire: a column that holds the time decides row by row.

Known words of time are read, all others become questions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
import numpy.typing as npt

from evaluation.definitions import Library, Practice, Questionnaire, Timing
from evaluation.intake.context import FileSettings, FormChooser, Unclear
from evaluation.intake.folding import fold
from evaluation.intake.gathering import Objects, filled_down, unsaid
from evaluation.intake.known import Known
from evaluation.intake.personal_data import as_text, mask, show
from evaluation.intake.suspects import sums_up
from evaluation.intake.table import TIMING, Table, TableField
from evaluation.intake.titles import Place, timing_named
from evaluation.records import Choice, OpenQuestion, Problem
from evaluation.spreadsheets import EMPTY, CellFault, Content

Rows = npt.NDArray[np.int64]

LEAVE_OUT = "leave_out"


@dataclass(frozen=True, eq=False)
class RowTimings:
    """The timing of every row: its id, LEAVE_OUT where the worker wants it left out, None where it waits or is lost.

    ``problems`` name the rows without a timing one by one and those left out together; ``questions`` ask what a value
    means that is none of the known words, those already answered among them.
    """

    timing: Objects
    problems: tuple[Problem, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()


def read_timings(
    table: Table, field: TableField, rows: Rows, timings: Sequence[str], settings: FileSettings
) -> RowTimings:
    """Return the times of ``rows`` by the column of ``field``.

    Args:
        table: the table.
        field: its field that holds the timing.
        rows: the rows to look at, from 0.
        timings: the ids of the timings that the table can answer, in their order; a value may mean one of these.
        settings: the worker's word: what a value means in any file, or the decision on a question about this one.
    """
    column = filled_down(table.sheet, field.columns[0])
    codes = column.codes[rows]
    order = list(dict.fromkeys(code for code in codes.tolist() if code != EMPTY))
    meanings: list[str | None] = [None] * len(column.values)
    for code in order:
        text = _text(column.values[code])
        meanings[code] = _stated(text, settings) or timing_named(text)
    unknown = [code for code in order if meanings[code] is None]
    open_questions = [
        _question(table, field, column.values[code], rows[codes == code], timings, settings) for code in unknown
    ]
    for code, question in zip(unknown, open_questions, strict=True):
        meanings[code] = question.decision
    questions = _with_suggestions(open_questions, meanings, timings)
    timing = np.array([*meanings, None], dtype=object)[codes]
    return RowTimings(timing, (*_left_out(table, field, rows, timing), *_lost(table, field, rows, timing)), questions)


def _text(content: Content) -> str:
    return content.text if isinstance(content, CellFault) else as_text(content)


def _stated(text: str, settings: FileSettings) -> str | None:
    """Return what the worker says that a value means in any file."""
    return settings.timings[fold(text)] or LEAVE_OUT if fold(text) in settings.timings else None


def _question(
    table: Table, field: TableField, content: Content, rows: Rows, timings: Sequence[str], settings: FileSettings
) -> OpenQuestion:
    value = mask(_text(content)).text
    key = f"timing_value {fold(field.heading)} {fold(value)}"
    choices = tuple(Choice(timing) for timing in (*timings, LEAVE_OUT))
    return OpenQuestion(
        key=key,
        kind="timing_value",
        choices=choices,
        sheet=table.sheet.name,
        cell=table.sheet.address(int(rows[0]), field.columns[0]),
        rows=len(rows),
        values={"value": show(value), "heading": field.heading},
        decision=settings.decisions.get(key),
    )


def _with_suggestions(
    questions: Sequence[OpenQuestion], meanings: Sequence[str | None], timings: Sequence[str]
) -> tuple[OpenQuestion, ...]:
    """Return the questions with the likeliest timing: those that no other value means, in the order of the rows."""
    free = [timing for timing in timings if timing not in meanings]
    waiting = (question.key for question in questions if question.decision is None)
    likely: Mapping[str, str] = dict(zip(waiting, free, strict=False))
    return tuple(replace(question, suggested=likely.get(question.key)) for question in questions)


def _left_out(table: Table, field: TableField, rows: Rows, timing: Objects) -> tuple[Problem, ...]:
    sheet, column = table.sheet, field.columns[0]
    out = rows[timing == LEAVE_OUT]
    if not out.size:
        return ()
    return (
        Problem(
            "notice",
            "timing_left_out",
            sheet.name,
            sheet.address(int(out[0]), column),
            show(sheet.cell(int(out[0]), column)),
            {"n": len(out)},
        ),
    )


def _lost(table: Table, field: TableField, rows: Rows, timing: Objects) -> tuple[Problem, ...]:
    sheet, column = table.sheet, filled_down(table.sheet, field.columns[0])
    return tuple(
        Problem(
            "error",
            "timing_missing" if column.cell(int(row)) is None else "timing_unknown",
            sheet.name,
            sheet.address(int(row), field.columns[0]),
            show(column.cell(int(row))),
        )
        for row in rows[unsaid(timing)]
    )


@dataclass(frozen=True, eq=False)
class Parts:
    """The tables by questionnaire; how many rows wait for a decision, and how many are left out.

    ``possible`` are the questionnaires that rows may answer while all of them wait.
    """

    forms: tuple[tuple[Questionnaire, Table], ...]
    possible: tuple[Questionnaire, ...] = ()
    waiting: int = 0
    left_out: int = 0
    problems: tuple[Problem, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()

    @property
    def rows(self) -> int:
        """Return how many rows there are in all."""
        return sum(len(table.rows) for _, table in self.forms) + self.waiting + self.left_out


@dataclass(frozen=True)
class PartFinder:
    """Finds the questionnaire of every part of a table, by what is known of the file and of the whole table."""

    manifest: Mapping[str, str]
    known: Known
    settings: FileSettings
    library: Library
    place: Place
    practice: Practice | None

    def find(self, tables: Sequence[Table]) -> Parts:
        """Return the parts of ``tables``, one table parted by time. Raises Unclear where a questionnaire is."""
        parts = [self._parts(table) for table in tables]
        return Parts(
            forms=tuple(part for table_parts in parts for part in table_parts.forms),
            possible=tuple(form for table_parts in parts for form in table_parts.possible),
            waiting=sum(table_parts.waiting for table_parts in parts),
            left_out=sum(table_parts.left_out for table_parts in parts),
            problems=tuple(problem for table_parts in parts for problem in table_parts.problems),
            questions=tuple(question for table_parts in parts for question in table_parts.questions),
        )

    def _parts(self, table: Table) -> Parts:
        """Return the parts of a table; a column that holds the time of the answers decides row by row."""
        chooser = FormChooser(table, self.known, self.settings, self.library)
        field = next((field for field in table.fields if field.system == TIMING), None)
        if field is None or table.timing is not None:
            return Parts(((chooser.choose(self.manifest, self.place, self.practice, table.timing), table),))
        possible = chooser.answerable(self.practice)
        if not possible:
            raise Unclear(Problem("error", "sheet_not_recognised", table.sheet.name))
        choices = tuple(timing for timing in get_args(Timing) if timing in {form.timing for form in possible})
        # A row of averages has no time; it goes with the first time, where it is named as what it is.
        sums = sums_up(table.sheet, table.rows)
        rows = table.rows[~sums]
        timings = read_timings(table, field, rows, choices, self.settings)
        wanted = dict.fromkeys(timing for timing in timings.timing if timing not in (None, LEAVE_OUT))
        rows_by_timing = {timing: rows[timings.timing == timing] for timing in wanted}
        for first in list(rows_by_timing)[:1]:
            rows_by_timing[first] = np.sort(np.concatenate((rows_by_timing[first], table.rows[sums])))
        return Parts(
            forms=tuple(
                (chooser.choose(self.manifest, self.place, self.practice, timing), replace(table, rows=part))
                for timing, part in rows_by_timing.items()
            ),
            possible=possible,
            waiting=int(unsaid(timings.timing).sum()) + (0 if rows_by_timing else int(sums.sum())),
            left_out=int((timings.timing == LEAVE_OUT).sum()),
            problems=timings.problems,
            questions=timings.questions,
        )
