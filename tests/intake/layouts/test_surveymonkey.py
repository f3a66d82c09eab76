"""SurveyMonkey: two header rows, in which a grid's rows and the options stand below their question."""

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.table import LEFT_OUT, RESPONDENT
from evaluation.spreadsheets import Sheet

AGREE, PARTLY, DISAGREE = "Täysin samaa mieltä", "Jokseenkin samaa mieltä", "Täysin eri mieltä"


def test_rows_options_and_open_questions_are_told_apart(rows, read, told) -> None:
    table = read("surveymonkey", rows("surveymonkey"))
    assert (table.header, table.rows.tolist()) == (1, [2, 3])
    assert [field.system for field in table.fields[:9]] == [
        RESPONDENT, LEFT_OUT, LEFT_OUT, ANSWERED_ON, LEFT_OUT, LEFT_OUT, LEFT_OUT, LEFT_OUT, LEFT_OUT,
    ]  # fmt: skip
    assert told(table)[9:] == [
        ((9,), (), "Sain tästä käynnistä apua."),
        ((10,), (), "Tänne oli helppo tulla."),
        ((11, 12, 13), (AGREE, PARTLY, DISAGREE), "Minut kohdattiin ystävällisesti."),
        ((14,), (), "Mitä muuta haluat sanoa?"),
    ]
    assert table.fields[9].heading == "Mitä mieltä olet? – Sain tästä käynnistä apua."


def test_column_for_another_answer_stands_apart_from_the_options(rows, read, told) -> None:
    longer = rows("surveymonkey")
    for row, cell in zip(longer, (None, "Other (please specify)", "en osaa päättää", "ei tietoa"), strict=True):
        row.insert(14, cell)
    assert told(read("surveymonkey", longer))[11:13] == [
        ((11, 12, 13), (AGREE, PARTLY, DISAGREE), "Minut kohdattiin ystävällisesti."),
        ((14,), (), "Minut kohdattiin ystävällisesti. – Other (please specify)"),
    ]


def test_second_header_row_that_a_worker_deleted_is_not_missed(rows, read, told) -> None:
    short = rows("surveymonkey")
    del short[1]
    table = read("surveymonkey", short)
    assert (table.header, table.rows.tolist()) == (0, [1, 2])
    assert told(table)[-1] == ((14,), (), "Mitä muuta haluat sanoa?")


def test_export_without_the_deleted_columns_is_known_by_its_second_row(rows, recognised) -> None:
    without = [row[2:] for row in rows("surveymonkey")]
    assert recognised("surveymonkey", Sheet.of("Sheet", without)).score >= 0.8
