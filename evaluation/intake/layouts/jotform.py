"""Recognises exports of JotForm: the submission's date, and a matrix as "Title >> Row" or "Title >> Row >> Option"."""

from collections.abc import Iterator, Sequence

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.headers import export_table, find_tool_header, header_texts, open_columns
from evaluation.intake.layouts.options import Part, fields_of
from evaluation.intake.layouts.proofs import names_of, proven
from evaluation.intake.layouts.system_columns import JOTFORM, tool_fields
from evaluation.intake.table import RESPONDENT, Recognised
from evaluation.spreadsheets import Sheet

NAME = "jotform"
_DEEPER = ">>"


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Recognise an export of JotForm by its submission date, the columns it adds and its matrices."""
    row, _ = find_tool_header(sheet, JOTFORM)
    headings = header_texts(sheet, row)
    tool_columns = proven(tool_fields(headings, JOTFORM), sheet, row)
    score = _score(names_of(tool_columns, sheet, row), any(_DEEPER in text for text in headings))
    if not score:
        return Recognised(NAME, NO)
    parts = tuple(_parts(headings, open_columns(sheet, headings, tool_columns, row)))
    questions = fields_of(parts, sheet, row, known)
    return Recognised(NAME, score, (export_table(sheet, NAME, (row,), (*questions, *tool_columns.values())),))


def _score(names: frozenset[str], matrix: bool) -> float:
    if not any(JOTFORM[name] == ANSWERED_ON for name in names):
        return weaker(LIKELY, 5) if matrix else NO
    numbered = any(JOTFORM[name] == RESPONDENT for name in names)
    return TOOL_RECOGNISED if matrix or numbered else weaker(TOOL_RECOGNISED, 5)


def _parts(headings: Sequence[str], columns: Sequence[int]) -> Iterator[Part]:
    """Yield the parts: what stands before the last ">>" is the question, whose last step names the row."""
    for column in columns:
        steps = [step.strip() for step in headings[column].split(_DEEPER)]
        stem, label = f" {_DEEPER} ".join(steps[:-1]), steps[-1] if len(steps) > 1 else ""
        yield Part(column, headings[column], stem or headings[column], label, names=(*steps[-2:-1], stem))
