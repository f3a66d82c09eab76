"""Recognises the sheet that Google Forms fills: a timestamp first, under any heading, then "Question [Row]"."""

import re

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import NO, SHAPE_ONLY, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.headers import (
    ROWS_SEARCHED,
    export_table,
    header_texts,
    holds_moments,
    is_moment,
    one_line,
    open_columns,
    values_below,
)
from evaluation.intake.layouts.options import bracketed, question
from evaluation.intake.layouts.system_columns import (
    GOOGLE_SHEETS,
    GOOGLE_TIMESTAMPS,
    JOTFORM,
    KOBO,
    ODK,
    QUALTRICS,
    SURVEYMONKEY,
    TYPEFORM,
    tool_field,
)
from evaluation.intake.table import LEFT_OUT, Recognised, TableField
from evaluation.spreadsheets import Sheet

NAME = "google_forms"
_OF_OTHERS = frozenset(name for columns in (JOTFORM, KOBO, ODK, QUALTRICS, SURVEYMONKEY, TYPEFORM) for name in columns)
_POINTS = re.compile(r"^\d+(?:[.,]\d+)? / \d+(?:[.,]\d+)?$")


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Recognise the responses of a Google form by the first column, known by what it holds and not by its name."""
    headings = header_texts(sheet, row := _header(sheet))
    score = _score(sheet, row, headings, known)
    if not score:
        return Recognised(NAME, NO)
    tool_columns = {0: tool_field(headings[0], 0, ANSWERED_ON)}
    tool_columns |= {
        column: tool_field(headings[column], column, LEFT_OUT)
        for column in range(1, min(3, sheet.width))
        if _is_sender_or_points(sheet, column, row)
    }
    questions = (
        _question_field(column, headings[column], known) for column in open_columns(sheet, headings, tool_columns, row)
    )
    return Recognised(NAME, score, (export_table(sheet, NAME, (row,), (*questions, *tool_columns.values())),))


def _header(sheet: Sheet) -> int:
    """Return the filled row above the first stamp in the first column; 0 where there is none."""
    searched = range(min(ROWS_SEARCHED, sheet.height))
    first = next((row for row in searched if is_moment(sheet.cell(row, 0))), 0)
    return max((row for row in range(first) if sheet.cell(row, 0) is not None), default=0)


def _score(sheet: Sheet, row: int, headings: tuple[str, ...], known: Known) -> float:
    first = fold(headings[0]) if headings else ""
    if not first or first in _OF_OTHERS or known.find(first) or not holds_moments(sheet, 0, row):
        return NO
    named = first in GOOGLE_TIMESTAMPS
    if known.system(first) and not named:
        # "Päivä" is what a person or our own form calls it.
        return weaker(SHAPE_ONLY, 40)
    on_its_sheet = fold(sheet.name).startswith(GOOGLE_SHEETS)
    known_question = any(known.find(bracketed(text)[0]) or known.find(bracketed(text)[1]) for text in headings[1:])
    # Two stamps of time side by side are the beginning and the end that other tools write.
    if sheet.width < 2 or holds_moments(sheet, 1, row):
        return weaker(SHAPE_ONLY, 40)
    if named:
        return weaker(TOOL_RECOGNISED, 2)
    if on_its_sheet:
        return weaker(TOOL_RECOGNISED, 5)
    return weaker(TOOL_RECOGNISED, 7) if known_question else weaker(SHAPE_ONLY, 10)


def _is_sender_or_points(sheet: Sheet, column: int, row: int) -> bool:
    values = [one_line(value) for value in values_below(sheet, column, row)]
    return bool(values) and (all("@" in value for value in values) or all(_POINTS.match(value) for value in values))


def _question_field(column: int, heading: str, known: Known) -> TableField:
    row = bracketed(heading)[1]
    return question(column, heading, (row, heading), known)
