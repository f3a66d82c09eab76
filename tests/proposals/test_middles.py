"""A middle said in everyday words is the middle step of a scale, and no answer is lost to it."""

from collections.abc import Callable

import pytest

from evaluation.definitions import Library
from evaluation.intake import open_file
from evaluation.proposals.proposed_columns import propose_columns

Table = Callable[..., bytes]


@pytest.mark.parametrize(
    ("low", "middle", "high"),
    [
        ("huonosti", "siinä ja siinä", "hyvin"),
        ("huono", "niin ja näin", "hyvä"),
        ("dåligt", "sådär", "bra"),
        ("dåligt", "nja", "bra"),
        ("bad", "so-so", "good"),
        ("dåligt", "ok", "bra"),
    ],
)
def test_a_middle_in_everyday_words_stands_between_the_ends(
    low: str, middle: str, high: str, library: Library, table: Table
) -> None:
    answers = [low, middle, high, middle, high, high, low, middle]
    opened = open_file(table(["Miten menee?"], *([answer] for answer in answers)), "oma.xlsx")
    assert opened.workbook is not None
    (column,) = propose_columns(opened.workbook, library)
    assert column.scale is not None
    assert [step.label for step in column.scale.steps if step.label in (low, middle, high)] == [low, middle, high]
    assert "order" not in column.ask
