"""A participant code joins the forms of a person; names, contacts and identity codes are never taken for one."""

from datetime import date

import pytest

from evaluation.intake.values import NEVER_SHOWN, is_total, read_participant, read_text
from evaluation.spreadsheets import CellFault, Content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("A1", "A1"), (" A1\u00a0", "A1"), ("a1", "a1"), ("Ａ１", "A1"), ("A\u200b1", "A1"), ("A  1", "A 1"), (7, "7"),
        (7.0, "7"), ("7.0", "7"), ("7,0", "7"), ("007", "007"), ("solmu12", "solmu12"), ("Asiakas A", "Asiakas A"),
        ("Asiakas Yksi", "Asiakas Yksi"), ("N", "N"), ("KA", "KA"), ("x" * 40, "x" * 40),
        ("201801-0001", "201801-0001"),
        ("Leppäkerttu", "Leppäkerttu"), ("1E5", "1E5"),
    ],
)  # fmt: skip
def test_a_code_is_kept_as_written_but_for_spaces(content: Content, code: str) -> None:
    assert read_participant(content).value == code


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("131052-308T", "identity_code"), ("131052-308X", "identity_code"), ("hetu 131052–308t", "identity_code"),
        ("13105\u200b2-308T", "identity_code"), ("131052308T", "identity_code"), ("matti@posti.fi", "contact_as_code"),
        ("040 123 4567", "contact_as_code"), ("0401234567", "contact_as_code"),
        ("Matti Meikäläinen", "participant_is_name"), ("MEIKÄLÄINEN MATTI", "participant_is_name"),
        ("M. Meikäläinen", "participant_is_name"), ("Yhteensä:", "total_row"), ("ka", "total_row"),
        ("n=12", "total_row"), ("Paikalla", "total_row"), ("Paikalla yhteensä:", "total_row"),
        ("Osallistujia 7", "total_row"), ("Närvarande", "total_row"),
        ("x" * 41, "not_a_code"), (True, "not_a_code"), (date(2018, 9, 5), "not_a_code"),
        ("3.4.1990", "not_a_code"), ("03.04.90.", "not_a_code"), ("3/4/1990", "not_a_code"), ("3-4-90", "not_a_code"),
        (CellFault("#REF!"), "error_cell"),
        (CellFault("=A1", "formula"), "formula_cell"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_code_is_refused_with_the_reason(content: Content, fault: str) -> None:
    reading = read_participant(content)
    assert (reading.value, reading.fault) == (None, fault)


def test_faults_that_tell_who_somebody_is_are_never_shown() -> None:
    for content in ("131052-308T", "040 123 4567", "Matti Meikäläinen"):
        assert read_participant(content).fault in NEVER_SHOWN


@pytest.mark.parametrize("content", [" \u00a0", "-", "–", "?", " . ", "n/a", "None", "Nimetön", "anonyymi", "saknas"])
def test_an_empty_cell_and_a_word_for_nothing_are_no_code(content: str) -> None:
    assert read_participant(content).value is None
    assert read_participant(content).fault is None


@pytest.mark.parametrize(
    "content",
    [
        "Yhteensä", "yhteensä:", "YHTEENSÄ", "Yht.", "Summa", "Keskiarvo", "keskiarvo 3,5", "ka", "Ka", "ka.", "KA:",
        "k.a.", "n=12", "N = 12", "n: 5", "Totalt", "Medeltal", "Total", "Sum", "Average", "Vastaajia yhteensä 12",
    ],
)  # fmt: skip
def test_the_head_of_a_row_that_sums_up_is_known(content: str) -> None:
    assert is_total(content)


@pytest.mark.parametrize(
    "content", ["KA", "N", "n", "A1", "Summanen", "Yhteensä meitä oli viisi", 12, True, "", "Totaali"]
)
def test_other_words_do_not_make_a_sum(content: Content) -> None:
    assert not is_total(content)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (" Kiitos!\nHyvä. ", "Kiitos!\nHyvä."), (5.0, "5"), (date(2018, 9, 5), "5.9.2018"), ("-", "-"), ("N/A", "N/A"),
        (" ", None),
    ],
)  # fmt: skip
def test_an_open_answer_is_kept_as_written(content: Content, text: str | None) -> None:
    assert read_text(content).value == text


def test_an_error_is_no_open_answer() -> None:
    assert read_text(CellFault("#NAME?")).fault == "error_cell"
