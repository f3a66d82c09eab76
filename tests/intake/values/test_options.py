"""A mark in an option's column says whether the option was chosen, whatever mark the tool or the hand uses."""

import pytest

from evaluation.intake.values import read_options
from evaluation.spreadsheets import CellFault, Content


@pytest.mark.parametrize(
    "content", ["x", "X ", 1, 1.0, "1", True, "Y", "Yes", "Kyllä", "Ja", "✓", "Checked", "valittu", "samaa  mieltä;"]
)
def test_a_mark_or_the_options_own_text_is_a_choice(content: Content) -> None:
    assert read_options(content, "Samaa mieltä").value == 1


@pytest.mark.parametrize("content", [0, "0", False, "No", "Ei", "Nej", "N/A", "-", "Unchecked", "☐"])
def test_a_sign_of_no_choice_is_none(content: Content) -> None:
    assert read_options(content, "Samaa mieltä").value == 0


@pytest.mark.parametrize("content", ["?", 2, "Eri mieltä", "ehkä", 0.5])
def test_any_other_mark_is_refused(content: Content) -> None:
    reading = read_options(content, "Samaa mieltä")
    assert (reading.value, reading.fault) == (None, "not_a_mark")


def test_the_word_no_under_the_option_no_may_say_either_and_is_refused() -> None:
    assert read_options("Ei", "Ei").fault == "not_a_mark"
    assert read_options("Kyllä", "Kyllä").value == 1
    assert read_options(0, "0").value == 0


def test_spaces_say_nothing_and_errors_are_told() -> None:
    assert read_options(" ", "Ei").value is None
    assert read_options(CellFault("#N/A"), "Ei").fault == "error_cell"
