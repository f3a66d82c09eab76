"""A table typed by hand is found by its headings wherever they stand, and a sheet of something else is left alone."""

import datetime

import numpy as np
import pytest

from evaluation.definitions import Library
from evaluation.intake.known import Known
from evaluation.intake.layouts.plain_table import recognise
from evaluation.intake.table import Table
from evaluation.spreadsheets import Column, Sheet

MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


def found(known: Known, *rows: tuple[object, ...]) -> Table:
    (table,) = recognise(Sheet.of("Taul1", rows), known).tables
    assert isinstance(table, Table)
    return table


def score(known: Known, *rows: tuple[object, ...]) -> float:
    return recognise(Sheet.of("Taul1", rows), known).score


def test_headings_become_fields_and_rows_answers(known: Known) -> None:
    table = found(known, ("Tunniste", MOOD, "Kengännumero"), ("A1", 3, 43), ("A2", "hyvin", 39))
    assert [(field.heading, field.kind, field.system, field.columns) for field in table.fields] == [
        ("Tunniste", "system", "participant", (0,)),
        (MOOD, "question", None, (1,)),
        ("Kengännumero", "question", None, (2,)),
    ]
    assert table.rows.tolist() == [1, 2]
    assert (table.header, table.set_aside, table.titles) == (0, (), ())


def test_header_stands_below_titles_and_above_blank_rows(known: Known) -> None:
    table = found(
        known,
        ("Sisu", None, "kevät 2018"),
        (),
        (1, 2, 3),
        ("Tunniste", MOOD, LONELY),
        (),
        ("A1", 3, 2),
        (),
        ("A2", 4, 1),
    )
    assert table.header == 3
    assert table.titles[:2] == ((0, 0, "Sisu"), (0, 2, "kevät 2018"))
    assert table.rows.tolist() == [5, 7]
    assert [table.sheet.address(row, 1) for row in table.rows.tolist()] == ["B6", "B8"]


def test_titles_that_name_columns_of_every_form_are_no_header(known: Known) -> None:
    table = found(known, ("Käytäntö", "Sisu", "Kunta", "Lempäälä"), ("Tunniste", MOOD, LONELY), ("A1", 3, 2))
    assert table.header == 1
    assert [text for _, _, text in table.titles] == ["Käytäntö", "Sisu", "Kunta", "Lempäälä"]


def test_codes_under_texts_belong_to_the_header_and_name_the_question_too(known: Known) -> None:
    table = found(known, ("Tunniste", MOOD, LONELY), (None, "state_mood", "state_social_relations"), ("A1", 3, 2))
    assert table.header == 1
    assert table.fields[1].names == (MOOD, "state_mood")
    assert table.rows.tolist() == [2]


def test_columns_of_every_form_may_stand_a_row_above_the_questions(known: Known) -> None:
    table = found(known, ("Tunniste", "Päivä", None, None), (None, None, MOOD, LONELY), ("A1", "3.4.2018", 3, 2))
    assert [field.system for field in table.fields] == ["participant", "answered_on", None, None]
    assert (table.header, table.titles) == (1, ())


def test_header_on_every_printed_page_is_set_aside(known: Known) -> None:
    head = ("Tunniste", MOOD, LONELY)
    table = found(known, head, ("A1", 3, 2), head, ("A2", 4, 1))
    assert table.set_aside == ((2, "repeated_header"),)
    assert table.rows.tolist() == [1, 3]


def test_a_column_without_heading_is_kept_and_an_empty_one_is_none(known: Known) -> None:
    table = found(known, ("Tunniste", MOOD, None, None, LONELY, "Oma", ""), ("A1", 3, None, "huom", 2, None, None))
    assert [(field.heading, field.columns[0]) for field in table.fields] == [
        ("Tunniste", 0), (MOOD, 1), ("", 3), (LONELY, 4),
    ]  # fmt: skip
    assert [text for _, _, text in table.titles] == ["Oma"]


def test_a_heading_that_stands_twice_is_two_fields(known: Known) -> None:
    table = found(known, ("Tunniste", MOOD, MOOD), ("A1", 3, 4))
    assert [field.heading for field in table.fields] == ["Tunniste", MOOD, MOOD]


def test_a_star_or_html_in_a_heading_is_not_part_of_its_name(known: Known) -> None:
    table = found(known, ("Tunniste *", f"<b>{MOOD}</b>"), ("A1", 3))
    assert [field.names for field in table.fields] == [("Tunniste",), (MOOD,)]
    assert table.fields[0].heading == "Tunniste *"


def test_a_table_without_answers_yet_is_a_table_without_rows(known: Known) -> None:
    assert found(known, ("Tunniste", MOOD)).rows.size == 0


def test_more_known_headings_make_it_surer(known: Known) -> None:
    sure = score(known, ("Tunniste", MOOD), ("A1", 3))
    one = score(known, (MOOD, "Oma"), (3, "a"), (4, "b"))
    systems = score(known, ("Tunniste", "Kunta", "Viihdyitkö?"), ("A1", "Nokia", 4), ("A2", "Nokia", 5))
    strange = score(known, ("Viihdyitkö?", "Saitko apua?", "Muuta"), (4, "kyllä", "ok"), (5, "ei", "-"))
    assert 0.7 == sure > one > systems > strange > 0


def test_a_survey_of_ones_own_comes_through_with_all_its_columns(known: Known) -> None:
    table = found(
        known,
        ("Palautekysely 2018",),
        (),
        ("Vastaaja nro", "Viihdyitkö ryhmässä?", "Saitko apua?", "Mitä haluat sanoa?"),
        (1, 4, "kyllä", "Kiitos"),
        (2, 5, "ei", None),
        (3, 4, "kyllä", "Hyvä ryhmä"),
    )
    assert [field.heading for field in table.fields][1:] == [
        "Viihdyitkö ryhmässä?",
        "Saitko apua?",
        "Mitä haluat sanoa?",
    ]
    assert table.rows.tolist() == [3, 4, 5]


def test_a_survey_of_ones_own_is_found_although_an_answer_is_called_like_a_question(known: Known) -> None:
    table = found(known, ("Mitä teimme?", "Arvosana", "Apua?"), ("Asuminen", 4, "kyllä"), ("Arki", 5, "ei"))
    assert table.header == 0


@pytest.mark.parametrize(
    "rows",
    [
        [("Ryhmä kokoontui keskiviikkoisin.",), ("Kaikki viihtyivät ja juttelivat paljon.",)],
        [("Kulu", "Kpl", "Hinta", "Yhteensä"), ("Kahvi", 2, 5.5, 11), ("Pulla", 4, 2.5, 10)],
        [("Kunta", "Päivä", "Kpl", "Summa"), ("Nokia", "3.4.2018", 2, 400), ("Nokia", "4.4.2018", 1, 82.5)],
        [("Nimi", "Puhelin", "Tulossa"), ("Aino A", "040 1234567", "kyllä"), ("Eino E", "050 7654321", "ei")],
        [("Tunniste", "Kunta", "Ikä"), ("A1", "Nokia", 34), ("A2", "Nokia", 41)],
        [("Klo", "Aihe", "Vetäjä"), ("10", "Kahvit", "Työpari"), ("11", "Keskustelu", "Ohjaaja")],
        [("Täysin eri mieltä", "Ei"), ("Täysin samaa mieltä", "Kyllä")],
        [(1, 2), (3, 4)],
        [],
    ],
)
def test_prose_budgets_and_lists_of_people_are_no_answers(known: Known, rows: list[tuple[object, ...]]) -> None:
    assert score(known, *rows) == 0


def test_a_large_sheet_is_read_by_its_distinct_values(known: Known) -> None:
    height = 60_001
    texts = tuple(f"vastaus {number}" for number in range(height - 1))
    codes = np.arange(height, dtype=np.int32)
    sheet = Sheet(
        "Taul1",
        (
            Column(("Viihdyitkö?", 4, 5), np.minimum(codes, 1 + codes % 2).astype(np.int32)),
            Column(("Saitko apua?", 1, 2), np.minimum(codes, 1 + codes % 2).astype(np.int32)),
            Column(("Muuta", *texts), codes),
        ),
        height,
    )
    reading = recognise(sheet, known)
    assert reading.score == 0.3
    (table,) = reading.tables
    assert isinstance(table, Table)
    assert len(table.rows) == height - 1


def test_days_in_headings_and_error_cells_do_no_harm(known: Known) -> None:
    assert score(known, ("Tunniste", datetime.date(2018, 9, 5), MOOD), ("A1", None, 3)) == 0.7
