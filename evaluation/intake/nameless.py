"""Columns without a heading that may be the codes or the days of the answers: the worker is asked."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from evaluation.definitions.columns import ANSWERED_ON, PARTICIPANT
from evaluation.intake.context import FileSettings
from evaluation.intake.layouts.column_contents import is_running, number
from evaluation.intake.layouts.times import label_timing
from evaluation.intake.personal_data import show
from evaluation.intake.table import Table, TableField
from evaluation.intake.values import read_dates, read_participant
from evaluation.records import Choice, OpenQuestion
from evaluation.spreadsheets import Content

LEAVE_OUT = "leave_out"
EXAMPLES = 3
# A longer text without a heading is an answer or a note.
LONGEST_CODE = 12
# Share of the rows that have a code or a day.
MOST = 0.8


def ask_nameless(table: Table, settings: FileSettings) -> tuple[Table, tuple[OpenQuestion, ...]]:
    """Return a table with its nameless columns as the worker decided, and the questions about them.

    There is a question about the first column of unique codes, where the table has no codes, and about the first of
    days, where it has none.
    """
    fields = list(table.fields)
    questions = []
    tests: tuple[tuple[str, Callable[[TableField, Table], bool]], ...] = (
        (PARTICIPANT, _holds_codes),
        (ANSWERED_ON, _holds_days),
    )
    for system, holds in tests:
        if any(field.system == system for field in fields):
            continue
        number = next(
            (at for at, field in enumerate(fields) if _is_nameless(field, table) and holds(field, table)), None
        )
        if number is None:
            continue
        question = _question(table, fields[number], system, settings)
        questions.append(question)
        if question.decision in (PARTICIPANT, ANSWERED_ON):
            fields[number] = replace(fields[number], kind="system", system=question.decision)
    return replace(table, fields=tuple(fields)), tuple(questions)


def _is_nameless(field: TableField, table: Table) -> bool:
    """Tell whether a column has no heading, or the word of time over its block in its place."""
    if field.kind != "question" or len(field.columns) != 1:
        return False
    return not field.heading or (field is table.fields[0] and label_timing(field.heading) is not None)


def _cells(field: TableField, table: Table) -> list[Content]:
    column = table.sheet.columns[field.columns[0]]
    return [content for row in table.rows if (content := column.cell(int(row))) is not None]


def _holds_codes(field: TableField, table: Table) -> bool:
    cells = _cells(field, table)
    if not cells or len(cells) < MOST * len(table.rows) or len(set(map(str, cells))) < MOST * len(cells):
        return False
    if is_running(table.sheet.columns[field.columns[0]], table.rows):
        return False
    read = [read_participant(content) for content in cells]
    codes = sum(code.value is not None and len(code.value) <= LONGEST_CODE for code in read)
    # One question in which everybody answers differently is possible among few; bare numbers tell too little.
    figures = sum(number(content) is not None and not str(content).startswith("0") for content in cells)
    return codes >= MOST * len(cells) and figures < len(cells) / 2


def _holds_days(field: TableField, table: Table) -> bool:
    cells = [content for content in _cells(field, table) if isinstance(content, (str, date))]
    if not cells or len(cells) < MOST * len(table.rows):
        return False
    return sum(day.value is not None for day in read_dates(cells, "dm")) >= MOST * len(cells)


def _question(table: Table, field: TableField, system: str, settings: FileSettings) -> OpenQuestion:
    cell = table.sheet.address(table.header, field.columns[0])
    key = f"nameless_column:{table.sheet.name}:{cell}"
    choices: Sequence[str] = (system, LEAVE_OUT)
    examples = [show(content) or "" for content in dict.fromkeys(_cells(field, table))][:EXAMPLES]
    return OpenQuestion(
        key=key,
        kind="nameless_column",
        choices=tuple(map(Choice, choices)),
        sheet=table.sheet.name,
        cell=cell,
        rows=len(table.rows),
        values={"column": cell.rstrip("0123456789"), "examples": ", ".join(examples)},
        suggested=system,
        decision=settings.decisions.get(key),
    )
