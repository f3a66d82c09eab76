"""Rows of statistics are nobody's; somebody whose code or answer is such a word stays."""

import pytest

from evaluation.definitions import Library
from evaluation.intake.known import Known
from evaluation.intake.layouts import recognise
from evaluation.intake.layouts.statistic_words import statistic_of
from evaluation.intake.table import Refusal, Table
from evaluation.spreadsheets import CellFault, Content, Sheet

HELPED, EASY, MET = "Sain tästä käynnistä apua.", "Tänne oli helppo tulla.", "Minut kohdattiin ystävällisesti."
BEST = "Mikä oli parasta?"
Row = tuple[Content | None, ...]


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


def aside(known: Known, *rows: Row) -> list[int]:
    """Return the rows (from 1, as in Excel) that are set aside as statistics."""
    reading = recognise(Sheet.of("Taul1", rows), known)
    assert reading is not None
    (table,) = reading.tables
    assert isinstance(table, Table)
    return [row + 1 for row, code in table.set_aside if code == "total_row"]


CODED: tuple[Row, ...] = (("Tunniste", HELPED, EASY), ("K1", 4, 5), ("K2", 2, 3), ("K3", 5, 4), ("K4", 3, 3))
NUMBERED: tuple[Row, ...] = (("Nro", HELPED, EASY), (1, 4, 5), (2, 2, 3), (3, 5, 4))
INITIALS: tuple[Row, ...] = (("Tunniste", HELPED, EASY), ("ANN", 4, 5), ("KAI", 2, 3), ("EVA", 5, 4))


@pytest.mark.parametrize(
    "row",
    [
        ("Keskiarvo", 3.5, 3.75), ("KA.", 3.5, 3.75), ("ka", "3,5", "3,8"), ("Mediaani:", 3.5, 3.5), ("Moodi", 2, 3),
        ("Pienin", 2, 3), ("MAX", 5, 5), ("Min", 2, 3), ("Yläneljännes", 4.25, 4.25), ("Hajonta", 1.3, 0.96),
        ("N", 4, 4), ("n = 4", None, None), ("Lkm", 4, 4), ("Summa", 14, 15), ("Yhteensä", 14, 15), ("Medel", 3.5, 3.8),
        ("Medelvärde (alla)", 3.5, 3.75), ("Mean", 3.5, 3.75), ("Std. deviation", 1.29, 0.96), ("Count", 4, 4),
        ("75%", 4.25, 4.25), ("Koko ryhmän keskiarvo", 3.4, 3.9), ("Average", CellFault("=B2", "formula"), 3.75),
        ("Keskiarvo", "3,5 (n=4)", "3,75 (n=4)"), (None, 3.5, 3.75), ("Yleisin", "2", "3"), ("Välisumma", 14, 15),
        ("Delsumma", 14, 15), ("Subtotal", 14, 15),
    ],
)  # fmt: skip
def test_a_row_of_statistics_is_set_aside_wherever_it_stands(known: Known, row: Row) -> None:
    head, *people = CODED
    assert aside(known, head, *people, row) == [6]
    assert aside(known, head, *people, (None, None, None), row) == [7]
    if row[0] is not None:
        assert aside(known, head, row, *people) == [2]
        assert aside(known, ("Palaute",), head, *people, row, ("K5", 4, 4)) == [7]


@pytest.mark.parametrize("word", ["Keskiarvo", "Keskihajonta", "N", "min"])
def test_the_word_may_stand_in_any_of_the_first_columns(known: Known, word: str) -> None:
    figures = {"Keskiarvo": (3.67, 4), "Keskihajonta": (1.5, 1), "N": (3, 3), "min": (2, 3)}[word]
    rows = [(None, None, *row) for row in NUMBERED[1:]]
    assert aside(known, (None, "Alue", "Nro", HELPED, EASY), *rows, (None, word, None, *figures)) == [5]


def test_each_of_two_blocks_may_have_its_own_mean(known: Known) -> None:
    head, *people = CODED
    more: tuple[Row, ...] = (("K5", 1, 1), ("K6", 2, 1))
    assert aside(known, head, *people, ("ka", 3.5, 3.75), *more, ("ka", 1.5, 1)) == [6, 9]


@pytest.mark.parametrize(
    "rows",
    [
        (*INITIALS, ("MIN", 4, 4)),
        (*INITIALS, ("MAX", 1, 5), ("SUM", 4, 4)),
        (*CODED, ("N1", 4, 4)),
        (("Tunniste", HELPED, EASY), ("Q1", 4, 4), ("Q2", 3, 3), ("Q4", 2, 2), ("Q5", 5, 5), ("Q6", 3, 4)),
        (("Tunniste", HELPED, BEST), ("K1", 4, "ruoka"), ("K2", 2, "max"), ("K3", 5, "keskiarvo")),
        ((BEST, HELPED, EASY), ("ruoka ja kahvi", 4, 5), ("max", 2, 3), ("se oli hyvä", 5, 4)),
        ((HELPED, EASY, BEST), (4, 5, "kahvi"), (5, 5, "max"), (2, 3, "min")),
        (*NUMBERED, (4, 4.5, 4)),
        (*NUMBERED, (None, 5, 5)),
        ((HELPED, EASY), (1, 1), (1, 1), (2, 2)),
        (*CODED, ("Paikalla", "Täysin samaa mieltä", "Täysin eri mieltä")),
    ],
)
def test_a_person_whose_code_or_answer_is_such_a_word_stays(known: Known, rows: tuple[Row, ...]) -> None:
    assert aside(known, *rows) == []


@pytest.mark.parametrize(
    "rows",
    [
        (("", HELPED, EASY), ("count", 12.0, 12.0), ("mean", 4.1, 3.9), ("25%", 3.0, 3.0), ("max", 5.0, 5.0)),
        (("Tunnusluku", HELPED, EASY), ("N", 12, 12), ("Pienin", 1, 2), ("Suurin", 5, 5)),
        (("Statistics",), (), (None, HELPED, EASY), ("Valid", 12, 12), ("Mean", 4, 4), ("Std. Deviation", 1, 1)),
        (("Nyckeltal", HELPED, MET), ("Medelvärde", 4, 4), ("Antal svar", 12, 11)),
        ((HELPED, EASY), (4.12, 3.87)),
        (("Toteutus", HELPED, EASY), ("Kevät 2018", 4.1, 3.9), ("Syksy 2018", 3.5, 4.25)),
        (("Ryhmä", "n", HELPED, EASY, MET), ("A", 12, 4.1, 3.9, 4.0), ("B", 9, 3.0, 4.2, 4.4)),
        (("", "N", "Minimum", "Maximum", "Mean"), (HELPED, 12, 1, 5, 4), (EASY, 12, 2, 5, 4), ("Valid N", 12)),
        ((HELPED, "lkm", "%"), ("Täysin eri mieltä", 1, "8 %"), ("Jokseenkin samaa mieltä", 11, "92 %")),
        ((EASY,), ("Vastaus", "Frequency", "Valid Percent"), (1, 2, 16.7), (4, 10, 83.3), ("Total", 12, 100)),
        (
            (HELPED, "n", "%", None, EASY, "n", "%"),
            ("Täysin samaa mieltä", 5, 0.5, None, "Täysin samaa mieltä", 4, 0.4),
            ("Täysin eri mieltä", 5, 0.5, None, "Täysin eri mieltä", 6, 0.6),
        ),
        (("", HELPED, EASY, MET), (HELPED, 1), (EASY, "0,53**", 1), (MET, "0,21", "-0,4*", 1)),
        (("Correlations",), ("", HELPED, EASY), (HELPED, 1.0, 0.2), (EASY, 0.2, 1.0)),
    ],
)  # fmt: skip
def test_a_table_of_nothing_but_results_is_a_report(known: Known, rows: tuple[Row, ...]) -> None:
    reading = recognise(Sheet.of("Tulokset", rows), known)
    assert reading is not None
    assert reading.tables == (Refusal("not_answers_report"),)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Keskiarvo", "mean"), ("k.a.", "mean"), ("Ka:", "mean"), ("MEDIAANI (md)", "middle"), ("Moodi", "middle"),
        ("Alakvartiili", "middle"),
        ("Std.dev", None), ("Max.", "maximum"), ("Maksimiarvo", "maximum"), ("n=12", "count"),
        ("Vastaajia 12", "count"),
        ("Kaikkien keskiarvo", "mean"), ("Keskiarvo nousi hyvin", None), ("N1", None), ("Minna", None),
        ("100 %", "middle"),
        ("Summanen", None), ("sd", "spread"), (12, None), ("", None),
    ],
)  # fmt: skip
def test_words_for_statistics_are_known(text: object, kind: str | None) -> None:
    statistic = statistic_of(text)
    assert (statistic.kind if statistic else None) == kind


@pytest.mark.parametrize(
    "text",
    ["Yhteensä 11 kävijää", "Yhteensä: 11 vastaajaa", "yhteensä n. 12 hlö", "Totalt 12 deltagare", "Total: 9 people"],
)
def test_how_many_there_were_in_all_is_no_person(text: str) -> None:
    assert statistic_of(text) is not None


@pytest.mark.parametrize("text", ["Reijo 11", "A 11", "Päivi K", "Ryhmä 2", "Kokki 3"])
def test_names_and_codes_with_figures_are_no_statistics(text: str) -> None:
    assert statistic_of(text) is None
