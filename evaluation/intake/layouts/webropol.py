"""Recognises exports of Webropol as they are believed to be; it awaits a real sample and claims no certainty before.

No export of Webropol and no guide to one could be found. Believed are one row a respondent, answers as labels or as
numbers, a column for each statement and, where several can be chosen, for each option; the question stands in front of
the row or option in one heading, or above it in a header row of its own, over its first column only. So both are read,
and the score stays below that of tools whose exports are known, unless the word Webropol itself stands on the sheet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.folding import fold
from evaluation.intake.known import Known
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
    own_fields,
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
    """Recognise a sheet that has the columns Webropol is believed to add; see the module for what that is worth."""
    row, _ = find_tool_header(sheet, WEBROPOL)
    own = proven(own_fields(header_texts(sheet, row), WEBROPOL), sheet, row)
    own = without_numbering(own, sheet, row)
    if not _tells(sheet, row, own, known):
        return Recognised(NAME, 0.0)
    rows = _header_rows(sheet, row, own)
    headings, below = header_texts(sheet, rows[0]), header_texts(sheet, rows[-1])
    shown = tuple(above or under for above, under in zip(headings, below, strict=True))
    columns = open_columns(sheet, shown, own, rows[-1])
    if len(rows) == 2:
        parts = tuple(under_questions(headings, below, columns, known))
    else:
        parts = tuple(_of_one_row(headings, columns, known))
    score = _score(sheet, rows, len(own), any(known.find(part.stem) or known.find(part.own) for part in parts))
    asked = fields_of(parts, sheet, rows[-1], known)
    aside: dict[int, RowCode] = {
        number: "unfinished_row"
        for column in own
        if fold(shown[column]) in WEBROPOL_STATES
        for number in rows_with(sheet, column, rows[-1], lambda state: state.startswith(_UNFINISHED))
    }
    return Recognised(NAME, score, (export_table(sheet, NAME, rows, (*asked, *own.values()), aside),))


def _tells(sheet: Sheet, row: int, own: Mapping[int, TableField], known: Known) -> bool:
    """Tell whether a column stands there that neither people nor the other tools call so, and holds what it says."""
    headings = [fold(text) for text in header_texts(sheet, row)]
    told = {headings[column] for column, field in own.items() if field.system in (RESPONDENT, ANSWERED_ON)}
    told -= MICROSOFT_FORMS.keys()
    others = SURVEYMONKEY_COLLECTORS & set(headings)
    return not others and any(known.system(name) is None for name in told)


def _score(sheet: Sheet, rows: Sequence[int], found: int, asked: bool) -> float:
    said = (sheet.name, *(text for _, _, text in titles_above(sheet, rows[0])))
    if any("webropol" in fold(text) for text in said):
        return 0.92
    if not asked:
        return min(0.6, 0.3 + 0.1 * found)
    return min(0.89, 0.77 + 0.02 * found + 0.04 * len(rows))


def _header_rows(sheet: Sheet, row: int, own: Iterable[int]) -> tuple[int, ...]:
    """Return the one or two rows of the header; the tool's columns are named in ``row``, in one of the two."""
    above = header_texts(sheet, row - 1) if row else ()
    if any(above) and not any(above[column] for column in own):
        return (row - 1, row)
    below = header_texts(sheet, row + 1)
    if any(below) and not any(below[column] for column in own):
        return (row, row + 1)
    return (row,)


def _of_one_row(headings: tuple[str, ...], columns: Iterable[int], known: Known) -> Iterator[Part]:
    for column in columns:
        heading = headings[column]
        stem, own = bracketed(heading)
        if not own:
            stem, own = after_separator(heading, known)
        yield Part(column, heading, stem, own)
