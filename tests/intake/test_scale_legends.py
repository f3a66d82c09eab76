"""What a heading, a title, a note or another sheet says of a scale is heard, wherever it stands."""

import pytest

from evaluation.definitions import Library
from tests.intake.test_scale_questions import (
    EASY,
    RECOMMEND,
    RESPECT,
    SUITED,
    Rows,
    Table,
    ids,
    only,
    read,
    said,
    sheet,
)

REVERSED = "1 = täysin samaa mieltä, 5 = täysin eri mieltä"


@pytest.mark.parametrize(
    "heading",
    [
        f"{EASY} ({REVERSED})",
        f"{EASY} (5 = täysin eri mieltä)",
        f"{EASY} (1=paras)",
        f"{EASY} (1 = erittäin hyvä … 5 = huono)",
        f"{EASY} (1 (täysin samaa) – 5 (täysin eri))",
        f"{EASY} [täysin samaa mieltä = 1, täysin eri mieltä = 5]",
        f"{EASY} (täysin samaa mieltä (1) – täysin eri mieltä (5))",
        f"{EASY} (asteikolla 1–5, jossa 1 on paras)",
        f"{EASY} (käännetty)",
        "It was easy to get in. (1 = strongly agree, 5 = strongly disagree)",
        "It was easy to get in. (1: agree completely, 5: disagree completely)",
        "Det var lätt att komma med. (1 = helt av samma åsikt, 5 = helt av annan åsikt)",
        "Det var lätt att komma med. (skala 1-5, 1 = bäst)",
    ],
)
def test_a_heading_that_says_the_scale_is_reversed_is_asked_about(heading: str, library: Library, table: Table) -> None:
    draft = read(sheet([heading], [(1,), (2,), (4,)], table), library)
    question = only(draft)
    assert (question.suggested, draft.rejected) == ("reverse", 3)
    turned = read(sheet([heading], [(1,), (2,), (4,)], table), library, decisions={question.key: "reverse"})
    assert said(turned, "sat_access") == [5, 4, 2]


@pytest.mark.parametrize(
    "heading",
    [
        EASY,
        f"{EASY} (1 = täysin eri mieltä, 5 = täysin samaa mieltä)",
        f"{EASY} (5=paras)",
        f"{EASY} (1 täysin eri – 5 täysin samaa)",
        f"{EASY} (1–5)",
        f"3. {EASY}",
        "Det var lätt att komma med. (1 = helt av annan åsikt)",
    ],
)
def test_a_heading_that_says_what_we_take_for_granted_asks_nothing(
    heading: str, library: Library, table: Table
) -> None:
    draft = read(sheet([heading], [(1,), (2,), (4,)], table), library)
    assert (draft.questions, said(draft, "sat_access")) == ((), [1, 2, 4])


@pytest.mark.parametrize(
    ("titles", "notes"),
    [
        ([(f"Asteikko: {REVERSED}",), ()], []),
        ([("Palaute, 1 = paras ja 5 = huonoin",)], []),
        ([], [(), (None, None, None, REVERSED)]),
        ([], [(), (), ("1 = täysin samaa mieltä",), ("2 = samaa mieltä",), ("5 = täysin eri mieltä",)]),
        ([], [(), (), ("1 täysin samaa mieltä",), ("5 täysin eri mieltä",)]),
        ([("5: täysin eri mieltä",), ("1: täysin samaa mieltä",), ()], []),
        ([], [(), (), (None, None, None, 1, "täysin samaa mieltä"), (None, None, None, 2, "samaa mieltä"),
              (None, None, None, 3, "siltä väliltä"), (None, None, None, 4, "eri mieltä")]),
    ],
)  # fmt: skip
def test_a_legend_anywhere_on_the_sheet_counts(titles: Rows, notes: Rows, library: Library, table: Table) -> None:
    content = sheet([EASY, SUITED], [(1, 2), (2, 2), (4, 2)], table, titles, notes)
    question = next(iter(read(content, library).questions))
    assert "reverse" in ids(question) or "by_legend" in ids(question)
    assert question.suggested in ("reverse", "by_legend")


def test_a_legend_on_another_sheet_counts(library: Library, table: Table) -> None:
    people = [("Tunniste", EASY), ("A1", 1), ("A2", 2)]
    legend = [("Asteikko",), (1, "Täysin samaa mieltä"), (2, "Jokseenkin samaa mieltä"),
              (3, "Ei samaa eikä eri mieltä"), (4, "Jokseenkin eri mieltä"), (5, "Täysin eri mieltä")]  # fmt: skip
    content = table(*people, Ohje=legend)
    question = only(read(content, library))
    assert question.suggested == "reverse"
    assert said(read(content, library, decisions={question.key: "reverse"}), "sat_access") == [5, 4]


def test_a_legend_with_a_way_out_between_its_steps_is_read_as_it_says(library: Library, table: Table) -> None:
    steps = (
        "täysin eri mieltä",
        "jokseenkin eri mieltä",
        "en osaa sanoa",
        "jokseenkin samaa mieltä",
        "täysin samaa mieltä",
    )
    legend = ", ".join(f"{number} = {label}" for number, label in enumerate(steps, 1))
    content = sheet([EASY], [(1,), (3,), (5,)], table, [(legend,)])
    question = only(read(content, library))
    assert question.suggested == "by_legend"
    assert said(read(content, library, decisions={question.key: "by_legend"}), "sat_access") == [1, 98, 5]


@pytest.mark.parametrize(
    ("title", "low", "high"),
    [("Asteikko 1–7", 1, 7), ("Vastaukset asteikolla 0-4", 0, 4), ("Kouluarvosanat", 4, 10), ("Skala 1 till 4", 1, 4)],
)
def test_a_title_that_names_another_scale_holds_answers_that_fit_by_chance(
    title: str, low: int, high: int, library: Library, table: Table
) -> None:
    numbers = [(low + 2,), (4,), (4,)]
    question = only(read(sheet([EASY], numbers, table, [(title,)]), library))
    assert (question.values["low"], question.values["high"]) == (low, high)


@pytest.mark.parametrize(
    "title",
    ["Ryhmä 1–7", "Viikot 1–10", "Palaute 3.–5.9.2024", "Suosittelu asteikolla 0–10", "Asteikko 1–5", "Tukikerrat 1–3"],
)
def test_other_numbers_in_a_title_are_no_scale(title: str, library: Library, table: Table) -> None:
    content = sheet([EASY, RECOMMEND], [(1, 10), (4, 9), (5, 10)], table, [(title,)])
    assert read(content, library).questions == ()


def test_columns_without_a_legend_beside_one_with_it_are_asked_about(library: Library, table: Table) -> None:
    content = sheet([f"{EASY} ({REVERSED})", SUITED, RESPECT], [(1, 2, 1), (2, 2, 2)], table)
    draft = read(content, library)
    ours, beside = draft.questions
    assert (ours.key + ":beside", draft.responses.empty) == (beside.key, True)
    decided = read(content, library, decisions={ours.key: "reverse", beside.key: "as_is"})
    assert (said(decided, "sat_access"), said(decided, "sat_arrangements")) == ([5, 4], [2, 2])
