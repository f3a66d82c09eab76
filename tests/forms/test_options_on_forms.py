"""Questions with options and decimal numbers leave in every shape, and what is filled in comes home."""

import io
import zipfile

import pytest
from docx import Document
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from evaluation.definitions import Library
from evaluation.definitions.columns import entry_columns
from evaluation.forms import entry_template, single_forms
from evaluation.forms.question_list import question_list
from evaluation.forms.word import word_form
from evaluation.forms.xlsform import xlsform
from evaluation.i18n import languages
from evaluation.intake import read_draft
from evaluation.records import Draft
from tests.own_kinds import kipina_library

FILLED = {
    "kipina_useful": 4, "kipina_reasons": "{coffee}; {something_else}", "kipina_day": "{friday}",
    "kipina_age": "{from_30}", "kipina_found": "{worker}", "kipina_hours": 1.5,
}  # fmt: skip
EXPECTED = {
    "kipina_useful": 4, "kipina_reasons/coffee": 1, "kipina_reasons/company": 0, "kipina_reasons/advice": 0,
    "kipina_reasons/food": 0, "kipina_reasons/something_else": 1, "kipina_day": 3, "kipina_age": 2, "kipina_found": 2,
    "kipina_hours": 3,
}  # fmt: skip


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return kipina_library(tmp_path_factory.mktemp("kipina"))


def filled(content: bytes, own: Library, language: str, turned: bool) -> Draft:
    form, practice = own.questionnaire("kipina_feedback"), own.practices["kipina"]
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for place, column in enumerate(entry_columns(form, practice), start=1):
        value: object = FILLED.get(column.id)
        if isinstance(value, str) and column.item is not None:
            value = value.format(**{name: option.label[language] for name, option in column.item.options.items()})
        if value is not None:
            sheet.cell(*((place + 1, 2) if turned else (2, place)), value)
    target = io.BytesIO()
    book.save(target)
    return read_draft(target.getvalue(), "kipina.xlsx", own)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("shape", "turned"), [(entry_template, False), (single_forms, True)])
def test_a_workbook_filled_in_comes_home(shape, turned: bool, language: str, own: Library) -> None:
    form, practice = own.questionnaire("kipina_feedback"), own.practices["kipina"]
    draft = filled(shape(own, form, practice, language, "Kevät 2026"), own, language, turned)
    assert (draft.rejected, [problem.code for problem in draft.problems]) == (0, [])
    assert dict(zip(draft.answers["item"], draft.answers["value"], strict=True)) == EXPECTED


def test_what_may_be_answered_stands_at_the_cell_and_in_the_instructions(own: Library) -> None:
    form, practice = own.questionnaire("kipina_feedback"), own.practices["kipina"]
    book = load_workbook(io.BytesIO(entry_template(own, form, practice, "fi")))
    prompts = [str(rule.prompt) for rule in book.worksheets[0].data_validations.dataValidation]
    told = [str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row]
    several = "Yksi tai useampi, erota puolipisteellä (;): Kahvi; Seura; Neuvoja, tukea; Ruoka; Muu, mikä?"
    for text in (several, "Maanantai; Keskiviikko; Perjantai", "Luku, 0,5 välein"):
        assert text in prompts
        assert text in told


def test_paper_has_a_box_for_every_option_and_room_for_own_words(own: Library) -> None:
    form, practice = own.questionnaire("kipina_feedback"), own.practices["kipina"]
    document = Document(io.BytesIO(word_form(own, form, practice, "fi")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert [f"☐ {label}" in cells for label in ("Kahvi", "Neuvoja, tukea", "Maanantai", "65 tai yli")] == [True] * 4
    assert any(cell.startswith("☐ Muu, mikä? ____") for cell in cells)
    assert [line.text for line in document.paragraphs].count("Voit valita useita.") == 1


def test_an_xlsform_asks_with_one_or_several_of_its_choices(own: Library) -> None:
    form, practice = own.questionnaire("kipina_feedback"), own.practices["kipina"]
    content = xlsform(own, form, practice, "fi")
    book = load_workbook(io.BytesIO(content))
    types = {row[1]: row[0] for row in book["survey"].iter_rows(min_row=2, values_only=True)}
    assert types["kipina_reasons"] == "select_multiple kipina_reasons"
    assert types["kipina_age"] == "select_one kipina_age"
    assert types["kipina_hours"] == "decimal"
    names = [row[1] for row in book["choices"].iter_rows(min_row=2, values_only=True) if row[0] == "kipina_reasons"]
    assert names == ["coffee", "company", "advice", "food", "something_else"]
    form_xml = str(convert(io.BytesIO(content)).xform)
    assert "kipina_reasons" in form_xml
    assert zipfile.is_zipfile(io.BytesIO(content))


def test_a_list_for_survey_tools_names_the_options_line_by_line(own: Library) -> None:
    form, practice = own.questionnaire("kipina_feedback"), own.practices["kipina"]
    sheet = load_workbook(io.BytesIO(question_list(own, form, practice, "fi"))).worksheets[0]
    rows = {row[1]: row[2:4] for row in sheet.iter_rows(min_row=5, values_only=True)}
    kind, answers = rows["Miksi tulit Kipinään"]
    assert kind == "Useita vaihtoehtoja (monivalinta)"
    assert str(answers).splitlines() == ["Kahvi", "Seura", "Neuvoja, tukea", "Ruoka", "Muu, mikä?"]
    assert rows["Ikäryhmä"][0] == "Yksi vaihtoehdoista"
