"""Publication units hold enough people, cover every run once and do not depend on what is looked at."""

from hypothesis import given
from hypothesis import strategies as st

from evaluation.measures.units import least_people, merge_neighbours

RUNS = st.lists(st.integers(0, 14), min_size=1, max_size=9)


def _people(sizes: list[int]) -> dict[str, int]:
    return {f"run {number}": size for number, size in enumerate(sizes)}


@given(RUNS, st.integers(3, 10))
def test_units_are_a_partition_in_order_and_hold_enough_people(sizes: list[int], threshold: int) -> None:
    people = _people(sizes)
    units = merge_neighbours(list(people), people, {}, threshold)
    assert [cohort for unit in units for cohort in unit.cohorts] == list(people)
    if sum(sizes) >= threshold:
        assert all(unit.people >= threshold for unit in units)
    else:
        assert len(units) == 1


def test_a_run_that_is_large_enough_stands_alone() -> None:
    units = merge_neighbours(["2016", "2017", "2018"], {"2016": 7, "2017": 5, "2018": 9}, {}, 5)
    assert [unit.label for unit in units] == ["2016", "2017", "2018"]


def test_small_neighbours_are_joined_and_a_remainder_joins_the_one_before() -> None:
    units = merge_neighbours(["a", "b", "c", "d"], {"a": 3, "b": 3, "c": 6, "d": 2}, {}, 5)
    assert [unit.cohorts for unit in units] == [("a", "b"), ("c", "d")]


def test_people_in_two_runs_are_not_counted_twice() -> None:
    people, overlaps = {"a": 4, "b": 4}, {("a", "b"): 4}
    assert least_people(["a", "b"], people, overlaps) == 4
    (unit,) = merge_neighbours(["a", "b"], people, overlaps, 5)
    assert unit.people == 4


@given(st.lists(st.sets(st.integers(0, 12), max_size=9), min_size=1, max_size=5))
def test_the_lower_bound_never_exceeds_the_people_there_are(runs: list[set[int]]) -> None:
    names = [f"run {number}" for number in range(len(runs))]
    sizes = {name: len(run) for name, run in zip(names, runs, strict=True)}
    overlaps = {
        (one, other): len(runs[i] & runs[j]) for i, one in enumerate(names) for j, other in enumerate(names) if i < j
    }
    assert least_people(names, sizes, overlaps) <= len(set().union(*runs))
