"""Recognises the workbook Microsoft Forms makes of its responses: ID, start and completion time, then questions.

The languages whose names we do not know are known by their contents: whole numbers, two stamps of time, then nothing
but addresses or one word for "anonymous" all down.
"""

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, SHAPE_ONLY, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.column_contents import is_label, is_text
from evaluation.intake.layouts.headers import (
    export_table,
    find_tool_header,
    header_texts,
    holds_moments,
    open_columns,
    values_below,
)
from evaluation.intake.layouts.options import question
from evaluation.intake.layouts.proofs import names_of, proven
from evaluation.intake.layouts.system_columns import (
    MICROSOFT_FORMS,
    MICROSOFT_FORMS_END,
    MICROSOFT_FORMS_ID,
    MICROSOFT_FORMS_START,
    tool_field,
    tool_fields,
)
from evaluation.intake.table import LEFT_OUT, RESPONDENT, Recognised, TableField
from evaluation.spreadsheets import Sheet

NAME = "microsoft_forms"
_NOBODY = ("anon", "anón", "anôn", "nimet", "аноним", "анонім", "nafnlaus", "匿名", "익명", "ανών")
_BY_POSITION = (RESPONDENT, LEFT_OUT, ANSWERED_ON, LEFT_OUT, LEFT_OUT)


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Recognise an export of Microsoft Forms by its first columns, in any language."""
    row, _ = find_tool_header(sheet, MICROSOFT_FORMS)
    headings = header_texts(sheet, row)
    tool_columns = proven(tool_fields(headings, MICROSOFT_FORMS), sheet, row)
    score = _score(names_of(tool_columns, sheet, row))
    if not score and _by_contents(sheet, row, known):
        score = LIKELY
        tool_columns = {
            column: tool_field(headings[column], column, system) for column, system in enumerate(_BY_POSITION)
        }
    if not score:
        return Recognised(NAME, NO)
    # The tool's columns stand first; a heading of theirs further on is a question of the form.
    tool_columns = {column: field for column, field in tool_columns.items() if _among_first(column, tool_columns)}
    tool_columns |= _of_a_quiz(headings, tool_columns)
    questions = (
        question(column, headings[column], (headings[column],), known)
        for column in open_columns(sheet, headings, tool_columns, row)
    )
    return Recognised(NAME, score, (export_table(sheet, NAME, (row,), (*questions, *tool_columns.values())),))


def _score(present: frozenset[str]) -> float:
    started, ended, numbered = (
        bool(present & names.keys()) for names in (MICROSOFT_FORMS_START, MICROSOFT_FORMS_END, MICROSOFT_FORMS_ID)
    )
    if started and ended:
        return TOOL_RECOGNISED if numbered else weaker(LIKELY, 10)
    # Workers delete the columns they find useless; the number and one of the times still identify the tool.
    return SHAPE_ONLY if numbered and (started or ended) else NO


def _by_contents(sheet: Sheet, row: int, known: Known) -> bool:
    """Tell whether the first five columns hold what the tool writes, and none of them is headed by what we know."""
    if any(known.is_heading(text) for text in header_texts(sheet, row)[: len(_BY_POSITION)]):
        return False
    if sheet.width <= len(_BY_POSITION) or not (holds_moments(sheet, 1, row) and holds_moments(sheet, 2, row)):
        return False
    numbers = values_below(sheet, 0, row)
    senders = [fold(str(value)) for value in values_below(sheet, 3, row)]
    names = values_below(sheet, 4, row)
    return (
        all(str(number).removesuffix(".0").isdigit() for number in numbers)
        and bool(senders)
        and (all(map(_is_nobody, senders)) or all("@" in sender for sender in senders))
        and all(is_text(name) and not is_label(name, known) for name in names)
    )


def _is_nobody(sender: str) -> bool:
    """Tell whether a folded word is "anonymous" in some language: most of them share its beginning."""
    return sender.startswith(_NOBODY)


def _among_first(column: int, tool_columns: dict[int, TableField]) -> bool:
    first = min(tool_columns)
    return column == first or (
        tool_columns[column].system != RESPONDENT and all(before in tool_columns for before in range(first, column))
    )


def _of_a_quiz(headings: tuple[str, ...], tool_columns: dict[int, TableField]) -> dict[int, TableField]:
    """Return the columns of points and feedback, "Points - " and the like before a heading that stands there too."""
    questions = {fold(text) for column, text in enumerate(headings) if text and column not in tool_columns}
    return {
        column: tool_field(text, column, LEFT_OUT)
        for column, text in enumerate(headings)
        if column not in tool_columns and any(fold(part) in questions for part in _after_dashes(text))
    }


def _after_dashes(text: str) -> tuple[str, ...]:
    return tuple(text.split(dash, 1)[1] for dash in (" - ", " – ") if dash in text)
