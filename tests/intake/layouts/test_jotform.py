"""JotForm: a matrix has a column for each row and option, or for each row with the answer in it."""

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.table import LEFT_OUT, RESPONDENT
from evaluation.spreadsheets import Sheet

HELPED, EASY, MET = "Sain tästä käynnistä apua.", "Tänne oli helppo tulla.", "Minut kohdattiin ystävällisesti."
OPTIONS = ("Täysin samaa mieltä", "Jokseenkin samaa mieltä", "Täysin eri mieltä")


def test_row_of_a_matrix_is_one_question_with_its_options(rows, read, told) -> None:
    table = read("jotform", rows("jotform"))
    assert told(table) == [
        ((0,), ANSWERED_ON, "Submission Date"),
        ((1, 2, 3), OPTIONS, HELPED),
        ((4, 5, 6), OPTIONS, EASY),
        ((7,), (), MET),
        ((8,), (), "Mitä muuta haluat sanoa?"),
    ]
    assert table.fields[1].heading == f"Arvioi käyntiä >> {HELPED}"


def test_matrix_whose_cells_hold_words_has_no_options(rows, read) -> None:
    words = rows("jotform")
    words[1][1:4] = ["ma", "ti", "ke"]
    assert [field.kind for field in read("jotform", words).questions[:3]] == ["question"] * 3


def test_numbers_and_addresses_of_the_tool_are_told_apart(rows, read, recognised) -> None:
    numbered = rows("jotform")
    for row, more in zip(numbered, (["Submission ID", "IP"], ["5", "10.0.0.1"], ["6", "10.0.0.2"]), strict=True):
        row.extend(more)
    assert [field.system for field in read("jotform", numbered).fields[-2:]] == [RESPONDENT, LEFT_OUT]


def test_form_without_a_matrix_is_known_by_its_submission_date(recognised) -> None:
    plain = Sheet.of("Sheet1", [["Submission Date", EASY], ["2018-03-05 09:04:31", OPTIONS[0]]])
    assert recognised("jotform", plain).score >= 0.9
