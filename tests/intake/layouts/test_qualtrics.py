"""Qualtrics: codes, texts and import ids in the header; previews, spam and unfinished answers set aside."""

import pytest

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.table import LEFT_OUT, RESPONDENT
from evaluation.spreadsheets import Sheet

AGREE, DISAGREE = "Täysin samaa mieltä", "Täysin eri mieltä"


def test_three_header_rows_and_the_columns_of_the_tool(rows, read) -> None:
    table = read("qualtrics", rows("qualtrics"))
    assert table.header == 2
    systems = {field.heading: field.system for field in table.fields}
    assert (systems["EndDate"], systems["ResponseId"], systems["RecordedDate"]) == (ANSWERED_ON, RESPONDENT, LEFT_OUT)
    assert systems["Arvioi käyntiä - Display Order"] == LEFT_OUT
    assert table.fields[9].names == (
        "Sain tästä käynnistä apua.",
        "Arvioi käyntiä - Sain tästä käynnistä apua.",
        "Q1_1",
    )
    assert table.fields[11].names == ("Mitä muuta haluat sanoa?", "Q2")


def test_previews_spam_and_unfinished_answers_are_set_aside_each_with_its_reason(rows, read) -> None:
    table = read("qualtrics", rows("qualtrics"))
    assert table.rows.tolist() == [3]
    assert table.set_aside == ((4, "preview_row"), (5, "spam_row"), (6, "unfinished_row"))


@pytest.mark.parametrize(
    ("status", "finished", "code"),
    [("1", "1", "preview_row"), (1, 1, "preview_row"), (8.0, True, "spam_row"), ("0", False, "unfinished_row"),
     (16, "1", None), (4, "TRUE", None), ("Kyselyn esikatselu", True, "preview_row")],
)  # fmt: skip
def test_status_may_be_a_number(status, finished, code, rows, read) -> None:
    numbered = rows("qualtrics")[:4]
    numbered[3][2], numbered[3][6] = status, finished
    assert read("qualtrics", numbered).set_aside == (((3, code),) if code else ())


def test_workbook_has_two_header_rows_with_line_breaks_and_html(rows, read) -> None:
    two = rows("qualtrics")
    del two[2]
    two[1][11] = "<div>Mitä muuta\n haluat sanoa?</div>"
    table = read("qualtrics", two)
    assert (table.header, table.rows.tolist()) == (1, [2])
    assert (table.fields[11].heading, table.fields[11].names[0]) == (
        "<div>Mitä muuta haluat sanoa?</div>",
        "Mitä muuta haluat sanoa?",
    )


def test_codes_alone_are_followed_by_answers(rows, read) -> None:
    codes = rows("qualtrics")
    codes[0][11] = "visit_comment"
    table = read("qualtrics", [codes[0], *codes[3:]])
    assert (table.header, table.rows.tolist(), table.fields[11].names) == (0, [1], ("visit_comment",))


def test_old_exports_number_their_own_columns(read, told) -> None:
    table = read(
        "qualtrics",
        [
            ["V1", "V2", "V3", "V6", "V7", "V8", "V9", "V10", "Q1"],
            ["ResponseID", "ResponseSet", "Name", "IPAddress", "Status", "StartDate", "EndDate", "Finished",
             "Tänne oli helppo tulla."],
            ["R_1", "Default", "Anonymous", "10.0.0.1", "0", "2014-03-05 09:01:31", "2014-03-05 09:04:31", "1", AGREE],
            ["R_2", "Default", "Anonymous", "10.0.0.1", "1", "2014-03-05 09:01:31", "2014-03-05 09:04:31", "1", AGREE],
        ],
    )  # fmt: skip
    assert (table.header, table.set_aside) == (1, ((3, "preview_row"),))
    assert [field.heading for field in table.fields if field.system == ANSWERED_ON] == ["EndDate"]
    assert told(table)[-1] == ((8,), (), "Tänne oli helppo tulla.")


def test_options_split_over_columns_are_one_question(rows, read) -> None:
    split = rows("qualtrics")[:4]
    heard = "Minut kohdattiin ystävällisesti."
    for row, more in zip(
        split,
        (["Q5_1", "Q5_2", "Q5_2_TEXT"],
         [f"{heard} - Selected Choice - {AGREE}", f"{heard} - Selected Choice - {DISAGREE}", f"{heard} - Muu - Text"],
         ['{"ImportId":"x"}'] * 3, [AGREE, None, "ei aina"]),
        strict=True,
    ):  # fmt: skip
        row.extend(more)
    chosen, other = read("qualtrics", split).questions[-2:]
    assert (chosen.kind, chosen.options, chosen.names[0]) == ("options", (AGREE, DISAGREE), heard)
    assert (other.kind, other.columns) == ("question", (15,))


def test_single_choice_with_a_text_field_is_named_without_the_words_of_the_tool(rows, read) -> None:
    single = rows("qualtrics")
    single[1][11] = "Tänne oli helppo tulla. - Selected Choice"
    assert read("qualtrics", single).fields[11].names[0] == "Tänne oli helppo tulla."


def test_columns_of_the_tool_alone_do_not_make_an_export(recognised) -> None:
    assert recognised("qualtrics", Sheet.of("Taul1", [["Status", "Name"], ["x", "y"]])).score == 0
