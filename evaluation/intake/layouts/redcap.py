"""Recognises exports of REDCap: a row of variable names or labels, a row for each event of each record.

Where the events of a record stand below one another, the record's number identifies the participant, since nothing else
connects start and end; a variable that is named as the participant's code takes precedence.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

from evaluation.definitions.columns import ANSWERED_ON, PARTICIPANT
from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, SHAPE_ONLY, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.headers import (
    ROWS_SEARCHED,
    export_table,
    header_texts,
    one_line,
    open_columns,
    values_below,
)
from evaluation.intake.layouts.options import Part, fields_of
from evaluation.intake.layouts.system_columns import REDCAP, tool_field, tool_fields
from evaluation.intake.table import LEFT_OUT, RESPONDENT, TIMING, Recognised, RowCode, TableField
from evaluation.intake.values import read_options
from evaluation.intake.values.dates import UNSENT
from evaluation.spreadsheets import Column, Content, Sheet

NAME = "redcap"
_COMPLETE = re.compile(r"^(?:[a-z0-9_]+_complete|Complete\?)$")
_STAMP = re.compile(r"^(?:[a-z0-9_]+_timestamp|Survey Timestamp)$")
_VARIABLE = re.compile(r"^[a-z][a-z0-9_]*$")
_CHECKBOX = re.compile(r"^([a-z][a-z0-9_]*)___([a-z0-9_]+)$")
_LABELLED_CHECKBOX = re.compile(r"^(.*\S)\s*\(choice=(.*)\)$")
_STATES = {"incomplete": 0, "unverified": 1, "complete": 2}


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Recognise an export of REDCap, of variable names or of labels."""
    row = max(range(min(ROWS_SEARCHED, sheet.height)), key=lambda row: _weight(header_texts(sheet, row)), default=0)
    headings = header_texts(sheet, row)
    score = _score(sheet, row, headings)
    if not score:
        return Recognised(NAME, NO)
    tool_columns = tool_fields(headings, REDCAP)
    complete = [column for column, text in enumerate(headings) if _COMPLETE.match(text)]
    stamps = [column for column, text in enumerate(headings) if _STAMP.match(text)]
    tool_columns |= {column: tool_field(headings[column], column, LEFT_OUT) for column in complete}
    tool_columns |= {column: tool_field(headings[column], column, ANSWERED_ON) for column in stamps}
    record = _record_column(headings, tool_columns, known)
    columns = [column for column in open_columns(sheet, headings, tool_columns, row) if column != record]
    questions = list(fields_of(tuple(_parts(headings, columns)), sheet, row, known))
    instruments = _instruments(complete, questions, known)
    unfinished = _unfinished(sheet, instruments, questions, stamps, row)
    if record is not None:
        questions.insert(0, tool_field(headings[record], record, _record_meaning([*questions, *tool_columns.values()])))
    aside: dict[int, RowCode] = dict.fromkeys(unfinished, "unfinished_row")
    return Recognised(NAME, score, (export_table(sheet, NAME, (row,), (*questions, *tool_columns.values()), aside),))


def _weight(headings: Sequence[str]) -> int:
    return sum(fold(text) in REDCAP or bool(_COMPLETE.match(text)) for text in headings)


def _score(sheet: Sheet, row: int, headings: Sequence[str]) -> float:
    names = {fold(text) for text in headings}
    if any(name.startswith("redcap_") for name in names & REDCAP.keys()):
        return TOOL_RECOGNISED
    complete = (column for column, text in enumerate(headings) if _COMPLETE.match(text))
    if not any(_holds_states(sheet, column, row) for column in complete):
        return NO
    if names & REDCAP.keys():
        return weaker(TOOL_RECOGNISED, 2)
    variables = all(_VARIABLE.match(text) for text in headings if text)
    return LIKELY if variables else weaker(LIKELY, 15) if "record id" in names else weaker(SHAPE_ONLY, 30)


def _holds_states(sheet: Sheet, column: int, row: int) -> bool:
    values = values_below(sheet, column, row)
    return bool(values) and all(_state(value) is not None for value in values)


def _state(value: Content) -> int | None:
    text = fold(one_line(value))
    return int(text) if text in ("0", "1", "2") else _STATES.get(text)


def _record_column(headings: Sequence[str], tool_columns: Mapping[int, TableField], known: Known) -> int | None:
    """Return the column of the record's number: the first, whatever the project calls it."""
    first = next((column for column, text in enumerate(headings) if text), None)
    return None if first is None or first in tool_columns or known.is_heading(headings[first]) else first


def _record_meaning(fields: Sequence[TableField]) -> str:
    """Return what the record's number stands for beside the other fields."""
    systems = {field.system for field in fields}
    if TIMING not in systems:
        return RESPONDENT
    return LEFT_OUT if PARTICIPANT in systems else PARTICIPANT


def _parts(headings: Sequence[str], columns: Sequence[int]) -> Iterator[Part]:
    for column in columns:
        heading = headings[column]
        match = _CHECKBOX.match(heading) or _LABELLED_CHECKBOX.match(heading)
        yield Part(column, heading, match[1] if match else heading, match[2] if match else "")


def _instruments(complete: Sequence[int], questions: Sequence[TableField], known: Known) -> Mapping[int, range]:
    """Return the columns of each instrument by the column of its state, which REDCap puts behind its questions.

    Only those with known questions count, if there are any: how far the contact details are says nothing of these.
    """
    befores = (-1, *complete)
    every = {state: range(before + 1, state) for before, state in zip(befores, complete, strict=False)}
    known_columns = {field.columns[0] for field in questions if any(map(known.find, field.names))}
    with_questions = {state: columns for state, columns in every.items() if known_columns & set(columns)}
    return with_questions or every


def _unfinished(
    sheet: Sheet, instruments: Mapping[int, range], questions: Sequence[TableField], stamps: Sequence[int], row: int
) -> tuple[int, ...]:
    """Return the rows of which every instrument is incomplete and either was not sent or holds no answer.

    REDCap marks every form that is typed in as "Incomplete" until somebody changes it, so the mark says nothing about
    a row with answers. A survey that was not sent is stamped "[not completed]".
    """
    begun, answered_rows = np.zeros(sheet.height, dtype=bool), np.zeros(sheet.height, dtype=bool)
    for state, columns in instruments.items():
        begun |= _rows_with(sheet.columns[state], lambda value: _state(value) == 0)
        answered_rows |= _rows_with(sheet.columns[state], lambda value: _state(value) in (1, 2))
        unsent = np.zeros(sheet.height, dtype=bool)
        for stamp in set(stamps) & set(columns):
            unsent |= _rows_with(sheet.columns[stamp], lambda value: fold(one_line(value)) == UNSENT)
        for field in questions:
            if field.columns[0] in columns:
                answered_rows |= _answered(sheet, field) & ~unsent
    return tuple(int(number) for number in np.flatnonzero(begun & ~answered_rows) if number > row)


def _answered(sheet: Sheet, field: TableField) -> npt.NDArray[np.bool_]:
    """Tell for every row whether a question is answered; boxes that nobody ticked stand as 0 in every row."""
    rows = np.zeros(sheet.height, dtype=bool)
    for column, option in zip_longest(field.columns, field.options):
        there = sheet.columns[column]
        rows |= there.filled if option is None else _rows_with(there, partial(_is_ticked, option=option))
    return rows


def _is_ticked(value: Content, option: str) -> bool:
    return read_options(value, option).value == 1


def _rows_with(column: Column, test: Callable[[Content], bool]) -> npt.NDArray[np.bool_]:
    return np.isin(column.codes, [code for code, value in enumerate(column.values) if test(value)])
