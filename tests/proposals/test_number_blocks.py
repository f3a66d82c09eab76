"""What columns of bare numbers side by side tell of one another."""

import pytest

from evaluation.proposals.number_blocks import between_wider, in_series, scales_told_before

FIVE, TEN, FEW = list("12345"), [*"0246", "10"], list("01")
AGREE = "Sain apua (1 = täysin eri mieltä, 5 = täysin samaa mieltä)"
OFTEN = "Kuinka usein? (1 = ei koskaan, 5 = aina)"


@pytest.mark.parametrize(
    ("headings", "columns", "told"),
    [
        ([AGREE, "Tila oli hyvä", "Ruoka oli hyvää"], [FIVE, FIVE, FIVE], ["", AGREE, AGREE]),
        (["Arvioi (1–5)", "Tila"], [FIVE, FIVE], ["", "Arvioi (1–5)"]),
        ([AGREE, "Terveiset", "Tila"], [FIVE, ["kiitos", "hyvä"], FIVE], ["", "", ""]),
        ([AGREE, "Ikä", "Tila"], [FIVE, FIVE, FIVE], ["", "", ""]),
        ([AGREE, "Montako kertaa kävit?", "Tila"], [FIVE, FIVE, FIVE], ["", "", ""]),
        ([OFTEN, "Tila"], [FIVE, FIVE], ["", ""]),
        ([AGREE, OFTEN, "Tila"], [FIVE, FIVE, FIVE], ["", "", ""]),
        (["Tila", AGREE], [FIVE, FIVE], ["", ""]),
    ],
)
def test_a_scale_that_is_told_once_holds_until_another_or_something_else(
    headings: list[str], columns: list[list[str]], told: list[str]
) -> None:
    assert list(scales_told_before(headings, columns)) == told


@pytest.mark.parametrize(
    ("columns", "between"),
    [
        ([TEN, FIVE, TEN], [False, True, False]),
        ([TEN, FIVE, FIVE, TEN], [False, True, True, False]),
        ([FIVE, FIVE, TEN, TEN], [False, False, False, False]),
        ([TEN, ["hyvä"], FIVE, TEN], [False, False, False, False]),
    ],
)
def test_a_column_between_wider_ones_may_be_as_wide(columns: list[list[str]], between: list[bool]) -> None:
    assert list(between_wider(["a", "b", "c", "d"][: len(columns)], columns)) == between


@pytest.mark.parametrize(
    ("headings", "columns", "series"),
    [
        (["pmq1", "pmq2", "pmq3"], [FIVE, FEW, FEW], [True, True, True]),
        (["a1", "b1", "b2"], [FIVE, FEW, FEW], [False, False, False]),
        (["vbw1", "vbw2"], [["0.5", "7.2"], FEW], [False, False]),
        (["Tila", "Ruoka"], [FIVE, FEW], [False, False]),
    ],
)
def test_noughts_and_ones_of_a_graded_series_are_grades(
    headings: list[str], columns: list[list[str]], series: list[bool]
) -> None:
    assert list(in_series(headings, columns)) == series
