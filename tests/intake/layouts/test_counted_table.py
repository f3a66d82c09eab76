"""A table of how many gave each answer is read as counts, and never where people's own answers may stand."""

import pytest

from evaluation.definitions import Library
from evaluation.intake.known import Known
from evaluation.intake.layouts.counted_table import recognise
from evaluation.intake.table import CountTable, Refusal
from evaluation.spreadsheets import Sheet

MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"
LABELS = ("Huonosti", "Kohtalaisesti", "Hyvin")


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


def found(known: Known, *rows: tuple[object, ...], score: float = 0.85) -> CountTable:
    reading = recognise(Sheet.of("Taul1", rows), known)
    assert reading.score == score
    (table,) = reading.tables
    assert isinstance(table, CountTable)
    return table


def counts(table: CountTable) -> list[tuple[str, list[tuple[str, int]]]]:
    return [(item.heading, [(answer, n) for answer, n, _, _ in item.counts]) for item in table.items]


def test_questions_down_and_answers_across(known: Known) -> None:
    table = found(
        known,
        ("Sisu kevät 2018",),
        ("Käytäntö", "Sisu", "Kunta", "Lempäälä"),
        ("Kysymys", *LABELS, "Yht.", "Keskiarvo"),
        (MOOD, 1, "2", 5, 8, 3.5),
        (LONELY, 0, 3.0, None, 3, 3),
        ("Yhteensä", 1, 5, 5, 11, None),
    )
    assert counts(table) == [
        (MOOD, [("Huonosti", 1), ("Kohtalaisesti", 2), ("Hyvin", 5)]),
        (LONELY, [("Huonosti", 0), ("Kohtalaisesti", 3)]),
    ]
    assert [text for _, _, text in table.titles] == ["Sisu kevät 2018", "Käytäntö", "Sisu", "Kunta", "Lempäälä"]
    _, _, row, column = table.items[0].counts[2]
    assert table.sheet.address(row, column) == "D4"


def test_answers_down_and_questions_across_keep_their_addresses(known: Known) -> None:
    table = found(known, ("Vastaus", MOOD, LONELY), *zip(LABELS, (1, 2, 5), (0, 3, 1), strict=True), ("n", 8, 4))
    assert counts(table)[1] == (LONELY, [("Huonosti", 0), ("Kohtalaisesti", 3), ("Hyvin", 1)])
    _, n, row, column = table.items[1].counts[1]
    assert (n, table.sheet.address(row, column)) == (3, "C3")
    assert table.sheet.address(table.items[1].row, table.items[1].column) == "C1"


@pytest.mark.parametrize(
    "rows",
    [
        (("", 1, 2, 3, 4, 5, "n"), (MOOD, 1, 2, 3, 2, 1, 9), (LONELY, 0, 2, 2, 2, 1, 7)),
        (("Kysymys", 1, 2, 3, 4, 5), (MOOD, 1, 2, 3, 12, 1)),
        (("Vastausten määrä", 1, 2, 3, 4, 5), (MOOD, 1, 2, 3, 2, 1)),
        (("Antal svar", 1, 2, 3, 4, 5), (MOOD, 1, 2, 3, 2, 1)),
        (("", 1, 2, 3, 4, 5, "En osaa sanoa"), (MOOD, 1, 2, 3, 2, 1, 1)),
        (("", 1, 2, 3, 4, 5, "Vastauksia"), (MOOD, "1 hlö", "2 kpl", "3", "2 hlö", "-", 8)),
    ],
)
def test_counts_under_bare_codes_must_show_that_they_are_counts(
    known: Known, rows: tuple[tuple[object, ...], ...]
) -> None:
    assert counts(found(known, *rows))[0][1][:2] == [("1", 1), ("2", 2)]


@pytest.mark.parametrize(
    "rows",
    [
        [("", 1, 2, 3, 4, 5), (MOOD, 3, 4, 2, 5, 1), (LONELY, 2, 2, 1, 4, 4)],
        [("Kysymys", 1, 2, 3, 4, 5), (MOOD, 5, 5, 5, 5, 5), (LONELY, 5, 5, 5, 5, 5)],
        [("", 1, 2, 3, 4, 5, "Yhteensä"), (MOOD, 3, 4, 2, 5, 1, 15), (LONELY, 2, 2, 1, 4, 4, 13)],
        [
            ("", 1, 2, 3, 4, 5),
            (MOOD, 3, 4, 2, 5, 1),
            ("Suosittelisi muille", 0, 9, 10, 8, 4),
            ("Ikä", 34, 51, 28, 40, 61),
        ],
    ],
)
def test_numbers_that_may_be_answers_of_numbered_people_are_refused(
    known: Known, rows: list[tuple[object, ...]]
) -> None:
    reading = recognise(Sheet.of("Taul1", rows), known)
    assert reading.tables == (Refusal("counts_or_answers"),)
    people = [("Vastaaja", *rows[0][1:]), *rows[1:]]
    assert recognise(Sheet.of("Taul1", people), known).score == 0


def test_labels_with_codes_and_units_are_answers(known: Known) -> None:
    table = found(known, ("", "1 = Huonosti", "Hyvin (4)", "Erittäin hyvin, kpl"), (MOOD, 1, 2, 12))
    assert counts(table)[0][1] == [("1 = Huonosti", 1), ("Hyvin (4)", 2), ("Erittäin hyvin", 12)]


def test_a_question_of_ones_own_is_less_sure(known: Known) -> None:
    found(known, ("Kysymys", *LABELS), ("Miten viihdyit?", 1, 2, 5), ("Miten ruoka maistui?", 4, 1, 3), score=0.6)


def test_shares_with_their_number_of_people_are_counts_again(known: Known) -> None:
    percent = found(
        known, ("", *LABELS, "n"), (MOOD, "12,5 %", "25 %", "62,5 %", 8), (LONELY, "33 %", "67 %", "0 %", 3)
    )
    assert counts(percent)[0][1] == [("Huonosti", 1), ("Kohtalaisesti", 2), ("Hyvin", 5)]
    assert counts(percent)[1][1] == [("Huonosti", 1), ("Kohtalaisesti", 2), ("Hyvin", 0)]
    parts = found(known, ("", *LABELS, "Vastaajia"), (MOOD, 0.125, 0.25, 0.625, 8))
    assert counts(parts)[0][1] == [("Huonosti", 1), ("Kohtalaisesti", 2), ("Hyvin", 5)]


@pytest.mark.parametrize(
    "rows",
    [
        (("", *LABELS), (MOOD, "12,5 %", "25 %", "62,5 %")),
        (("", *LABELS), (MOOD, 0.2, 0.3, 0.5)),
        (("", *LABELS), (MOOD, 20, 30, 50), (LONELY, 10, 10, 80)),
        (("%-osuudet", *LABELS), (MOOD, 20, 30, 50)),
        (("", *LABELS, "n"), (MOOD, "12 %", "25 %", "63 %", 250)),
        (("", *LABELS, "n"), (MOOD, "10 %", "25 %", "65 %", 7)),
    ],
)
def test_shares_that_do_not_tell_the_counts_are_refused(known: Known, rows: tuple[tuple[object, ...], ...]) -> None:
    reading = recognise(Sheet.of("Taul1", rows), known)
    assert (reading.score, reading.tables) == (0.85, (Refusal("shares_not_counts"),))


def test_a_hundred_answers_with_their_number_are_counts(known: Known) -> None:
    table = found(known, ("", *LABELS, "n"), (MOOD, 20, 30, 50, 100), (LONELY, 10, 10, 80, 100))
    assert counts(table)[0][1] == [("Huonosti", 20), ("Kohtalaisesti", 30), ("Hyvin", 50)]


@pytest.mark.parametrize(
    "rows",
    [
        [("Tunniste", MOOD, LONELY), ("A1", 3, 2), ("A2", 4, 1), ("A3", 5, 1)],
        [("", MOOD, LONELY), (1, 3, 2), (2, 4, 1), (3, 5, 1)],
        [("nro", MOOD, "Ikä"), (1, 3, 34), (2, 4, 51), (3, 5, 28)],
        [("", MOOD, "Suosittelisi muille"), (1, 3, 0), (2, 4, 10), (3, 5, 9)],
        [("nro", MOOD, LONELY, "Yhteensä"), (1, 3, 2, 5), (2, 4, 1, 5), (3, 5, 1, 6)],
        [("Miten meni?", MOOD, LONELY), ("Hyvin", 3, 2), ("Huonosti", 4, 1)],
        [("Tunniste", MOOD, "Muuta"), ("A1", "Hyvin", "x"), ("A2", 3, "p"), ("A3", 0, 1)],
        [("Tunniste", MOOD, LONELY), ("A1", "Hyvin", "Usein"), ("A2", 3, 4), ("A3", 2, 2)],
        [(MOOD, LONELY), ("Hyvin", "Harvoin"), ("Huonosti", "Usein")],
        [("Tunniste", "Kerta 1", "Kerta 2"), ("A1", "x", "-"), ("A2", "x", "x")],
        [("Tunniste", *LABELS), ("A1", 1, 0, 0), ("A2", 0, 0, 1)],
        [("Ryhmä", *LABELS), ("Sisu", 1, 0, 0), ("Solmut", 0, 0, 1)],
        [("", *LABELS), (MOOD, "moni", "pari", "yksi")],
        [("", *LABELS), (MOOD, 3.4, 2.1, 4.4)],
        [("Kulu", 1, 2, 3), ("Kahvi", 10, 12, 9)],
        [],
    ],
)
def test_peoples_own_answers_and_other_tables_are_no_counts(known: Known, rows: list[tuple[object, ...]]) -> None:
    assert recognise(Sheet.of("Taul1", rows), known).score < 0.5
