"""Sheets that are no answers: a form's definition, a codebook, a key, a report's tables, our own instructions."""

from collections.abc import Callable, Iterator, Sequence

from evaluation.i18n import Translator, languages
from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.contents import number, whole
from evaluation.intake.layouts.headers import header_texts
from evaluation.intake.layouts.own_reports import is_own_report
from evaluation.intake.layouts.reports import is_report
from evaluation.intake.layouts.tables import heading_text, rows_searched
from evaluation.intake.table import Recognised, Refusal
from evaluation.spreadsheets import Sheet

NAME = "not_answers"
SURE = 0.95
LARGEST = 3000

_XLSFORM_TYPES = (
    "select_one", "select_multiple", "text", "integer", "decimal", "note", "calculate", "begin group", "begin_group",
    "end group", "end_group", "begin repeat", "begin_repeat", "start", "end", "today", "date", "geopoint", "image",
    "acknowledge", "range", "rank", "hidden", "deviceid", "username",
)  # fmt: skip
_VARIABLE = frozenset({
    "variable", "variable name", "variable / field name", "field name", "muuttuja", "muuttujan nimi", "muuttujanimi",
    "variabel", "variabelnamn", "item", "osio", "column", "column name", "sarake", "kenttä", "field", "question code",
})  # fmt: skip
_MEANING = frozenset({
    "label", "variable label", "field label", "field type", "form name", "description", "definition", "value labels",
    "values", "coding", "codes", "type", "data type", "measure", "selite", "selitys", "kuvaus", "arvot", "koodaus",
    "arvojen selitteet", "tyyppi", "mittaustaso", "merkitys", "beskrivning", "förklaring", "värden", "kodning", "typ",
    "choices, calculations, or slider labels", "choices", "response options", "vastausvaihtoehdot", "svarsalternativ",
    "question", "question text", "kysymys", "fråga", "kysymysteksti",
})  # fmt: skip
_KEY = frozenset({
    "correct answer", "correct", "answer key", "right answer", "key", "oikea vastaus", "oikeat vastaukset",
    "oikea vaihtoehto", "vastausavain", "rätt svar", "korrekt svar", "facit",
})  # fmt: skip
_ASKED = frozenset({
    "question", "questions", "question number", "kysymys", "kysymykset", "kysymys nro", "tehtävä", "fråga", "frågor",
    "item", "nro", "nr", "no", "#",
})  # fmt: skip
_PIVOT = frozenset({
    "row labels", "column labels", "riviotsikot", "sarakeotsikot", "radetiketter", "kolumnetiketter",
})  # fmt: skip


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return why ``sheet`` is no set of answers, if it surely is none."""
    if not sheet.height or not sheet.width or sheet.height > LARGEST:
        return Recognised(NAME, 0.0)
    if is_own_report(sheet):
        return Recognised(NAME, SURE, (Refusal("not_answers_report", own=True),))
    for row in rows_searched(sheet):
        headings = [fold_heading(heading_text(text)) for text in header_texts(sheet, row)]
        for code, test in _TESTS:
            if test(sheet, row, headings):
                return Recognised(NAME, SURE, (Refusal(code),))
    if is_report(sheet, known):
        return Recognised(NAME, SURE, (Refusal("not_answers_report"),))
    return Recognised(NAME, 0.0)


def _below(sheet: Sheet, row: int, headings: Sequence[str], names: frozenset[str]) -> Iterator[list[str]]:
    """Yield the folded texts below each heading in ``names``."""
    for place, heading in enumerate(headings):
        if heading in names:
            cells = (sheet.cell(below, place) for below in range(row + 1, sheet.height))
            yield [fold(heading_text(cell)) for cell in cells if cell is not None]


def _is_xlsform(sheet: Sheet, row: int, headings: Sequence[str]) -> bool:
    names = set(headings)
    if {"list_name", "name"} <= names or {"list name", "name"} <= names:
        return any(heading.startswith("label") for heading in headings)
    if names & {"form_title", "form_id", "id_string"}:
        return len(names & {"form_title", "form_id", "id_string", "version", "default_language", "style"}) >= 2
    if not {"type", "name"} <= names:
        return False
    types = next(_below(sheet, row, headings, frozenset({"type"})))
    known = sum(text.startswith(_XLSFORM_TYPES) for text in types)
    return bool(types) and known >= 0.8 * len(types)


def _is_codebook(sheet: Sheet, row: int, headings: Sequence[str]) -> bool:
    """Tell whether names of variables stand beside what they mean; every name once, and words beside them."""
    names = set(headings) - {""}
    if not names & _VARIABLE or not (names & _MEANING) - _VARIABLE:
        return False
    variables = next(_below(sheet, row, headings, _VARIABLE))
    meanings = list(_below(sheet, row, headings, _MEANING - _VARIABLE))
    named = [text for text in variables if whole(text) is None]
    return (
        len(named) >= 2
        and len(set(named)) >= 0.8 * len(variables)
        and any(sum(number(text) is None for text in texts) >= 0.8 * max(1, len(texts)) for texts in meanings)
    )


def _is_question_list(_sheet: Sheet, _row: int, headings: Sequence[str]) -> bool:
    """Tell whether this is the list of questions that we give to be copied into a survey tool."""
    keys = ("number", "text", "kind", "answers")
    return any(
        {fold_heading(Translator(language)(f"forms.list_{key}")) for key in keys} <= set(headings)
        for language in languages()
    )


def _is_key(sheet: Sheet, row: int, headings: Sequence[str]) -> bool:
    names = set(headings) - {""}
    if not names & _KEY or not names & _ASKED or len(names) > 6:
        return False
    asked = next(_below(sheet, row, headings, _ASKED))
    return len(asked) >= 1 and len(set(asked)) == len(asked)


def _is_instructions(sheet: Sheet, _row: int, headings: Sequence[str]) -> bool:
    """Tell whether this is the sheet of instructions that we put into every workbook."""
    filled = [heading for heading in headings if heading]
    allowed = {fold_heading(Translator(language)("forms.allowed")) for language in languages()}
    return sheet.width <= 2 and len(filled) == 2 and filled[1] in allowed


def _is_pivot(_sheet: Sheet, _row: int, headings: Sequence[str]) -> bool:
    return bool(set(headings) & _PIVOT) and len({heading for heading in headings if heading}) <= 30


_Test = Callable[[Sheet, int, Sequence[str]], bool]
_TESTS: tuple[tuple[str, _Test], ...] = (
    ("not_answers_xlsform", _is_xlsform),
    ("not_answers_codebook", _is_question_list),
    ("not_answers_instructions", _is_instructions),
    ("not_answers_codebook", _is_codebook),
    ("not_answers_key", _is_key),
    ("not_answers_report", _is_pivot),
)
