"""Publication units hold enough people, cover every run once, and are decided once."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.privacy.publication_units import GROUP, Head, Overlaps, assign, least_people, new_units
from tests.privacy.attack.sequences import NOTHING_DECIDED

HEADS = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: Head(sum(pair), pair[0]))
RUNS = st.lists(HEADS, min_size=1, max_size=9)


def _named(heads: list[Head]) -> dict[str, Head]:
    return {f"run {number}": head for number, head in enumerate(heads)}


def _coded(**sizes: int) -> dict[str, Head]:
    return {name: Head(size, size) for name, size in sizes.items()}


def _assigned(people: Mapping[str, Head], overlaps: Overlaps, threshold: int = 5) -> tuple[tuple[str, ...], ...]:
    return assign(list(people), people, overlaps, threshold)


@given(RUNS, st.integers(3, 10))
def test_units_are_in_order_hold_enough_people_and_leave_out_only_a_remainder_that_is_too_small(
    heads: list[Head], threshold: int
) -> None:
    people = _named(heads)
    units = _assigned(people, {}, threshold)
    joined = [cohort for unit in units for cohort in unit]
    assert joined == list(people)[: len(joined)]
    assert all(least_people(unit, people, {}) >= threshold for unit in units)
    rest = list(people)[len(joined) :]
    assert not rest or least_people(rest, people, {}) < threshold


def test_a_run_that_is_large_enough_stands_alone() -> None:
    assert _assigned(_coded(a=7, b=5, c=9), {}) == (("a",), ("b",), ("c",))


def test_small_neighbours_are_joined_and_a_remainder_waits() -> None:
    assert _assigned(_coded(a=3, b=3, c=6, d=2), {}) == (("a", "b"), ("c",))


def test_people_in_two_runs_are_not_counted_twice() -> None:
    people, overlaps = _coded(a=4, b=4), {("a", "b"): 4}
    assert least_people(["a", "b"], people, overlaps) == 4
    assert _assigned(people, overlaps) == ()


def test_people_without_a_code_may_be_the_same_in_every_run() -> None:
    assert _assigned({"2016": Head(3), "2017": Head(3), "2018": Head(4)}, {}) == ()


# Each run: the people who gave a code, and those who did not.
PEOPLE = st.sets(st.integers(0, 12), max_size=9)


@given(st.lists(st.tuples(PEOPLE, PEOPLE), min_size=1, max_size=5))
def test_the_lower_bound_never_exceeds_the_people_there_are(runs: list[tuple[set[int], set[int]]]) -> None:
    names = [f"run {number}" for number in range(len(runs))]
    heads = {name: Head(len(coded | bare), len(coded)) for name, (coded, bare) in zip(names, runs, strict=True)}
    overlaps = {
        (one, other): len(runs[i][0] & runs[j][0])
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if i < j
    }
    assert least_people(names, heads, overlaps) <= len(set().union(*(coded | bare for coded, bare in runs)))


PLACE = ("sisu", "Lempäälä", "client", "client_end")
Run = tuple[str, int, int | None]


def _cubes(runs: Sequence[Run]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the people, overlaps and dates of runs: their name, size and month."""
    people = pd.DataFrame([(*PLACE, name, size, size) for name, size, _ in runs], columns=[*GROUP, "cohort", "people", "coded"])  # fmt: skip # noqa: E501
    days = [(*PLACE[:2], name, month and date(2018, month, 1), month and date(2018, month, 28)) for name, _, month in runs]  # fmt: skip # noqa: E501
    dates = pd.DataFrame(days, columns=["practice", "municipality", "cohort", "first_on", "last_on"], dtype=object)
    return people, pd.DataFrame(columns=[*GROUP, "cohort_a", "cohort_b", "people"]), dates


def _decided(*times: Sequence[Run]) -> dict[str, int]:
    """Return the units after runs were stored one time after another, each time as they then were."""
    decided = NOTHING_DECIDED
    for runs in times:
        decided = pd.concat([decided, new_units(*_cubes(runs), decided, 5)])
    return dict(zip(decided["cohort"], decided["unit"], strict=True))


FIRST = [("a", 4, 2), ("b", 3, 3), ("c", 3, 4), ("d", 2, 5), ("e", 5, 6)]
UNITS = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3}


@pytest.mark.parametrize(
    ("later", "units"),
    [
        ([("a", 5, 2), *FIRST[1:]], {}),
        ([("z", 4, 1), *FIRST], {}),
        ([("z", 5, 1), *FIRST], {"z": 4}),
        ([("z", 2, 1), *FIRST, ("y", 3, 7)], {"z": 4, "y": 4}),
        (FIRST[1:], {}),
        ([("a", 4, 9), *FIRST[1:]], {}),
        ([("a", 4, None), *FIRST[1:]], {}),
        ([("A uusi nimi", 4, 2), *FIRST[1:]], {"A uusi nimi": 1}),
        ([("A muulloin", 4, 8), *FIRST[1:]], {}),
        ([("a", 1, 2), ("b", 1, 3)], {}),
        ([], {}),
    ],
    ids=[
        "one late form", "earlier", "earlier and large", "earlier and later", "gone", "another day", "no day",
        "another name", "another name and time", "shrunk", "all gone",
    ],
)  # fmt: skip
def test_units_stay_as_they_were_decided_and_only_what_waits_is_joined(later: list[Run], units: dict[str, int]) -> None:
    assert _decided(FIRST) == UNITS
    assert _decided(FIRST, later) == UNITS | units
    assert _decided(FIRST, later, FIRST) == UNITS | units


def test_a_place_that_is_empty_is_taken_once_and_the_cohort_that_comes_back_has_it_still() -> None:
    renamed = [("uusi", 4, 2), *FIRST[1:]]
    parallel = [("toinen", 6, 2), *renamed]
    assert _decided(FIRST, renamed, parallel, [*parallel, *FIRST[:1]]) == UNITS | {"uusi": 1, "toinen": 4}


def test_runs_without_a_day_take_one_empty_place_at_most() -> None:
    undated = [("1", 6, None)]
    assert _decided(undated, [("2", 7, None), ("3", 8, None)]) == {"1": 1, "2": 1, "3": 2}
