"""Files dropped in again, corrected, grown or meant for another run: what they become, file by file."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings
from evaluation.store import open_store
from tests.desk import (
    ACCESS,
    ALL,
    ARRANGED,
    DIARY,
    GRUPPIS,
    MET,
    PASSELI,
    REGISTER,
    SISU,
    SOLMUT,
    Desk,
    case,
    codes,
    kinds,
    security,
    table,
    text,
)


@pytest.fixture
def desk(library: Library) -> Desk:
    return Desk(open_store("duckdb:///:memory:"), library)


# The cases that came out wrong.


@pytest.mark.parametrize(
    ("first", "second", "given"),
    [
        ("03a_1_anonymous.xlsx", "03a_2_anonymous_corrected.xlsx", GRUPPIS),
        ("03a_1_anonymous.xlsx", "19_another_equal_form.xlsx", GRUPPIS),
    ],
)
def test_a_decision_that_is_none_of_the_choices_decides_nothing(
    first: str, second: str, given: FileSettings, desk: Desk
) -> None:
    desk.drop(case(first), given)
    receipt = desk.drop(case(second), given, same_papers="repalce")
    assert (receipt.accepted, receipt.rejected, desk.forms()) == (0, receipt.rows, 6)
    assert [question.waiting for question in receipt.questions] == [True]


def test_a_corrected_file_without_codes_is_asked_about_and_replaces_what_it_corrects(desk: Desk) -> None:
    desk.drop(case("03a_1_anonymous.xlsx"), GRUPPIS)
    asked = desk.drop(case("03a_2_anonymous_corrected.xlsx"), GRUPPIS)
    assert (kinds(asked), asked.questions[0].suggested, asked.rejected) == (["same_papers"], "replace", 6)
    assert desk.forms() == 6
    receipt = desk.drop(case("03a_2_anonymous_corrected.xlsx"), GRUPPIS, same_papers="replace")
    assert (receipt.accepted, receipt.replaced, receipt.duplicates) == (1, 1, 5)
    assert desk.said("session_useful") == [2, 3, 4, 4, 5, 5]
    assert receipt.import_id is not None
    desk.store.undo(receipt.import_id)
    assert desk.said("session_useful") == [1, 2, 3, 4, 5, 5]


@pytest.mark.parametrize(
    ("edited", "answers"),
    [("03b_2_kobo_edited_new_uuid.xlsx", [2, 3, 4, 5, 5]), ("03c_2_kobo_edited_same_uuid.xlsx", [1, 3, 4, 5, 5])],
)
def test_an_answer_edited_in_kobo_replaces_the_one_of_its_id(desk: Desk, edited: str, answers: list[int]) -> None:
    desk.drop(case("03b_1_kobo.xlsx"), SISU)
    receipt = desk.drop(case(edited), SISU)
    assert (receipt.replaced, receipt.duplicates, desk.forms()) == (1, 4, 5)
    assert desk.said("sat_access") == answers
    assert receipt.import_id is not None
    desk.store.undo(receipt.import_id)
    assert desk.said("sat_access") == [1, 2, 3, 4, 5]


def test_a_diary_grows_by_its_new_day_and_asks_about_the_one_that_differs(desk: Desk) -> None:
    desk.drop(case("03d_1_diary.xlsx"), DIARY)
    asked = desk.drop(case("03d_2_diary_corrected_and_grown.xlsx"), DIARY)
    assert (kinds(asked), asked.accepted, asked.rejected) == (["contradicting_forms"], 1, 1)
    assert asked.conflicts[0].participant == "3.5.2024"
    desk.drop(case("03d_2_diary_corrected_and_grown.xlsx"), DIARY, contradicting_forms="new")
    assert sum(desk.said("visits")) == 48
    assert desk.forms() == 4


@pytest.mark.parametrize(("choice", "forms", "runs"), [("move", 6, 1), ("both", 12, 2), ("leave", 6, 1)])
def test_the_same_bytes_for_another_run_are_asked_about(desk: Desk, choice: str, forms: int, runs: int) -> None:
    desk.drop(case("04_same_bytes.xlsx"), SISU)
    other = replace(SISU, cohort="Kevät 2025")
    asked = desk.drop(case("04_same_bytes.xlsx"), other)
    assert (kinds(asked), asked.accepted, asked.rejected) == (["file_again"], 0, 6)
    assert "already_imported" not in codes(asked)
    desk.drop(case("04_same_bytes.xlsx"), other, file_again=choice)
    assert (desk.forms(), desk.store.contents()["cohort"].nunique()) == (forms, runs)
    again = desk.drop(case("04_same_bytes.xlsx"), SISU if choice != "move" else other)
    assert (again.duplicates, desk.forms()) == (6, forms), "afterwards it is known where it stands"


def test_a_column_more_completes_the_forms(desk: Desk) -> None:
    desk.drop(case("15_1_half.xlsx"), SISU)
    receipt = desk.drop(case("15_2_same_with_a_column_more.xlsx"), SISU)
    assert (receipt.accepted, receipt.completed, desk.forms()) == (6, 6, 6)
    assert (desk.said("recommend"), desk.said("sat_access")) == ([9] * 6, [4] * 6)
    assert desk.drop(case("15_1_half.xlsx"), SISU).accepted == 0
    desk.store.undo(2)
    assert (desk.said("recommend"), desk.said("sat_access")) == ([], [4] * 6)


def test_one_form_over_two_sheets_is_one_form(desk: Desk) -> None:
    receipt = desk.drop(case("15b_one_form_two_sheets.xlsx"), SISU)
    assert (receipt.accepted, desk.forms()) == (12, 6)
    assert "forms_joined" in codes(receipt)
    assert (desk.said("sat_access"), desk.said("recommend")) == ([4] * 6, [9] * 6)
    assert desk.drop(case("15b_one_form_two_sheets.xlsx"), SISU).duplicates == 12


def test_a_register_that_has_grown_grows(desk: Desk) -> None:
    desk.drop(case("15c_1_register_week4.xlsx"), REGISTER)
    receipt = desk.drop(case("15c_2_register_week5.xlsx"), REGISTER)
    assert (receipt.accepted, receipt.completed, receipt.rejected, desk.forms()) == (5, 4, 0, 5)
    marks = desk.store.session_counts(ALL)
    assert marks.groupby("session_no")["n"].sum().tolist() == [4, 3, 4, 4, 5]


def test_an_equal_form_among_others_may_be_another_persons(desk: Desk) -> None:
    desk.drop(case("03a_1_anonymous.xlsx"), GRUPPIS)
    asked = desk.drop(case("19_another_equal_form.xlsx"), GRUPPIS)
    assert (kinds(asked), asked.questions[0].suggested, desk.forms()) == (["same_papers"], "other", 6)
    desk.drop(case("19_another_equal_form.xlsx"), GRUPPIS, same_papers="other")
    assert desk.forms() == 8


def test_other_people_under_the_same_numbers_are_other_forms(desk: Desk) -> None:
    desk.drop(case("22b_1_vastaaja_1_to_8.xlsx"), SISU)
    desk.drop(case("22b_2_other_people_1_to_8.xlsx"), SISU)
    assert desk.forms() == 16


def test_numbers_that_begin_again_tell_nobody_apart(desk: Desk) -> None:
    desk.drop(case("22c_two_exports_below_each_other.xlsx"), SISU)
    assert desk.forms() == 8


def test_an_export_and_the_text_saved_of_it_are_one(desk: Desk) -> None:
    desk.drop(case("forms_export.xlsx"), PASSELI)
    receipt = desk.drop(case("forms_export_saved_as_csv.csv"), PASSELI)
    assert (receipt.accepted, receipt.duplicates, receipt.questions, desk.forms()) == (0, 6, (), 6)


@pytest.mark.parametrize(("file", "forms"), [("same_file_other_run.csv", 1), ("nocode.csv", 2)])
def test_a_run_spelt_otherwise_is_the_same_run(desk: Desk, file: str, forms: int) -> None:
    desk.drop(security(file), replace(SISU, cohort="kevät 2026"))
    receipt = desk.drop(security(file), replace(SISU, cohort="Kevät-2026"))
    assert (receipt.accepted, receipt.duplicates, desk.forms()) == (0, forms, forms)
    assert desk.store.contents()["cohort"].unique().tolist() == ["kevät 2026"]


@pytest.mark.parametrize("file", ["same_file_other_run.csv", "nocode.csv", "nocode_nodate.csv"])
@pytest.mark.parametrize(
    "other",
    [{"cohort": "Syksy 2026"}, {"practice": "gruppis"}, {"questionnaire": "partner"}],
    ids=["run", "practice", "questionnaire"],
)
def test_the_same_bytes_elsewhere_never_become_more_people(desk: Desk, file: str, other: dict[str, str]) -> None:
    desk.drop(security(file), SOLMUT)
    before = desk.forms()
    desk.drop(security(file), replace(SOLMUT, **other))  # type: ignore[arg-type]
    assert desk.forms() == before


@pytest.mark.parametrize("more", [{"columns": {"fiilis": "sat_group"}}, {"day": datetime.date(2026, 4, 3)}])
def test_the_same_bytes_read_otherwise_replace_what_they_were(desk: Desk, more: dict[str, Any]) -> None:
    desk.drop(security("nocode_nodate.csv"), SOLMUT)
    receipt = desk.drop(security("nocode_nodate.csv"), replace(SOLMUT, **more))
    assert (receipt.accepted, receipt.replaced, desk.forms()) == (3, 3, 3)
    poorer = desk.drop(security("nocode_nodate.csv"), SOLMUT)
    assert (poorer.accepted, desk.forms()) == (0, 3)


# Other files of the same kinds.


def moment(day: int, hour: int, minute: int, second: int = 0) -> datetime.datetime:
    return datetime.datetime(2024, 5, day, hour, minute, second)  # noqa: DTZ001


KOBO = ("start", "end", ACCESS, ARRANGED, "_id", "_uuid", "_submission_time")
T = "2024-05-0{}T10:0{}:00.000+03:00"
Q = ("StartDate", "EndDate", "Finished", "ResponseId", "RecordedDate", ACCESS, ARRANGED)
LIME = ("id", "submitdate", "lastpage", "startlanguage", ACCESS, ARRANGED)
GOOGLE = ("Aikaleima", ACCESS, ARRANGED)
MS = ("ID", "Start time", "Completion time", "Email", "Name", ACCESS, ARRANGED)
TYPEFORM = ("#", ACCESS, ARRANGED, "Start Date (UTC)", "Submit Date (UTC)", "Network ID")
TOOLS: Mapping[str, tuple[Sequence[str], Callable[[int, int], Sequence[object]]]] = {
    "kobotoolbox": (KOBO, lambda n, a: (T.format(n, n), T.format(n, n), a, 4, 900 + n, f"u{n}{a}", T.format(n, n))),
    "qualtrics": (
        Q, lambda n, a: ("2024-05-03 10:00", "2024-05-03 10:04", "True", f"R_{n}x", f"2024-05-03 1{a}:05:00", a, 4)
    ),
    "limesurvey": (LIME, lambda n, a: (n, f"2024-05-0{n} 10:05:00", 3, "fi", a, 4)),
    "google_forms": (GOOGLE, lambda n, a: (moment(n, 10, 5, n), a, 4)),
    "microsoft_forms": (
        MS,
        lambda n, a: (
            n, moment(n, 9, 59), moment(n, 10, 5, n), "anonymous", "", a, 4
        ),
    ),
    "typeform": (
        TYPEFORM, lambda n, a: (f"tok{n}", a, 4, "2024-05-03 10:00:00", f"2024-05-03 10:0{n}:00", f"net{n}")
    ),
}  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
def test_a_response_corrected_in_a_tool_replaces_the_one_of_its_number(desk: Desk, tool: str) -> None:
    headings, row = TOOLS[tool]
    first = table(headings, *(row(n, 3) for n in range(1, 6)))
    assert desk.drop((f"{tool}.xlsx", first), SISU).layout == tool
    edited = table(headings, *(row(n, 5 if n == 4 else 3) for n in range(5, 0, -1)), row(6, 2))
    receipt = desk.drop((f"{tool}_uusi.xlsx", edited), SISU)
    assert (receipt.accepted, receipt.replaced, receipt.duplicates, receipt.questions) == (2, 1, 4, ())
    assert desk.said("sat_access") == [2, 3, 3, 3, 3, 5]


def test_responses_that_mostly_differ_under_the_same_numbers_are_asked_about(desk: Desk) -> None:
    headings, row = TOOLS["kobotoolbox"]
    desk.drop(("a.xlsx", table(headings, *(row(n, 2) for n in range(1, 6)))), SISU)
    other = ("b.xlsx", table(headings, *(row(n, 5) for n in range(1, 6))))
    asked = desk.drop(other, SISU)
    assert (kinds(asked), asked.rejected, desk.said("sat_access")) == (["contradicting_responses"], 5, [2] * 5)
    desk.drop(other, SISU, contradicting_responses="others")
    assert desk.forms() == 10


PLAIN = (("Tunniste", ACCESS, ARRANGED), *((f"K{n}", n % 5 + 1, 4) for n in range(8)))
NAMELESS = tuple(row[1:] for row in PLAIN)


@pytest.mark.parametrize("rows", [PLAIN, NAMELESS], ids=["codes", "no codes"])
def test_the_same_answers_in_another_file_are_known(desk: Desk, rows: Sequence[Sequence[object]]) -> None:
    desk.drop(("a.xlsx", table(*rows)), SISU)
    turned = [rows[0][::-1], *(row[::-1] for row in rows[:0:-1])]
    for name, content in (("b.xlsx", table(*rows, sheet="Kopio")), ("c.csv", text(*rows)), ("d.xlsx", table(*turned))):
        receipt = desk.drop((name, content), SISU)
        assert (receipt.accepted, receipt.duplicates, receipt.questions) == (0, 8, ())
        asked = desk.drop((name, content), replace(SISU, cohort=f"Syksy {name}"))
        assert (kinds(asked), desk.forms()) == (["file_again"], 8)


def test_papers_that_have_grown_are_added_to(desk: Desk) -> None:
    desk.drop(("a.csv", text(*NAMELESS)), SISU)
    receipt = desk.drop(("b.csv", text(*NAMELESS, (1, 1), (2, 1))), SISU)
    assert (receipt.accepted, receipt.duplicates, receipt.questions, desk.forms()) == (2, 8, (), 10)


def test_papers_of_other_people_are_no_question_where_nothing_equals(desk: Desk) -> None:
    desk.drop(("a.csv", text(*NAMELESS)), SISU)
    receipt = desk.drop(("b.csv", text(NAMELESS[0], (1, 1), (2, 2), (3, 3))), SISU)
    assert (receipt.accepted, receipt.questions, desk.forms()) == (3, (), 11)


def test_corrections_of_several_people_are_one_question(desk: Desk) -> None:
    desk.drop(("a.csv", text(*PLAIN)), SISU)
    mended = text(*PLAIN[:6], ("K5", 5, 4), ("K6", 5, 5), ("K7", 1, 1))
    asked = desk.drop(("b.csv", mended), SISU)
    assert [(question.kind, question.rows, question.suggested) for question in asked.questions] == [
        ("contradicting_forms", 3, "new")
    ]
    assert len(asked.conflicts) == 3
    left = desk.drop(("b.csv", mended), SISU, contradicting_forms="stored")
    assert (left.accepted, left.duplicates) == (0, 8)
    taken = desk.drop(("b.csv", mended), SISU, contradicting_forms="new")
    assert (taken.accepted, taken.replaced, desk.forms()) == (3, 3, 8)
    assert desk.drop(("b.csv", mended), SISU).duplicates == 8
    desk.store.undo(2)
    assert desk.said("sat_access") == sorted(n % 5 + 1 for n in range(8))


def test_answers_given_on_two_sheets_that_contradict_are_two_forms_to_choose_from(desk: Desk) -> None:
    pages = table(
        ("Tunniste", ACCESS), ("K1", 4), ("K2", 3), sheet="a", b=[("Tunniste", ACCESS, ARRANGED), ("K1", 5, 5)]
    )
    receipt = desk.drop(("a.xlsx", pages), SISU)
    assert (receipt.accepted, receipt.rejected, len(receipt.conflicts)) == (1, 2, 1)


def test_a_form_completed_from_two_files_loses_what_an_undone_file_gave(desk: Desk) -> None:
    one, other = text(("Tunniste", ACCESS), ("K1", 4)), text(("Tunniste", ARRANGED), ("K1", 5))
    desk.drop(("sivu1.csv", one), SISU)
    assert desk.drop(("sivu2.csv", other), SISU).completed == 1
    third = text(("Tunniste", MET), ("K1", 3))
    desk.drop(("sivu3.csv", third), SISU)
    assert [desk.said(item) for item in ("sat_access", "sat_arrangements", "sat_encounter")] == [[4], [5], [3]]
    desk.store.undo(1)
    assert [desk.said(item) for item in ("sat_access", "sat_arrangements", "sat_encounter")] == [[], [5], [3]]
    assert desk.drop(("sivu1.csv", one), SISU).completed == 1, "what was taken back can come in again"
    assert desk.forms() == 1


def test_two_openings_of_a_day_are_two_and_stay_two(desk: Desk) -> None:
    rows = (("Päivä", "Kävijöitä"), ("3.5.2024", 12), ("3.5.2024", 7), ("4.5.2024", 3))
    desk.drop(("a.csv", text(*rows)), DIARY)
    receipt = desk.drop(("b.csv", text(*rows, ("5.5.2024", 8))), DIARY)
    assert (receipt.accepted, receipt.duplicates, desk.said("visits")) == (1, 3, [3, 7, 8, 12])
