"""A column's labels are read as a set, and what is offered for an unknown one is never stronger than it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from evaluation.definitions import Library
from evaluation.i18n import Translator, languages
from evaluation.intake import FileSettings, read_draft
from evaluation.intake.values import ScaleReader
from evaluation.records import Draft

CASES = Path(__file__).parents[1] / "cases" / "import"
SESSION = FileSettings(practice="passeli", municipality="Huittinen", cohort="2024", questionnaire="session_feedback")
USEFUL, HEARD = "Tästä kerrasta oli minulle hyötyä.", "Minua kuunneltiin."
Table = Callable[..., bytes]


def read(answers: Sequence[object], library: Library, table: Table, **settings: object) -> Draft:
    content = table(("Päivä", USEFUL, HEARD), *(("3.5.2024", answer, None) for answer in answers))
    return read_draft(content, "oma.xlsx", library, FileSettings(**{**vars(SESSION), **settings}))  # type: ignore[arg-type]


def useful(draft: Draft) -> list[int]:
    return draft.answers["value"].tolist()


def test_two_grades_never_become_one_answer_unasked(library: Library) -> None:
    content = (CASES / "two_grades_one_code.csv").read_bytes()
    draft = read_draft(content, "kerrat.csv", library, SESSION)
    (question,) = draft.questions
    assert (question.kind, question.rows, draft.rejected, len(draft.responses)) == ("labels_collide", 12, 12, 0)
    assert {choice.id for choice in question.choices} == {"together", "explain", "leave_out"}
    together = read_draft(
        content, "kerrat.csv", library, FileSettings(**{**vars(SESSION), "decisions": {question.key: "together"}})
    )
    assert (together.rejected, len(together.responses)) == (0, 12)


@pytest.mark.parametrize(
    "labels",
    [
        ["samaa mieltä", "jokseenkin samaa mieltä", "täysin samaa mieltä"],
        ["Eri mieltä", "Jokseenkin eri mieltä"],
        ["SAMAA MIELTÄ", "jokseenkin samaa mieltä.", "en osaa sanoa"],
    ],
)
def test_labels_that_differ_in_degree_are_asked_about(labels: list[str], library: Library, table: Table) -> None:
    draft = read(labels, library, table)
    assert [question.kind for question in draft.questions] == ["labels_collide"]
    assert draft.responses.empty


@pytest.mark.parametrize(
    "labels",
    [
        ["täysin eri mieltä", "eri mieltä", "ei samaa eikä eri mieltä", "samaa mieltä", "täysin samaa mieltä"],
        ["täysin samaa mieltä", "jokseenkin samaa mieltä", "jokseenkin eri mieltä", "täysin eri mieltä"],
        ["samaa mieltä", "täysin samaa mieltä"],
        ["Jokseenkin samaa mieltä", "jokseenkin  samaa mieltä.", "Agree"],
        ["En osaa sanoa", "En tiedä", "eos", 4],
        ["4 = Jokseenkin samaa mieltä", "Samaa mieltä (4)"],
    ],
)
def test_one_wording_of_each_answer_asks_nothing(labels: list[object], library: Library, table: Table) -> None:
    draft = read(labels, library, table)
    assert (draft.questions, draft.rejected) == ((), 0)


def test_the_strongest_label_of_a_file_is_not_our_second_strongest_unasked(library: Library, table: Table) -> None:
    labels = ["eri mieltä", "jokseenkin eri mieltä", "jokseenkin samaa mieltä", "samaa mieltä"]
    (question,) = read(labels, library, table).questions
    assert question.suggested == "as_top"
    assert useful(read(labels, library, table, decisions={question.key: "as_top"})) == [1, 2, 4, 5]
    assert useful(read(labels, library, table, decisions={question.key: "together"})) == [2, 2, 4, 4]


def test_a_scale_of_three_steps_is_asked_about(library: Library, table: Table) -> None:
    labels = ["eri mieltä", "ei samaa eikä eri mieltä", "samaa mieltä"]
    draft = read(labels, library, table)
    (question,) = draft.questions
    assert (question.suggested, draft.rejected) == ("as_top", 3)
    assert useful(read(labels, library, table, decisions={question.key: "as_top"})) == [1, 3, 5]
    assert useful(read(labels, library, table, decisions={question.key: "together"})) == [2, 3, 4]


def test_labels_can_be_explained_one_by_one(library: Library, table: Table) -> None:
    labels = ["samaa mieltä", "jokseenkin samaa mieltä", "täysin samaa mieltä"]
    key = read(labels, library, table).questions[0].key
    explain = read(labels, library, table, decisions={key: "explain"})
    assert {answer.text for answer in explain.unknown_answers} == {"samaa mieltä", "jokseenkin samaa mieltä"}
    answers = {("session_useful", "samaa mieltä"): 5, ("session_useful", "jokseenkin samaa mieltä"): 4}
    draft = read(labels, library, table, labels=answers)
    assert (draft.questions, useful(draft)) == ((), [5, 4, 5])


def test_the_columns_of_one_scale_are_one_set(library: Library, table: Table) -> None:
    rows = [("3.5.2024", "samaa mieltä", "jokseenkin samaa mieltä"), ("4.5.2024", "täysin samaa mieltä", None)]
    draft = read_draft(table(("Päivä", USEFUL, HEARD), *rows), "oma.xlsx", library, SESSION)
    assert [question.kind for question in draft.questions] == ["labels_collide"]
    assert draft.questions[0].rows == 2


def test_options_with_a_column_each_are_a_set_too(library: Library, table: Table) -> None:
    options = ("Täysin samaa mieltä", "Samaa mieltä", "Jokseenkin samaa mieltä", "Täysin eri mieltä")
    rows = [["x", None, None, None], [None, "x", None, None], [None, None, "x", None], [None, None, None, "x"]]
    content = table(("Päivä", USEFUL, *[None] * 3), (None, *options), *(("3.5.2024", *row) for row in rows))
    draft = read_draft(content, "oma.xlsx", library, SESSION)
    assert [question.kind for question in draft.questions] == ["labels_collide"]
    assert draft.responses.empty


@pytest.mark.parametrize("language", languages())
def test_the_question_names_the_labels_and_what_they_become(language: str, library: Library, table: Table) -> None:
    (question,) = read(["eri mieltä", "jokseenkin samaa mieltä", "samaa mieltä"], library, table).questions
    t = Translator(language)
    assert "samaa mieltä" in question.message(t)
    top, together, *_ = [question.choice_text(choice, t) for choice in question.choices]
    agree = library.scales["agreement5"]
    assert agree.answer(5).label[language] in top
    assert agree.answer(4).label[language] in together


@pytest.mark.parametrize(
    ("scale", "text", "code"),
    [
        ("agreement5", "Osin eri mieltä", 2),
        ("agreement5", "osittain samaa mieltä", 4),
        ("agreement5", "jossain määrin samaa mieltä", 4),
        ("agreement5", "erittäin eri mieltä", 1),
        ("agreement5", "Olen täysin samaa mieltä", 5),
        ("agreement5", "täysn samaa mieltä", 5),
        ("agreement5", "Ei samaa eikä eri", 3),
        ("state5_good", "todella hyvin", 5),
        ("state5_good", "hyvn", 4),
        ("frequency5_bad", "erittäin usein", 5),
        ("change5", "hieman huonompi", 2),
        ("change5", "lite bätre", 4),
    ],
)
def test_an_answer_of_the_same_degree_is_offered(scale: str, text: str, code: int, library: Library) -> None:
    assert ScaleReader(library.scales[scale]).suggest(text) == code


@pytest.mark.parametrize(
    ("scale", "text"),
    [
        ("agreement5", "en ole samaa mieltä"),
        ("agreement5", "En täysin samaa mieltä"),
        ("agreement5", "Inte av samma åsikt"),
        ("agreement5", "don't agree"),
        ("agreement5", "3–4"),
        ("agreement5", "joo!"),
        ("state5_good", "melko hyvin"),
        ("state5_good", "aika huonosti"),
        ("state5_good", "ei kovin hyvin"),
        ("state5_good", "En hyvin"),
        ("frequency5_bad", "melko usein"),
        ("frequency5_bad", "en usein"),
        ("change5", "parempi"),
        ("yes_no", "joo"),
    ],
)
def test_no_stronger_or_opposite_answer_is_offered(scale: str, text: str, library: Library) -> None:
    assert ScaleReader(library.scales[scale]).suggest(text) is None


def test_counted_answers_that_differ_in_degree_are_not_added_up(library: Library, table: Table) -> None:
    labels = ("Täysin samaa mieltä", "Samaa mieltä", "Jokseenkin samaa mieltä", "Täysin eri mieltä")
    content = table(
        ("Kysymys", *labels),
        ("Toiminta oli minulle hyödyllistä.", 3, 2, 2, 1),
        ("Ilmapiiri oli turvallinen.", 4, 3, 0, 1),
    )
    settings = FileSettings(practice="sisu", cohort="2024", questionnaire="client_end")
    draft = read_draft(content, "maarat.xlsx", library, settings)
    assert [problem.cell for problem in draft.problems if problem.code == "counted_labels_alike"] == ["A2"]
    assert set(draft.answers["item"]) == {"sat_group"}
