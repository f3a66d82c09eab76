"""Recognises exports of Typeform: "#" first, dates in UTC and Network ID last, an option's text in its column."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.headers import (
    export_table,
    find_tool_header,
    header_texts,
    one_line,
    open_columns,
    plain,
    rows_with,
    values_below,
)
from evaluation.intake.layouts.options import Part, options_field, question
from evaluation.intake.layouts.proofs import names_of, proven
from evaluation.intake.layouts.system_columns import TYPEFORM, tool_fields
from evaluation.intake.table import Recognised, RowCode, TableField
from evaluation.spreadsheets import Sheet

NAME = "typeform"


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Recognise an export of Typeform, old (a column an option) or new (with the type of a response)."""
    row, _ = find_tool_header(sheet, TYPEFORM)
    headings = header_texts(sheet, row)
    tool_columns = proven(tool_fields(headings, TYPEFORM), sheet, row)
    score = _score(names_of(tool_columns, sheet, row))
    if not score:
        return Recognised(NAME, NO)
    questions = tuple(_question_fields(sheet, headings, open_columns(sheet, headings, tool_columns, row), row, known))
    aside: dict[int, RowCode] = {
        number: "unfinished_row"
        for column in tool_columns
        if fold(headings[column]) == "response type"
        for number in rows_with(sheet, column, row, ("partial", "started").__contains__)
    }
    return Recognised(NAME, score, (export_table(sheet, NAME, (row,), (*questions, *tool_columns.values()), aside),))


def _score(names: frozenset[str]) -> float:
    telling = names & {"#", "start date (utc)", "submit date (utc)", "network id"}
    return TOOL_RECOGNISED if len(telling) >= 3 else weaker(LIKELY, 5) if len(telling) == 2 else NO


def _question_fields(
    sheet: Sheet, headings: Sequence[str], columns: Sequence[int], row: int, known: Known
) -> Iterator[TableField]:
    """Yield the questions; of several choices only the options stand in the header, not the question."""
    for is_option, group in groupby(columns, key=lambda column: _is_option(sheet, column, row, headings[column])):
        same = tuple(group)
        if is_option and len(same) > 1:
            title = " / ".join(headings[column] for column in same)
            yield options_field([Part(column, headings[column], title, headings[column]) for column in same])
        else:
            yield from (question(column, headings[column], (headings[column],), known) for column in same)


def _is_option(sheet: Sheet, column: int, row: int, heading: str) -> bool:
    values = values_below(sheet, column, row)
    return len(values) == 1 and fold(plain(one_line(values[0]))) == fold(plain(heading))
