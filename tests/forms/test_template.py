"""Entry templates: what a worker opens, and that what is filled in comes back whole."""

import io

import pytest
from openpyxl import load_workbook

from evaluation.definitions import Library, Practice, Questionnaire
from evaluation.definitions.columns import MANIFEST_SHEET, entry_columns
from evaluation.forms import entry_template
from evaluation.i18n import languages
from evaluation.intake import read_draft

pytestmark = pytest.mark.thorough


def _rows(form: Questionnaire, practice: Practice, library: Library, language: str) -> list[dict[str, object]]:
    """Return a row for every answer there is, written as the labels of ``language``."""
    rows = []
    for number in range(12):
        row: dict[str, object] = {
            "participant": f"A{number}",
            "answered_on": f"{number + 1}.3.2018",
            "municipality": practice.municipalities[0],
        }
        for column in entry_columns(form, practice):
            item = column.item
            if item is None:
                continue
            scale = library.scale_of(item)
            answers = scale.answers if scale else ()
            row[column.id] = answers[number % len(answers)].label[language] if answers else 7
        wanted = {column.id for column in entry_columns(form, practice)}
        rows.append({name: value for name, value in row.items() if name in wanted})
    return rows


@pytest.mark.parametrize("language", languages())
def test_every_template_of_every_practice_comes_back_whole(library: Library, fill, language: str) -> None:
    seen = set()
    for practice in library.practices.values():
        for form in library.forms_of(practice):
            # Every practice in Finnish; in the other languages every questionnaire once.
            key = (form.id, practice.change_dimensions if language == "fi" else ())
            if key in seen:
                continue
            seen.add(key)
            content = fill(practice.id, form.id, _rows(form, practice, library, language), language)
            draft = read_draft(content, "taytetty.xlsx", library)
            assert [problem.code for problem in draft.problems] == [], (practice.id, form.id)
            assert (draft.rows, draft.rejected, len(draft.responses)) == (12, 0, 12)
            assert draft.questionnaires == (form.id,)
            assert set(draft.responses["practice"]) == {practice.id}
            asked = {item.id for item in form.items_for(practice) if item.kind != "text"} - {"presence"}
            assert set(draft.answers["item"]) == asked


def test_the_first_sheet_has_headings_lists_and_a_frozen_header(library: Library) -> None:
    content = entry_template(library, library.questionnaire("client_end"), library.practices["sisu"], "fi")
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    assert sheet["A1"].value == "Tunniste"
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) > 3
    assert all(rule.error and not rule.error.isascii() for rule in lists), "the worker is told in Finnish"


def test_the_hidden_sheet_names_questionnaire_version_and_practice(library: Library) -> None:
    form = library.questionnaire("client_end")
    book = load_workbook(io.BytesIO(entry_template(library, form, library.practices["sisu"], "sv", "Våren 2018")))
    hidden = book[MANIFEST_SHEET]
    assert hidden.sheet_state == "hidden"
    said = {row[0].value: row[1].value for row in hidden.iter_rows(max_col=2)}
    assert said["questionnaire"] == "client_end"
    assert said["version"] == "1"
    assert said["practice"] == "sisu"
    assert said["municipality"] == "Lempäälä"
    assert said["cohort"] == "Våren 2018"
    assert said["synthetic"] == "no"


def test_instructions_name_every_question_with_its_answers(library: Library) -> None:
    form, practice = library.questionnaire("client_start"), library.practices["sisu"]
    book = load_workbook(io.BytesIO(entry_template(library, form, practice, "en")))
    told = {str(cell.value) for row in book["Instructions"].iter_rows() for cell in row if cell.value}
    assert {item.text["en"] for item in form.items_for(practice)} <= told
    assert any("5 = Very well" in text for text in told)


def test_a_practice_of_several_municipalities_asks_which(library: Library) -> None:
    columns = entry_columns(library.questionnaire("client_start"), library.practices["lape"])
    assert "municipality" in [column.id for column in columns if column.required]
    columns = entry_columns(library.questionnaire("client_start"), library.practices["sisu"])
    assert "municipality" not in [column.id for column in columns]
