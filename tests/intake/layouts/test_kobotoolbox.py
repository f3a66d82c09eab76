"""KoboToolbox and ODK: groups before a name, options as 0 and 1, and what their collectors did not approve."""

import pytest

from evaluation.definitions.columns import ANSWERED_ON, PARTICIPANT
from evaluation.intake.table import LEFT_OUT, RESPONDENT
from evaluation.spreadsheets import Sheet

KOBO = ["_id", "_uuid", "_submission_time", "_validation_status", "__version__", "_tags", "_index"]
ODK = ["SubmissionDate", "KEY", "SubmitterName", "AttachmentsPresent", "ReviewState", "meta-instanceID"]


def test_columns_of_the_tool_questions_and_options_are_told_apart(rows, read, told) -> None:
    table = read("kobotoolbox", rows("kobotoolbox"))
    fields = told(table)
    assert fields[:8] == [
        ((0,), LEFT_OUT, "start"),
        ((1,), ANSWERED_ON, "end"),
        ((2,), PARTICIPANT, "participant"),
        ((3,), (), "visit_useful"),
        ((4,), (), "visit_access"),
        ((5,), LEFT_OUT, "palaute/visit_heard"),
        ((6, 7), ("1", "5"), "visit_heard"),
        ((8,), RESPONDENT, "_id"),
    ]
    assert fields[8] == ((9,), LEFT_OUT, "_uuid")
    assert {system for _, system, _ in fields[9:]} == {LEFT_OUT}


def test_submission_that_was_not_approved_is_set_aside(rows, read) -> None:
    assert read("kobotoolbox", rows("kobotoolbox")).set_aside == ((2, "rejected_row"),)


@pytest.mark.parametrize("status", [None, "On hold", "Approved", "validation_status_approved"])
def test_submission_that_nobody_has_turned_down_counts(status, rows, read) -> None:
    judged = rows("kobotoolbox")
    judged[2][11] = status
    assert read("kobotoolbox", judged).set_aside == ()


def test_labels_with_options_and_a_slash_in_a_question(read, told) -> None:
    table = read(
        "kobotoolbox",
        [
            ["Palaute/Tänne oli helppo tulla.", "Alku/loppu", "Sain tästä käynnistä apua.",
             "Sain tästä käynnistä apua./Täysin eri mieltä", "Sain tästä käynnistä apua./Täysin samaa mieltä", *KOBO],
            ["Täysin samaa mieltä", "alku", "Täysin samaa mieltä", 0, 1, 7, "u7", "2018-03-09T10:00:00"],
        ],
    )  # fmt: skip
    assert told(table)[:4] == [
        ((0,), (), "Tänne oli helppo tulla."),
        ((1,), "timing", "Alku/loppu"),
        ((2,), LEFT_OUT, "Sain tästä käynnistä apua."),
        ((3, 4), ("Täysin eri mieltä", "Täysin samaa mieltä"), "Sain tästä käynnistä apua."),
    ]


def test_options_without_a_column_that_sums_them_up(read, told) -> None:
    table = read("kobotoolbox", [["g/visit_heard/1", "g/visit_heard/2", "g/other_1", *KOBO], [0, 1, 1, 7, "u7", "t"]])
    assert told(table)[:2] == [((0, 1), ("1", "2"), "visit_heard"), ((2,), (), "other_1")]


def test_group_of_questions_answered_with_0_and_1_is_no_list_of_options(read, told) -> None:
    table = read("kobotoolbox", [["g/visit_first", "g/completed", *KOBO], [0, 1, 7, "u7", "2018-03-09T10:00:00"]])
    assert told(table)[:2] == [((0,), (), "visit_first"), ((1,), (), "completed")]


def test_odk_writes_its_groups_with_a_hyphen(read, told, recognised) -> None:
    rows = [
        [ODK[0], "tilanne-state_mood", "tilanne-state_mood_2", *ODK[1:]],
        ["2018-03-05T09:04:31.000Z", "4", "x", "uuid:1", "Maija", "0", None, "uuid:1"],
        ["2018-03-06T09:04:31.000Z", "3", "y", "uuid:2", "Maija", "0", "rejected", "uuid:2"],
    ]
    assert recognised("kobotoolbox", Sheet.of("export", rows)).score >= 0.9
    table = read("kobotoolbox", rows)
    assert told(table)[:4] == [
        ((0,), ANSWERED_ON, "SubmissionDate"),
        ((1,), (), "state_mood"),
        ((2,), (), "state_mood_2"),
        ((3,), RESPONDENT, "KEY"),
    ]
    assert table.set_aside == ((2, "rejected_row"),)
