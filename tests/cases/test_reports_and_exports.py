"""Files of workers that looked like something else: reports, rows of statistics, and words that make no export."""

import datetime
from pathlib import Path

import pytest

from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.intake import Given, read_draft
from evaluation.records import Draft

HERE = Path(__file__).parent / "import"
SISU = Given(practice="sisu", cohort="Kevät 2024", questionnaire="client_end")
REGISTER = Given(practice="sisu", cohort="Kevät 2024", questionnaire="attendance_register")
PASSELI = Given(practice="passeli", municipality="Huittinen", day=datetime.date(2026, 1, 5))


def read(library: Library, name: str, given: Given | None = None) -> Draft:
    return read_draft((HERE / name).read_bytes(), name, library, given)


def errors(draft: Draft) -> set[str]:
    return {problem.code for problem in draft.problems if problem.severity == "error"}


@pytest.mark.parametrize("name", ["own_yes_no_columns.csv", "own_yes_no_columns_ok.csv"])
def test_rows_of_yes_and_no_are_answers_in_any_order(library: Library, name: str) -> None:
    draft = read(library, name, PASSELI)
    assert (draft.rows, draft.rejected, len(draft.responses)) == (6, 0, 6)


def test_headings_that_may_be_two_questions_are_both_offered_and_their_rows_wait(library: Library) -> None:
    draft = read(library, "06_crash_only_ambiguous_headings.xlsx")
    assert (draft.rows, draft.rejected, len(draft.responses)) == (6, 6, 0)
    assert errors(draft) == {"no_question_taken"}
    assert {match.heading: len(match.alternatives) for match in draft.columns} == {"Mieliala": 2, "Osallisuus": 2}
    waiting = next(problem for problem in draft.problems if problem.code == "no_question_taken")
    assert "(6)" in waiting.message(Translator("fi"))
