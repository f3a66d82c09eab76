"""The same number, moment or text compares equal, whatever kind of file it stands in."""
# ruff: noqa: DTZ001 - cells of a spreadsheet and clocks in Finland have no zone

from datetime import date, datetime

import pytest

from evaluation.intake.values import comparable
from evaluation.spreadsheets import Content


@pytest.mark.parametrize(
    "alike",
    [
        [5, 5.0, "5", "5,0", "5.00", " 5 ", "+5", "05"],
        [0.5, "0,5", ".50".replace(".", "0."), "0.5"],
        [-2, "-2", "-2,0"],
        [0, "0", "-0", "0,0"],
        [10000000000001, "10000000000001"],
        [datetime(2026, 3, 2, 10, 9, 33), "2.3.2026 10.09", "2026-03-02T10:09:00", "2026-03-02 08:09:33 UTC"],
        [datetime(2026, 3, 2, 13, 5), "2026/03/02 1:05:00 ip. EET", "2.3.2026 klo 13.05"],
        [date(2026, 3, 2), "2.3.2026", "2.3.2026 0.00", "2026-03-02", "2 mars 2026"],
        ["Kyllä kiitos", " kyllä  kiitos ", "Kyllä\u00a0kiitos"],
    ],
)
def test_what_is_written_in_other_ways_is_one(alike: list[Content]) -> None:
    assert len({comparable([content])[0] for content in alike}) == 1


@pytest.mark.parametrize(
    "apart",
    [
        [5, "5,5", 50, -5, "5 h", True],
        [datetime(2026, 3, 2, 10, 9), datetime(2026, 3, 2, 10, 10), date(2026, 3, 2), datetime(2026, 2, 3, 10, 9)],
        ["a1b2-05", "a1b2-5", "1E5", 100000],
    ],
)
def test_what_differs_stays_apart(apart: list[Content]) -> None:
    assert len({comparable([content])[0] for content in apart}) == len(apart)


def test_the_whole_column_shows_what_a_day_with_slashes_means() -> None:
    assert comparable(["3/4/2026 10:09", "23/4/2026 11:00"])[0] == comparable([datetime(2026, 4, 3, 10, 9)])[0]
    assert comparable(["3/4/2026 10:09"], "md")[0] == comparable([datetime(2026, 3, 4, 10, 9)])[0]
