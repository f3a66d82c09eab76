"""Joint units: units of several practices, each too small to be published, joined until they hold enough people.

Like publication units they are decided once and kept, and never depend on what is looked at: what comes later is joined
with what still waits. Nearest comes first: practices of one type in a municipality, then of any type there, of one type
in the county, of any type in the county, and of one type anywhere. No unit is in two.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

# What a column of whole numbers holds.
MOST_NUMBERS = 2**31 - 1
# A practice and its municipality.
Place = tuple[str, str]
UnitName = tuple[str, str, str, str, tuple[str, ...]]
# Codes that stand in both of two places, of one role and questionnaire; the places in alphabetical order.
SharedCodes = Mapping[tuple[Place, Place], int]


@dataclass(frozen=True)
class PlacePeople:
    """The least number of people behind the forms of a place, and how many of them are known by a code."""

    place: Place
    people: int
    coded: int = 0


@dataclass(frozen=True)
class SmallUnit:
    """A publication unit of too few people; ``county`` is None where its municipality belongs to none."""

    practice: str
    type: str
    municipality: str
    county: str | None
    role: str
    questionnaire: str
    cohorts: tuple[str, ...]
    people: int
    coded: int = 0
    first_on: date | None = None

    @property
    def name(self) -> UnitName:
        """Its name: practice, municipality, role, questionnaire and cohorts."""
        return self.practice, self.municipality, self.role, self.questionnaire, self.cohorts

    @property
    def behind(self) -> PlacePeople:
        """The people behind it."""
        return PlacePeople((self.practice, self.municipality), self.people, self.coded)

    @property
    def order(self) -> tuple[bool, date, str, str]:
        """Its place in time; what is without a day comes last."""
        return self.first_on is None, self.first_on or date.max, self.practice, self.municipality


@dataclass(frozen=True)
class JointUnit:
    """Small units of one role and questionnaire that are published together only."""

    parts: tuple[SmallUnit, ...]


Bucket = Callable[[SmallUnit], tuple[str, ...] | None]


def _in_county(unit: SmallUnit, *beside: str) -> tuple[str, ...] | None:
    return None if unit.county is None else (unit.county, *beside)


NEAREST_FIRST: tuple[Bucket, ...] = (
    lambda unit: (unit.municipality, unit.type),
    lambda unit: (unit.municipality,),
    lambda unit: _in_county(unit, unit.type),
    _in_county,
    lambda unit: (unit.type,),
)


def least_people_of_places(places: Sequence[PlacePeople], shared: SharedCodes) -> int:
    """Return a lower bound of the people behind several places, some of whom may work in two of them.

    A code counts once, wherever it stands (Bonferroni's inequality). Whoever gave no code may be any of those of the
    other practices of the municipality, and adds nothing to a larger one; people of two municipalities are different
    people unless a code says otherwise.
    """
    by_municipality: dict[str, list[PlacePeople]] = {}
    for place in places:
        by_municipality.setdefault(place.place[1], []).append(place)
    people = sum(_within(of_one, shared) for of_one in by_municipality.values())
    across = (pair for pair in combinations(places, 2) if pair[0].place[1] != pair[1].place[1])
    return max(people - sum(_both(*pair, shared) for pair in across), *(place.people for place in places))


def _within(places: Sequence[PlacePeople], shared: SharedCodes) -> int:
    coded = sum(place.coded for place in places) - sum(_both(*pair, shared) for pair in combinations(places, 2))
    return max(*(place.people for place in places), coded, 0)


def _both(one: PlacePeople, other: PlacePeople, shared: SharedCodes) -> int:
    return shared.get((min(one.place, other.place), max(one.place, other.place)), 0)


def joint_number(first: SmallUnit) -> int:
    """Return the number of a joint by its first part: below nought, and another one in another county's database.

    Were two the same by chance, two joints would be published as one.
    """
    digest = hashlib.blake2b("\0".join([*first.name[:4], *first.cohorts]).encode(), digest_size=4).digest()
    return -1 - int.from_bytes(digest) % MOST_NUMBERS


def join_units(small: Sequence[SmallUnit], shared: SharedCodes, threshold: int) -> tuple[JointUnit, ...]:
    """Join units of one role and questionnaire, nearest first, until every joint unit holds ``threshold`` people.

    What is left over of one joint waits for the next, wider one; what is left over at last stays withheld.

    Args:
        small: the units that wait, each of another place.
        shared: the codes in two of their places.
        threshold: least people of a joint unit.
    """
    joint: list[JointUnit] = []
    waiting = sorted(small, key=lambda unit: unit.order)
    for bucket in NEAREST_FIRST:
        buckets: dict[tuple[str, ...], list[SmallUnit]] = {}
        for unit in waiting:
            key = bucket(unit)
            if key is not None:
                buckets.setdefault(key, []).append(unit)
        for units in buckets.values():
            joint += _filled(units, shared, threshold)
        done = {unit for one in joint for unit in one.parts}
        waiting = [unit for unit in waiting if unit not in done]
    return tuple(joint)


def _filled(units: Sequence[SmallUnit], shared: SharedCodes, threshold: int) -> list[JointUnit]:
    """Return ``units`` joined in their order, without those at the end that are too few."""
    joint: list[JointUnit] = []
    parts: list[SmallUnit] = []
    for unit in units:
        parts.append(unit)
        if least_people_of_places([part.behind for part in parts], shared) >= threshold:
            joint.append(JointUnit(tuple(parts)))
            parts = []
    return joint
