"""A count is a whole number of people; sums, ranges and guesses are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.intake.values import read_count
from evaluation.spreadsheets import CellFault, Content


@given(st.integers(0, 100_000))
def test_a_count_reads_back_however_it_is_written(number: int) -> None:
    spaced = f"{number:,}"
    forms = (number, float(number), str(number), f"+{number}", f"{number},0", f"{number}.00", f" {number} hlö")
    spaces = (spaced.replace(",", space) for space in (" ", "\u00a0", "\u202f", "\u2009"))
    assert {read_count(form).value for form in (*forms, *spaces)} == {number}


@pytest.mark.parametrize(
    "content",
    [
        "noin 5", "~62k", "2000-3400", "2600*12,5", "86,67", 86.67, "-3", -3, "5?", "5 tai 6", "viisi", "4 5", "44 37",
        # One in Finnish and a thousand in English.
        "1,000", "1.000",
        100_001, "100 001", True, float("nan"), float("inf"), "N/A", "-", "5.9.2018", "12 kertaa", "1e3", "5 %",
    ],
)  # fmt: skip
def test_what_is_not_surely_a_count_is_refused(content: Content) -> None:
    reading = read_count(content)
    assert (reading.value, reading.fault) == (None, "not_a_count")


@pytest.mark.parametrize(
    ("content", "number"), [("12 hlö", 12), ("12 henkilöä", 12), ("3 asiakasta", 3), ("1 pers.", 1)]
)
def test_a_word_for_people_may_stand_behind_the_number(content: str, number: int) -> None:
    assert read_count(content).value == number


def test_no_count_is_told_from_nought() -> None:
    assert read_count(" ").value is None
    assert read_count(0).value == 0
    assert read_count(CellFault("=A1", "formula")).fault == "formula_cell"
