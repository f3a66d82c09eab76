"""Recognises exports of SurveyMonkey: questions over their first columns only, rows and options in a second row."""

from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.headers import export_table, find_tool_header, header_texts, open_columns
from evaluation.intake.layouts.options import Part, fields_of, under_questions
from evaluation.intake.layouts.proofs import names_of, proven
from evaluation.intake.layouts.system_columns import SURVEYMONKEY, SURVEYMONKEY_COLLECTORS, tool_field, tool_fields
from evaluation.intake.table import LEFT_OUT, RESPONDENT, Recognised
from evaluation.spreadsheets import Sheet

NAME = "surveymonkey"
_BELOW = frozenset({"response", "open-ended response", "vastaus", "avoin vastaus", "svar", "öppet svar"})
# A column a survey's links carry along is called Custom Data 1, 2, …
_CUSTOM = ("custom data ", "custom_", "mukautetut tiedot ", "anpassade data ")


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Recognise an export of SurveyMonkey, with its second header row or, where a worker deleted it, without."""
    row, _ = find_tool_header(sheet, SURVEYMONKEY)
    headings, below = header_texts(sheet, row), header_texts(sheet, row + 1)
    tool_columns = tool_fields(headings, SURVEYMONKEY)
    two = any(below) and not any(below[column] for column in tool_columns)
    texts_below = [fold(text) for text in below if text]
    # Nobody answers most questions with the word "Response": the second row is the tool's, whatever is above it.
    of_tool = two and sum(text in _BELOW for text in texts_below) >= max(3, (len(texts_below) + 1) // 2)
    tool_columns = proven(tool_columns, sheet, row)
    score = max(_score(names_of(tool_columns, sheet, row), two, set(texts_below)), LIKELY if of_tool else NO)
    if not score:
        return Recognised(NAME, NO)
    tool_columns |= {
        column: tool_field(text, column, LEFT_OUT)
        for column, text in enumerate(headings)
        if fold(text).startswith(_CUSTOM) and column not in tool_columns
    }
    rows = (row, row + 1) if two else (row,)
    labels = tuple(above or under for above, under in zip(headings, below, strict=True)) if two else headings
    columns = open_columns(sheet, labels, tool_columns, rows[-1])
    if two:
        parts = tuple(under_questions(headings, below, columns, known))
    else:
        parts = tuple(Part(column, headings[column], headings[column]) for column in columns)
    questions = fields_of(parts, sheet, rows[-1], known)
    return Recognised(NAME, score, (export_table(sheet, NAME, rows, (*questions, *tool_columns.values())),))


def _score(names: frozenset[str], two: bool, below: set[str]) -> float:
    numbered = any(SURVEYMONKEY[name] == RESPONDENT for name in names)
    if numbered and names & SURVEYMONKEY_COLLECTORS:
        return TOOL_RECOGNISED if two else weaker(TOOL_RECOGNISED, 7)
    # The number or the collector may have been deleted; what stands under the questions still identifies the tool.
    if two and len(names) >= 2 and below & _BELOW:
        return LIKELY
    return NO
