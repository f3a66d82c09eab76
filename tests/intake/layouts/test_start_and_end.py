"""A row that tells of one person's start and end is two forms, and every column is read in one of them."""

import pytest

from evaluation.definitions import Library
from evaluation.intake.known import Known
from evaluation.intake.layouts import recognise as surest
from evaluation.intake.layouts.start_and_end import recognise
from evaluation.intake.table import Table
from evaluation.intake.timed_parts import by_time
from evaluation.spreadsheets import Sheet

HEAD = ("Tunniste", "Mieliala", "Yksinäisyys", "Mieliala", "Yksinäisyys")
BAND = (None, "Alkukysely", None, "Loppukysely", None)
ROWS = [("A1", 2, 4, 4, 2), ("A2", 3, 5, None, None), ("A3", None, None, None, None)]


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


def found(known: Known, *rows: tuple[object, ...]) -> list[Table]:
    reading = surest(Sheet.of("Taul1", rows), known)
    assert reading is not None
    assert reading.layout == "start_and_end"
    (table,) = reading.tables
    assert isinstance(table, Table)
    return list(by_time(table, known, lambda field: {item for name in field.names for item in known.find(name)}))


def read(table: Table) -> list[tuple[int, str]]:
    """Return each field's column, with the best name of what it asks or the column that it is."""
    return [(field.columns[0], field.system or field.names[0]) for field in table.fields]


@pytest.mark.parametrize(
    "headings",
    [
        ("Tunniste", "Mieliala alku", "Yksinäisyys alku", "Mieliala loppu", "Yksinäisyys loppu"),
        ("Tunniste", "Mieliala (alussa)", "Yksinäisyys (alussa)", "Mieliala (lopussa)", "Yksinäisyys (lopussa)"),
        ("Tunniste", "Alku: Mieliala", "Alku: Yksinäisyys", "Loppu: Mieliala", "Loppu: Yksinäisyys"),
        ("Kod", "Sinnesstämning, början", "Ensamhet – början", "Sinnesstämning – slut", "Ensamhet slut"),
    ],
)
def test_headings_with_a_time_part_the_columns(known: Known, headings: tuple[str, ...]) -> None:
    start, end = found(known, headings, *ROWS)
    assert (start.timing, end.timing) == ("start", "end")
    assert [column for column, _ in read(start)] == [0, 1, 2]
    assert [column for column, _ in read(end)] == [0, 3, 4]
    assert all(known.find(name) for _, name in read(start)[1:] + read(end)[1:])


def test_a_time_over_several_headings_parts_them_and_is_no_title(known: Known) -> None:
    start, end = found(known, ("Sisu kevät 2018",), BAND, HEAD, *ROWS)
    assert read(start) == [(0, "participant"), (1, "state_mood"), (2, "Yksinäisyys")]
    assert read(end) == [(0, "participant"), (3, "state_mood"), (4, "Yksinäisyys")]
    assert start.titles == end.titles == ((0, 0, "Sisu kevät 2018"),)


def test_a_person_without_an_end_has_one_form_and_one_without_any_is_kept_to_be_named(known: Known) -> None:
    start, end = found(known, BAND, HEAD, *ROWS, HEAD)
    assert start.rows.tolist() == [2, 3, 4]
    assert end.rows.tolist() == [2]
    assert start.set_aside == ((5, "repeated_header"),)
    assert end.set_aside == ()


def test_a_code_below_the_first_time_belongs_to_all_and_each_day_to_its_own(known: Known) -> None:
    start, end = found(
        known,
        ("Alku", None, None, "Loppu", None),
        ("Tunniste", "Pvm", "Mieliala", "Pvm", "Mieliala"),
        ("A1", "3.4.2018", 2, "5.6.2018", 4),
        ("A2", "3.4.2018", 2, "5.6.2018", None),
    )
    assert read(start) == [(0, "participant"), (1, "answered_on"), (2, "state_mood")]
    assert read(end) == [(0, "participant"), (3, "answered_on"), (4, "state_mood")]
    assert end.rows.tolist() == [2]


def test_other_questions_are_read_with_the_last_time_and_any_other_column_with_each(known: Known) -> None:
    start, end = found(
        known,
        ("Tunniste", "Alkupvm", "Mieliala alku", "Mieliala loppu", "Mikä oli parasta?", "Muuta"),
        ("A1", "3.4.2018", 2, 4, "Porukka", "x"),
        ("A2", "3.4.2018", 3, None, "Kahvi", None),
    )
    assert [column for column, _ in read(start)] == [0, 1, 2, 5]
    assert [column for column, _ in read(end)] == [0, 3, 4, 5]
    assert end.rows.tolist() == [1, 2]


def test_codes_below_each_time_are_that_times_own(known: Known) -> None:
    start, end = found(
        known,
        ("Alku", None, "Loppu", None),
        ("Tunniste", "Mieliala", "Tunniste", "Mieliala"),
        ("A1", 2, "A2", 4),
    )
    assert read(start) == [(0, "participant"), (1, "state_mood")]
    assert read(end) == [(2, "participant"), (3, "state_mood")]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD[:3], ("A1", 2, 4)],
        [("Alkukysely", None, None), HEAD[:3], ("A1", 2, 4)],
        [("Tunniste", "Mieliala alku", "Yksinäisyys loppu"), ("A1", 2, 4)],
        [("Tunniste", "Mittaus", "Mieliala"), ("A1", "alku", 2), ("A1", "loppu", 4)],
        [(None, "Taustatiedot", "Loppukysely"), HEAD[:3], ("A1", 2, 4)],
        [
            ("Nimimerkki", "Osaatko nyt", "Osasitko sitten", "Tarvitsetko"),
            ("A", "Ennen en", "Jälkeen joo", "Joskus"),
            ("B", "Joskus sitä", "Joskus sitä", "Joskus sitä"),
            ("C", "Joskus sitä", "Joskus sitä", "Joskus sitä"),
        ],
        [
            ("Kurssi", "Käytätkö", "Kokeiletko", "Aiotko"),
            ("X", "samoin kuin ennen", "samoin kuin ennen", "aion jatkossa"),
            ("Y", "vasta jälkeen", "samoin kuin ennen", "vasta jälkeen"),
            ("Z", "samoin kuin ennen", "samoin kuin ennen", "aion jatkossa"),
            ("W", "samoin kuin ennen", "vasta jälkeen", "aion jatkossa"),
        ],
    ],
)
def test_a_table_of_one_time_is_left_to_others(known: Known, rows: list[tuple[object, ...]]) -> None:
    assert recognise(Sheet.of("Taul1", rows), known).score == 0
