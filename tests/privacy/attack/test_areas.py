"""Totals of types, municipalities and counties beside the practices' own reveal nothing about fewer than enough people.

A colleague who knows who answered where, but not what, subtracts everything that is published under every selection.
"""

import os
from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.definitions import Library
from evaluation.definitions.municipalities import county_of, municipalities_of
from evaluation.measures import COUNTY, MUNICIPALITY, TYPE, Policy
from evaluation.privacy import Joints
from evaluation.privacy.joint_units import JointUnit, Place, SmallUnit
from evaluation.store import Selection
from evaluation.store.working_people import PEOPLE
from tests.privacy.attack.equations import Equations
from tests.privacy.attack.working_world import (
    FORM,
    GOOD,
    Cubes,
    JointsOf,
    World,
    careful,
    cubes_of,
    joints_counted,
    random_workers,
    told,
)

pytestmark = pytest.mark.thorough
WORLDS = 3 * int(os.environ.get("EVALUATION_ATTACK_WORLDS", "1"))


def looks(world: World, library: Library) -> list[Selection]:
    """Return the whole, every county, municipality, type and practice, and pairs of practices."""
    practices = sorted({worker.place[0] for worker in world})
    towns = sorted({worker.place[1] for worker in world})
    counties = sorted({county.id for town in towns if (county := county_of(town)) is not None})
    types = {library.practices[practice].type for practice in practices}
    of_types = [tuple(name for name in practices if library.practices[name].type == kind) for kind in sorted(types)]
    return [
        Selection(),
        *(Selection(municipalities=municipalities_of(county)) for county in counties),
        *(Selection(municipalities=(town,)) for town in towns),
        *(Selection(practices=chosen) for chosen in (*of_types, *((name,) for name in practices))),
    ]


def findings(world: World, library: Library, policy: Policy, joints: JointsOf) -> Iterator[str]:
    """Yield what is published of too few people, and what all of it together tells about them."""
    cubes = cubes_of(world, policy.threshold)
    published = [row for chosen in looks(world, library) for row in told(world, cubes, library, policy, chosen, joints)]
    rows = dict.fromkeys(published)
    everything, alone = Equations(), Equations()
    for place in {worker.place for worker in world}:
        for equations in (everything, alone):
            equations.hold({place: 1.0}, 0, _answered(world, {place}))
    for row in rows:
        # What a row is of is known only if the numbers agree.
        assert row.n == _answered(world, row.places), row
        assert row.favourable == sum(worker.value == GOOD for worker in world if worker.place in row.places), row
        if len(_people(world, row.places)) < policy.threshold:
            yield f"few people: {row.name}"
        everything.hold(dict.fromkeys(row.places, 1.0), row.favourable)
    (joined,) = careful(library, policy.threshold)(cubes).values()
    everywhere = {worker.place for worker in world}
    whole = joints_counted(world, joined, policy.threshold, everywhere)
    # What a practice's own row and a joint tell of their members they are meant to tell.
    for own in [*whole, *(row.places for row in rows if len(row.places) == 1)]:
        alone.hold(dict.fromkeys(own, 1.0), sum(worker.value == GOOD for worker in world if worker.place in own))
    solvers = everything.solver(), alone.solver()
    places = sorted({worker.place for worker in world})
    for few in [{place} for place in places] + [set(pair) for pair in combinations(places, 2)]:
        if len(_people(world, few)) < policy.threshold:
            known, allowed = (solver.bounds(sorted(few)) for solver in solvers)
            if known != allowed:
                yield f"narrowed: {sorted(few)} {known} {allowed}"


def _answered(world: World, places: set[Place] | frozenset[Place]) -> int:
    return sum(worker.value is not None for worker in world if worker.place in places)


def _people(world: World, places: set[Place] | frozenset[Place]) -> set[str]:
    return {worker.person for worker in world if worker.place in places and worker.value is not None}


@settings(max_examples=WORLDS, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([3, 5, 10]))
def test_totals_of_types_towns_and_counties_tell_no_more_than_whole_cells(
    library: Library, seed: int, threshold: int
) -> None:
    world = random_workers(seed)
    assert list(findings(world, library, Policy(threshold), careful(library, threshold))) == []


def test_joints_tell_something_at_all(library: Library) -> None:
    joints = careful(library, 5)
    told_by_joints = [
        row
        for seed in range(5)
        for world in [random_workers(seed)]
        for row in told(world, cubes_of(world, 5), library, Policy(), Selection(), joints)
        if len(row.places) > 1
    ]
    assert len(told_by_joints) > 10


def _each_level_by_itself(library: Library) -> JointsOf:
    """Join the small places of every level by themselves, so that one stands in several joints."""

    def joints(cubes: Cubes) -> Mapping[tuple[str, ...], Joints]:
        found = {}
        for level, name in ((TYPE, "type"), (MUNICIPALITY, "municipality"), (COUNTY, "county")):
            by_area: dict[str, list[SmallUnit]] = {}
            for unit in _small(cubes, library):
                if (key := getattr(unit, name)) is not None:
                    by_area.setdefault(key, []).append(unit)
            units = (JointUnit(tuple(parts), 5) for parts in by_area.values())
            found[level,] = Joints(tuple(units), {("worker", FORM): {}})
        return found

    return joints


def _of_what_is_looked_at(library: Library) -> JointsOf:
    """Join what is looked at, so that every selection joins other places."""
    return lambda cubes: careful(library, 5)({**cubes, PEOPLE: cubes["people"]})


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
        for finding in findings(world, library, Policy(), leak(library))
    )
