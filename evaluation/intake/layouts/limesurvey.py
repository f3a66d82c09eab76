"""Recognises exports of LimeSurvey in its three styles of headings: codes, texts, or both ("Q1[SQ001]. Text [Row]")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, SHAPE_ONLY, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.headers import (
    ROWS_SEARCHED,
    export_table,
    header_texts,
    one_line,
    open_columns,
    plain,
)
from evaluation.intake.layouts.options import Part, bracketed, fields_of
from evaluation.intake.layouts.proofs import proven
from evaluation.intake.layouts.system_columns import LIMESURVEY_CODES, LIMESURVEY_TEXTS, tool_field, tool_fields
from evaluation.intake.table import LEFT_OUT, Recognised, RowCode, TableField
from evaluation.spreadsheets import EMPTY, Sheet

NAME = "limesurvey"
_TOOL_COLUMNS = {**LIMESURVEY_CODES, **LIMESURVEY_TEXTS}
_SUBMITTED = frozenset({"submitdate", "date submitted", "lähetyspäivä", "inskickat datum"})
# The others are columns of many tools.
_TELLING = _SUBMITTED | {
    "lastpage", "last page", "viimeinen sivu", "sista sidan", "startlanguage", "start language", "aloituskieli",
    "startspråk", "datestamp", "date last action",
}  # fmt: skip
_CODED = re.compile(r"^([A-Za-z_]\w*(?:\[[^\]]*\])*)\.\s+(\S.*)$")
_TIMINGS = re.compile(r"^(?:interviewtime|grouptime\d*|\w+time\. question time|group time:|question time:)")
# LimeSurvey writes the first day of 1980 where a survey hides the date of its answers.
_HIDDEN_DATE = "1980-01-01"


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Recognise an export of LimeSurvey by the columns it adds, whichever way the headings are written."""
    row = max(range(min(ROWS_SEARCHED, sheet.height)), key=lambda row: len(_tool_names(sheet, row)), default=0)
    headings = header_texts(sheet, row)
    tool_columns = proven(_tool_fields(headings), sheet, row)
    score = _score(frozenset(filter(None, (_tool_name(headings[column]) for column in tool_columns))))
    if not score:
        return Recognised(NAME, NO)
    submitted = [column for column in tool_columns if _tool_name(headings[column]) in _SUBMITTED]
    unfinished = (sheet.columns[column].codes == EMPTY for column in submitted)
    aside: dict[int, RowCode] = {
        int(number): "unfinished_row" for rows in unfinished for number in np.flatnonzero(rows) if number > row
    }
    sheet = _without_hidden_dates(sheet, tool_columns)
    parts = tuple(_parts(headings, open_columns(sheet, headings, tool_columns, row), known))
    questions = fields_of(parts, sheet, row, known)
    return Recognised(NAME, score, (export_table(sheet, NAME, (row,), (*questions, *tool_columns.values()), aside),))


def _score(names: frozenset[str]) -> float:
    if not names & _TELLING:
        return NO
    sure = bool(names & _SUBMITTED) and len(names) >= 3
    if sure:
        return TOOL_RECOGNISED
    return weaker(LIKELY, 5) if len(names) >= 3 else weaker(SHAPE_ONLY, 10) if len(names) == 2 else NO


def _tool_name(heading: str) -> str:
    """Return the folded name of a column that the tool adds: the heading, or the code before its text; else ""."""
    coded = _CODED.match(heading)
    folded = fold(coded[1] if coded else heading)
    return folded if folded in _TOOL_COLUMNS else ""


def _tool_names(sheet: Sheet, row: int) -> frozenset[str]:
    return frozenset(filter(None, map(_tool_name, header_texts(sheet, row))))


def _tool_fields(headings: Sequence[str]) -> dict[int, TableField]:
    tool_columns = tool_fields([_tool_name(heading) for heading in headings], _TOOL_COLUMNS)
    tool_columns = {
        column: replace(field, heading=headings[column], names=(headings[column],))
        for column, field in tool_columns.items()
    }
    timings = {
        column: tool_field(heading, column, LEFT_OUT)
        for column, heading in enumerate(headings)
        if _TIMINGS.match(fold(heading))
    }
    return tool_columns | timings


def _parts(headings: Sequence[str], columns: Sequence[int], known: Known) -> Iterator[Part]:
    for column in columns:
        heading = headings[column]
        coded = _CODED.match(heading)
        code, text = (coded[1], coded[2]) if coded else ("", heading)
        stem, label = bracketed(text)
        # Codes alone may be the ids of our questions, which LimeSurvey writes as state[mood] in an array.
        joined = f"{stem}_{label}"
        if label and not coded and known.find(joined):
            stem, label = joined, ""
        yield Part(column, heading, plain(stem), label, code, (stem, bracketed(code)[0]))


def _without_hidden_dates(sheet: Sheet, tool_columns: dict[int, TableField]) -> Sheet:
    """Return the sheet without the dates that the tool writes in place of hidden ones."""
    columns = list(sheet.columns)
    for column, field in tool_columns.items():
        values = columns[column].values
        hidden = [code for code, value in enumerate(values) if one_line(value).startswith(_HIDDEN_DATE)]
        if field.system == ANSWERED_ON and hidden:
            codes = columns[column].codes.copy()
            codes[np.isin(codes, hidden)] = EMPTY
            columns[column] = replace(columns[column], codes=codes)
    return replace(sheet, columns=tuple(columns))
