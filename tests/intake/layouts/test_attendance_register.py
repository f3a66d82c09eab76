"""A register is read with its sessions, whatever its columns are called, and a survey is not taken for one."""

import datetime

import pytest

from evaluation.definitions import Library
from evaluation.intake.known import Known
from evaluation.intake.layouts.attendance_register import recognise
from evaluation.intake.table import Session, Table
from evaluation.spreadsheets import Sheet

DAYS = (datetime.date(2018, 9, 5), datetime.datetime.fromisoformat("2018-09-12T00:00:00"), datetime.date(2018, 9, 19))


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


def found(known: Known, *rows: tuple[object, ...]) -> Table:
    reading = recognise(Sheet.of("Taul1", rows), known)
    assert reading.score == 0.8
    (table,) = reading.tables
    assert isinstance(table, Table)
    return table


def sessions(table: Table) -> list[Session | None]:
    return [field.session for field in table.fields if field.kind == "session"]


def test_sessions_are_numbered_in_order_and_dated_by_their_heading(known: Known) -> None:
    table = found(known, ("Tunniste", "Kävi loppuun", *DAYS), ("A1", "kyllä", "x", "x", None), ("A2", "ei", 1, 0, 2))
    assert sessions(table) == [Session(number, datetime.date(2018, 9, 7 * number - 2)) for number in (1, 2, 3)]
    assert [(field.kind, field.system) for field in table.fields[:2]] == [("system", "participant"), ("question", None)]
    assert table.rows.tolist() == [1, 2]


def test_a_session_keeps_the_number_in_its_heading(known: Known) -> None:
    table = found(known, ("Sisu",), ("Kod", "Gång 3", "Gång 4", "Muuta"), ("A1", "x", "x", "lomalla"))
    assert [session.number for session in sessions(table) if session] == [3, 4]
    assert [field.kind for field in table.fields] == ["system", "session", "session", "question"]
    assert table.titles == ((0, 0, "Sisu"),)


def test_a_register_stays_one_when_some_absences_are_put_in_words(known: Known) -> None:
    rows = (("Maija", "A1", "X", "sairas"), ("Ville", "A2", "Läsnä", "-"), ("Sari", "A3", "loma", "x"))
    table = found(known, ("Nimi", "Tunniste", "Kerta 1", "Kerta 2"), *rows)
    assert [field.kind for field in table.fields] == ["question", "system", "session", "session"]


@pytest.mark.parametrize("weekday", ["ke", "ke.", "Keskiviikko", "keskiviikkona", "onsdag", "Wed", "Wednesday,"])
def test_a_weekday_may_stand_before_the_day_of_a_session(known: Known, weekday: str) -> None:
    table = found(known, ("Tunniste", f"{weekday} 5.9.2018", f"{weekday} 12.9.2018"), ("A1", "x", None))
    assert sessions(table) == [Session(1, DAYS[0]), Session(2, datetime.date(2018, 9, 12))]
    table = found(known, ("Tunniste", f"{weekday} 5.9.", f"{weekday} 12.9."), ("A1", "x", None))
    assert sessions(table) == [Session(1, None), Session(2, None)]


def test_days_may_stand_in_a_row_of_their_own_below_the_numbers(known: Known) -> None:
    table = found(known, ("Tunniste", "Kerta 1", "Kerta 2"), (None, *DAYS[:2]), ("A1", "x", "p"))
    assert sessions(table) == [Session(1, DAYS[0]), Session(2, datetime.date(2018, 9, 12))]
    assert (table.header, table.rows.tolist()) == (1, [2])


def test_a_mark_may_be_written_with_its_code_and_a_full_stop(known: Known) -> None:
    rows = (("A1", "0 = Poissa", "Perui (2)"), ("A2", "1: Paikalla", "Absent."), ("A3", "1.0", "x."))
    table = found(known, ("Tunniste", "Kerta 1", "Kerta 2"), *rows)
    assert len(sessions(table)) == 2


@pytest.mark.parametrize(
    "headings",
    [
        ("Ma", "Ti", "Ke"), (1, 2, 3), ("1", "2", "3"), ("5.9.", "12.9.", "19.9."), ("vko 36", "vko 37", "vko 38"),
        ("ke 5.9.", "ke 12.9.", "ke 19.9."), ("måndag", "tisdag", "onsdag"), ("1. krt", "2. krt", "3. krt"),
    ],
)  # fmt: skip
def test_weekdays_weeks_and_bare_numbers_head_sessions_over_marks(known: Known, headings: tuple[object, ...]) -> None:
    table = found(known, ("Osallistuja", *headings), ("A1", "x", None, "x"), ("A2", "x", "-", "peruttu"))
    assert sessions(table) == [Session(number, None) for number in (1, 2, 3)]
    assert table.fields[0].system == "participant"


def test_a_register_of_names_is_one_whose_names_are_not_taken_for_codes(known: Known) -> None:
    table = found(known, ("Nimi", *DAYS), ("Aino A", "x", "x", "x"))
    assert table.fields[0].system is None


@pytest.mark.parametrize(
    "rows",
    [
        [("Tunniste", 1, 2, 3), ("A1", 4, 5, 3), ("A2", 2, 1, 4)],
        [("Tunniste", 1, 2, 3), ("A1", 1, 2, 2), ("A2", 2, 1, 1)],
        [("Tunniste", 1, 2, 3), ("A1", "hyvin", "huonosti", "hyvin")],
        [("Tunniste", *DAYS), ("A1", "oli iloinen", "puhui paljon", "väsynyt")],
        [("Ma", "Ti", "Ke"), ("x", "x", "x")],
        [("Kahvi", *DAYS), ("Pulla", 1, 1, 1)],
        [("Tunniste", "Kerta 1"), ("A1", "x")],
        [],
    ],
)
def test_answers_to_numbered_questions_and_other_tables_are_no_register(
    known: Known, rows: list[tuple[object, ...]]
) -> None:
    assert recognise(Sheet.of("Taul1", rows), known).score == 0
