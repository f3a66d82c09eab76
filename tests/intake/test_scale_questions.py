"""The scale of a file that is not ours is found by the whole column or by what the file says, and asked about."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from evaluation.definitions import Library
from evaluation.i18n import Translator, languages
from evaluation.intake import FileSettings, read_draft
from evaluation.intake.folding import fold
from evaluation.records import Draft, OpenQuestion

CASES = Path(__file__).parents[1] / "cases" / "import"
END = FileSettings(practice="sisu", cohort="Kevät 2024", questionnaire="client_end")
EASY, SUITED, RESPECT = (
    "Mukaan oli helppo päästä.",
    "Paikka ja aika sopivat minulle.",
    "Työntekijät kohtelivat minua arvostavasti.",
)
RECOMMEND = "Kuinka todennäköisesti suosittelisit tätä muille? (0 = en lainkaan, 10 = erittäin todennäköisesti)"
Table = Callable[..., bytes]
Rows = Sequence[Sequence[object]]


def read(content: bytes, library: Library, given: FileSettings = END, **settings: object) -> Draft:
    return read_draft(content, "oma.xlsx", library, FileSettings(**{**vars(given), **settings}))  # type: ignore[arg-type]


def sheet(headings: Sequence[str], answers: Rows, table: Table, titles: Rows = (), notes: Rows = ()) -> bytes:
    """Return a workbook with a row a person, titles above the headings and notes below the last of them."""
    people = [(f"A{number}", *row) for number, row in enumerate(answers)]
    return table(*titles, ("Tunniste", *headings), *people, *notes)


def said(draft: Draft, item: str) -> list[int]:
    return draft.answers.loc[draft.answers["item"] == item, "value"].tolist()


def only(draft: Draft) -> OpenQuestion:
    (question,) = draft.questions
    return question


def ids(question: OpenQuestion) -> list[str]:
    return [choice.id for choice in question.choices]


@pytest.mark.parametrize(
    ("file", "choices", "suggested", "columns"),
    [
        ("01a_reversed_in_heading", ["reverse", "as_is", "leave_out"], "reverse", 2),
        ("01b_reversed_in_title", ["reverse", "as_is", "leave_out"], "reverse", 3),
        ("09a_scale_1_to_7", ["as_is", "leave_out"], "leave_out", 3),
        ("09b_scale_0_to_4", ["shift", "shift_reversed", "as_is", "leave_out"], "shift", 3),
        ("09c_school_marks_4_to_10", ["as_is", "leave_out"], "leave_out", 3),
    ],
)
def test_the_whole_table_waits_until_the_worker_has_said_what_its_scale_is(
    file: str, choices: list[str], suggested: str, columns: int, library: Library
) -> None:
    draft = read((CASES / f"{file}.xlsx").read_bytes(), library)
    question = only(draft)
    assert draft.responses.empty
    assert draft.rejected == draft.rows == question.rows
    assert question.kind == "scale_differs"
    assert (ids(question), question.suggested) == (choices, suggested)
    assert str(question.values["columns"]).count("”") == 2 * columns
    assert not [problem for problem in draft.problems if problem.code == "off_scale"]


def test_answers_that_the_heading_calls_reversed_are_turned_around_when_the_worker_says_so(library: Library) -> None:
    content = (CASES / "01a_reversed_in_heading.xlsx").read_bytes()
    key = only(read(content, library)).key
    draft = read(content, library, decisions={key: "reverse"})
    assert (said(draft, "sat_access"), said(draft, "sat_arrangements")) == ([5] * 6, [4] * 6)
    assert (draft.rejected, only(draft).decision) == (0, "reverse")
    assert said(read(content, library, decisions={key: "as_is"}), "sat_access") == [1] * 6
    assert read(content, library, decisions={key: "no such choice"}).responses.empty


def test_a_title_turns_the_scale_it_speaks_of_and_no_other(library: Library) -> None:
    content = (CASES / "01b_reversed_in_title.xlsx").read_bytes()
    draft = read(content, library, decisions={only(read(content, library)).key: "reverse"})
    assert [said(draft, item)[0] for item in ("sat_access", "sat_arrangements", "sat_encounter")] == [5, 4, 5]
    assert said(draft, "recommend") == [9] * 6


def test_per_cents_are_no_codes(library: Library) -> None:
    draft = read((CASES / "08_percent_cells.xlsx").read_bytes(), library)
    assert draft.responses.empty
    assert {question.suggested for question in draft.questions} == {"leave_out"}


def test_numbers_moved_by_one_step_are_read_by_the_choice(library: Library) -> None:
    content = (CASES / "09b_scale_0_to_4.xlsx").read_bytes()
    key = only(read(content, library)).key
    assert said(read(content, library, decisions={key: "shift"}), "sat_access") == [1, 2, 3, 4, 5, 1]
    assert said(read(content, library, decisions={key: "shift_reversed"}), "sat_access") == [5, 4, 3, 2, 1, 5]


def test_a_column_can_be_left_out_and_the_rest_saved(library: Library, table: Table) -> None:
    content = sheet([EASY, RECOMMEND], [(6, 9), (7, 8), (3, 7), (5, 10)], table)
    key = only(read(content, library)).key
    draft = read(content, library, decisions={key: "leave_out"})
    assert (said(draft, "sat_access"), said(draft, "recommend"), draft.rejected) == ([], [9, 8, 7, 10], 0)


def test_with_our_scale_after_all_only_the_numbers_outside_it_wait(library: Library, table: Table) -> None:
    content = sheet([EASY], [(6,), (4,), (6,), (5,), (2,)], table)
    key = only(read(content, library)).key
    draft = read(content, library, decisions={key: "as_is"})
    assert (said(draft, "sat_access"), draft.rejected) == ([4, 5, 2], 2)
    assert {answer.text for answer in draft.unknown_answers} == {"6"}
    explained = read(content, library, labels={("sat_access", "6"): 98})
    assert (said(explained, "sat_access"), explained.questions) == ([98, 4, 98, 5, 2], ())


FIVE = [1, 2, 3, 4, 5, 4, 3, 4, 5, 5]


@pytest.mark.parametrize(
    "numbers",
    [
        [*FIVE, *FIVE, *FIVE, 6, *FIVE[1:]],
        [*FIVE, *FIVE, *FIVE, 55, *FIVE[1:]],
        [*FIVE, *FIVE, *FIVE, 0, *FIVE[1:]],
        [*FIVE, *FIVE, *FIVE, "3-4", *FIVE[1:]],
        [*FIVE, 44, 55, *FIVE, *FIVE, *FIVE],
        [*FIVE, 3.5, *FIVE],
        [*FIVE, 6],
    ],
)
def test_a_slip_of_the_hand_keeps_its_own_row_only(numbers: list[object], library: Library, table: Table) -> None:
    draft = read(sheet([EASY], [(number,) for number in numbers], table), library)
    strays = [number for number in numbers if number not in (1, 2, 3, 4, 5)]
    assert draft.questions == ()
    assert [problem.code for problem in draft.problems] == ["off_scale"] * len(strays)
    assert len(draft.responses) == len(numbers) - len(strays)


@pytest.mark.parametrize(
    ("numbers", "low", "high"),
    [
        ([*FIVE, *FIVE, *FIVE, 6, 6, *FIVE[:8]], 1, 6),
        ([*FIVE, 6, 7, *FIVE], 1, 7),
        ([1, 2, 3, 4, 5, 6, 7], 1, 7),
        ([4, 6, 5, 6, 3], 3, 6),
        ([0, 3, 4, 2, 4], 0, 4),
        ([0, 1, 2, 3, 3, 0], 0, 3),
        ([-2, -1, 0, 1, 2], -2, 2),
        ([8, 9, 10, 7, 4], 4, 10),
        ([10, 9, 3, 7, 0], 0, 10),
        ([55, 80, 100, 3, 65], 3, 100),
        (["6", "7", "4", "5 ", "2"], 2, 7),
        ([0.2, 0.8, 1, 1], 0, 100),
        (["80 %", "100 %", "65 %", "100 %"], 65, 100),
    ],
)
def test_numbers_of_another_scale_hold_the_column(
    numbers: list[object], low: int, high: int, library: Library, table: Table
) -> None:
    draft = read(sheet([EASY], [(number,) for number in numbers], table), library)
    question = only(draft)
    assert (question.values["low"], question.values["high"]) == (low, high)
    assert draft.responses.empty
    assert question.rows == len(numbers)


def test_a_column_that_fits_by_chance_waits_with_those_of_its_scale(library: Library, table: Table) -> None:
    content = sheet([EASY, SUITED], [(3, 7), (4, 6), (5, None), (2, 1)], table)
    question = only(read(content, library))
    assert EASY in str(question.values["columns"])
    assert question.rows == 4


def test_columns_of_another_question_family_beside_such_ones_are_asked_about_apart(
    library: Library, table: Table
) -> None:
    mood, lonely = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"
    content = sheet([mood, lonely], [(7, 1), (6, 2), (2, 3), (5, 4)], table)
    draft = read(content, library, questionnaire="client_start")
    keys = {question.key: question for question in draft.questions}
    assert set(keys) == {"scale_differs:state5_good:2-7", "scale_differs:frequency5_bad:2-7:beside"}
    decided = read(
        content,
        library,
        questionnaire="client_start",
        decisions=dict(zip(sorted(keys), ("as_is", "leave_out"), strict=True)),
    )
    assert said(decided, "state_social_relations") == [1, 2, 3, 4]


def test_a_row_of_averages_is_no_evidence_of_a_scale(library: Library, table: Table) -> None:
    content = sheet([EASY], [(1,), (1,), (1,)], table, notes=[("Keskiarvo", 0.5), ("Yhteensä", 7), ("Summa", 6)])
    assert read(content, library).questions == ()


def test_a_scale_of_ten_steps_answered_by_five_is_asked_about(library: Library, table: Table) -> None:
    content = sheet(["Suosittelisi muille"], [(number,) for number in (5, 4, 3, 5, 2, 5, 1, 4)], table)
    question = only(read(content, library))
    assert (question.values["low"], question.values["high"], ids(question)) == (1, 5, ["as_is", "leave_out"])
    high = sheet(["Suosittelisi muille"], [(number,) for number in (5, 4, 3, 5, 9, 5, 1, 4)], table)
    assert read(high, library).questions == ()


def test_yes_as_one_and_no_as_two_is_asked_about(library: Library, table: Table) -> None:
    helped, first = "Sain tästä käynnistä apua.", "Kävitkö täällä ensimmäistä kertaa?"
    content = table(("Päivä", helped, first), *(("3.5.2024", *entry) for entry in ((5, 1), (4, 2), (3, 2), (5, 1))))
    settings = FileSettings(practice="passeli", municipality="Huittinen", questionnaire="visit_feedback")
    question = only(read(content, library, settings))
    assert question.suggested == "shift_reversed"
    draft = read(content, library, settings, decisions={question.key: "shift_reversed"})
    assert said(draft, "visit_first") == [1, 0, 0, 1]


def test_goals_numbered_from_one_to_five_are_moved_when_said(library: Library, table: Table) -> None:
    content = sheet(["Tavoite 1"], [(1,), (3,), (5,), (4,)], table)
    settings = FileSettings(practice="yksilollinen", cohort="2024", questionnaire="goal_attainment")
    question = only(read(content, library, settings))
    assert said(read(content, library, settings, decisions={question.key: "shift"}), "goal_1") == [-2, 0, 2, 1]


@pytest.mark.parametrize(
    "heading", ["Mukaan ei ollut helppo päästä", "Ryhmään oli vaikea päästä", "It was not easy to get in."]
)
def test_a_negated_heading_that_the_worker_takes_for_a_question_is_asked_about(
    heading: str, library: Library, table: Table
) -> None:
    content = sheet([heading], [(1,), ("Jokseenkin eri mieltä",), (5,), ("En osaa sanoa",)], table)
    mapped: Mapping[str, str | None] = {fold(heading): "sat_access"}
    question = only(read(content, library, columns=mapped))
    assert (question.key, question.suggested, question.rows) == (f"scale_differs:negated:{fold(heading)}", "reverse", 4)
    turned = read(content, library, columns=mapped, decisions={question.key: "reverse"})
    assert said(turned, "sat_access") == [5, 4, 1, 98]
    straight = read(content, library, columns=mapped, decisions={question.key: "as_is"})
    assert said(straight, "sat_access") == [1, 2, 5, 98]


def test_options_with_a_column_each_are_a_scale_too(library: Library, table: Table) -> None:
    marks = [["x" if answer == option else None for option in range(1, 8)] for answer in (1, 4, 3)]
    content = table((EASY, *[None] * 6), tuple(range(1, 8)), *marks)
    draft = read(content, library)
    assert draft.responses.empty
    assert only(draft).values["high"] == 7


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("file", ["01a_reversed_in_heading", "09a_scale_1_to_7", "09b_scale_0_to_4"])
def test_the_question_names_columns_numbers_and_what_each_choice_does(
    file: str, language: str, library: Library
) -> None:
    question = only(read((CASES / f"{file}.xlsx").read_bytes(), library))
    t = Translator(language)
    assert EASY in question.message(t)
    texts = [question.choice_text(choice, t) for choice in question.choices]
    assert len(set(texts)) == len(texts)
    if "shift" in ids(question):
        assert library.scales["agreement5"].answer(1).label[language] in texts[0]


def test_tables_of_one_file_decide_together(library: Library, table: Table) -> None:
    rows = [("A1", 3), ("A2", 4), ("A3", 5), ("A4", 2)]
    more = [("Tunniste", EASY), ("B1", 7), ("B2", 6), ("B3", 4)]
    content = table(("Tunniste", EASY), *rows, sheet="Kevät", Syksy=more)
    draft = read(content, library)
    question = only(draft)
    assert (question.rows, draft.rejected, len(draft.responses)) == (7, 7, 0)
    left_out = read(content, library, decisions={question.key: "as_is"})
    assert (said(left_out, "sat_access"), left_out.rejected) == ([3, 4, 5, 2, 4], 2)


def test_a_legend_of_another_scale_is_none_of_this_one(library: Library, table: Table) -> None:
    mood, lonely = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"
    legend = "1 = Erittäin huonosti, 5 = Erittäin hyvin"
    content = sheet([mood, lonely], [(3, 2), (4, 1)], table, [(legend,)])
    assert read(content, library, questionnaire="client_start").questions == ()
    both = "1 = huonoin, 5 = paras"
    (question,) = read(
        sheet([mood, lonely], [(3, 2), (4, 1)], table, [(both,)]), library, questionnaire="client_start"
    ).questions
    assert (question.suggested, lonely in str(question.values["columns"])) == ("reverse", True)
