"""Sheets that are no answers: a form's definition, a codebook, a key, a report, our instructions, our results.

A workbook of ours carries a mark among its properties. The mark gets lost where a sheet is copied, or saved as CSV or
by another program, so every such sheet is also recognised by its shape.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from evaluation.definitions.columns import REPORT_MARK, REPORT_PROPERTY
from evaluation.i18n import Translator, languages, message_keys
from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import NO, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.column_contents import number, whole
from evaluation.intake.layouts.headers import header_texts, one_line
from evaluation.intake.layouts.result_tables import is_report
from evaluation.intake.layouts.typed_table import heading_text, rows_searched
from evaluation.intake.table import Recognised, Refusal
from evaluation.spreadsheets import Sheet, Workbook

# The day on which a report was made stands below its title.
_TITLE_ROWS = 3
# Headings without which a table of ours says no figure; others of ours are headings of answers as well.
_FIGURES = ("value", "low", "high", "method", "measure", "interval", "net", "role_value", "client_value")
# Beside one of these headings all others only say what the figures are about.
_OF_TABLES = ("files.column_ground", "files.column_shows", "files.chart_numbers")
# What every table of the data package begins with and says of a figure.
_FIRST_COLUMNS, _PLACES = ("family", "measure"), frozenset({"practice", "municipality", "cohort", "level", "role"})
# The first columns of its lists of codes, and of the trail.
_PACKAGES = (
    ("questionnaire", "title", "id", "short", "text", "scale", "dimension"),
    ("scale", "value_code", "name", "value_class"),
    ("number", "done_at", "actor", "deed", "subject", "count"),
)
_PRACTICES = {"id", "name", "type"}

NAME = "not_answers"
SURE = weaker(TOOL_RECOGNISED, 2)
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
_QUESTION = frozenset({
    "question", "questions", "question number", "kysymys", "kysymykset", "kysymys nro", "tehtävä", "fråga", "frågor",
    "item", "nro", "nr", "no", "#",
})  # fmt: skip
_PIVOT = frozenset({
    "row labels", "column labels", "riviotsikot", "sarakeotsikot", "radetiketter", "kolumnetiketter",
})  # fmt: skip


def is_marked(book: Workbook) -> bool:
    """Tell whether a workbook carries the mark of a report of ours."""
    return book.properties.get(REPORT_PROPERTY) == REPORT_MARK


def is_own_report(sheet: Sheet) -> bool:
    """Tell by its shape whether ``sheet`` is one that the toolkit has written about answers."""
    if any(_made_on().match(one_line(sheet.cell(row, 0))) for row in range(min(_TITLE_ROWS, sheet.height))):
        return True
    return any(_heads_figures(sheet, row) for row in rows_searched(sheet))


def _heads_figures(sheet: Sheet, row: int) -> bool:
    cells = [cell for cell in sheet.row(row) if cell is not None]
    if len(cells) < 2 or not all(isinstance(cell, str) for cell in cells):
        return False
    plain = [fold(heading_text(cell)) for cell in cells]
    if tuple(plain[:2]) == _FIRST_COLUMNS and set(plain) >= _PLACES:
        return True
    if any(tuple(plain[: len(names)]) == names for names in _PACKAGES):
        return True
    if set(plain) == _PRACTICES and _holds_types(sheet, row):
        return True
    names = {fold_heading(heading_text(cell)) for cell in cells}
    return any(names <= ours and names & figures for ours, figures in _headings()) or bool(names & _tables())


def _holds_types(sheet: Sheet, row: int) -> bool:
    """Tell whether words stand below three headings as plain as "id", "name" and "type", and a number nowhere."""
    cells = [cell for below in range(row + 1, sheet.height) for cell in sheet.row(below)]
    return bool(cells) and all(isinstance(cell, str) and not cell.isdigit() for cell in cells)


@cache
def _headings() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return by language the headings of our tables, and those of them that head figures."""
    by_language = []
    for t in map(Translator, languages()):
        figures = frozenset(fold_heading(t(f"charts.column_{name}")) for name in _FIGURES)
        ours = frozenset(fold_heading(t(key)) for key in message_keys("charts", "column_"))
        by_language.append((ours, figures))
    return tuple(by_language)


@cache
def _tables() -> frozenset[str]:
    return frozenset(fold_heading(Translator(language)(key)) for language in languages() for key in _OF_TABLES)


@cache
def _made_on() -> re.Pattern[str]:
    """Return what the line below a report's title ends with: "Laadittu 30.11.2026", and that the data is made up."""
    days = [re.escape(Translator(language)("reports.cover_day", day="\0")) for language in languages()]
    made = "|".join(day.replace(re.escape("\0"), r"[\w.,/ ]{6,20}") for day in days)
    return re.compile(rf"^(?:.*\. )?(?:{made})(?:\. .*)?$")


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return why ``sheet`` holds no answers, if that is sure."""
    if not sheet.height or not sheet.width or sheet.height > LARGEST:
        return Recognised(NAME, NO)
    if is_own_report(sheet):
        return Recognised(NAME, SURE, (Refusal("not_answers_report", ours=True),))
    for row in rows_searched(sheet):
        headings = [fold_heading(heading_text(text)) for text in header_texts(sheet, row)]
        for code, test in _TESTS:
            if test(sheet, row, headings):
                return Recognised(NAME, SURE, (Refusal(code),))
    if is_report(sheet, known):
        return Recognised(NAME, SURE, (Refusal("not_answers_report"),))
    return Recognised(NAME, NO)


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
    """Tell whether the sheet lists names of variables with their meanings: unique names, and words beside them."""
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
    if not names & _KEY or not names & _QUESTION or len(names) > 6:
        return False
    questions = next(_below(sheet, row, headings, _QUESTION))
    return len(questions) >= 1 and len(set(questions)) == len(questions)


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
