"""A diary of visits is known by its days and counts, and a feedback table with days is not taken for one."""

import datetime

import pytest

from evaluation.definitions import Library
from evaluation.intake.known import Known
from evaluation.intake.layouts.visit_diary import recognise
from evaluation.intake.table import Table
from evaluation.spreadsheets import Sheet

DAY = datetime.date(2018, 9, 5)


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


def test_a_day_and_its_counts_are_a_row(known: Known) -> None:
    rows = [
        ("Neuvonta",),
        ("Pvm", "Kävijöitä", "Asiana asuminen", "Muuta"),
        (DAY, 14, 3, "sadetta"),
        (),
        (DAY, 9, 0, ""),
    ]
    reading = recognise(Sheet.of("Taul1", rows), known)
    assert reading.score == 0.8
    (table,) = reading.tables
    assert isinstance(table, Table)
    assert [field.system for field in table.fields] == ["answered_on", None, None, None]
    assert table.rows.tolist() == [2, 4]
    assert table.titles == ((0, 0, "Neuvonta"),)


def test_counts_under_a_heading_of_ones_own_are_less_sure(known: Known) -> None:
    rows = [("Päivä", "Käyntejä"), (DAY, 14), ("6.9.2018", "9")]
    assert recognise(Sheet.of("Taul1", rows), known).score == 0.6


@pytest.mark.parametrize(
    "rows",
    [
        [("Päivä", "Kerrasta oli hyötyä"), (DAY, 4), (DAY, 5)],
        [("Tunniste", "Päivä", "Kävijöitä"), ("A1", DAY, 4)],
        [("Kävijöitä", "Asiana asuminen"), (14, 3)],
        [("Päivä", "Käyntejä"), (DAY, "monta")],
        [],
    ],
)
def test_feedback_of_people_is_no_diary(known: Known, rows: list[tuple[object, ...]]) -> None:
    assert recognise(Sheet.of("Taul1", rows), known).score == 0
