"""A question that asks for a number: a blank is a missing answer, and what is no number costs no row."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evaluation.definitions import Library, load_library
from evaluation.i18n import Translator, languages
from evaluation.intake import FileSettings, read_draft
from evaluation.records import Draft

Table = Callable[..., bytes]
CASES = Path(__file__).parents[1] / "cases" / "import"
GIVEN = {"practice": "sisu", "cohort": "Kevät 2024", "questionnaire": "own_visits", "day": None}
OWN = """
questionnaire:
  id: own_visits
  version: 1
  kind: form
  title: {fi: "Oma kysely", sv: "Egen enkät", en: "Own form"}
  instructions: {fi: "Vastaa.", sv: "Svara.", en: "Answer."}
  role: client
  timing: once
  participant_code: optional
  date: optional
  items:
    - id: own_useful
      text: {fi: "Oliko hyötyä?", sv: "Var det till nytta?", en: "Was it useful?"}
      short: {fi: "Oliko hyötyä", sv: "Nytta", en: "Useful"}
      scale: agreement5
      family: satisfaction
      theme: benefits
    - id: own_times
      kind: number
      text: {fi: "Montako kertaa kävit?", sv: "Hur många gånger kom du?", en: "How many times did you come?"}
      short: {fi: "Käyntikerrat", sv: "Besök", en: "Visits"}
      family: participation
      theme: description
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("own")
    (folder / "own_visits.yaml").write_text(OWN, encoding="utf-8")
    return load_library(folder)


def _numbers(draft: Draft) -> dict[int, int]:
    ours = draft.answers[draft.answers["item"] == "own_times"]
    return dict(zip(ours["response_no"].tolist(), ours["value"].tolist(), strict=True))


def _read(own: Library, table: Table, cells: tuple[object, ...], **more: object) -> Draft:
    content = table(("Oliko hyötyä?", "Montako kertaa kävit?"), *((4, cell) for cell in cells))
    return read_draft(content, "oma.xlsx", own, FileSettings(**GIVEN, **more))


def test_a_blank_is_a_missing_answer_and_a_decimal_is_asked(own: Library) -> None:
    name = "number_item_blank.csv"
    content = (CASES / name).read_bytes()
    draft = read_draft(content, name, own, FileSettings(**GIVEN))
    assert (draft.rows, draft.rejected, _numbers(draft)) == (3, 0, {0: 3})
    assert [(problem.severity, problem.code, problem.cell) for problem in draft.problems] == [
        ("warning", "number_left_empty", "B4")
    ]
    (question,) = draft.questions
    assert (question.kind, question.cell, question.blocking) == ("number_value", "B4", False)
    assert [choice.id for choice in question.choices] == ["2", "3", "empty"]
    for language in languages():
        translator = Translator(language)
        assert "2,5" in question.message(translator)
        assert all(question.choice_text(choice, translator) for choice in question.choices)
    decided = read_draft(content, name, own, FileSettings(**GIVEN, decisions={question.key: "3"}))
    assert (_numbers(decided), decided.problems) == ({0: 3, 2: 3}, ())


@pytest.mark.parametrize(
    "cell",
    ["1 200", "1\u00a0200", "1\u202f200", 1200, 1200.0, "1200,0", "+1200", "1200 kertaa", "1200 ggr", "1200 kpl"],
)
def test_a_whole_number_is_read_however_it_is_written(cell: object, own: Library, table: Table) -> None:
    draft = _read(own, table, (cell,))
    assert (_numbers(draft), draft.problems, draft.questions) == ({0: 1200}, (), ())


@pytest.mark.parametrize(
    "cell", ["noin 12", "n. 12", "ca 12", "~12", "Noin 12 kertaa", "ungefär 12", "about 12", "n 12"]
)
def test_a_guess_of_one_number_is_read_and_told(cell: str, own: Library, table: Table) -> None:
    draft = _read(own, table, (cell,))
    assert _numbers(draft) == {0: 12}
    (warning,) = draft.problems
    assert (warning.severity, warning.code, warning.value) == ("warning", "number_about", cell)


@pytest.mark.parametrize("cell", [None, "-", "–", ".", " ", "--"])
def test_a_blank_or_a_dash_is_not_known_and_no_zero(cell: object, own: Library, table: Table) -> None:
    draft = _read(own, table, (cell, 3))
    assert (_numbers(draft), draft.rejected, draft.problems, draft.questions) == ({1: 3}, 0, (), ())


@pytest.mark.parametrize(
    ("cell", "choices"),
    [
        (2.5, ["2", "3", "empty"]),
        ("5-6", ["5", "6", "empty"]),
        ("5 tai 6", ["5", "6", "empty"]),
        ("1.000", ["1", "1000", "empty"]),
        ("5?", ["5", "empty"]),
        ("12 vai enemmän", ["12", "empty"]),
        ("viisi", None),
        (True, None),
    ],
)
def test_what_is_no_whole_number_is_left_empty_and_asked(
    cell: object, choices: list[str] | None, own: Library, table: Table
) -> None:
    draft = _read(own, table, (cell, 3))
    assert (_numbers(draft), draft.rejected) == ({1: 3}, 0)
    assert [problem.code for problem in draft.problems] == ["number_left_empty"]
    assert [[choice.id for choice in question.choices] for question in draft.questions] == (
        [choices] if choices else []
    )


def test_an_identity_code_in_a_number_is_never_repeated(own: Library, table: Table) -> None:
    draft = _read(own, table, ("131052-308T", 3))
    assert draft.questions == ()
    assert all("131052" not in str((problem.value, dict(problem.values))) for problem in draft.problems)


def test_a_guess_in_a_head_count_waits_and_a_dash_is_a_missing_count(library: Library, table: Table) -> None:
    content = table(("Päivä", "Kävijöitä"), ("3.5.2024", "noin 5"), ("4.5.2024", "-"), ("5.5.2024", 7))
    choices = {"practice": "passeli", "questionnaire": "head_count"}
    draft = read_draft(content, "kavijat.xlsx", library, FileSettings(**choices))
    assert [problem.code for problem in draft.problems] == ["not_a_count", "count_missing"]
    (question,) = draft.questions
    assert (question.waiting, question.suggested, [choice.id for choice in question.choices]) == (True, "5", ["5"])
    decided = read_draft(content, "kavijat.xlsx", library, FileSettings(**choices, decisions={question.key: "5"}))
    assert decided.answers["value"].tolist() == [5, 7]
    assert [problem.code for problem in decided.problems] == ["count_missing"]
