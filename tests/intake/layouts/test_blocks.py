"""Several tables on a sheet are read one by one, no row of them is lost, and one table is never torn apart."""

import datetime

import pytest

from evaluation.definitions import Library
from evaluation.intake.known import Known
from evaluation.intake.layouts.blocks import recognise
from evaluation.intake.table import CountTable, Table
from evaluation.spreadsheets import Sheet

MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"
HEAD = ("Tunniste", MOOD, LONELY)


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


def found(known: Known, *rows: tuple[object, ...]) -> list[Table]:
    reading = recognise(Sheet.of("Taul1", rows), known)
    assert reading.score == pytest.approx(0.75)
    return [table for table in reading.tables if isinstance(table, Table)]


def titles(table: Table) -> list[str]:
    return [text for _, _, text in table.titles]


def test_tables_below_one_another_each_under_its_title(known: Known) -> None:
    first, second = found(
        known, ("Sisu",), ("Kevät 2018",), HEAD, ("A1", 3, 2), (), ("A2", 4, 1), (), ("Syksy 2018",), HEAD, ("B1", 5, 1)
    )
    assert (first.header, first.rows.tolist()) == (2, [3, 5])
    assert (second.header, second.rows.tolist()) == (8, [9])
    assert titles(first) == ["Sisu", "Kevät 2018"]
    assert titles(second) == ["Syksy 2018", "Sisu"]
    assert second.sheet.address(9, 1) == "B10"
    assert second.sheet.cell(9, 1) == 5
    assert first.sheet.cell(9, 1) is None


def test_a_title_may_stand_a_row_above_its_header(known: Known) -> None:
    first, second = found(known, HEAD, ("A1", 3, 2), (), ("Syksy 2018",), (), HEAD, ("B1", 5, 1))
    assert (titles(first), titles(second)) == ([], ["Syksy 2018"])
    assert first.rows.tolist() == [1]


def test_another_header_begins_another_table(known: Known) -> None:
    first, second = found(known, HEAD, ("A1", 3, 2), (), ("Päivä", "Kerrasta oli hyötyä"), ("5.9.2018", 4))
    assert [field.heading for field in second.fields] == ["Päivä", "Kerrasta oli hyötyä"]
    assert [first.rows.tolist(), second.rows.tolist()] == [[1], [4]]


def test_another_header_right_below_the_last_row_begins_another_table(known: Known) -> None:
    other = ("Tunniste", MOOD, "Paikka ja aika sopivat minulle.")
    first, second = found(known, HEAD, ("A1", 3, 2), ("A2", 4, 1), other, ("B1", 4, 5), ("B2", 4, 2))
    assert (first.rows.tolist(), second.header, second.rows.tolist()) == ([1, 2], 3, [4, 5])
    assert [field.heading for field in second.fields] == list(other)


def test_tables_side_by_side_share_the_title_that_stands_alone(known: Known) -> None:
    first, second = found(
        known,
        ("Sisu",),
        ("Alku", None, None, None, "Loppu"),
        (*HEAD, None, *HEAD),
        ("A1", 3, 2, None, "A1", 4, 1),
        ("A2", 3, 2, None, None, None, None),
    )
    assert [first.rows.tolist(), second.rows.tolist()] == [[3, 4], [3]]
    assert [field.columns for field in second.fields] == [(4,), (5,), (6,)]
    assert (titles(first), titles(second)) == (["Sisu", "Alku"], ["Loppu", "Sisu"])
    assert second.sheet.address(3, 5) == "F4"


def test_tables_of_several_kinds_are_each_read_by_their_own_reader(known: Known) -> None:
    days = (datetime.date(2018, 9, 5), datetime.date(2018, 9, 12))
    rows = [
        HEAD, ("A1", 3, 2), (),
        ("Tunniste", *days), ("A1", "x", "-"), (),
        ("Kysymys", "Huonosti", "Hyvin"), (MOOD, 2, 5),
    ]  # fmt: skip
    reading = recognise(Sheet.of("Taul1", rows), known)
    assert [table.layout for table in reading.tables if not hasattr(table, "code")] == [
        "plain_table", "attendance_register", "counted",
    ]  # fmt: skip
    assert reading.score == pytest.approx(0.9)
    counted = reading.tables[2]
    assert isinstance(counted, CountTable)
    assert counted.items[0].row == 7


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, ("A1", 3, 2), (), ("A2", 4, 1)],
        [HEAD, ("A1", 3, 2), (), HEAD, ("A2", 4, 1)],
        [("Tunniste", "Päivä", None, MOOD, LONELY), ("A1", "3.4.2018", None, 3, 2)],
        [("Sisu",), (), HEAD, ("A1", 3, 2), (), ("Yhteensä", 1), ("Laskenut: työntekijä",)],
        [("Käytäntö", "Sisu"), (), HEAD, ("A1", 3, 2)],
        [("Aihe",), ("Puhuimme arjesta", "ja rahasta"), (), ("Kiitos", "kaikille")],
        [(MOOD, "Mikä oli parasta?", "Mitä pitäisi muuttaa?"), (3, "Porukka", None), (None, "Arki", "Mieliala"), (2,)],
        [(1, 2)],
        [],
    ],
)
def test_one_table_stays_one(known: Known, rows: list[tuple[object, ...]]) -> None:
    assert recognise(Sheet.of("Taul1", rows), known).score == 0


def test_the_rows_of_all_tables_are_all_the_rows(known: Known) -> None:
    rows: list[tuple[object, ...]] = []
    for cohort in range(12):
        rows += [(f"Kevät {2010 + cohort}",), HEAD, *[(f"A{number}", 3, 2) for number in range(5)], ()]
    tables = [table for table in recognise(Sheet.of("Taul1", rows), known).tables if isinstance(table, Table)]
    assert len(tables) == 12
    matched = [row for table in tables for row in table.rows.tolist()]
    assert matched == [row for row, cells in enumerate(rows) if len(cells) == 3 and cells != HEAD]


def test_answers_in_words_below_a_blank_row_are_no_table_of_marks(known: Known) -> None:
    first = (MOOD, LONELY, "Toteutus", "Tunniste")
    rows = (("Hyvin", 2, "kevät 2018", "A1"), (), ("Hyvin", "Joskus", "kevät 2018"))
    rows += (("Huonosti", 3, "kevät 2018", "A2"), (None, "Usein", "kevät 2018"))
    assert recognise(Sheet.of("Taul1", (first, *rows)), known).score == 0


@pytest.mark.parametrize("last", [(5, 4), ("Huonosti", 4), ("Huonosti", "Usein")])
def test_rows_below_a_blank_one_are_no_counts_whatever_way_they_are_answered(known: Known, last: tuple) -> None:
    rows = (("A1", 3, 2), (), ("A2", "Hyvin", "Joskus"), ("A3", *last), ("A4", 3, None), ("A5", 3, 2))
    assert recognise(Sheet.of("Taul1", (HEAD, *rows)), known).score == 0
