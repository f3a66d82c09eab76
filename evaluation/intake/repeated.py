"""Two columns that match one question: read as one where they complete each other, else a question to the worker."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evaluation.definitions import Item
from evaluation.intake.context import FileSettings
from evaluation.intake.folding import fold_heading
from evaluation.intake.layouts.column_contents import compare
from evaluation.intake.matching import Match
from evaluation.intake.table import Table, TableField
from evaluation.records import Choice, OpenQuestion

FIRST, SECOND, START_END, LEAVE_OUT = "first", "second", "start_end", "leave_out"
_CHOICES = (FIRST, SECOND, START_END, LEAVE_OUT)
_KIND = "repeated_column"


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
    for number, match in enumerate(matches):
        if match.status != "twice":
            continue
        target = match.alternatives[0]
        first = next(at for at, other in enumerate(settled) if other.status == "matched" and other.target == target)
        if _complete_each_other(table, settled[first].field, match.field):
            settled[number] = replace(match, target=target, status="joined")
            continue
        question = _question(table, settled[first].field, match.field, items.get(target), settings)
        questions.append(question)
        if question.decision in (SECOND, LEAVE_OUT):
            settled[first] = replace(settled[first], target=None, how="confirmed", status="left_out")
        if question.decision == SECOND:
            settled[number] = replace(match, target=target, status="matched")
        elif question.decision is not None:
            settled[number] = replace(match, how="confirmed", status="left_out")
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
            questions.append(_question(table, other, field, None, settings))
    return tuple(questions)


def _complete_each_other(table: Table, first: TableField, other: TableField) -> bool:
    if len(first.columns) != 1 or len(other.columns) != 1:
        return False
    columns = table.sheet.columns
    return compare(columns[first.columns[0]], columns[other.columns[0]], table.rows)[1] == 0


def _question(
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
