"""Units of several practices are joined nearest first, hold enough different people, and no unit is in two joints."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.privacy.joint_units import NEAREST_FIRST, PlacePeople, SmallUnit, join_units, least_people_of_places

COUNTIES = {"Lempäälä": "PI", "Nokia": "PI", "Huittinen": "SA", "Helsinki": None}


def small(practice: str, municipality: str, kind: str, people: int, *, coded: int = 0, day: int = 1) -> SmallUnit:
    county, first = COUNTIES[municipality], date(2018, 1, day)
    return SmallUnit(practice, kind, municipality, county, "worker", "worker", ("2018",), people, coded, first)


@st.composite
def units(draw: st.DrawFn) -> list[SmallUnit]:
    places = draw(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(sorted(COUNTIES))), unique=True, max_size=12))
    found = []
    for number, municipality in places:
        people = draw(st.integers(0, 4))
        coded, day = draw(st.integers(0, people)), draw(st.integers(1, 28))
        found.append(small(f"p{number}", municipality, f"type {number % 2}", people, coded=coded, day=day))
    return found


@given(units(), st.integers(5, 10))
def test_joints_do_not_overlap_hold_enough_people_and_are_of_one_area(waiting: list[SmallUnit], threshold: int) -> None:
    joint = join_units(waiting, {}, threshold)
    parts = [part for one in joint for part in one.parts]
    assert len(parts) == len(set(parts))
    assert set(parts) <= set(waiting)
    for one in joint:
        assert least_people_of_places([part.behind for part in one.parts], {}) >= threshold
        keys = [{bucket(part) for part in one.parts} for bucket in NEAREST_FIRST]
        assert any(len(key) == 1 and None not in key for key in keys)


@given(units(), st.randoms(use_true_random=False))
def test_joints_do_not_depend_on_the_order_in_which_units_are_listed(waiting: list[SmallUnit], random) -> None:
    shuffled = random.sample(waiting, len(waiting))
    assert set(join_units(shuffled, {}, 5)) == set(join_units(waiting, {}, 5))


def test_the_nearest_are_joined_first() -> None:
    lempaala = [small("a", "Lempäälä", "group", 3, coded=3), small("b", "Lempäälä", "group", 3, coded=3)]
    nokia = [small("c", "Nokia", "group", 3), small("d", "Nokia", "walk_in", 2)]
    far = [small("e", "Huittinen", "group", 2), small("f", "Helsinki", "group", 3)]
    joint = join_units([*far, *nokia, *lempaala], {}, 5)
    assert [{part.practice for part in one.parts} for one in joint] == [{"a", "b"}, {"c", "e"}]


def test_what_is_left_over_waits_for_the_wider_joint_and_at_last_stays_withheld() -> None:
    waiting = [
        small("a", "Lempäälä", "group", 4),
        small("b", "Nokia", "walk_in", 4),
        small("c", "Huittinen", "group", 4),
    ]
    (only,) = join_units(waiting, {}, 5)
    assert {part.practice for part in only.parts} == {"a", "b"}


@pytest.mark.parametrize(
    ("places", "shared", "people"),
    [
        # Whoever gave no code may work in every practice of the municipality, and in none of another.
        ([("a", "Nokia", 3, 0), ("b", "Nokia", 2, 0)], {}, 3),
        ([("a", "Nokia", 3, 0), ("b", "Lempäälä", 2, 0)], {}, 5),
        # Codes distinguish people, and one that stands in both is one person, in one municipality or two.
        ([("a", "Nokia", 3, 3), ("b", "Nokia", 3, 3)], {}, 6),
        ([("a", "Nokia", 3, 3), ("b", "Nokia", 3, 3)], {(("a", "Nokia"), ("b", "Nokia")): 2}, 4),
        ([("a", "Nokia", 3, 3), ("b", "Lempäälä", 3, 3)], {(("a", "Nokia"), ("b", "Lempäälä")): 3}, 3),
        # Some with a code, some without.
        ([("a", "Nokia", 4, 2), ("b", "Nokia", 3, 3)], {}, 5),
    ],
)
def test_a_person_in_two_practices_counts_once(places: list, shared: dict, people: int) -> None:
    behind = [PlacePeople((practice, town), many, coded) for practice, town, many, coded in places]
    for order in permutations(behind):
        assert least_people_of_places(order, shared) == people


@given(units())
def test_a_unit_later_in_time_than_all_others_leaves_the_first_joint_of_its_nearest_area_as_it_was(
    waiting: list[SmallUnit],
) -> None:
    later = replace(small("later", "Nokia", "type 0", 4), first_on=date(2020, 1, 1))
    bucket = NEAREST_FIRST[0]

    def nearest(found: list[SmallUnit]) -> list[set[SmallUnit]]:
        joint = join_units(found, {}, 5)
        return [set(one.parts) for one in joint if {bucket(part) for part in one.parts} == {bucket(later)}]

    before, after = nearest(waiting), nearest([*waiting, later])
    assert after[: len(before)] == before
