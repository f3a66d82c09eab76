"""A column that holds the time row by row: known words are read, all others become questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from evaluation.intake.context import FileSettings
from evaluation.intake.folding import fold
from evaluation.intake.gathering import Objects, filled_down, unsaid
from evaluation.intake.personal_data import as_text, mask, show
from evaluation.intake.place import timing_named
from evaluation.intake.table import Table, TableField
from evaluation.records import Choice, OpenQuestion, Problem
from evaluation.spreadsheets import EMPTY, CellFault, Content

Rows = npt.NDArray[np.int64]

LEAVE_OUT = "leave_out"


@dataclass(frozen=True, eq=False)
class RowTimings:
    """The timing of each row: its id, LEAVE_OUT for a row that nobody wants, None for one that waits or is lost.

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
