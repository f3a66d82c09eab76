"""Forms of workers, too few in each practice, are published together, whatever happens to them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evaluation.definitions import Library
from evaluation.measures import Evidence, Policy, publish, records, unit_decision
from evaluation.measures.unit_counts import cube_definitions
from evaluation.records import Draft
from evaluation.store import Selection, Store, open_store, unpack
from evaluation.store.rollup import count_exports
from tests.privacy.attack.worlds import Form, World, draft_of, stored

DAY = date(2018, 12, 3)
# Two groups and a café of one municipality, and a group of another one in the same county.
ONE, TWO, CAFE, AWAY = (("sisu", "Nokia"), ("fyrkkaa", "Nokia"), ("neuvonta", "Nokia"), ("sisu", "Lempäälä"))
THREE = ("A", "B", "C")
OTHERS = ("D", "E", "F")


def workers(place: tuple[str, str], codes: Sequence[str | None], cohort: str = "2018", day: date = DAY) -> World:
    return tuple(
        Form(*place, cohort, "worker", code or f"{place} {number}", code, day, {"worker_goals": 5 - number % 2})
        for number, code in enumerate(codes)
    )


def _draft(world: World, library: Library) -> Draft:
    """Return the draft of a file of its own."""
    return replace(draft_of(world, library), sha256=hashlib.sha256(repr(world).encode()).hexdigest())


def together(store: Store, library: Library, policy: Policy | None = None) -> Mapping[str, tuple[int, int]]:
    """Return practices and forms by level of what several practices say."""
    return _together(publish(store, library, Selection(), policy or Policy()))


def _together(evidence: Evidence) -> Mapping[str, tuple[int, int]]:
    rows = records(evidence.table("conditions.together").frame)
    return {str(row.level): (int(row.practices), int(row.n)) for row in rows}


def test_workers_of_two_practices_stand_together_as_far_as_both_lie_inside(library: Library) -> None:
    near = {"type": (2, 6), "municipality": (2, 6), "county": (2, 6)}
    assert together(stored(workers(ONE, THREE) + workers(TWO, OTHERS), library), library) == near
    assert library.practices["neuvonta"].type != library.practices["sisu"].type
    no_type = {"municipality": (2, 6), "county": (2, 6)}
    assert together(stored(workers(ONE, THREE) + workers(CAFE, OTHERS), library), library) == no_type
    no_town = {"type": (2, 6), "county": (2, 6)}
    assert together(stored(workers(TWO, THREE) + workers(AWAY, OTHERS), library), library) == no_town


@pytest.mark.parametrize(
    ("one", "other"), [(THREE, THREE), ([None] * 3, [None] * 3), ([None] * 4, [*THREE, None]), (THREE, ["A", "D"])]
)
def test_who_may_work_in_both_practices_counts_once(library: Library, one, other) -> None:
    assert together(stored(workers(ONE, one) + workers(TWO, other), library), library) == {}


def test_a_statement_about_cohorts_of_a_practice_says_nothing_about_the_workers_of_another(library: Library) -> None:
    """Three without a code work in both: that they were others last year makes them no other people today."""
    store = stored(workers(ONE, [None] * 3) + workers(TWO, [None] * 3), library)
    for place in (ONE, TWO):
        store.state_different(*place, ["cohort"])
    assert together(store, library) == {}


def test_a_statement_that_comes_later_shows_no_joint_of_too_few(library: Library) -> None:
    store = stored(workers(ONE, [*THREE, None]) + workers(TWO, ["D", "E", None, None]), library)
    assert together(store, library)["municipality"] == (2, 8)
    store.accept(_draft(workers(ONE, ["G"], "2019"), library))
    for place in (ONE, TWO):
        store.state_different(*place, ["cohort"])
    assert together(store, library) == {}, "without the codes they may be four"


def test_a_joint_with_a_practice_that_is_defined_no_more_is_withheld_as_a_whole(library: Library) -> None:
    store = stored(workers(ONE, THREE) + workers(TWO, OTHERS) + workers(AWAY, ["G"]), library)
    assert together(store, library)["type"] == (2, 6)
    store.accept(_draft(workers(TWO, ["H", "I"]), library))
    assert together(store, library)["type"] == (2, 8), "five of them of one practice"
    practices = {name: practice for name, practice in library.practices.items() if name != ONE[0]}
    assert together(store, library.model_copy(update={"practices": practices})) == {}


def test_a_database_without_joints_gets_them_at_the_first_save(library: Library, tmp_path: Path) -> None:
    url = f"duckdb:///{(tmp_path / 'before.duckdb').as_posix()}"
    store = open_store(url)
    world = workers(ONE, THREE) + workers(TWO, OTHERS) + workers(AWAY, [f"L{number}" for number in range(5)])
    store.accept(_draft(world, library), decision=unit_decision(library, Policy()))
    store = _as_before(store, library, tmp_path)
    assert _units(store, library) == {(*AWAY, "2018"): 1}
    store.accept(_draft(workers(CAFE, ["X"]), library), decision=unit_decision(library, Policy()))
    after = _units(store, library)
    assert after[*AWAY, "2018"] == 1
    assert after[*ONE, "2018"] == after[*TWO, "2018"] < 0
    assert (*CAFE, "2018") not in after
    assert together(store, library)["county"] == (2, 11)


def _as_before(store: Store, library: Library, tmp_path: Path) -> Store:
    """Return a database as it was before there were joints: with the units of single practices only."""
    backup = unpack(store.backup(DAY))
    units = backup.frames["publication_units"]
    backup.frames["publication_units"] = units[units["unit"] > 0]
    old = open_store(f"duckdb:///{(tmp_path / 'old.duckdb').as_posix()}")
    old.restore(backup)
    return old


def _units(store: Store, library: Library) -> dict[tuple[str, str, str], int]:
    kept = store.snapshot(cube_definitions(library), cubes=["units"]).cubes["units"]
    names = kept.loc[kept["kind"] == "forms", ["practice", "municipality", "cohort", "unit"]]
    return {(practice, town, cohort): unit for practice, town, cohort, unit in names.itertuples(index=False)}


def test_nothing_that_happens_to_a_part_moves_another_one(library: Library) -> None:
    store, decision = open_store("duckdb:///:memory:"), unit_decision(library, Policy())
    store.accept(_draft(workers(ONE, THREE), library))
    store.accept(_draft(workers(TWO, OTHERS), library), decision=decision)
    decided = _units(store, library)
    assert len(set(decided.values())) == 1
    backup = unpack(store.backup(DAY))
    # A neighbour that is nearer in time, a large cohort, a form more, an import undone, and the backup of before.
    store.accept(_draft(workers(CAFE, ["X", "Y", "Z"], day=date(2018, 1, 1)), library), decision=decision)
    store.accept(_draft(workers(TWO, [f"T{number}" for number in range(6)], "2019"), library), decision=decision)
    assert together(store, library)["municipality"] == (2, 12)
    first = min(record.import_id for record in store.imports())
    store.undo(first)
    assert together(store, library) == {}, "of the joint three are left, and one practice has six by itself"
    assert _units(store, library).items() >= decided.items()
    store.accept(_draft(workers(ONE, THREE, "uusi nimi"), library), decision=decision)
    assert together(store, library)["municipality"] == (2, 12), "under another name it takes its place"
    assert together(store, library, Policy(10)) == {}
    grown = _units(store, library)
    store.restore(backup)
    assert _units(store, library).items() >= decided.items()
    assert set(_units(store, library)) >= set(decided)
    assert together(store, library)["municipality"] == (2, 6)
    assert grown[*ONE, "uusi nimi"] == decided[*ONE, "2018"]


def test_whoever_works_in_two_practices_counts_once_in_a_roll_up_too(library: Library, tmp_path: Path) -> None:
    store = stored(workers(ONE, THREE) + workers(TWO, [*THREE, "D", "E"][1:]), library)
    store.decide_units(unit_decision(library, Policy()))
    at_home = publish(store, library, Selection(), Policy())
    export = store.export(tmp_path / "county", library, 5, DAY)
    counts = count_exports([export], cube_definitions(library), "duckdb")
    away = publish(counts, library, Selection(), Policy())
    assert _together(away) == _together(at_home) == {"type": (2, 7), "municipality": (2, 7), "county": (2, 7)}
    for evidence in (at_home, away):
        assert set(evidence.table("conditions.together").frame["people"]) == {5}
