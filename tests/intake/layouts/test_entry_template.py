"""Our own workbooks are known again by the looks of their sheets, filled in or not."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from evaluation.definitions import Library
from evaluation.forms import cohort_workbook, entry_template, single_forms
from evaluation.i18n import languages
from evaluation.intake.known import Known
from evaluation.intake.layouts.blocks import recognise as blocks
from evaluation.intake.layouts.entry_template import recognise
from evaluation.intake.table import Session, Table
from evaluation.spreadsheets import Sheet

MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


def sheets(content: bytes) -> list[Sheet]:
    book = load_workbook(io.BytesIO(content))
    return [Sheet.of(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]


@pytest.mark.parametrize("language", languages())
def test_the_template_of_every_form_is_known_again(library: Library, known: Known, language: str) -> None:
    used = {form.id: (form, practice) for practice in library.practices.values() for form in library.forms_of(practice)}
    for form, practice in used.values():
        entry, *others = sheets(entry_template(library, form, practice, language))
        assert recognise(entry, known).score == 1, form.id
        assert not any(recognise(other, known).score for other in others)


def test_every_sheet_of_a_cohort_workbook_is_a_table(library: Library, known: Known) -> None:
    *forms, _told, _lists, _manifest = sheets(cohort_workbook(library, library.practices["sisu"], "fi"))
    assert [recognise(sheet, known).score for sheet in forms] == [1] * len(forms)


def test_the_sheet_of_one_respondent_is_turned(library: Library, known: Known) -> None:
    form = library.questionnaire("client_start")
    sheet = sheets(single_forms(library, form, library.practices["sisu"], "fi"))[0]
    rows = [[*sheet.row(row), None] for row in range(sheet.height)]
    rows[1][1], rows[4][1] = "A1", 3
    reading = recognise(Sheet.of("Vastaaja 1", [row[:2] for row in rows]), known)
    assert reading.score == 1
    (table,) = reading.tables
    assert isinstance(table, Table)
    assert table.fields[0].system == "participant"
    assert table.rows.tolist() == [1]
    assert table.sheet.address(1, table.fields[0].columns[0]) == "B2"
    assert "Sisu" in table.titles[0][2]
    assert recognise(reading.tables[0].sheet, known).score == 1
    (empty,) = recognise(sheet, known).tables
    assert isinstance(empty, Table)
    assert empty.rows.size == 0


def test_days_written_over_the_sessions_are_dates_of_sessions_in_their_order(known: Known) -> None:
    day = datetime.date(2018, 9, 5)
    sheet = Sheet.of("Lista", [("Tunniste *", "Toteutus", "Kävi loppuun", day, "Kerta 2"), ("A1", "", "x", "x", "-")])
    (table,) = recognise(sheet, known).tables
    assert isinstance(table, Table)
    assert [field.session for field in table.fields[3:]] == [Session(1, day), Session(2, None)]


def test_a_column_of_ones_own_behind_ours_makes_it_less_sure(known: Known) -> None:
    head = ("Tunniste *", "Toteutus", MOOD, LONELY)
    assert recognise(Sheet.of("A", [head, ("A1", "", 3, 2)]), known).score == 1
    assert recognise(Sheet.of("A", [(*head, "Huom"), ("A1", "", 3, 2, "soitti")]), known).score == 0.95


@pytest.mark.parametrize(
    "rows",
    [
        [("Tunniste", MOOD, LONELY), ("A1", 3, 2)],
        [(MOOD, "Tunniste", "Toteutus"), (3, "A1", "kevät 2018")],
        [("Toteutus", "Tunniste", MOOD), ("kevät 2018", "A1", 3)],
        [("Sisu",), ("Tunniste", "Toteutus", MOOD), ("A1", "", 3)],
        [("Tunniste", "Toteutus", "Oma", MOOD), ("A1", "", 1, 3)],
        [],
    ],
)
def test_a_table_in_another_order_is_not_ours(known: Known, rows: list[tuple[object, ...]]) -> None:
    assert recognise(Sheet.of("Taul1", rows), known).score == 0


def test_another_table_typed_below_makes_it_one_of_several(known: Known) -> None:
    head = ("Tunniste *", "Päivä", "Toteutus", MOOD, LONELY)
    rows = [
        head,
        ("A1", "3.4.2018", None, 3, 2),
        (),
        ("Tunniste", "Päivä", None, "Yksinäisyys", "Mieliala"),
        ("B1", None, None, 1, 5),
    ]
    assert recognise(Sheet.of("Alku", rows[:2]), known).score == 1
    assert recognise(Sheet.of("Alku", rows), known).score == 0
    first, second = (table for table in blocks(Sheet.of("Alku", rows), known).tables if isinstance(table, Table))
    assert (first.rows.tolist(), second.rows.tolist()) == ([1], [4])
    assert [field.heading for field in second.fields][-2:] == ["Yksinäisyys", "Mieliala"]


@pytest.mark.parametrize(
    ("heading", "column"),
    [("Toteutus", "cohort"), ("Run", "cohort"), ("Verksamhet", "practice"), ("Toteutus *", "cohort")],
)
def test_headings_of_templates_made_before_are_read(known: Known, heading: str, column: str) -> None:
    assert known.system(heading) == column
