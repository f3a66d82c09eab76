"""Typeform: HTML in headings, options that head their own columns, dates in UTC."""

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.table import LEFT_OUT, RESPONDENT
from evaluation.spreadsheets import Sheet


def test_columns_of_the_tool_questions_and_options_are_told_apart(rows, read, told) -> None:
    table = read("typeform", rows("typeform"))
    assert told(table) == [
        ((0,), RESPONDENT, "#"),
        ((1,), (), "Sain tästä käynnistä apua."),
        ((2,), (), "Tänne oli helppo tulla."),
        ((3, 4), ("Lehti", "Kaveri"), "Lehti / Kaveri"),
        ((5,), LEFT_OUT, "Start Date (UTC)"),
        ((6,), ANSWERED_ON, "Submit Date (UTC)"),
        ((7,), LEFT_OUT, "Network ID"),
    ]
    assert table.fields[1].heading == "<strong>Sain tästä käynnistä apua.</strong>"


def test_response_that_was_only_begun_is_set_aside(rows, read) -> None:
    typed = rows("typeform")
    for row, kind in zip(typed, ("Response Type", "completed", "started"), strict=True):
        row.append(kind)
    assert read("typeform", typed).set_aside == ((2, "unfinished_row"),)


def test_number_sign_alone_is_no_typeform(recognised) -> None:
    assert recognised("typeform", Sheet.of("Taul1", [["#", "Tänne oli helppo tulla."], [1, 4]])).score == 0
