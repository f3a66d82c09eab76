"""Microsoft Forms: its columns are known in any language, questions of the same name are left alone."""

import datetime

from evaluation.definitions.columns import ANSWERED_ON, PARTICIPANT
from evaluation.intake.table import LEFT_OUT, RESPONDENT
from evaluation.spreadsheets import Sheet


def test_completion_time_is_the_day_and_the_number_knows_the_response(rows, read, told) -> None:
    assert told(read("microsoft_forms", rows("microsoft_forms"))) == [
        ((0,), RESPONDENT, "ID"),
        ((1,), LEFT_OUT, "Start time"),
        ((2,), ANSWERED_ON, "Completion time"),
        ((3,), LEFT_OUT, "Email"),
        ((4,), LEFT_OUT, "Name"),
        ((5,), (), "Sain tästä käynnistä apua."),
        ((6,), (), "Tänne oli helppo tulla."),
        ((7,), (), "Mitä muuta haluat sanoa?"),
    ]


def test_finnish_and_swedish_columns_are_known(rows, recognised, read) -> None:
    for ours in (
        ["ID", "Aloitusaika", "Valmistumisaika", "Sähköposti", "Nimi"],
        ["Id", "Starttid", "Slutförandetid", "E-post", "Namn"],
    ):
        localised = rows("microsoft_forms")
        localised[0][:5] = ours
        assert recognised("microsoft_forms", Sheet.of("Sheet1", localised)).score >= 0.9
        systems = [field.system for field in read("microsoft_forms", localised).fields[:5]]
        assert systems == [RESPONDENT, LEFT_OUT, ANSWERED_ON, LEFT_OUT, LEFT_OUT]


def test_a_language_nobody_listed_is_known_by_what_the_columns_hold(rows, recognised, read) -> None:
    localised = rows("microsoft_forms")
    localised[0][:5] = ["Azonosító", "Kezdés időpontja", "Befejezés időpontja", "E-mail-cím", "Név"]
    assert recognised("microsoft_forms", Sheet.of("Sheet1", localised)).score >= 0.8
    systems = [field.system for field in read("microsoft_forms", localised).fields[:6]]
    assert systems == [RESPONDENT, LEFT_OUT, ANSWERED_ON, LEFT_OUT, LEFT_OUT, None]


def test_questions_named_like_the_columns_of_the_tool_stay_questions(rows, read) -> None:
    sheet_rows = rows("microsoft_forms")
    sheet_rows[0] += ["Tunniste", "Kieli"]
    sheet_rows[1] += ["A1", "suomi"]
    fields = read("microsoft_forms", sheet_rows).fields
    assert [field.system for field in fields[-2:]] == [PARTICIPANT, None]


def test_points_and_feedback_of_a_quiz_are_left_out(rows, read) -> None:
    quiz = rows("microsoft_forms")
    quiz[0] += ["Points - Tänne oli helppo tulla.", "Palaute – Tänne oli helppo tulla.", "Points - jotain muuta"]
    quiz[1] += [1, "Hyvä", 3]
    fields = read("microsoft_forms", quiz).fields
    assert [field.system for field in fields[-3:]] == [LEFT_OUT, LEFT_OUT, None]


def test_a_day_that_is_asked_comes_before_the_time_of_typing_in_if_everybody_gave_it(rows, read) -> None:
    sheet_rows = rows("microsoft_forms")
    sheet_rows[0].append("Päivä")
    sheet_rows[1].append(datetime.date(2018, 2, 1))
    partly = read("microsoft_forms", sheet_rows)
    assert [field.heading for field in partly.fields if field.system == ANSWERED_ON] == ["Completion time"]
    sheet_rows[2].append(datetime.date(2018, 2, 2))
    wholly = read("microsoft_forms", sheet_rows)
    assert [field.heading for field in wholly.fields if field.system == ANSWERED_ON] == ["Päivä"]


def test_heading_is_kept_on_one_line_with_its_line_breaks_and_hard_spaces_gone(rows, read) -> None:
    broken = rows("microsoft_forms")
    broken[0][5] = "Sain tästä\nkäynnistä\N{NO-BREAK SPACE}apua. "
    field = read("microsoft_forms", broken).fields[5]
    assert (field.heading, field.names) == ("Sain tästä käynnistä apua.", ("Sain tästä käynnistä apua.",))


def test_a_column_without_a_heading_is_a_question_without_a_name(rows, read) -> None:
    nameless = rows("microsoft_forms")
    nameless[0] += [None, "<br>"]
    nameless[1] += ["x", "y"]
    assert [(field.kind, field.names) for field in read("microsoft_forms", nameless).fields[-2:]] == [
        ("question", ("",)),
        ("question", ("",)),
    ]
