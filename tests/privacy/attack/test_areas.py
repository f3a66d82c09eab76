"""Totals of types, municipalities and counties beside the practices' own reveal nothing about fewer than enough people.

A colleague who knows who answered where, but not what, subtracts everything that is published under every selection,
today and a year ago.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.definitions import Library
from evaluation.definitions.municipalities import county_of, municipalities_of
from evaluation.measures import COUNTY, MUNICIPALITY, TYPE, Policy
from evaluation.measures.unit_counts import FORMS
from evaluation.measures.working_joints import joints_of, new_working_units
from evaluation.privacy import Joints
from evaluation.privacy.joint_units import JointUnit, SmallUnit
from evaluation.store import Selection
from evaluation.store.working_people import PEOPLE, UNITS
from tests.privacy.attack.equations import Equations
from tests.privacy.attack.working_world import (
    FORM,
    GOOD,
    Cell,
    Cubes,
    JointsOf,
    World,
    careful,
    cubes_of,
    joints_counted,
    random_workers,
    told,
    types_of,
)

pytestmark = pytest.mark.thorough
WORLDS = 3 * int(os.environ.get("EVALUATION_ATTACK_WORLDS", "1"))
# The forms of a day, and what was decided of them.
Day = tuple[World, Cubes]


def looks(world: World, library: Library) -> list[Selection]:
    """Return the whole, every county, municipality, type and practice."""
    practices = sorted({worker.cell[0] for worker in world})
    towns = sorted({worker.cell[1] for worker in world})
    counties = sorted({county.id for town in towns if (county := county_of(town)) is not None})
    types = {library.practices[practice].type for practice in practices}
    of_types = [tuple(name for name in practices if library.practices[name].type == kind) for kind in sorted(types)]
    return [
        Selection(),
        *(Selection(municipalities=municipalities_of(county)) for county in counties),
        *(Selection(municipalities=(town,)) for town in towns),
        *(Selection(practices=chosen) for chosen in (*of_types, *((name,) for name in practices))),
    ]


def findings(days: Sequence[Day], library: Library, policy: Policy, joints: JointsOf) -> Iterator[str]:
    """Yield what is published of too few people, and what all of it together tells about them.

    The last day holds the forms of all. What a joint, or a unit, tells of its members it is meant to tell.
    """
    world, cubes = days[-1]
    rows = {
        row
        for forms, counted in days
        for chosen in looks(forms, library)
        for row in told(forms, counted, library, policy, chosen, joints)
    }
    cells = sorted({worker.cell for worker in world})
    everything, alone = Equations(), Equations()
    for cell in cells:
        for equations in (everything, alone):
            equations.hold({cell: 1.0}, 0, _answered(world, {cell}))
    for row in rows:
        # What a row is of is known only if the numbers agree.
        assert row.n == _answered(world, row.cells), row
        assert row.favourable == _good(world, row.cells), row
        if len(_people(world, row.cells)) < policy.threshold:
            yield f"few people: {row.name}"
        everything.hold(dict.fromkeys(row.cells, 1.0), row.favourable)
    own = {row.cells for row in rows if row.name[0] == "cohort"}
    kept = joints_of(cubes, FORMS, types_of(library)).units
    for unit in own.union(*(_joints(day, kept, library, policy) for day in days)):
        for equations in (everything, alone):
            equations.hold(dict.fromkeys(unit, 1.0), _good(world, unit))
    solvers = everything.solver(), alone.solver()
    for few in [{cell} for cell in cells] + [set(pair) for pair in combinations(cells, 2)]:
        if len(_people(world, few)) < policy.threshold:
            known, allowed = (solver.bounds(sorted(few)) for solver in solvers)
            if known != allowed:
                yield f"narrowed: {sorted(few)} {known} {allowed}"


def _joints(day: Day, kept: tuple[JointUnit, ...], library: Library, policy: Policy) -> set[frozenset[Cell]]:
    """Return the cells of the joints published that day; later a new form may show that one holds fewer people."""
    world, cubes = day
    joints = replace(joints_of(cubes, FORMS, types_of(library)), units=kept)
    return joints_counted(world, joints, policy.threshold, {worker.cell for worker in world})


def _answered(world: World, cells: set[Cell] | frozenset[Cell]) -> int:
    return sum(worker.value is not None for worker in world if worker.cell in cells)


def _good(world: World, cells: frozenset[Cell]) -> int:
    return sum(worker.value == GOOD for worker in world if worker.cell in cells)


def _people(world: World, cells: set[Cell] | frozenset[Cell]) -> set[str]:
    return {worker.person for worker in world if worker.cell in cells and worker.value is not None}


def _one_day(world: World, library: Library, threshold: int = 5) -> list[Day]:
    return [(world, cubes_of(world, library, threshold))]


def _two_years(seed: int, library: Library, kept: bool = True) -> list[Day]:
    """Return a world, and the same a year later with further cohorts; what was decided is ``kept``, or made anew."""
    before = random_workers(seed)
    after = (*before, *random_workers(seed + 1, "2019"))
    cubes = cubes_of(before, library, 5)
    return [(before, cubes), (after, cubes_of(after, library, 5, cubes if kept else None))]


@settings(max_examples=WORLDS, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([3, 5, 10]))
def test_totals_of_types_towns_and_counties_tell_no_more_than_whole_cells(
    library: Library, seed: int, threshold: int
) -> None:
    days = _one_day(random_workers(seed), library, threshold)
    assert list(findings(days, library, Policy(threshold), careful(library))) == []


@settings(max_examples=WORLDS, deadline=None)
@given(st.integers(0, 2**32))
def test_last_years_report_beside_this_years_tells_no_more(library: Library, seed: int) -> None:
    assert list(findings(_two_years(seed, library), library, Policy(), careful(library))) == []


def test_joints_tell_something_at_all(library: Library) -> None:
    joints = careful(library)
    of_several = [
        row
        for seed in range(5)
        for world, cubes in _one_day(random_workers(seed), library)
        for row in told(world, cubes, library, Policy(), Selection(), joints)
        if len(row.cells) > 1
    ]
    assert len(of_several) > 10


def test_joints_decided_anew_every_year_are_caught(library: Library) -> None:
    caught = (findings(_two_years(seed, library, kept=False), library, Policy(), careful(library)) for seed in range(8))
    assert any(finding.startswith("narrowed") for found in caught for finding in found)


def _each_level_by_itself(library: Library) -> JointsOf:
    """Join the small places of every level by themselves, so that one stands in several joints."""

    def joints(cubes: Cubes) -> Mapping[tuple[str, ...], Joints]:
        found = {}
        for level, name in ((TYPE, "type"), (MUNICIPALITY, "municipality"), (COUNTY, "county")):
            by_area: dict[str, list[SmallUnit]] = {}
            for unit in _small(cubes, library):
                if (key := getattr(unit, name)) is not None:
                    by_area.setdefault(key, []).append(unit)
            units = (JointUnit(tuple(parts)) for parts in by_area.values())
            found[level,] = Joints(tuple(units), {("worker", FORM): {}})
        return found

    return joints


def _of_what_is_looked_at(library: Library) -> JointsOf:
    """Join what is looked at, so that every selection joins other places."""

    def joints(cubes: Cubes) -> Mapping[tuple[str, ...], Joints]:
        own = {**cubes, PEOPLE: cubes["people"]}
        own[UNITS] = new_working_units({**own, UNITS: own[UNITS][:0]}, FORMS, types_of(library), 5).assign(kind=FORMS)
        return careful(library)(own)

    return joints


def _small(cubes: Cubes, library: Library) -> list[SmallUnit]:
    whole = cubes[PEOPLE][cubes[PEOPLE]["item"] == ""]
    found = []
    for row in whole[whole["people"] < 5].itertuples():
        county = county_of(row.municipality)
        kind, id_ = library.practices[row.practice].type, None if county is None else county.id
        found.append(SmallUnit(row.practice, kind, row.municipality, id_, "worker", "worker", ("2018",), row.people))
    return found


@pytest.mark.parametrize("leak", [_each_level_by_itself, _of_what_is_looked_at])
def test_joints_that_overlap_are_caught(library: Library, leak) -> None:
    worlds = (random_workers(seed) for seed in range(8))
    assert any(
        finding.startswith("narrowed")
        for world in worlds
        for finding in findings(_one_day(world, library), library, Policy(), leak(library))
    )
