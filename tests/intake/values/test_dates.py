"""A day is read as the column shows it to be meant, and asked where nothing shows it."""
# ruff: noqa: DTZ001 - cells of a spreadsheet and clocks in Finland have no zone

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.i18n import Translator, languages
from evaluation.intake.values import read_dates
from evaluation.intake.values.dates import Order, read_moments
from evaluation.spreadsheets import CellFault, Content

DAY = date(2018, 9, 5)
MOMENT = datetime.combine(DAY, time())


@pytest.mark.parametrize(
    "content",
    [
        DAY, MOMENT, MOMENT.replace(hour=23, minute=59), "5.9.2018", "05.09.2018", "5. 9. 2018",
        "5.9.18", " 5.9.2018 ", "5.9.2018.", "ke 5.9.2018", "Ke 5.9.2018", "keskiviikkona 5.9.2018", "onsdag 5.9.2018",
        "Wed, 5.9.2018", "5.9.2018 klo 14", "5.9.2018 klo 14.30", "5.9.2018 kl. 14.30", "5.9.2018 14:30:22",
        "5.9.2018 klo\u00a09.05",
        "2018-09-05", "2018-9-5", "2018/09/05", "2018-09-05 14:30", "2018-09-05T14:30:22", "2018-09-05T14:30:22Z",
        "2018-09-05T23:30:22.123+03:00", "2018-09-05 14:30:22 +0300", "2018-09-05 14:30:22 UTC", 20180905, 20180905.0,
        "20180905", "5. syyskuuta 2018", "5 syyskuuta 2018", "keskiviikkona 5. syyskuuta 2018", "den 5 september 2018",
        "5 Sept 2018", "September 5, 2018", "Sep 5 2018", "Wednesday, September 5, 2018", "Sep 5, 2018 2:30 PM",
    ],
)  # fmt: skip
def test_a_day_is_understood_as_people_and_tools_write_it(content: Content) -> None:
    assert read_dates([content])[0].value == DAY


@given(st.dates(date(1990, 1, 1), date(2089, 12, 31)))
def test_every_day_reads_back_from_every_form(day: date) -> None:
    forms = [
        day, datetime.combine(day, time(12)), day.isoformat(), f"{day.day}.{day.month}.{day.year}",
        f"{day:%d.%m.%y}", f"{day:%Y%m%d}", int(f"{day:%Y%m%d}"), f"{day.day}. {day.month}. {day.year} klo 9.15",
    ]  # fmt: skip
    assert {read.value for read in read_dates(forms)} == {day}
    slashes = f"{day.day}/{day.month}/{day.year}"
    assert read_dates([slashes, "31/12/2020"])[0].value == day


@pytest.mark.parametrize(
    "content",
    [
        # Numbers that Excel may mean as days are no days before they look like one.
        43348, 43348.0, "43348", 43348.6, 5, True, "5.9.", "9/2018", "syksy 2018", "2018", "31.2.2018", "5.13.2018",
        "noin 5.9.2018", "5.-6.9.2018", "5.9.2018-6.9.2018", "ennen 5.9.2018", 20181305, "20180231", "5.9.1889",
        "5.9.2101", date(1970, 1, 1), "31/31/2018", "0/0/2018", "18-09-05", "5 kesken 2018", "N/A", float("nan"),
    ],
)  # fmt: skip
def test_what_is_not_surely_a_day_is_refused(content: Content) -> None:
    actual = read_dates([content])[0]
    assert (actual.value, actual.fault) == (None, "not_a_date")


@pytest.mark.parametrize("content", ["", " ", "1980-01-01 00:00:00", datetime.combine(date(1980, 1, 1), time())])
def test_a_day_that_the_tool_was_told_to_hide_is_no_day(content: Content) -> None:
    actual = read_dates([content])[0]
    assert (actual.value, actual.fault) == (None, None)


def _read(values: list[Content], order: Order | None = None) -> list[date | str | None]:
    return [read_date.fault or read_date.value for read_date in read_dates(values, order)]


def test_a_number_over_12_decides_the_whole_column() -> None:
    assert _read(["3/4/2018", "4/23/25 11:14:04"]) == [date(2018, 3, 4), date(2025, 4, 23)]
    assert _read(["3/4/2018", "3/20/2018 8:36:58 PM"]) == [date(2018, 3, 4), date(2018, 3, 20)]
    assert _read(["3/4/2018", "23/4/2018"]) == [date(2018, 4, 3), date(2018, 4, 23)]
    assert _read(["3-4-2018", "23-4-2018"]) == [date(2018, 4, 3), date(2018, 4, 23)]


def test_finnish_days_and_real_dates_stay_as_they_are_beside_american_ones() -> None:
    assert _read(["3.4.2018", date(2018, 4, 3), "4/23/2018"]) == [date(2018, 4, 3), date(2018, 4, 3), date(2018, 4, 23)]


def test_days_that_do_not_fit_the_majority_are_refused() -> None:
    assert _read(["13/4/2018", "14/4/2018", "4/15/2018", "3/4/2018"]) == [
        date(2018, 4, 13), date(2018, 4, 14), "not_a_date", date(2018, 4, 3),
    ]  # fmt: skip


@pytest.mark.parametrize("values", [["3/4/2018", "5/6/2018"], ["3/4/2018", "13/4/2018", "4/13/2018"]])
def test_an_undecidable_column_is_asked_with_both_readings(values: list[Content]) -> None:
    readings = read_dates(values)
    assert {read.fault for read in readings} == {"date_undecided"}
    for language in languages():
        translator = Translator(language)
        gaps = {name: translator.label(texts) for name, texts in readings[0].values.items()}  # type: ignore[arg-type]
        message = translator("problems.date_undecided", value="3/4/2018", **gaps)
        assert translator.date(date(2018, 4, 3)) in message
        assert translator.date(date(2018, 3, 4)) in message


def test_a_day_that_is_the_same_both_ways_needs_no_question() -> None:
    assert _read(["5/5/2018", "3/4/2018"]) == [date(2018, 5, 5), "date_undecided"]


def test_the_workers_word_decides_the_order_and_refuses_what_does_not_fit() -> None:
    values: list[Content] = ["3/4/2018", "13/4/2018", "4/13/2018"]
    assert _read(values, "dm") == [date(2018, 4, 3), date(2018, 4, 13), "not_a_date"]
    assert _read(values, "md") == [date(2018, 3, 4), "not_a_date", date(2018, 4, 13)]


@given(st.lists(st.dates(date(1990, 1, 1), date(2089, 12, 31)), min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_no_column_of_one_order_is_ever_read_in_the_other(days: list[date], form: str) -> None:
    for day, read in zip(days, read_dates([f"{day:{form}}" for day in days]), strict=True):
        assert read.value == day or read.fault == "date_undecided"


def test_errors_and_formulas_are_no_missing_days() -> None:
    assert _read([CellFault("#N/A"), CellFault("=TODAY()", "formula")]) == ["error_cell", "formula_cell"]


def test_the_reading_does_not_depend_on_the_order_of_rows() -> None:
    values: list[Content] = [f"{day:%m/%d/%Y}" for day in (date(2018, 1, 1) + timedelta(days=n) for n in range(40))]
    assert _read(values) == list(reversed(_read(list(reversed(values)))))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024/05/03 9:45:59 ap. EEST", datetime(2024, 5, 3, 9, 45)),
        ("2024/05/03 1:45:59 ip. EEST", datetime(2024, 5, 3, 13, 45)),
        ("2024/05/03 9.45.59 ap.", datetime(2024, 5, 3, 9, 45)),
        ("3.5.2024 klo 9.45.59 ip.", datetime(2024, 5, 3, 21, 45)),
        ("2024/05/03 12:15:00 fm EEST", datetime(2024, 5, 3, 0, 15)),
        ("2024/05/03 12:15:00 em EEST", datetime(2024, 5, 3, 12, 15)),
        ("2024-05-03 fm 9:45", datetime(2024, 5, 3, 9, 45)),
        ("2024/01/03 11:45:59 e.m. EET", datetime(2024, 1, 3, 23, 45)),
        ("5/13/2024 11:45:59 PM", datetime(2024, 5, 13, 23, 45)),
        ("2024/05/03 9:45:59 AM GMT+3", datetime(2024, 5, 3, 9, 45)),
        ("2024/05/03 9:45:59 AM EEST", datetime(2024, 5, 3, 9, 45)),
        ("2024/05/03 11:45:59 PM UTC", datetime(2024, 5, 4, 2, 45)),
        ("2024/01/03 22:30 CET", datetime(2024, 1, 3, 23, 30)),
        ("2024-05-03T22:30:00Z", datetime(2024, 5, 4, 1, 30)),
        ("2024-12-31T22:30:00.123Z", datetime(2025, 1, 1, 0, 30)),
        ("2024-05-03T20:30:00Z", datetime(2024, 5, 3, 23, 30)),
        ("2024-05-04T00:30:00+05:00", datetime(2024, 5, 3, 22, 30)),
        ("2024-05-03 19:30:00 -0400", datetime(2024, 5, 4, 2, 30)),
        ("Fri May 03 2024 22:30:00 GMT+0000 (Coordinated Universal Time)", datetime(2024, 5, 4, 1, 30)),
        ("Fri, 03 May 2024 22:30:00 +0000", datetime(2024, 5, 4, 1, 30)),
        ("May 3, 2024 at 11:45 PM PDT", datetime(2024, 5, 4, 9, 45)),
        # Without a zone a clock is where the people are.
        ("2024-05-03 22:30:00", datetime(2024, 5, 3, 22, 30)),
    ],
)  # fmt: skip
def test_a_stamp_is_the_moment_it_was_in_finland(text: str, moment: datetime) -> None:
    assert read_moments([text])[0].value == moment


@pytest.mark.parametrize("text", ["2024/05/03 25:45", "3.5.2024 9.75", "2024/05/03 9:45 kp.", "3.5.2024 klo 30"])
def test_what_no_clock_shows_is_no_moment(text: str) -> None:
    assert read_dates([text])[0].fault == "not_a_date"


@pytest.mark.parametrize(
    "text",
    [
        "3. toukokuuta 2024", "3 maj 2024", "den 3 maj 2024", "3 May 2024", "3-May-24", "03-May-2024", "3. touko 2024",
        "perjantaina 3. toukokuuta 2024 klo 9.45", "Friday, May 3, 2024", "May 3, 2024", "3 maj 24", "3. toukok. 2024",
        "3.toukokuuta 2024",
    ],
)  # fmt: skip
def test_a_month_may_be_written_in_words(text: str) -> None:
    assert read_dates([text])[0].value == date(2024, 5, 3)


def test_clocks_under_a_heading_of_utc_are_moved_to_finland() -> None:
    values: list[Content] = ["2024-05-03 22:30:00", datetime(2024, 5, 3, 22, 30), date(2024, 5, 3), "3.5.2024"]
    read = [read_date.value for read_date in read_dates(values, utc=True)]
    assert read == [date(2024, 5, 4), date(2024, 5, 4), date(2024, 5, 3), date(2024, 5, 3)]
    assert {read_date.value for read_date in read_dates(values)} == {date(2024, 5, 3)}


SWAPPED = {
    "dates beside slashes": [date(2024, 3, 5), date(2024, 4, 5), "13/05/2024", "14/05/2024"],
    "moments beside points": [datetime(2024, 3, 5, 9, 30), datetime(2024, 4, 5, 9, 30), "13.5.2024 10.15"],
    "texts of a program beside points": ["2024-03-05", "2024-04-05", "28.5.2024", "31.5.2024"],
    "dates beside the month first": [date(2024, 3, 5), date(2024, 4, 5), "5/13/2024", "5/28/2024"],
    "the texts first": ["20.5.24", "31.5.24", date(2024, 3, 5), date(2024, 4, 5)],
}


@pytest.mark.parametrize("values", SWAPPED.values(), ids=SWAPPED)
def test_dates_that_a_spreadsheet_may_have_swapped_are_asked(values: list[Content]) -> None:
    actual = dict(zip(values, read_dates(values), strict=True))
    questions = [content for content, read in actual.items() if read.fault == "date_undecided"]
    assert len(questions) == 2
    assert all(
        read.value is not None and read.value.day > 12 for entry, read in actual.items() if entry not in questions
    )
    visible = [{str(text["fi"]) for text in actual[question].values.values()} for question in questions]  # type: ignore[index]
    assert {"5.3.2024", "3.5.2024"} in visible


@pytest.mark.parametrize("values", SWAPPED.values(), ids=SWAPPED)
def test_the_workers_word_settles_swapped_dates(values: list[Content]) -> None:
    texts = "md" if "5/13/2024" in values else "dm"
    read = {read_date.value for read_date in read_dates(values, texts)}  # type: ignore[arg-type]
    assert {date(2024, 5, 3), date(2024, 5, 4)} <= read
    other = {read_date.value for read_date in read_dates(values, "md" if texts == "dm" else "dm")}
    assert {date(2024, 3, 5), date(2024, 4, 5)} <= other


@pytest.mark.parametrize(
    "values",
    [
        [date(2024, 3, 5), date(2024, 3, 13), "14/05/2024"],
        [date(2024, 3, 5), "4.5.2024", "14.5.2024"],
        [date(2024, 3, 5), date(2024, 4, 5)],
        [date(2024, 5, 5), "14.5.2024"],
        [date(2024, 3, 5), "ei tietoa"],
    ],
)
def test_dates_that_no_spreadsheet_would_have_left_so_are_believed(values: list[Content]) -> None:
    assert "date_undecided" not in {read.fault for read in read_dates(values)}


def test_numbers_are_days_only_where_that_is_said() -> None:
    values: list[Content] = [45415, 45415.4, "45416", "45417,5", 20240503, 7, "syksy"]
    assert [read.value for read in read_dates(values)] == [None] * 4 + [date(2024, 5, 3), None, None]
    actual = [read.value for read in read_dates(values, epoch=1900)]
    days = [date(2024, 5, day) for day in (3, 3, 4, 5, 3)]
    assert actual == [*days, None, None]
    assert read_dates([43953], epoch=1904)[0].value == date(2024, 5, 3)
