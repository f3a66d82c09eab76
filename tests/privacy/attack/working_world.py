"""Made-up workers of several practices as count cubes, and what a colleague is told of areas, as sums of known cells.

No database: a world is counted in milliseconds. Whoever gave no code is the same person in every practice and cohort of
a municipality, which is the worst that can be.
"""

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

from evaluation.definitions import Library
from evaluation.definitions.municipalities import county_of
from evaluation.measures import AREAS, JOINT, CountsByUnit, Policy
from evaluation.measures.unit_counts import FORMS
from evaluation.measures.working_joints import joints_of, new_working_units
from evaluation.privacy import AreaCounts, Joints
from evaluation.privacy.area_totals import COMMON
from evaluation.privacy.joint_units import Place, PlacePeople, least_people_of_places
from evaluation.privacy.publication_units import GROUP, PLACE_IN_UNIT
from evaluation.store import Selection, Snapshot
from evaluation.store.working_people import CODES, DATES, OVERLAPS, PEOPLE, STATED, UNITS

ITEM, FORM = "worker_goals", "worker"
PRACTICES = ("sisu", "fyrkkaa", "gruppis", "passeli", "kostiakeskus", "neuvonta")
# Two counties, and a municipality without one.
TOWNS = ("Lempäälä", "Nokia", "Huittinen", "Helsinki")
GOOD, BAD = 5, 1
# A practice, its municipality and a cohort.
Cell = tuple[str, str, str]
Span = tuple[date | None, date | None]


@dataclass(frozen=True)
class Worker:
    """One form; ``person`` is who filled it in."""

    cell: Cell
    person: str
    code: str | None
    value: int | None


World = tuple[Worker, ...]
Cubes = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Told:
    """One published number of favourable answers, and the cells it is of."""

    name: tuple[str, ...]
    cells: frozenset[Cell]
    n: int
    favourable: int


def random_workers(seed: int, cohort: str = "2018") -> World:
    """Return the workers of small practices, some with a code that is theirs in several practices."""
    rng = random.Random(seed)
    found = []
    for town in TOWNS:
        coded = rng.choice([False, True])
        staff = [f"{town} {number}" for number in range(8)]
        for practice in rng.sample(PRACTICES, rng.randint(1, 4)):
            for person in rng.sample(staff, rng.choice([1, 2, 2, 3, 3, 4, 6])) if coded else staff[: rng.randint(1, 6)]:
                value = None if rng.random() < 0.1 else rng.choice([GOOD, GOOD, BAD])
                found.append(Worker((practice, town, cohort), person, person if coded else None, value))
    return tuple(found)


def cubes_of(
    world: World,
    library: Library,
    threshold: int,
    before: Cubes | None = None,
    days: Mapping[Cell, Span] | None = None,
    stated: Collection[Place] = (),
) -> dict[str, pd.DataFrame]:
    """Return the count cubes of a world, as the store counts them, and the units and joints of it.

    What was decided ``before`` stays. Of the places ``stated`` the cohorts are of different people.
    """
    cells = list(dict.fromkeys(worker.cell for worker in world))
    names = ["practice", "municipality", "cohort", "role", "questionnaire"]
    answers = Counter((*worker.cell, worker.value) for worker in world if worker.value is not None)
    rows = [(*cell, "worker", FORM, "once", ITEM, value, n) for (*cell, value), n in answers.items()]
    people = [
        (*cell, "worker", FORM, item, number, _known(here, stated), number)
        for item in ("", ITEM)
        for cell in cells
        for here in [[worker for worker in world if worker.cell == cell and (not item or worker.value is not None)]]
        if (number := len(here))
    ]
    codes = {cell: {worker.code for worker in world if worker.cell == cell and worker.code} for cell in cells}
    twice = [
        (*one[:2], "worker", FORM, *sorted((one[2], other[2])), len(codes[one] & codes[other]))
        for one, other in combinations(cells, 2)
        if one[:2] == other[:2] and one[:2] not in stated and codes[one] & codes[other]
    ]
    of_places: dict[tuple[str, str], set[str]] = {}
    for (practice, town, _), known in codes.items():
        of_places.setdefault((practice, town), set()).update(filter(None, known))
    shared = [
        (*one, *other, "worker", FORM, len(of_places[one] & of_places[other]))
        for one, other in combinations(sorted(of_places), 2)
        if of_places[one] & of_places[other]
    ]
    days = days or {
        cell: (date(int(cell[2]), 1, 1 + number % 3), date(int(cell[2]), 12, 1)) for number, cell in enumerate(cells)
    }
    spans = [(*cell, *days[cell]) for cell in cells]
    decided = pd.DataFrame([], columns=["kind", *GROUP, *PLACE_IN_UNIT]) if before is None else before[UNITS]
    by_people = pd.DataFrame(people, columns=[*names, "item", "people", "coded", "forms"])
    overlaps = pd.DataFrame(twice, columns=[*GROUP, "cohort_a", "cohort_b", "people"]).astype({"people": int})
    dates = pd.DataFrame(spans, columns=[*names[:3], "first_on", "last_on"], dtype=object)
    pair = [f"{name}_{side}" for side in "ab" for name in names[:2]]
    cubes = {
        "answers": pd.DataFrame(rows, columns=[*names, "timing", "item", "value", "n"]),
        "people": by_people,
        "overlaps": overlaps,
        "dates": dates,
        PEOPLE: by_people,
        OVERLAPS: overlaps,
        DATES: dates,
        CODES: pd.DataFrame(shared, columns=[*pair, "role", "questionnaire", "people"]),
        STATED: pd.DataFrame(list(stated), columns=names[:2], dtype=object),
        UNITS: decided,
    }
    made = new_working_units(cubes, FORMS, types_of(library), threshold).assign(kind=FORMS)
    units = pd.concat([frame for frame in (decided, made) if len(frame)] or [decided], ignore_index=True)
    return cubes | {"units": units, UNITS: units}


def _known(forms: list[Worker], stated: Collection[Place]) -> int:
    """Return how many are known to differ from those of other cohorts."""
    return sum(worker.code is not None or worker.cell[:2] in stated for worker in forms)


def types_of(library: Library) -> dict[str, str]:
    """Return the types of practices."""
    return {practice.id: practice.type for practice in library.practices.values()}


# The joints by the levels whose totals are made of them.
JointsOf = Callable[[Cubes], Mapping[tuple[str, ...], Joints]]


def careful(library: Library) -> JointsOf:
    """Return the joints of the toolkit: the same for every level."""
    return lambda cubes: {AREAS: joints_of(cubes, FORMS, types_of(library))}


def told(
    world: World, cubes: Cubes, library: Library, policy: Policy, chosen: Selection, joints: JointsOf
) -> Iterator[Told]:
    """Yield what is published of a selection: of units by themselves, of practices, and of areas."""
    cubes = Snapshot(cubes).narrowed(chosen).cubes
    counts, types = CountsByUnit(Snapshot(cubes), library, policy), types_of(library)
    ratings = counts.answers_of("conditions", recommendation=False)
    alone: set[frozenset[Cell]] = set()
    passed = ratings.publishable(chosen)
    for number, cell in enumerate(passed.cells.itertuples()):
        if cell.level == "cohort" and not cell.suppressed:
            unit = frozenset((cell.practice, cell.municipality, cohort) for cohort in cell.cohort.split(JOINT))
            alone.add(unit)
            yield _told((cell.level, *cell[2:5]), unit, passed.counts[passed.counts["cell"] == number])
    seen = set(map(tuple, cubes["dates"][["practice", "municipality", "cohort"]].to_numpy()))
    for levels, joined in joints(cubes).items():
        areas = AreaCounts(ratings, types, levels, 1, joined).publishable(chosen)
        inside = alone | joints_counted(world, joined, policy.threshold, seen)
        for number, cell in enumerate(areas.cells.itertuples()):
            key = tuple(getattr(cell, name) for name in COMMON[cell.level])
            parts = [one for one in inside if {_key(each, cell.level, types) for each in one} == {key}]
            every = frozenset().union(*parts)
            yield _told((cell.level, *map(str, key)), every, areas.counts[areas.counts["cell"] == number])


def _told(name: tuple[str, ...], cells: frozenset[Cell], counts: pd.DataFrame) -> Told:
    by_class = counts.groupby("value_class")["n"].sum().to_dict()
    n = sum(int(by_class.get(kind, 0)) for kind in ("favourable", "neutral", "unfavourable"))
    return Told(name, cells, n, int(by_class.get("favourable", 0)))


def joints_counted(world: World, joints: Joints, threshold: int, seen: Collection[Cell]) -> set[frozenset[Cell]]:
    """Return the cells of the joints that are looked at as wholes, and that enough people answered in."""
    found = set()
    for joint in joints.units:
        cells = {part.behind.place: [(*part.behind.place, cohort) for cohort in part.cohorts] for part in joint.parts}
        every = frozenset(cell for of_place in cells.values() for cell in of_place)
        if every <= set(seen):
            behind = [_behind(world, place, of_place, joints.stated) for place, of_place in cells.items()]
            shared = joints.shared.get(("worker", FORM), {})
            if least_people_of_places([one for one in behind if one.people], shared) >= threshold:
                found.add(every)
    return found


def _behind(world: World, place: Place, cells: list[Cell], stated: Collection[Place]) -> PlacePeople:
    """Return the people of a place who answered: with codes those of all cohorts, less codes in two of them.

    Where cohorts are stated to be of different people these are added up, and no code distinguishes them from others.
    """
    here = {cell: [worker for worker in world if worker.cell == cell] for cell in cells}
    answered = {cell: [worker for worker in forms if worker.value is not None] for cell, forms in here.items()}
    if place in stated:
        return PlacePeople(place, sum(map(len, answered.values())))
    both = sum(
        len({worker.code for worker in here[one] if worker.code} & {worker.code for worker in here[other]})
        for one, other in combinations(cells, 2)
    )
    coded = sum(worker.code is not None for forms in answered.values() for worker in forms) - both
    return PlacePeople(place, max(coded, *map(len, answered.values())), coded)


def _key(cell: Cell, level: str, types: Mapping[str, str]) -> tuple[Any, ...]:
    county = county_of(cell[1])
    of_place = {"type": types[cell[0]], "municipality": cell[1], "county": None if county is None else county.id}
    return tuple(of_place[name] for name in COMMON[level])
