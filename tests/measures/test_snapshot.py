"""Counts taken once are narrowed in memory to what the store would have counted, and published the same."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pandas as pd
import pytest

from evaluation.definitions import Library
from evaluation.measures import CountsByUnit, Evidence, Policy, pass_open_answers, publish, take_counts
from evaluation.store import Selection, Snapshot, Store, open_store
from tests.postgres import DUCKDB, KINDS

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module", params=KINDS)
def stored(request, sample_store: Store) -> Store:
    """Give the sample in a database of each kind; they count the same, so most tests need one kind only."""
    if request.param == DUCKDB:
        return sample_store
    copy = open_store(request.getfixturevalue("cluster").new_database())
    sample_store.copy_to(copy)
    return copy


@pytest.fixture(scope="module")
def snapshot(sample_store: Store, library: Library) -> Snapshot:
    return take_counts(sample_store, library)


@pytest.mark.parametrize(
    "chosen",
    [
        Selection(practices=("sisu",)),
        Selection(municipalities=("Lempäälä",), roles=("client",)),
        Selection(practices=("lape", "gruppis"), cohorts=("2018", "Kevät 2018")),
        Selection(roles=("supervisor", "partner")),
    ],
    ids=str,
)
def test_a_snapshot_publishes_what_the_store_does(
    stored: Store, snapshot: Snapshot, library: Library, chosen: Selection
) -> None:
    from_store = publish(stored, library, chosen, Policy())
    assert publish(snapshot, library, chosen, Policy()).rows() == from_store.rows()


def test_runs_and_years_looked_at_one_after_the_other_are_as_those_looked_at_alone(
    snapshot: Snapshot, library: Library
) -> None:
    whole = Selection(practices=("fyrkkaa", "lape"))
    counted = CountsByUnit(snapshot.narrowed(whole), library, Policy())
    choices = [
        replace(whole, **more)
        for more in ({}, {"cohorts": ("Talvi 2018",)}, {"years": (2018,)}, {"cohorts": ("none",)})
    ]
    alone = [publish(snapshot, library, chosen, Policy()).rows() for chosen in choices]
    for _ in range(2):
        assert [Evidence(counted, chosen).rows() for chosen in choices] == alone


def test_texts_are_not_told_under_the_laxer_policy_of_figures(
    stored: Store, snapshot: Snapshot, library: Library
) -> None:
    written = stored.written_answers(Selection())
    with pytest.raises(ValueError, match="open answers"):
        pass_open_answers(written, CountsByUnit(snapshot, library, Policy()), Selection())
    assert pass_open_answers(written, CountsByUnit(snapshot, library, Policy().for_open_answers), Selection())


def test_many_readers_of_the_same_counts_are_each_shown_what_one_alone_is(snapshot: Snapshot, library: Library) -> None:
    whole = Selection(practices=("fyrkkaa", "lape"))
    runs = sorted(set(snapshot.narrowed(whole).cubes["people"]["cohort"]))
    chosen = [replace(whole, cohorts=(run,)) for run in runs]
    alone = [publish(snapshot, library, each, Policy()).rows() for each in chosen]
    counted = CountsByUnit(snapshot.narrowed(whole), library, Policy())
    begin = threading.Barrier(len(chosen))

    def look(each: Selection) -> list[dict[str, object]]:
        begin.wait()
        return Evidence(counted, each).rows()

    with ThreadPoolExecutor(len(chosen)) as readers:
        assert list(readers.map(look, chosen)) == alone


@pytest.mark.parametrize(
    "chosen", [Selection(years=(1999,)), Selection(cohorts=("none",)), Selection(("none",))], ids=str
)
def test_a_choice_that_nothing_meets_publishes_empty_tables(
    snapshot: Snapshot, library: Library, chosen: Selection
) -> None:
    assert all(published.empty for published in publish(snapshot, library, chosen, Policy()).tables.values())


def test_the_roles_looked_at_do_not_change_how_runs_are_joined(snapshot: Snapshot, library: Library) -> None:
    whole, part = (
        [
            row
            for row in publish(snapshot, library, chosen, Policy()).rows()
            if (row["family"], row["measure"], row["level"], row["role"])
            == ("conditions", "favourable", "cohort", "worker")
        ]
        for chosen in (Selection(), Selection(roles=("worker",)))
    )
    assert part == whole != []


def test_a_table_is_made_once_and_keeps_to_the_counts_it_was_asked_of(snapshot: Snapshot, library: Library) -> None:
    evidence = publish(snapshot, library, Selection(practices=("sisu",)), Policy())
    assert evidence.table("change.paired") is evidence.table("change.paired")
    with pytest.raises(KeyError):
        evidence.table("change.unheard_of")


@pytest.mark.postgres
def test_every_kind_of_database_counts_the_same(cluster, sample_database: str, library: Library) -> None:
    store = open_store(sample_database)
    copy = open_store(cluster.new_database())
    store.copy_to(copy)
    here, there = (take_counts(each, library).cubes for each in (store, copy))
    assert here.keys() == there.keys()
    for name, cube in here.items():
        by = list(cube.columns)
        pd.testing.assert_frame_equal(
            there[name].sort_values(by, ignore_index=True), cube.sort_values(by, ignore_index=True), obj=name
        )
    everything = [publish(each, library, Selection(), Policy()).rows() for each in (store, copy)]
    assert everything[0] == everything[1] != []
