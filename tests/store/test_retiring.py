"""Answers older than they are to be kept go for good, by whole runs, and tell nothing by having gone."""

import datetime
import shutil

import pytest

from evaluation.definitions import Library
from evaluation.measures import Policy, months_before, retirement, take_counts
from evaluation.measures.unit_counts import CountsByUnit
from evaluation.store import CohortKey, Selection, Store, open_store

pytestmark = pytest.mark.thorough

CODE = "QZX-77"
JANUARY, MARCH, SEPTEMBER = (datetime.date(2018, month, 10) for month in (1, 3, 9))
SMALL, NEXT, LARGE = ("Talvi", 3, JANUARY), ("Kevät", 4, MARCH), ("Syksy", 6, SEPTEMBER)
POLICY = Policy(5, open_from=5, background_from=5)


def run(cohort: str) -> CohortKey:
    return ("sisu", "Lempäälä", cohort)


@pytest.fixture
def fill(draft):
    """Give a function that saves runs of (name, people, day) into a store."""

    def filled(store: Store, *runs: tuple[str, int, datetime.date | None]) -> Store:
        for cohort, people, day in runs:
            forms = [
                {
                    "participant": f"{cohort}{n}",
                    "answers": {"state_mood": 1 + n % 5},
                    "cohort": cohort,
                    "answered_on": day,
                }
                for n in range(people)
            ]
            store.accept(draft(*forms, file=f"{cohort}.xlsx"))
        return store

    return filled


def old(store: Store, library: Library, day: datetime.date) -> tuple[set[str], set[str]]:
    """Return the names of the runs that would go, and of those that wait."""
    found = retirement(store.cohort_ages(), take_counts(store, library, POLICY), library, POLICY, day)
    return {age.cohort_key[2] for age in found.due}, {age.cohort_key[2] for age in found.waiting}


def test_a_run_is_as_old_as_its_last_day_or_else_its_import(store: Store, draft) -> None:
    store.accept(
        draft(
            {"participant": "A", "answered_on": JANUARY},
            {"participant": "A", "answered_on": MARCH, "timing": "end"},
            {"participant": "B"},
            {"participant": "C", "cohort": "Ilman päivää"},
            {"participant": "D", "cohort": "Tuleva", "answered_on": datetime.date(2108, 3, 10)},
        )
    )
    today = datetime.datetime.now(datetime.UTC).date()
    assert [(age.cohort_key[2], age.forms, age.last_on) for age in store.cohort_ages()] == [
        ("Kevät 2018", 3, MARCH),
        ("Ilman päivää", 1, today),
        ("Tuleva", 1, today),
    ]


def test_months_are_counted_by_the_calendar() -> None:
    assert months_before(datetime.date(2026, 11, 25), 24) == datetime.date(2024, 11, 25)
    assert months_before(datetime.date(2024, 3, 31), 1) == datetime.date(2024, 2, 29)
    assert months_before(datetime.date(2026, 1, 31), 14) == datetime.date(2024, 11, 30)
    assert months_before(datetime.date(2026, 1, 31), 99_999) == datetime.date.min


def test_a_run_waits_for_the_younger_one_with_which_it_is_published(store: Store, library: Library, fill) -> None:
    fill(store, SMALL, NEXT, LARGE)
    assert old(store, library, JANUARY) == (set(), set())
    assert old(store, library, MARCH) == (set(), {"Talvi"})
    assert old(store, library, SEPTEMBER) == ({"Talvi", "Kevät"}, set())
    assert old(store, library, datetime.date(2019, 1, 1)) == ({"Talvi", "Kevät", "Syksy"}, set())


def test_a_run_of_which_nothing_was_ever_told_waits_for_nobody(store: Store, library: Library, fill) -> None:
    fill(store, ("Talvi", 2, JANUARY), ("Kevät", 2, MARCH))
    assert old(store, library, MARCH) == ({"Talvi"}, set())


def test_those_who_destroy_old_reports_need_not_wait(store: Store, library: Library, fill) -> None:
    fill(store, SMALL, NEXT)
    found = retirement(store.cohort_ages(), take_counts(store, library, POLICY), library, POLICY, MARCH).at_once()
    assert (found.runs, found.forms, found.waiting) == ({run("Talvi")}, 3, ())


def test_a_retired_run_goes_with_all_that_belongs_to_it_and_leaves_no_bytes(kept, draft) -> None:
    store = open_store(kept.url)
    first = {"participant": CODE, "answers": {"state_mood": 2}, "texts": {"wish": "Lisää retkiä"}, "marks": {1: 1}}
    store.accept(draft({**first, "answered_on": JANUARY}, file="vanha.xlsx"))
    store.accept(draft({"participant": CODE, "answered_on": MARCH}, file="korjattu.xlsx"), {("Taul1", 2)})
    other = {"participant": "B1", "answers": {"state_mood": 4}, "cohort": "Syksy", "answered_on": SEPTEMBER}
    store.accept(draft(other, file="uusi.xlsx"))
    assert kept.traces(CODE) * kept.traces("retki") * kept.traces("vanha.xlsx") > 0, "a search finds what is there"
    version = store.data_version()
    assert store.retire([run("Kevät 2018")], SEPTEMBER) == 2
    assert store.data_version() != version
    assert kept.traces(CODE) + kept.traces("retki") + kept.traces("vanha.xlsx") == 0
    assert [record.file for record in store.imports()] == ["uusi.xlsx"]
    assert store.answer_counts(Selection())["value"].tolist() == [4]
    assert (store.trail()[0].subject, store.trail()[0].count) == ("runs=1 before=2018-09-10", 2)


def test_an_import_of_several_runs_stays_while_one_of_them_does(store: Store, draft) -> None:
    store.accept(draft({"participant": "A", "cohort": "Kevät"}, {"participant": "B", "cohort": "Syksy"}))
    assert store.retire([run("Kevät")], MARCH) == 1
    assert store.retire([], MARCH) == 0
    assert (store.facts().forms, store.facts().imports) == (1, 1)
    assert store.retire([run("Syksy")], MARCH) == 1
    assert store.facts().imports == 0


@pytest.mark.thorough
@pytest.mark.parametrize("day", [datetime.date(2018, 6, 1), datetime.date(2018, 11, 10)])
def test_the_units_that_stay_are_the_same_as_before(sample_database: str, library: Library, tmp_path, day) -> None:
    path = shutil.copy(sample_database.removeprefix("duckdb:///"), tmp_path / "own.duckdb")
    store = open_store(f"duckdb:///{path}")

    def units() -> list[set[tuple[object, ...]]]:
        counted = CountsByUnit(take_counts(store, library), library, Policy(5))
        names = ["practice", "municipality", "role", "questionnaire", "members", "people"]
        return [
            set(each[~each["waits"].astype(bool)][names].itertuples(index=False, name=None))
            for each in counted.partitions()
        ]

    found = retirement(store.cohort_ages(), take_counts(store, library), library, Policy(5), day)
    before = units()
    assert found.due
    assert found.waiting
    store.retire(found.runs, day)
    after = units()
    gone = [one - other for one, other in zip(before, after, strict=True)]
    assert [other - one for one, other in zip(before, after, strict=True)] == [set()] * len(before)
    assert all(
        (place, town, cohort) in found.runs
        for each in gone
        for place, town, *_, members, _ in each
        for cohort in members
    )
