"""Webropol, as its exports are believed to be: one header row or two, labels or numbers, and columns for options."""

import pytest

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.table import LEFT_OUT, RESPONDENT
from evaluation.spreadsheets import Sheet

HELPED, EASY = "Sain tästä käynnistä apua.", "Tänne oli helppo tulla."
AGREE, DISAGREE = "Täysin samaa mieltä", "Täysin eri mieltä"


def test_question_over_its_first_column_has_its_options_below(rows, read, told) -> None:
    table = read("webropol", rows("webropol"))
    assert table.header == 1
    assert told(table) == [
        ((0,), RESPONDENT, "Vastaajan ID"),
        ((1,), ANSWERED_ON, "Vastausaika"),
        ((2,), LEFT_OUT, "Kieli"),
        ((3,), LEFT_OUT, "Tila"),
        ((4, 5, 6), (AGREE, "Jokseenkin samaa mieltä", DISAGREE), HELPED),
        ((7,), (), EASY),
        ((8,), (), "Mitä muuta haluat sanoa?"),
    ]
    assert table.set_aside == ((3, "unfinished_row"),)


@pytest.mark.parametrize("separator", [": ", " - ", " – ", " > "])
def test_question_before_its_row_or_option_in_one_heading(separator, read, told) -> None:
    table = read(
        "webropol",
        [
            ["Respondent ID", "Response time", *(f"{HELPED}{separator}{option}" for option in (AGREE, DISAGREE)),
             f"Arvioi{separator}{EASY}"],
            [1, "5.3.2018 9:04", AGREE, None, 5],
            [2, "5.3.2018 9:05", None, DISAGREE, 4],
        ],
    )  # fmt: skip
    assert told(table)[2:] == [((2, 3), (AGREE, DISAGREE), HELPED), ((4,), (), EASY)]


def test_plain_words_one_row_a_respondent(read, told) -> None:
    table = read("webropol", [["Vastaajan ID", "Vastausaika", f"1. {HELPED}"], [1, "5.3.2018 9:04", AGREE]])
    assert told(table)[2:] == [((2,), (), f"1. {HELPED}")]


def test_score_stays_below_that_of_tools_whose_exports_are_known_unless_webropol_is_named(rows, recognised) -> None:
    guessed = recognised("webropol", Sheet.of("Raakadata", rows("webropol"))).score
    named = recognised("webropol", Sheet.of("Webropol raakadata", rows("webropol"))).score
    assert guessed < 0.9 <= named


def test_table_with_a_day_and_a_code_is_not_taken_for_webropol(recognised) -> None:
    table = Sheet.of("Taul1", [["Vastaajan tunniste", "Vastauspäivä", HELPED], ["A1", "5.3.2018", 4]])
    assert recognised("webropol", table).score == 0
