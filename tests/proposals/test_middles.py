"""Everyday words have their place on a scale: a middle is the middle, and what lies between yes and no is asked."""

from collections.abc import Callable

import pytest

from evaluation.definitions import Library
from evaluation.intake import open_file
from evaluation.proposals.proposed_columns import ProposedColumn, propose_columns
from evaluation.proposals.proposed_scale import ProposedScale

Table = Callable[..., bytes]


def column_proposed(library: Library, content: bytes) -> ProposedColumn:
    opened = open_file(content, "oma.xlsx")
    assert opened.workbook is not None
    (column,) = propose_columns(opened.workbook, library)
    return column


def scale_proposed(library: Library, content: bytes) -> ProposedScale:
    scale = column_proposed(library, content).scale
    assert scale is not None
    return scale


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
    scale = scale_proposed(library, table(["Miten menee?"], *([answer] for answer in answers)))
    assert [step.label for step in scale.steps if step.label in (low, middle, high)] == [low, middle, high]
    assert "order" not in scale.ask


@pytest.mark.parametrize(
    ("low", "high", "unseen"),
    [("vähän", "kyllä", "ei"), ("Jonkin verran", "Joo", "Ei"), ("lite", "ja", "nej"), ("Somewhat", "Yes", "No"),
     ("osittain", "kyllä", "ei")],
)  # fmt: skip
def test_a_little_is_not_the_worst_where_nobody_said_no(
    low: str, high: str, unseen: str, library: Library, table: Table
) -> None:
    scale = scale_proposed(library, table(["Hyötyä ryhmästä?"], *([[low, high][n % 2]] for n in range(8))))
    assert [(step.label, step.answer_class) for step in scale.steps] == [
        (unseen, "unfavourable"), (low, "neutral"), (high, "favourable"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "labels",
    [("joo", "ihan jees", "superisti", "en oikein"), ("kyllä", "ei", "riippuu päivästä"), ("ja", "nej", "det beror på"),
     ("yes", "no", "it depends"), ("Joo", "No jaa", "En")],
)  # fmt: skip
def test_words_between_yes_and_no_are_asked_for_their_order(
    labels: tuple[str, ...], library: Library, table: Table
) -> None:
    answers = [[labels[n % len(labels)]] for n in range(16)]
    scale = scale_proposed(library, table(["Viihdyitkö?"], *answers))
    assert {step.label for step in scale.steps} == {*labels}
    assert "order" in scale.ask


@pytest.mark.parametrize(
    "labels",
    [("kyllä, kotona", "kyllä, töissä", "ei"), ("yes, by bus", "yes, by car", "no"), ("yksin", "kaverin kanssa"),
     ("kahvi", "pelit", "juttelu")],
)  # fmt: skip
def test_different_things_stay_a_choice(labels: tuple[str, ...], library: Library, table: Table) -> None:
    assert column_proposed(library, table(["Miten?"], *([labels[n % len(labels)]] for n in range(15)))).kind == "choice"
