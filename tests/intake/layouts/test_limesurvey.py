"""LimeSurvey: three styles of headings, options as Y, unfinished answers and hidden dates."""

import pytest

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.table import LEFT_OUT, RESPONDENT
from evaluation.spreadsheets import Sheet

OWN = {
    "codes": ["id", "submitdate", "lastpage", "startlanguage", "seed"],
    "texts": ["Response ID", "Date submitted", "Last page", "Start language", "Seed"],
    "both": ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page",
             "startlanguage. Start language", "seed. Seed"],
}  # fmt: skip
HEARD = "Minut kohdattiin ystävällisesti."
AGREE, DISAGREE = "Täysin samaa mieltä", "Täysin eri mieltä"


def test_text_of_a_question_comes_before_its_code_and_html_is_gone(rows, read) -> None:
    fields = read("limesurvey", rows("limesurvey")).fields
    assert fields[5].names == (
        "Sain tästä käynnistä apua.",
        "Q1[SQ001]. Arvioi käyntiä [Sain tästä käynnistä apua.]",
        "Q1[SQ001]",
    )
    assert fields[7].heading == "Q2. <b>Mitä muuta haluat sanoa?</b>"
    assert fields[7].names[0] == "Mitä muuta haluat sanoa?"
    assert [field.system for field in fields] == [
        RESPONDENT, ANSWERED_ON, LEFT_OUT, LEFT_OUT, LEFT_OUT, None, None, None, LEFT_OUT,
    ]  # fmt: skip


def test_answer_without_a_submission_date_is_unfinished(rows, read) -> None:
    table = read("limesurvey", rows("limesurvey"))
    assert (table.rows.tolist(), table.set_aside) == ([1], ((2, "unfinished_row"),))


def test_submission_is_the_day_though_unfinished_answers_have_only_another_time(rows, read) -> None:
    stamped = rows("limesurvey")
    for row, more in zip(
        stamped, ("datestamp. Date last action", "2018-03-05 09:04:32", "2018-03-06 09:00:00"), strict=True
    ):
        row.append(more)
    fields = read("limesurvey", stamped).fields
    assert [field.columns for field in fields if field.system == ANSWERED_ON] == [(1,)]


def test_grid_of_numbers_is_not_taken_for_options_because_some_rows_have_only_ones(read) -> None:
    table = read(
        "limesurvey",
        [
            [*OWN["texts"], "Arvioi [Ruoka]", "Arvioi [Tila]", "Arvioi [Aika]", "Arvioi [Väki]"],
            ["1", "2018-03-05 09:04:31", "2", "fi", "9", "1", "1", "4", "5"],
            ["2", "2018-03-06 09:04:31", "2", "fi", "9", "1", "1", "3", "2"],
        ],
    )
    assert [field.kind for field in table.questions] == ["question"] * 4


@pytest.mark.parametrize(
    ("style", "headings", "name"),
    [
        ("codes", ["Q3[SQ001]", "Q3[SQ002]", "Q3[other]"], "Q3"),
        ("texts", [f"{HEARD} [{AGREE}]", f"{HEARD} [{DISAGREE}]", f"{HEARD} [Other]"], HEARD),
        ("both", [f"Q3[SQ001]. {HEARD} [{AGREE}]", f"Q3[SQ002]. {HEARD} [{DISAGREE}]", f"Q3[other]. {HEARD} [Other]"],
         HEARD),
    ],
)  # fmt: skip
@pytest.mark.parametrize("marks", [("Y", None), ("Yes", "No"), ("1", "0"), ("Kyllä", "N/A")])
def test_options_are_marked_in_a_column_each(style, headings, name, marks, read) -> None:
    yes, no = marks
    table = read(
        "limesurvey",
        [
            [*OWN[style], *headings],
            ["1", "2018-03-05 09:04:31", "2", "fi", "9", yes, no, None],
            ["2", "2018-03-06 09:04:31", "2", "fi", "9", no, yes, "en muista"],
        ],
    )
    chosen, other = table.questions
    assert (chosen.kind, chosen.columns, chosen.names[0]) == ("options", (5, 6), name)
    assert chosen.options == (("SQ001", "SQ002") if style == "codes" else (AGREE, DISAGREE))
    assert (other.kind, other.columns) == ("question", (7,))


@pytest.mark.parametrize("style", OWN)
def test_every_style_of_headings_is_unmistakable(style, recognised) -> None:
    sheet = Sheet.of("survey", [[*OWN[style], "Q1"], ["1", "2018-03-05 09:04:31", "2", "fi", "9", "4"]])
    assert recognised("limesurvey", sheet).score >= 0.9


def test_codes_of_an_array_that_are_ids_of_questions_are_joined(read) -> None:
    table = read("limesurvey", [[*OWN["codes"], "state[mood]"], ["1", "2018-03-05 09:04:31", "2", "fi", "9", "4"]])
    assert table.questions[0].names == ("state_mood", "state[mood]")


def test_grid_answered_with_yes_and_no_is_no_list_of_options(read) -> None:
    table = read(
        "limesurvey",
        [
            [*OWN["texts"], "Vastaa [Kävitkö täällä ensimmäistä kertaa?]", "Vastaa [Kävi loppuun]"],
            ["1", "2018-03-05 09:04:31", "2", "fi", "9", "Yes", "No"],
        ],
    )
    assert [field.kind for field in table.questions] == ["question", "question"]


def test_hidden_date_is_no_date_and_no_unfinished_answer(read) -> None:
    table = read(
        "limesurvey",
        [
            [*OWN["codes"], "datestamp", "sat_access"],
            ["1", "1980-01-01 00:00:00", "2", "fi", "9", "2018-03-05 09:04:31", "4"],
            ["2", "1980-01-01 00:00:00", "2", "fi", "9", "2018-03-06 09:04:31", "5"],
        ],
    )
    assert [field.heading for field in table.fields if field.system == ANSWERED_ON] == ["datestamp"]
    assert (len(table.rows), table.set_aside) == (2, ())
    assert table.sheet.cell(1, 1) is None
