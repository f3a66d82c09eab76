"""Every shape a form leaves in: filled by a program at random it comes home whole, and each tool accepts its own."""

import io
import random
import zipfile

import pytest
from docx import Document
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from evaluation.definitions import Library, Practice, Questionnaire
from evaluation.definitions.columns import EntryColumn, entry_columns
from evaluation.forms import cohort_forms, cohort_workbook, forms_zip, shapes_of, single_forms
from evaluation.forms.question_list import question_list
from evaluation.forms.word import word_form
from evaluation.forms.xlsform import xlsform
from evaluation.i18n import Translator
from evaluation.intake import read_draft
from tests.conftest import EVERY_LANGUAGE

PRACTICES = ("sisu", "lape", "kostiakeskus", "yksilollinen", "neuvonta")


def _answer(column: EntryColumn, number: int, practice: Practice, library: Library, language: str) -> object:
    """Return a random answer to a column, as a label or a code."""
    chance = random.Random(f"{column.id} {number}")
    if column.id == "participant":
        return f"A{number}"
    if column.id == "answered_on":
        return f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.2018"
    if column.id == "municipality":
        return chance.choice(practice.municipalities)
    if column.item is None:
        return None
    scale = library.scale_of(column.item)
    if scale is not None:
        answer = chance.choice(scale.answers)
        return chance.choice((answer.code, answer.label[language], f" {answer.label[language].upper()}"))
    return chance.randint(0, 9) if column.item.kind == "number" else "Kiitos!"


def _fill(sheet, form: Questionnaire, practice: Practice, library: Library, language: str, number: int, turned: bool):
    for place, column in enumerate(entry_columns(form, practice), start=1):
        value = _answer(column, number, practice, library, language)
        if value is not None:
            row, letter = (place + 1, 2) if turned else (number + 1, place)
            sheet.cell(row, letter, value)


def _saved(book) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
@pytest.mark.parametrize("practice_id", PRACTICES)
def test_a_workbook_of_a_whole_run_comes_home(library: Library, practice_id: str, language: str) -> None:
    practice = library.practices[practice_id]
    forms = cohort_forms(library, practice)
    if not forms:
        with pytest.raises(ValueError, match=practice_id):
            cohort_workbook(library, practice, language)
        return
    book = load_workbook(io.BytesIO(cohort_workbook(library, practice, language, "Kevät 2018")))
    for sheet, form in zip(book.worksheets, forms, strict=False):
        for number in range(1, 8):
            _fill(sheet, form, practice, library, language, number, turned=False)
    draft = read_draft(_saved(book), "toteutus.xlsx", library)
    assert [problem.code for problem in draft.problems] == []
    assert (draft.rows, draft.rejected) == (7 * len(forms), 0)
    assert set(draft.questionnaires) == {form.id for form in forms}
    assert set(draft.responses["cohort"]) == {"Kevät 2018"}


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_a_sheet_for_each_respondent_comes_home(library: Library, language: str) -> None:
    practice = library.practices["sisu"]
    form = library.questionnaire("client_end")
    book = load_workbook(io.BytesIO(single_forms(library, form, practice, language, "Kevät 2018")))
    for number, sheet in enumerate(book.worksheets[:5], start=1):
        _fill(sheet, form, practice, library, language, number, turned=True)
    draft = read_draft(_saved(book), "vastaajat.xlsx", library)
    assert [problem.code for problem in draft.problems] == []
    assert (draft.layout, draft.rows, draft.rejected) == ("single_form", 5, 0)
    assert sorted(draft.responses["participant"]) == [f"A{number}" for number in range(1, 6)]


def test_a_fault_on_a_respondents_sheet_is_named_by_the_cell_it_stands_in(library: Library) -> None:
    practice = library.practices["sisu"]
    book = load_workbook(io.BytesIO(single_forms(library, library.questionnaire("client_end"), practice, "fi")))
    sheet = book.worksheets[1]
    sheet["B2"], sheet["B5"] = "A1", "ehkä"
    (problem,) = read_draft(_saved(book), "a.xlsx", library).problems
    assert (problem.sheet, problem.cell, problem.code) == (sheet.title, "B5", "off_scale")


def test_headings_are_protected_and_cells_tell_what_they_allow(library: Library) -> None:
    practice = library.practices["sisu"]
    book = load_workbook(io.BytesIO(cohort_workbook(library, practice, "fi")))
    for sheet, form in zip(book.worksheets, cohort_forms(library, practice), strict=False):
        assert sheet.protection.sheet
        assert sheet["A1"].protection.locked
        assert not sheet.column_dimensions["A"].protection.locked
        rules = sheet.data_validations.dataValidation
        assert rules, form.id
        assert all(rule.showInputMessage and rule.prompt and len(rule.prompt) <= 255 for rule in rules)
        required = [cell.value for cell in sheet[1] if cell.fill.start_color.rgb == "00A3261E"]
        assert all(str(text).endswith(" *") for text in required), "colour is not the only sign"


@pytest.mark.parametrize("practice_id", PRACTICES)
def test_pyxform_accepts_every_form_for_telephones(library: Library, practice_id: str) -> None:
    practice = library.practices[practice_id]
    for form in library.forms_of(practice):
        if form.kind == "register":
            with pytest.raises(ValueError, match=form.id):
                xlsform(library, form, practice, "fi")
            continue
        made = convert(io.BytesIO(xlsform(library, form, practice, "sv", "2019")), file_type=".xlsx")
        assert not made.warnings
        for item in form.items_for(practice):
            assert f"/{item.id}" in made.xform
            assert item.text["fi"].split("&")[0] in made.xform
        assert f"'{practice.id}'" in made.xform


def _words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_paper_has_questions_boxes_code_and_what_happens_with_answers(library: Library, language: str) -> None:
    t = Translator(language)
    practice, form = library.practices["sisu"], library.questionnaire("client_end")
    told = _words(word_form(library, form, practice, language, "Kevät 2019"))
    for item in form.items_for(practice):
        assert item.text[language] in told
    assert told.count("☐") == sum(
        len(scale.answers) for item in form.items_for(practice) if (scale := library.scale_of(item))
    )
    assert t("forms.code_how", rule=t("forms.code_rule")) in told
    assert library.notices["client"].text[language] in told
    assert "Sisu, Lempäälä" in told
    assert "Kevät 2019" in told
    # Faces stand where the scale defines them, and nowhere else.
    faces = sum(item.scale == "state5_good" for item in form.items_for(practice))
    assert told.count("☺") == told.count("☹") == faces > 0


def test_a_register_on_paper_is_a_table_with_its_sessions(library: Library) -> None:
    form = library.questionnaire("attendance_register")
    document = Document(io.BytesIO(word_form(library, form, library.practices["sisu"], "fi")))
    headings = [cell.text for cell in document.tables[0].rows[0].cells]
    assert headings[0] == "Tunniste"
    assert headings[-1] == "Kerta 12"
    assert document.sections[0].page_width > document.sections[0].page_height


def test_the_list_to_copy_has_the_very_labels_the_import_knows(library: Library) -> None:
    practice, form = library.practices["sisu"], library.questionnaire("client_end")
    sheet = load_workbook(io.BytesIO(question_list(library, form, practice, "fi"))).worksheets[0]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert [row[1] for row in rows] == [column.headings["fi"] for column in entry_columns(form, practice)]
    assert rows[-1][2] == "Vapaa teksti"
    scale = library.scales["agreement5"]
    listed = {row[1]: row[3] for row in rows}
    assert listed[form.item("sat_access").text["fi"]] == "\n".join(answer.label["fi"] for answer in scale.answers)


def test_a_zip_holds_every_shape_of_every_form_in_order_of_use(library: Library) -> None:
    practice = library.practices["sisu"]
    names = zipfile.ZipFile(io.BytesIO(forms_zip(library, practice, "fi"))).namelist()
    assert len(names) == sum(len(shapes_of(form)) for form in library.forms_of(practice)) + 1
    assert names[0] == "01_client_start/sisu_client_start.xlsx"
    assert names == [*sorted(names[:-1], key=lambda name: name[:2]), "sisu_run.xlsx"]


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_one_rule_for_the_code_stands_in_every_shape_of_a_form(library: Library, language: str) -> None:
    t, practice = Translator(language), library.practices["sisu"]
    rule = t("forms.code_rule")
    assert "AN0704" in rule
    assert len(rule) <= 225, "longer, Excel does not show it beside the cell"
    for form in (library.questionnaire("client_start"), library.questionnaire("client_end")):
        for shape in shapes_of(form):
            content = shape.make(library, form, practice, language, None)
            assert rule in _texts_of(content), shape.id


def _texts_of(content: bytes) -> str:
    """Return all that stands in a Word document or a workbook, with what it says beside cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "word/document.xml" in archive.namelist():
            paper = Document(io.BytesIO(content))
            cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
            return "\n".join([*(line.text for line in paper.paragraphs), *cells])
    book = load_workbook(io.BytesIO(content))
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    beside = [str(each.prompt) for sheet in book for each in sheet.data_validations.dataValidation]
    return "\n".join([*texts, *beside])
