"""A day is read as the column shows it to be meant, and asked where nothing shows it."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.i18n import Translator, languages
from evaluation.intake.values import read_dates
from evaluation.intake.values.dates import Order
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
    found = read_dates([content])[0]
    assert (found.value, found.fault) == (None, "not_a_date")


@pytest.mark.parametrize("content", ["", " ", "1980-01-01 00:00:00", datetime.combine(date(1980, 1, 1), time())])
def test_a_day_that_the_tool_was_told_to_hide_is_no_day(content: Content) -> None:
    found = read_dates([content])[0]
    assert (found.value, found.fault) == (None, None)


def _read(values: list[Content], order: Order | None = None) -> list[date | str | None]:
    return [found.fault or found.value for found in read_dates(values, order)]


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
    found = read_dates(values)
    assert {read.fault for read in found} == {"date_undecided"}
    for language in languages():
        translator = Translator(language)
        gaps = {name: translator.label(texts) for name, texts in found[0].values.items()}  # type: ignore[arg-type]
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
