"""What a worker states of the people of cohorts and days: without it, forms of different people show nothing."""

from datetime import date, timedelta

import pytest

from evaluation.definitions import Library
from evaluation.measures import Evidence, Policy, publish
from evaluation.store import Selection, Store
from tests.privacy.attack.worlds import Form, World, stored

PLACE = ("sisu", "Lempäälä")
YEARS = range(2012, 2017)


def groups(codes: bool, place: tuple[str, str] = PLACE, size: int = 4) -> World:
    """Five cohorts whose codes start from 1 anew, or have none."""
    return tuple(
        Form(
            *place, str(year), "client_end", f"{year} {number}", str(number) if codes else None, date(year, 5, 1),
            {"sat_usefulness": 4},
        )
        for year in YEARS
        for number in range(1, size + 1)
    )  # fmt: skip


def visits(days: int, a_day: int) -> World:
    return tuple(
        Form(
            "passeli", "Huittinen", "2016", "visit_feedback", f"{day} {number}", None,
            date(2016, 1, 4) + timedelta(days=day), {"sat_usefulness": 4 + number % 2},
        )
        for day in range(days)
        for number in range(a_day)
    )  # fmt: skip


def of_practice(store: Store, library: Library, practice: str = "sisu") -> list[int | None]:
    evidence: Evidence = publish(store, library, Selection(), Policy())
    table = evidence.table("satisfaction.favourable").where(practice=practice, level="practice", item="sat_usefulness")
    return [None if row.suppressed else int(row.n) for row in table.frame.itertuples()]


@pytest.mark.parametrize("codes", [True, False], ids=["codes from 1 anew", "no codes"])
def test_groups_of_four_are_shown_once_their_people_are_stated_to_differ(codes: bool, library: Library) -> None:
    store = stored(groups(codes), library)
    assert of_practice(store, library) == [None]
    before = store.data_version()
    store.state_different(*PLACE, ["cohort"])
    assert store.data_version() != before, "open pages read anew"
    # Two and two groups hold five people and more; the last one waits for the next.
    assert of_practice(store, library) == [16]
    store.state_different(*PLACE, [])
    assert of_practice(store, library) == [None]


def test_a_statement_is_of_one_practice_in_one_municipality(library: Library) -> None:
    elsewhere = ("gruppis", "Huittinen")
    store = stored((*groups(codes=True), *groups(codes=True, place=elsewhere)), library)
    store.state_different(*elsewhere, ["cohort"])
    assert of_practice(store, library) == [None]
    assert of_practice(store, library, "gruppis") == [16]


def test_people_stated_to_differ_are_tested_as_different_people(library: Library) -> None:
    """Eight starts and ends, from worst to best, in two cohorts with the same codes: 2 / 2 ** 8."""
    world: World = ()
    for year in (2015, 2016):
        for form, value in (("client_start", 1), ("client_end", 5)):
            world += tuple(
                Form(
                    *PLACE, str(year), form, f"{year} {number}", str(number), date(year, 5, 1),
                    {"state_mood": value},
                )
                for number in range(4)
            )  # fmt: skip
    store = stored(world, library)
    store.state_different(*PLACE, ["cohort"])
    evidence = publish(store, library, Selection(), Policy())
    (row,) = evidence.table("change.paired").where(level="practice", item="state_mood").frame.itertuples()
    assert (row.n, row.improved) == (8, 8)
    assert row.p == pytest.approx(2 / 2**8)


def test_visits_of_few_a_day_are_shown_once_days_are_stated_to_differ(library: Library) -> None:
    store = stored(visits(days=25, a_day=4), library)
    assert of_practice(store, library, "passeli") == [None]
    store.state_different("passeli", "Huittinen", ["cohort"])
    assert of_practice(store, library, "passeli") == [None], "a statement about cohorts says nothing of days"
    store.state_different("passeli", "Huittinen", ["day"])
    assert of_practice(store, library, "passeli") == [100]


def test_what_was_stated_can_be_read_and_stands_in_the_trail(library: Library) -> None:
    store = stored(groups(codes=True), library).acting("worker")
    store.state_different(*PLACE, ["day", "cohort"])
    assert store.different_people().cohorts == (PLACE,)
    assert store.different_people().days == (PLACE,)
    entry = store.trail()[0]
    assert (entry.deed, entry.subject, entry.count, entry.actor) == ("different_people", "sisu Lempäälä", 2, "worker")
