"""Google Forms: the first column is known by what it holds, a grid's rows by their own text."""

import datetime

import pytest

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.table import LEFT_OUT
from evaluation.spreadsheets import Sheet


def test_row_of_a_grid_is_named_before_the_whole_heading(rows, read) -> None:
    fields = read("google_forms", rows("google_forms")).fields
    assert fields[0].system == ANSWERED_ON
    assert fields[1].heading == "Arvioi käyntiä [Sain tästä käynnistä apua.]"
    assert fields[1].names == ("Sain tästä käynnistä apua.", "Arvioi käyntiä [Sain tästä käynnistä apua.]")


@pytest.mark.parametrize("heading", ["Aikaleima", "Tidstämpel", "Časová značka", "タイムスタンプ", "Ajatempel 2"])
@pytest.mark.parametrize(
    "stamps",
    [
        (datetime.datetime(2018, 3, 5, 9, 4, 31), datetime.datetime(2018, 3, 6, 9, 14, 2)),  # noqa: DTZ001
        ("3/20/2018 8:36:58", "3/21/2018 18:06:00"),
        ("20.3.2018 klo 8.36.58", "21.3.2018 klo 18.06.00"),
        ("2018-03-20 08.36.58", "2018-03-21 18.06.01"),
        ("2018/03/20 8:36:58 AM GMT+2", "2018/03/21 6:06:00 PM GMT+2"),
    ],
    ids=["datetimes", "american", "finnish", "swedish", "with zone"],
)
def test_first_column_is_known_by_its_stamps_whatever_it_is_called(heading, stamps, rows, recognised) -> None:
    localised = rows("google_forms")
    localised[0][0] = heading
    localised[1][0], localised[2][0] = stamps
    assert recognised("google_forms", Sheet.of("Taul1", localised)).score >= 0.9


@pytest.mark.parametrize("days", [("5.3.2018", "6.3.2018"), (datetime.date(2018, 3, 5), datetime.date(2018, 3, 6))])
def test_days_without_a_time_were_typed_by_hand(days, rows, recognised) -> None:
    typed = rows("google_forms")
    typed[1][0], typed[2][0] = days
    assert recognised("google_forms", Sheet.of("Form responses 1", typed)).score == 0


def test_midnight_sharp_among_many_stamps_is_no_other_kind_of_column(rows, recognised) -> None:
    many = rows("google_forms")
    many += [[datetime.datetime(2018, 4, day, 12, day), "x"] for day in range(1, 20)]  # noqa: DTZ001
    many.append([datetime.date(2018, 5, 1), "x"])
    assert recognised("google_forms", Sheet.of("Taul1", many)).score >= 0.9


def test_stamp_is_not_taken_for_an_answer_date_of_a_table_typed_by_hand(rows, recognised) -> None:
    question_first = rows("google_forms")
    question_first[0][0] = "Mitä muuta haluat sanoa?"
    assert recognised("google_forms", Sheet.of("Form responses 1", question_first)).score == 0


def test_address_of_the_sender_and_points_are_left_out(rows, read) -> None:
    quiz = rows("google_forms")
    for row, more in zip(quiz, (["Email Address", "Score"], ["a@b.fi", "8 / 10"], ["c@d.fi", "9 / 10"]), strict=True):
        row[1:1] = more
    assert [field.system for field in read("google_forms", quiz).fields[:4]] == [ANSWERED_ON, LEFT_OUT, LEFT_OUT, None]
