"""Files of workers that looked like something else: reports, rows of statistics, and words that make no export."""

import datetime
from pathlib import Path

import pytest

from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.intake import FileSettings, read_draft
from evaluation.records import Draft
from evaluation.store import Store

HERE = Path(__file__).parent / "import"
SISU = FileSettings(practice="sisu", cohort="Kevät 2024", questionnaire="client_end")
REGISTER = FileSettings(practice="sisu", cohort="Kevät 2024", questionnaire="attendance_register")
PASSELI = FileSettings(practice="passeli", municipality="Huittinen", day=datetime.date(2026, 1, 5))


def read(library: Library, name: str, given: FileSettings | None = None) -> Draft:
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


REPORTS = ("report_statistics.xlsx", "report_describe.csv", "report_webropol_numbers.csv", "report_frequency.xlsx",
           "report_correlations.xlsx")  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("given", [None, PASSELI, SISU])
def test_result_tables_are_refused_although_their_questions_are_known(
    library: Library, name: str, given: FileSettings | None
) -> None:
    draft = read(library, name, given)
    assert (draft.rows, len(draft.responses), errors(draft)) == (0, 0, {"not_answers_report"})


@pytest.mark.parametrize("practice", ["sisu", "yksilollinen", "gruppis"])
@pytest.mark.parametrize("given", [None, SISU])
def test_a_report_of_ours_without_its_mark_is_refused_and_told_to_be_ours(
    library: Library, practice: str, given: FileSettings | None
) -> None:
    draft = read(library, f"05_own_report_{practice}.xlsx", given)
    assert (draft.rows, len(draft.responses), errors(draft)) == (0, 0, {"not_answers_report"})
    assert "own_report" in {problem.code for problem in draft.problems}


def test_means_and_smallest_values_below_answers_are_set_aside_and_nothing_is_asked_of_them(library: Library) -> None:
    draft = read(library, "answers_with_min_max_below.csv", PASSELI)
    assert (draft.rows, draft.set_aside, draft.rejected, len(draft.responses)) == (11, 5, 0, 6)
    assert errors(draft) == set()
    assert draft.unknown_answers == ()


def test_a_row_of_averages_below_her_own_sheet_is_offered_nowhere(library: Library) -> None:
    draft = read(library, "w_j1_wide.xlsx", SISU)
    aside = [problem for problem in draft.problems if problem.code == "total_row"]
    assert [(problem.severity, problem.cell, problem.value) for problem in aside] == [("notice", "A17", "Keskiarvo")]
    assert "A17" not in {problem.cell for problem in draft.problems if problem.severity == "error"}


def test_a_register_with_a_mark_for_sick_and_a_row_of_those_present(library: Library) -> None:
    draft = read(library, "16_register_with_sick_and_count.xlsx", REGISTER)
    assert draft.layout == "attendance_register"
    assert (draft.rows, draft.rejected, draft.set_aside) == (6, 1, 1)
    assert draft.responses["participant"].tolist() == ["A1", "A2", "A3", "A4"]
    assert {(problem.code, problem.severity) for problem in draft.problems} >= {
        ("off_scale", "error"), ("total_row", "notice"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "rows", "code"),
    [
        ("13a_nameless_tallennettu.xlsx", SISU, 6, "column_without_heading"),
        ("22a_vastaaja_is_a_role.xlsx", SISU, 8, None),
        ("22b_1_vastaaja_1_to_8.xlsx", SISU, 8, None),
        ("22b_2_other_people_1_to_8.xlsx", SISU, 8, None),
        ("22c_two_exports_below_each_other.xlsx", SISU, 8, None),
        ("23_vastausnumero_1_to_8.xlsx", SISU, 8, None),
    ],
)
def test_an_ordinary_word_makes_no_export_and_no_identity(
    library: Library, name: str, given: FileSettings, rows: int, code: str | None
) -> None:
    draft = read(library, name, given)
    assert (draft.rows, len(draft.responses), errors(draft)) == (rows, rows, set())
    assert draft.responses["tool_key"].isna().all()
    assert "respondent" not in {match.target for match in draft.columns}
    assert code is None or code in {problem.code for problem in draft.problems}


def test_numbers_of_rows_in_two_files_are_two_peoples(library: Library, store: Store) -> None:
    for name in ("22b_1_vastaaja_1_to_8.xlsx", "22b_2_other_people_1_to_8.xlsx"):
        receipt = store.accept(read(library, name, SISU))
        assert (receipt.accepted, receipt.replaced, receipt.duplicates) == (8, 0, 0)


def test_a_constant_column_beside_two_stamps_is_no_name_and_hides_no_question(library: Library) -> None:
    draft = read(library, "constant_4th_column.csv", PASSELI)
    assert (draft.rows, len(draft.responses), draft.layout) == (6, 6, "plain_table")
    assert set(draft.answers["item"]) == {"visit_useful", "visit_access"}
