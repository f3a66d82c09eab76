"""Marks in the columns of options are answers to the question above them."""

import pytest

from evaluation.definitions import Library
from evaluation.intake.known import Known
from evaluation.intake.layouts.option_columns import recognise
from evaluation.intake.table import Table, TableField
from evaluation.spreadsheets import Sheet

HELP = "Tiedän, mistä saan apua."
MOOD = "Miten voit mielialasi puolesta tällä hetkellä?"
LABELS = ("Huonosti", "Kohtalaisesti", "Hyvin")


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


def found(known: Known, *rows: tuple[object, ...], score: float = 0.85, **more: object) -> Table:
    reading = recognise(Sheet.of("Taul1", rows, **more), known)
    assert reading.score == score
    (table,) = reading.tables
    assert isinstance(table, Table)
    return table


def marked(table: Table) -> list[TableField]:
    return [field for field in table.fields if field.kind == "options"]


def test_a_question_over_the_columns_of_its_options(known: Known) -> None:
    table = found(
        known,
        ("Sisu",),
        (None, MOOD, None, None, "Muuta"),
        ("Tunniste", *LABELS, None),
        ("A1", None, "x", None, "kiitos"),
        ("A2", None, None, "X", None),
    )
    assert [(field.heading, field.kind, field.columns) for field in table.fields] == [
        ("Tunniste", "system", (0,)),
        (MOOD, "options", (1, 2, 3)),
        ("Muuta", "question", (4,)),
    ]
    assert marked(table)[0].options == LABELS
    assert (table.header, table.rows.tolist()) == (2, [3, 4])
    assert table.titles == ((0, 0, "Sisu"),)


def test_a_merged_question_ends_where_it_is_merged_to(known: Known) -> None:
    rows = (("Tunniste", MOOD, None, None, None), (None, *LABELS, "Kävi loppuun"), ("A1", "x", None, None, "x"))
    table = found(known, *rows, merged=((0, 1, 0, 3),))
    assert marked(table)[0].columns == (1, 2, 3)
    assert table.fields[-1].heading == "Kävi loppuun"


def test_options_may_be_numbers_and_marks_ones(known: Known) -> None:
    table = found(known, ("Tunniste", MOOD, "", "", "", ""), ("", 1, 2, 3, 4, 5), ("A1", "", "", 1, "", ""))
    assert marked(table)[0].options == ("1", "2", "3", "4", "5")


@pytest.mark.parametrize("heading", ["{}: {}", "{} - {}", "{} – {}", "{} [{}]", "{} / {}"])
def test_a_heading_may_name_question_and_option_both(known: Known, heading: str) -> None:
    heads = [heading.format(MOOD, label) for label in LABELS]
    table = found(known, ("Tunniste", *heads, "Muuta"), ("A1", "x", "", "", "ok"), ("A2", "", "", "x", ""))
    (field,) = marked(table)
    assert (field.names, field.options, field.columns) == ((MOOD,), LABELS, (1, 2, 3))
    assert table.rows.tolist() == [1, 2]


def test_two_questions_side_by_side_are_two_fields(known: Known) -> None:
    table = found(
        known,
        ("Tunniste", MOOD, "", "", HELP, ""),
        ("", *LABELS, "Eri mieltä", "Samaa mieltä"),
        ("A1", "x", "", "", "", "x"),
    )
    assert [field.columns for field in marked(table)] == [(1, 2, 3), (4, 5)]


def test_the_text_of_the_option_is_a_mark_too(known: Known) -> None:
    table = found(known, ("Tunniste", MOOD, "", ""), ("", *LABELS), ("A1", "Huonosti", "", ""), ("A2", "", "", "Hyvin"))
    assert marked(table)[0].options == LABELS


def test_an_option_nobody_chose_belongs_to_its_question(known: Known) -> None:
    table = found(known, ("Tunniste", MOOD, "", ""), ("", *LABELS), ("A1", "x", "", ""))
    assert marked(table)[0].columns == (1, 2, 3)


def test_options_of_ones_own_are_less_sure(known: Known) -> None:
    found(
        known, ("Koodi", "Mistä kuulit?", "", ""), ("", "Lehdestä", "Ystävältä", "Työntekijältä"), ("A1", "x", "", "x"),
        score=0.5,
    )  # fmt: skip
    found(known, ("Koodi", "Viihdyitkö?", "", ""), ("", *LABELS), ("A1", "x", "", ""), score=0.8)


@pytest.mark.parametrize(
    "rows",
    [
        [("Tunniste", MOOD, "Muuta"), ("A1", "Hyvin", "x"), ("A2", "Huonosti", "x")],
        [("Tunniste", "Mieliala [Hyvin]", "Mieliala [Huonosti]"), ("A1", 4, 2)],
        [("Tunniste", "Kerta 1", "Kerta 2", "Kerta 3"), ("A1", "x", "", "x"), ("A2", "x", "x", "x")],
        [("Tunniste", "Väittämät", ""), ("", MOOD, HELP), ("A1", "1", "1")],
        [("Tunniste", MOOD), ("A1", 3)],
        [],
    ],
)
def test_answers_written_out_and_grids_are_no_options(known: Known, rows: list[tuple[object, ...]]) -> None:
    assert recognise(Sheet.of("Taul1", rows), known).score == 0


def test_answers_in_words_below_the_headings_of_a_table_are_no_options(known: Known) -> None:
    rows = (("A1", 5, "Hyvin"), ("A2", "Harvoin", None), ("A3", "Usein", "Huonosti"), ("A4", None, "Huonosti"))
    heading = ("Tunniste", "Kuinka usein tunnet olosi yksinäiseksi?", MOOD)
    assert recognise(Sheet.of("Taul1", (heading, *rows)), known).score == 0


@pytest.mark.parametrize(
    "rows",
    [
        (("Kävitkö muualla?", "Auttoiko se?", HELP), ("Kyllä", None, 4), ("Kyllä", "Ei", 5), ("Ei", "Ei", 3)),
        ((HELP, "Käynyt", "Tulee"), (4, "Kyllä", None), (2, "Kyllä", "Ei"), (1, "Ei", None)),
        (("Palaute",), (HELP, "Deltog", "Återkommer"), (3, "Ja", None), (4, "Ja", "Nej"), (5, "Nej", None)),
        (("Oliko apua", "Tulisitko", "Ikä"), ("Yes", None, "30-39"), ("Yes", "No", "40-49"), ("No", None, "50-")),
        ((HELP, "Perhe", "Työ", "Koti"), (4, "x", None, 2), (4, "x", "x", 3), (2, None, "x", 1)),
    ],
)  # fmt: skip
def test_answers_of_yes_and_no_are_never_taken_for_the_headings_of_options(
    known: Known, rows: tuple[tuple[object, ...], ...]
) -> None:
    assert recognise(Sheet.of("Taul1", rows), known).score == 0
