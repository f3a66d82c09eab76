"""Questions about columns: those without a heading that may hold codes or days, and two that match one question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from evaluation.definitions import Item
from evaluation.definitions.columns import ANSWERED_ON, PARTICIPANT
from evaluation.intake.context import FileSettings
from evaluation.intake.folding import fold_heading
from evaluation.intake.layouts.column_contents import compare, is_running, number
from evaluation.intake.layouts.times import label_timing
from evaluation.intake.matching import Match
from evaluation.intake.personal_data import show
from evaluation.intake.table import Table, TableField
from evaluation.intake.values import read_dates, read_participant
from evaluation.records import Choice, OpenQuestion
from evaluation.spreadsheets import Content

EXAMPLES = 3
# A longer text without a heading is an answer or a note.
LONGEST_CODE = 12
# Share of the rows that have a code or a day.
MOST = 0.8

FIRST, SECOND, START_END, LEAVE_OUT = "first", "second", "start_end", "leave_out"
_CHOICES = (FIRST, SECOND, START_END, LEAVE_OUT)
_KIND = "repeated_column"


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


def settle_repeated(
    table: Table, matches: Sequence[Match], items: Mapping[str, Item], settings: FileSettings
) -> tuple[tuple[Match, ...], tuple[OpenQuestion, ...]]:
    """Return the matches with every repeated column settled, and the questions about those that differ.

    Columns that are never filled in one row with different contents are one question; ``joined`` is the status of the
    further ones.

    Args:
        table: where the columns stand.
        matches: what they are matched to; ``twice`` are those whose question another column matches better.
        items: the questions of the form by their id.
        settings: the worker's decisions.
    """
    settled = list(matches)
    questions = []
    for position, match in enumerate(matches):
        if match.status != "twice":
            continue
        target = match.alternatives[0]
        first = next(at for at, other in enumerate(settled) if other.status == "matched" and other.target == target)
        if _complete_each_other(table, settled[first].field, match.field):
            settled[position] = replace(match, target=target, status="joined")
            continue
        question = _repeated_question(table, settled[first].field, match.field, items.get(target), settings)
        questions.append(question)
        if question.decision in (SECOND, LEAVE_OUT):
            settled[first] = replace(settled[first], target=None, how="confirmed", status="left_out")
        if question.decision == SECOND:
            settled[position] = replace(match, target=target, status="matched")
        elif question.decision is not None:
            settled[position] = replace(match, how="confirmed", status="left_out")
    return tuple(settled), tuple(questions)


def ask_same_headings(table: Table, settings: FileSettings) -> tuple[OpenQuestion, ...]:
    """Return the questions about columns of one heading while it is not known which form they answer.

    If one is the start and the other the end, that decides the forms.
    """
    first: dict[str, TableField] = {}
    questions = []
    for field in table.questions:
        name = fold_heading(field.heading)
        other = first.setdefault(name, field)
        if name and other is not field and not _complete_each_other(table, other, field):
            questions.append(_repeated_question(table, other, field, None, settings))
    return tuple(questions)


def _complete_each_other(table: Table, first: TableField, other: TableField) -> bool:
    if len(first.columns) != 1 or len(other.columns) != 1:
        return False
    columns = table.sheet.columns
    return compare(columns[first.columns[0]], columns[other.columns[0]], table.rows)[1] == 0


def _repeated_question(
    table: Table, first: TableField, other: TableField, item: Item | None, settings: FileSettings
) -> OpenQuestion:
    cells = [table.sheet.address(table.header, field.columns[0]) for field in (first, other)]
    key = f"{_KIND}:{table.sheet.name}:{cells[0]}:{cells[1]}"
    return OpenQuestion(
        key=key,
        kind=_KIND,
        choices=tuple(Choice(choice) for choice in _CHOICES if choice != START_END or not table.timing),
        sheet=table.sheet.name,
        cell=cells[1],
        rows=len(table.rows),
        values={"item": item.text.root if item else other.heading, "first": cells[0], "second": cells[1]},
        decision=settings.decisions.get(key),
    )


def with_decided_times(table: Table, settings: FileSettings) -> Table:
    """Return a table whose repeated columns have the times that the worker gave them."""
    times: dict[str, str] = {}
    for key, choice in settings.decisions.items():
        kind, _, place = key.partition(":")
        sheet, _, cells = place.rpartition(":")
        sheet, _, first = sheet.rpartition(":")
        if kind == _KIND and choice == START_END and sheet == table.sheet.name:
            times |= {first: "start", cells: "end"}
    if not times:
        return table
    fields = (
        replace(field, timing=times.get(table.sheet.address(table.header, field.columns[0]), field.timing))
        for field in table.fields
    )
    return replace(table, fields=tuple(fields))
