"""Recognises exports of Webropol as we believe them to be; without a real sample it claims no certainty.

No export of Webropol and no guide to one were available. We believe: one row per respondent, answers as labels or as
numbers, one column per statement and, where several can be chosen, per option; the question stands in front of the row
or option in one heading, or above it in a separate header row, over its first column only. So both are read, and the
score stays below that of tools whose exports are known, unless the sheet mentions Webropol.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, SHAPE_ONLY, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.headers import (
    export_table,
    find_tool_header,
    header_texts,
    open_columns,
    rows_with,
    titles_above,
)
from evaluation.intake.layouts.options import Part, after_separator, bracketed, fields_of, under_questions
from evaluation.intake.layouts.proofs import proven, without_numbering
from evaluation.intake.layouts.system_columns import (
    MICROSOFT_FORMS,
    SURVEYMONKEY_COLLECTORS,
    WEBROPOL,
    WEBROPOL_STATES,
    tool_fields,
)
from evaluation.intake.table import RESPONDENT, Recognised, RowCode, TableField
from evaluation.spreadsheets import Sheet

NAME = "webropol"
_UNFINISHED = (
    "kesken",
    "keskeyt",
    "avattu",
    "aloitettu",
    "incomplete",
    "partial",
    "opened",
    "started",
    "ofullst",
    "påbörj",
)


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Recognise a sheet with the columns that we believe Webropol adds; see the module for how reliable that is."""
    row, _ = find_tool_header(sheet, WEBROPOL)
    tool_columns = proven(tool_fields(header_texts(sheet, row), WEBROPOL), sheet, row)
    tool_columns = without_numbering(tool_columns, sheet, row)
    if not _is_recognisable(sheet, row, tool_columns, known):
        return Recognised(NAME, NO)
    rows = _header_rows(sheet, row, tool_columns)
    headings, below = header_texts(sheet, rows[0]), header_texts(sheet, rows[-1])
    labels = tuple(above or under for above, under in zip(headings, below, strict=True))
    columns = open_columns(sheet, labels, tool_columns, rows[-1])
    if len(rows) == 2:
        parts = tuple(under_questions(headings, below, columns, known))
    else:
        parts = tuple(_of_one_row(headings, columns, known))
    score = _score(
        sheet, rows, len(tool_columns), any(known.find(part.stem) or known.find(part.label) for part in parts)
    )
    questions = fields_of(parts, sheet, rows[-1], known)
    aside: dict[int, RowCode] = {
        number: "unfinished_row"
        for column in tool_columns
        if fold(labels[column]) in WEBROPOL_STATES
        for number in rows_with(sheet, column, rows[-1], lambda state: state.startswith(_UNFINISHED))
    }
    return Recognised(NAME, score, (export_table(sheet, NAME, rows, (*questions, *tool_columns.values()), aside),))


def _is_recognisable(sheet: Sheet, row: int, tool_columns: Mapping[int, TableField], known: Known) -> bool:
    """Tell whether there is a column whose name neither people nor other tools use, and which holds what it says."""
    headings = [fold(text) for text in header_texts(sheet, row)]
    identifying = {
        headings[column] for column, field in tool_columns.items() if field.system in (RESPONDENT, ANSWERED_ON)
    }
    identifying -= MICROSOFT_FORMS.keys()
    others = SURVEYMONKEY_COLLECTORS & set(headings)
    return not others and any(known.system(name) is None for name in identifying)


def _score(sheet: Sheet, rows: Sequence[int], count: int, known_question: bool) -> float:
    sources = (sheet.name, *(text for _, _, text in titles_above(sheet, rows[0])))
    if any("webropol" in fold(text) for text in sources):
        return weaker(TOOL_RECOGNISED, 5)
    if not known_question:
        return min(SHAPE_ONLY, weaker(SHAPE_ONLY, 30) + 0.1 * count)
    return min(weaker(TOOL_RECOGNISED, 8), weaker(LIKELY, 8) + 0.02 * count + 0.04 * len(rows))


def _header_rows(sheet: Sheet, row: int, tool_columns: Iterable[int]) -> tuple[int, ...]:
    """Return the one or two rows of the header; the tool's columns are named in ``row``, in one of the two."""
    above = header_texts(sheet, row - 1) if row else ()
    if any(above) and not any(above[column] for column in tool_columns):
        return (row - 1, row)
    below = header_texts(sheet, row + 1)
    if any(below) and not any(below[column] for column in tool_columns):
        return (row, row + 1)
    return (row,)


def _of_one_row(headings: tuple[str, ...], columns: Iterable[int], known: Known) -> Iterator[Part]:
    for column in columns:
        heading = headings[column]
        stem, label = bracketed(heading)
        if not label:
            stem, label = after_separator(heading, known)
        yield Part(column, heading, stem, label)
