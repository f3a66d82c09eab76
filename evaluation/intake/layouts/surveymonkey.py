"""Recognises exports of SurveyMonkey: questions over their first columns only, rows and options in a second row."""

from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.headers import export_table, find_tool_header, header_texts, open_columns
from evaluation.intake.layouts.options import Part, fields_of, under_questions
from evaluation.intake.layouts.proofs import names_of, proven
from evaluation.intake.layouts.system_columns import SURVEYMONKEY, SURVEYMONKEY_COLLECTORS, own_field, own_fields
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
    own = own_fields(headings, SURVEYMONKEY)
    two = any(below) and not any(below[column] for column in own)
    texts_below = [fold(text) for text in below if text]
    # Nobody answers most questions with the word "Response": the second row is the tool's, whatever is above it.
    of_tool = two and sum(text in _BELOW for text in texts_below) >= max(3, (len(texts_below) + 1) // 2)
    own = proven(own, sheet, row)
    score = max(_score(names_of(own, sheet, row), two, set(texts_below)), 0.85 if of_tool else 0.0)
    if not score:
        return Recognised(NAME, 0.0)
    own |= {
        column: own_field(text, column, LEFT_OUT)
        for column, text in enumerate(headings)
        if fold(text).startswith(_CUSTOM) and column not in own
    }
    rows = (row, row + 1) if two else (row,)
    shown = tuple(above or under for above, under in zip(headings, below, strict=True)) if two else headings
    columns = open_columns(sheet, shown, own, rows[-1])
    if two:
        parts = tuple(under_questions(headings, below, columns, known))
    else:
        parts = tuple(Part(column, headings[column], headings[column]) for column in columns)
    asked = fields_of(parts, sheet, rows[-1], known)
    return Recognised(NAME, score, (export_table(sheet, NAME, rows, (*asked, *own.values())),))


def _score(found: frozenset[str], two: bool, below: set[str]) -> float:
    numbered = any(SURVEYMONKEY[name] == RESPONDENT for name in found)
    if numbered and found & SURVEYMONKEY_COLLECTORS:
        return 0.97 if two else 0.9
    # The number or the collector may have been deleted; what stands under the questions tells the tool all the same.
    if two and len(found) >= 2 and below & _BELOW:
        return 0.85
    return 0.0
