"""Files in which start and end, headings or codes stand as workers put them: what is stored of them is right."""

from datetime import date
from pathlib import Path

import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings, read_draft
from evaluation.records import Draft

FOLDER = Path(__file__).parent / "import"
SISU = {"practice": "sisu", "cohort": "Kevät 2024"}
# The worker's own headings, as she means them.
OWN = {
    "mieliala tällä hetkellä": "state_mood",
    "yksinäisyys, kuinka usein": "state_social_relations",
    "pääsee mukaan tärkeisiin asioihin": "state_taking_part",
    "päihteet haittaavat arkea": "state_substance_use",
    "mieliala verrattuna aiempaan": "change_mood",
    "ihmissuhteet verrattuna aiempaan": "change_social_relations",
    "osallistuminen verrattuna aiempaan": "change_taking_part",
    "päihdetilanne verrattuna aiempaan": "change_substance_use",
    "helppo tulla mukaan": "sat_access",
    "paikka ja aika sopi": "sat_arrangements",
    "työntekijät kohtelivat arvostavasti": "sat_encounter",
    "sai vaikuttaa mitä tehdään": "sat_influence",
    "toiminnasta oli hyötyä": "sat_usefulness",
    "turvallinen ilmapiiri": "sat_group",
    "suosittelisi muille 0-10": "recommend",
    "mikä parasta": "best_thing",
    "mitä pitäisi muuttaa": "to_improve",
}


def read(library: Library, name: str, **settings: object) -> Draft:
    """Read a file; names of people are left out where it is asked whether to make codes of them."""
    content = (FOLDER / name).read_bytes()
    draft = read_draft(content, name, library, FileSettings(**settings))  # type: ignore[arg-type]
    names = {question.key: "leave_out" for question in draft.questions if question.kind == "names_as_codes"}
    if not names:
        return draft
    return read_draft(content, name, library, FileSettings(**settings, decisions=names))  # type: ignore[arg-type]


def values(draft: Draft, item: str) -> dict[str, list[int]]:
    """Return the answers to a question by form, in the order of the rows."""
    actual = draft.answers[draft.answers["item"] == item].merge(draft.responses, on="response_no")
    return {str(form): list(part["value"]) for form, part in actual.groupby("questionnaire")}


@pytest.mark.parametrize("form", [None, "client_end"])
@pytest.mark.parametrize("name", ["w_min_wide_mapped.xlsx", "w_min_stacked_mapped.xlsx"])
def test_one_heading_mapped_by_hand_is_start_and_end(library: Library, name: str, form: str | None) -> None:
    columns = {"mieliala tällä hetkellä": "state_mood"}
    draft = read(library, name, **SISU, questionnaire=form, columns=columns)
    assert values(draft, "state_mood") == {"client_start": [2] * 8, "client_end": [4] * 8}
    codes = draft.responses.groupby("questionnaire")["participant"].apply(sorted).to_dict()
    people = [f"T0{number}" for number in range(8)]
    assert codes == {"client_start": people, "client_end": people}
    assert draft.rejected == 0


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("shape", ["wide", "stacked", "rows"])
def test_a_sheet_with_start_and_end_is_both_forms(library: Library, shape: str, own: bool) -> None:
    name = f"w_j1_{shape}.xlsx" if own else f"w_j1_{shape}_exact.xlsx"
    labels = {(item, "3 = ei osaa sanoa"): 3 for item in OWN.values()}
    draft = read(library, name, **SISU, columns=OWN if own else {}, labels=labels)
    assert set(draft.questionnaires) == {"client_start", "client_end"}
    # Eleven people at the start and eight at the end; one or two rows of averages are none of theirs.
    assert draft.rows - sum(problem.code == "total_row" for problem in draft.problems) >= 19
    assert values(draft, "state_mood")["client_end"] == [3, 4, 4, 4, 2, 3, 4, 3]
    if shape != "rows":
        timings = {match.timing for match in draft.columns if match.target == "state_mood"}
        assert timings == {"start", "end"}


@pytest.mark.parametrize("shape", ["wide", "stacked", "rows"])
def test_her_own_headings_are_offered_as_what_she_means(library: Library, shape: str) -> None:
    draft = read(library, f"w_j1_{shape}.xlsx", **SISU)
    offered = {
        match.key.partition("#")[0]: match.target or (match.alternatives[0] if match.alternatives else None)
        for match in draft.columns
        if match.key.partition("#")[0] in OWN
    }
    assert offered == OWN


def test_a_column_mapped_to_the_time_by_hand_parts_the_rows_too(library: Library) -> None:
    for columns in ({}, {"lomake": "timing"}):
        draft = read(library, "w_j1_rows_exact.xlsx", **SISU, columns=columns)
        assert set(draft.questionnaires) == {"client_start", "client_end"}
        assert len(values(draft, "recommend")["client_end"]) == 8


def test_a_header_over_two_rows_keeps_codes_and_days(library: Library) -> None:
    draft = read(library, "12_header_two_rows.xlsx", **SISU, questionnaire="client_end")
    assert draft.responses["participant"].tolist() == [f"K{number}" for number in range(1, 7)]
    assert {str(day) for day in draft.responses["answered_on"]} == {"2024-05-03"}


@pytest.mark.parametrize("name", ["13a_nameless_tallennettu.xlsx", "13b_ragged.csv"])
def test_no_row_of_answers_is_taken_for_a_header(library: Library, name: str) -> None:
    draft = read(library, name, **SISU, questionnaire="client_end")
    assert draft.responses["participant"].tolist() == [f"K{number}" for number in range(1, 7)]
    assert draft.rows == 6


def test_a_nameless_column_is_named(library: Library) -> None:
    draft = read(library, "13a_nameless_tallennettu.xlsx", **SISU, questionnaire="client_end")
    assert [problem.code for problem in draft.problems] == ["column_without_heading"]


def test_two_half_filled_columns_are_one_question(library: Library) -> None:
    draft = read(library, "14_question_in_two_columns.xlsx", **SISU, questionnaire="client_end")
    assert values(draft, "sat_access") == {"client_end": [5, 4, 3]}


def test_an_exact_heading_goes_before_what_a_layout_takes_a_column_for(library: Library) -> None:
    choices = {"practice": "passeli", "municipality": "Huittinen", "cohort": "2026", "day": date(2026, 1, 5)}
    draft = read(library, "constant_4th_column.csv", **choices)
    assert values(draft, "visit_useful") == {"visit_feedback": [4] * 6}
    assert values(draft, "visit_access") == {"visit_feedback": [5] * 6}
