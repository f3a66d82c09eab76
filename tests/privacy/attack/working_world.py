"""Made-up workers of several practices as count cubes, and what a colleague is told of areas, as sums of known places.

No database: a world is counted in milliseconds. Whoever gave no code is the same person in every practice of a
municipality, which is the worst that can be.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

from evaluation.definitions import Library
from evaluation.measures import AREAS, CountsByUnit, Policy
from evaluation.measures.working_joints import joints_of
from evaluation.privacy import AreaCounts, Joints
from evaluation.privacy.area_totals import COMMON
from evaluation.privacy.joint_units import Place, PlacePeople, least_people_of_places
from evaluation.store import Selection, Snapshot
from evaluation.store.working_people import CODES, DATES, OVERLAPS, PEOPLE, UNITS

ITEM, FORM, COHORT = "worker_goals", "worker", "2018"
PRACTICES = ("sisu", "fyrkkaa", "gruppis", "passeli", "kostiakeskus", "neuvonta")
# Two counties, and a municipality without one.
TOWNS = ("Lempäälä", "Nokia", "Huittinen", "Helsinki")
GOOD, BAD = 5, 1


@dataclass(frozen=True)
class Worker:
    """One form; ``person`` is who filled it in."""

    place: Place
    person: str
    code: str | None
    value: int | None


World = tuple[Worker, ...]
Cubes = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Told:
    """One published number of favourable answers, and the places it is of."""

    name: tuple[str, ...]
    places: frozenset[Place]
    n: int
    favourable: int


def random_workers(seed: int) -> World:
    """Return the workers of small practices, some with a code that is theirs in several practices."""
    rng = random.Random(seed)
    found = []
    for town in TOWNS:
        coded = rng.choice([False, True])
        staff = [f"{town} {number}" for number in range(8)]
        for practice in rng.sample(PRACTICES, rng.randint(1, 4)):
            for person in rng.sample(staff, rng.choice([1, 2, 2, 3, 3, 4, 6])) if coded else staff[: rng.randint(1, 6)]:
                value = None if rng.random() < 0.1 else rng.choice([GOOD, GOOD, BAD])
                found.append(Worker((practice, town), person, person if coded else None, value))
    return tuple(found)


def cubes_of(world: World, threshold: int) -> dict[str, pd.DataFrame]:
    """Return the count cubes of a world, as the store counts them, and the units that were decided."""
    answers = Counter((*worker.place, worker.value) for worker in world if worker.value is not None)
    people: list[tuple[Any, ...]] = []
    for item, forms in (("", world), (ITEM, [worker for worker in world if worker.value is not None])):
        for place in dict.fromkeys(worker.place for worker in forms):
            here = [worker for worker in forms if worker.place == place]
            coded = sum(worker.code is not None for worker in here)
            people.append((*place, COHORT, "worker", FORM, item, len(here), coded, len(here)))
    places = sorted({worker.place for worker in world})
    codes = {place: {worker.code for worker in world if worker.place == place and worker.code} for place in places}
    shared = [
        (*one, *other, "worker", FORM, len(codes[one] & codes[other]))
        for one, other in combinations(places, 2)
        if codes[one] & codes[other]
    ]
    names = ["practice", "municipality", "cohort", "role", "questionnaire"]
    by_people = pd.DataFrame(people, columns=[*names, "item", "people", "coded", "forms"])
    overlaps = pd.DataFrame(
        [], columns=["practice", "municipality", "role", "questionnaire", "cohort_a", "cohort_b", "people"]
    )
    days = [(*place, COHORT, date(2018, 1, 1 + number % 3), date(2018, 12, 1)) for number, place in enumerate(places)]
    dates = pd.DataFrame(days, columns=["practice", "municipality", "cohort", "first_on", "last_on"])
    rows = [(*place, COHORT, "worker", FORM, "once", ITEM, value, n) for (*place, value), n in answers.items()]
    pair = [f"{name}_{side}" for side in "ab" for name in names[:2]]
    units = [
        ("forms", *place, "worker", FORM, COHORT, 1, None, None, None, threshold)
        for *place, _, _, _, item, many, _, _ in people
        if not item and many >= threshold
    ]
    columns = ["kind", *names[:2], "role", "questionnaire", "cohort", "unit", "first_on", "last_on", "place_of"]
    decided = pd.DataFrame(units, columns=[*columns, "threshold"])
    return {
        "units": decided,
        UNITS: decided,
        "answers": pd.DataFrame(rows, columns=[*names, "timing", "item", "value", "n"]),
        "people": by_people,
        "overlaps": overlaps.astype({"people": int}),
        "dates": dates,
        PEOPLE: by_people,
        OVERLAPS: overlaps.astype({"people": int}),
        DATES: dates,
        CODES: pd.DataFrame(shared, columns=[*pair, "role", "questionnaire", "people"]),
    }


# The joints by the levels whose totals are made of them.
JointsOf = Callable[[Cubes], Mapping[tuple[str, ...], Joints]]


def careful(library: Library, threshold: int) -> JointsOf:
    """Return the joints of the toolkit: the same for every level."""
    types = {practice.id: practice.type for practice in library.practices.values()}
    return lambda cubes: {AREAS: joints_of(cubes, "forms", types, threshold)}


def told(
    world: World, cubes: Cubes, library: Library, policy: Policy, chosen: Selection, joints: JointsOf
) -> Iterator[Told]:
    """Yield what is published of a selection: of places by themselves, and of areas."""
    cubes = Snapshot(cubes).narrowed(chosen).cubes
    counts = CountsByUnit(Snapshot(cubes), library, policy)
    types = {practice.id: practice.type for practice in library.practices.values()}
    ratings = counts.answers_of("conditions", recommendation=False)
    alone: set[Place] = set()
    passed = ratings.publishable(chosen)
    for number, cell in enumerate(passed.cells.itertuples()):
        if cell.level == "practice" and not cell.suppressed:
            place = (str(cell.practice), str(cell.municipality))
            alone.add(place)
            yield _told(place, {place}, passed.counts[passed.counts["cell"] == number])
    seen = {worker.place for worker in world} & set(map(tuple, cubes["dates"][["practice", "municipality"]].to_numpy()))
    for levels, joined in joints(cubes).items():
        areas = AreaCounts(ratings, types, levels, 1, joined).publishable(chosen)
        inside = [frozenset({place}) for place in alone] + joints_counted(world, joined, policy.threshold, seen)
        for number, cell in enumerate(areas.cells.itertuples()):
            key = tuple(getattr(cell, name) for name in COMMON[cell.level])
            parts = [one for one in inside if {_key(place, cell.level, types) for place in one} == {key}]
            yield _told((cell.level, *map(str, key)), set().union(*parts), areas.counts[areas.counts["cell"] == number])


def _told(name: tuple[str, ...], places: set[Place], counts: pd.DataFrame) -> Told:
    n = {
        kind: int(counts["n"][counts["value_class"] == kind].sum())
        for kind in ("favourable", "neutral", "unfavourable")
    }
    return Told(name, frozenset(places), sum(n.values()), n["favourable"])


def joints_counted(world: World, joints: Joints, threshold: int, seen: set[Place]) -> list[frozenset[Place]]:
    """Return the places of the joints that are looked at as wholes, and that enough people answered in."""
    found = []
    for joint in joints.units:
        places = [part.behind.place for part in joint.parts]
        if set(places) <= seen:
            behind = []
            for place in places:
                here = [worker for worker in world if worker.place == place and worker.value is not None]
                coded = sum(worker.code is not None for worker in here)
                behind.append(PlacePeople(place, len(here), coded))
            shared = joints.shared.get(("worker", FORM), {})
            if least_people_of_places([one for one in behind if one.people], shared) >= threshold:
                found.append(frozenset(places))
    return found


def _key(place: Place, level: str, types: Mapping[str, str]) -> tuple[str | None, ...]:
    from evaluation.definitions.municipalities import county_of

    county = county_of(place[1])
    of_place = {"type": types[place[0]], "municipality": place[1], "county": None if county is None else county.id}
    return tuple(of_place[name] for name in COMMON[level])
