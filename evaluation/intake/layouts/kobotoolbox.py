"""Recognises exports of KoboToolbox and of ODK Central: labels or names, with or without groups, options as 0 and 1.

A submission marked as not approved (KoboToolbox) or rejected (ODK) is set aside, since the people who collected it do
not accept it as an answer; one that is on hold, or that nobody has reviewed, counts.
"""

from collections.abc import Iterator, Sequence

from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.headers import (
    export_table,
    find_tool_header,
    header_texts,
    open_columns,
    plain,
    rows_with,
)
from evaluation.intake.layouts.options import Part, is_marked, options_field, question
from evaluation.intake.layouts.proofs import proven
from evaluation.intake.layouts.system_columns import KOBO, ODK, ToolColumns, tool_field, tool_fields
from evaluation.intake.table import LEFT_OUT, Recognised, RowCode, TableField
from evaluation.spreadsheets import Sheet

NAME = "kobotoolbox"
_KOBO_ONLY = frozenset(name for name in KOBO if name.startswith("_"))
_ODK_ONLY = frozenset(
    {
        "submissiondate",
        "__system-submissiondate",
        "meta-instanceid",
        "instanceid",
        "key",
        "__id",
        "submitterid",
        "attachmentspresent",
        "reviewstate",
    }
)
_JUDGED = frozenset({"_validation_status", "reviewstate"})
_REFUSED = frozenset({"not approved", "validation_status_not_approved", "non approuvé", "no aprobado", "rejected"})


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Recognise an export of KoboToolbox or ODK Central by the columns they add."""
    row, present = find_tool_header(sheet, (*KOBO, *ODK))
    score, names = _score(present)
    if not score:
        return Recognised(NAME, NO)
    headings = header_texts(sheet, row)
    tool_columns = proven(tool_fields(headings, names), sheet, row)
    tool_columns |= {
        column: tool_field(text, column, LEFT_OUT)
        for column, text in enumerate(headings)
        if text.startswith("_") and column not in tool_columns
    }
    separator = "/" if names is KOBO else "-"
    questions = tuple(
        _question_fields(sheet, headings, open_columns(sheet, headings, tool_columns, row), row, separator, known)
    )
    aside: dict[int, RowCode] = {
        number: "rejected_row"
        for column in tool_columns
        if fold(headings[column]) in _JUDGED
        for number in rows_with(sheet, column, row, _REFUSED.__contains__)
    }
    return Recognised(NAME, score, (export_table(sheet, NAME, (row,), (*questions, *tool_columns.values()), aside),))


def _score(present: frozenset[str]) -> tuple[float, ToolColumns]:
    kobo, odk = len(present & _KOBO_ONLY), len(present & _ODK_ONLY)
    if kobo >= 3 or {"_uuid", "_submission_time"} <= present:
        return TOOL_RECOGNISED, KOBO
    if odk >= 3:
        return weaker(TOOL_RECOGNISED, 1), ODK
    if odk == 2 or kobo == 2:
        return weaker(LIKELY, 15), KOBO if kobo > odk else ODK
    return NO, {}


def _question_fields(
    sheet: Sheet, headings: Sequence[str], columns: Sequence[int], row: int, separator: str, known: Known
) -> Iterator[TableField]:
    """Yield the questions; several choices stand in a column an option, mostly after a column that sums them up."""
    waiting = list(columns)
    while waiting:
        column = waiting[0]
        summed = _options_of(sheet, headings, waiting[1:], headings[column], row)
        chosen = summed or _options_of(sheet, headings, waiting, headings[column].rpartition("/")[0], row)
        if summed:
            yield tool_field(headings[column], column, LEFT_OUT)
        if summed or (len(chosen) > 1 and all(_is_answer(part.label, known) for part in chosen)):
            yield options_field(chosen, _names(plain(chosen[0].stem), separator, known))
            waiting = waiting[len(chosen) + bool(summed) :]
        else:
            yield question(column, headings[column], _names(plain(headings[column]), separator, known), known)
            waiting = waiting[1:]


def _options_of(sheet: Sheet, headings: Sequence[str], columns: Sequence[int], stem: str, row: int) -> tuple[Part, ...]:
    """Return the columns, from the first of ``columns`` on, that are marked options of the question ``stem``."""
    options = []
    for column in columns:
        start, label = headings[column][: len(stem) + 1], headings[column][len(stem) + 1 :]
        if not stem or start != stem + "/" or not label or not is_marked(sheet, column, row, label):
            break
        options.append(Part(column, headings[column], stem, label))
    return tuple(options)


def _is_answer(text: str, known: Known) -> bool:
    return known.is_answer(plain(text)) or text.isdigit()


def _names(heading: str, separator: str, known: Known) -> tuple[str, ...]:
    """Return the names of a heading with its groups before it: known ones first, then the last part and the whole."""
    parts = heading.split(separator)
    ends = [separator.join(parts[start:]).strip() for start in range(len(parts))]
    return tuple(dict.fromkeys((*(end for end in ends if known.is_heading(end)), ends[-1], heading)))
