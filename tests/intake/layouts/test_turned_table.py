"""A table with its questions below one another is turned, and its cells keep the addresses they have in the file."""

import datetime

import pytest

from evaluation.definitions import Library
from evaluation.intake.known import Known
from evaluation.intake.layouts.turned_table import recognise
from evaluation.intake.table import Refusal, Table
from evaluation.spreadsheets import Sheet

MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


def found(known: Known, *rows: tuple[object, ...], score: float) -> Table:
    reading = recognise(Sheet.of("Taul1", rows), known)
    assert reading.score == pytest.approx(score)
    (table,) = reading.tables
    assert isinstance(table, Table)
    return table


def test_people_side_by_side_become_rows(known: Known) -> None:
    table = found(known, ("Tunniste", "A1", "A2", "A3"), (MOOD, 3, 4, 2), (LONELY, 1, None, 2), score=0.65)
    assert table.sheet.turned
    assert [field.heading for field in table.fields] == ["Tunniste", MOOD, LONELY]
    assert table.rows.tolist() == [1, 2, 3]
    assert table.sheet.cell(2, 0) == "A2"
    assert table.sheet.address(2, 1) == "C2"


def test_titles_and_numbers_before_the_questions_do_not_disturb(known: Known) -> None:
    table = found(
        known,
        ("Sisu kevät 2018",),
        (),
        ("nro", "Kysymys", "Vastaaja 1", "Vastaaja 2"),
        (1, MOOD, 3, 4),
        (2, LONELY, 2, 2),
        score=0.65,
    )
    assert table.rows.tolist() == [2, 3]
    assert "Sisu kevät 2018" in [text for _, _, text in table.titles]


def test_a_register_may_lie_on_its_side(known: Known) -> None:
    day = datetime.date(2018, 9, 5)
    table = found(known, ("Tunniste", "A1", "A2"), (day, "x", "-"), (datetime.date(2018, 9, 12), "x", "x"), score=0.75)
    assert [field.session.number for field in table.fields if field.session] == [1, 2]


def test_people_numbered_like_the_answers_of_a_scale_are_refused_if_nothing_says_that_they_are_people(
    known: Known,
) -> None:
    rows = (("", 1, 2, 3, 4, 5), (MOOD, 3, 4, 2, 5, 1), (LONELY, 2, 2, 1, 4, 4))
    with_total = [(*row, end) for row, end in zip(rows, ("Vastauksia", 15, 13), strict=True)]
    for entry in (rows, with_total):
        assert recognise(Sheet.of("Taul1", entry), known).tables == (Refusal("counts_or_answers"),)
    found(known, ("Vastaaja", *rows[0][1:]), *rows[1:], score=0.65)
    found(known, *rows[:2], (LONELY, "usein", 2, 1, 4, 4), score=0.65)
    found(known, ("", *range(1, 9)), (MOOD, *[3] * 8), (LONELY, *[2] * 8), score=0.65)


@pytest.mark.parametrize(
    "rows",
    [
        [("Tunniste", MOOD, LONELY), ("A1", 3, 2), ("A2", 4, 1)],
        [("Kahvi", 12), ("Pulla", 8)],
        [("Aihe", "Kuvaus"), ("Arki", "Puhuimme arjesta")],
        [(MOOD,)],
        [],
    ],
)
def test_a_table_that_stands_upright_is_left_alone(known: Known, rows: list[tuple[object, ...]]) -> None:
    assert recognise(Sheet.of("Taul1", rows), known).score == 0


def test_a_sheet_too_large_to_turn_is_left_alone(known: Known) -> None:
    assert recognise(Sheet.of("Taul1", [(MOOD, 3), (LONELY, 2)] * 1000), known).score == 0
