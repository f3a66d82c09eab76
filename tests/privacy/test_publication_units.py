"""Publication units hold enough people, cover every run once, and stay as they are when runs are added."""

from hypothesis import given
from hypothesis import strategies as st

from evaluation.privacy.publication_units import Head, least_people, merge_neighbours

HEADS = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: Head(sum(pair), pair[0]))
RUNS = st.lists(HEADS, min_size=1, max_size=9)


def _named(heads: list[Head]) -> dict[str, Head]:
    return {f"run {number}": head for number, head in enumerate(heads)}


def _coded(**sizes: int) -> dict[str, Head]:
    return {name: Head(size, size) for name, size in sizes.items()}


@given(RUNS, st.integers(3, 10))
def test_units_are_a_partition_in_order_and_all_but_the_last_hold_enough_people(
    heads: list[Head], threshold: int
) -> None:
    people = _named(heads)
    units = merge_neighbours(list(people), people, {}, threshold)
    assert [cohort for unit in units for cohort in unit.cohorts] == list(people)
    assert all(unit.people >= threshold for unit in units[:-1])


@given(RUNS, HEADS, st.integers(3, 10))
def test_a_run_that_is_added_leaves_every_published_unit_as_it_was(
    heads: list[Head], added: Head, threshold: int
) -> None:
    before, after = _named(heads), _named([*heads, added])
    first = merge_neighbours(list(before), before, {}, threshold)
    then = merge_neighbours(list(after), after, {}, threshold)
    published = [unit for unit in first if unit.people >= threshold]
    assert list(then[: len(published)]) == published


def test_a_run_that_is_large_enough_stands_alone() -> None:
    people = _coded(a=7, b=5, c=9)
    assert [unit.label for unit in merge_neighbours(list(people), people, {}, 5)] == ["a", "b", "c"]


def test_small_neighbours_are_joined_and_a_remainder_waits() -> None:
    people = _coded(a=3, b=3, c=6, d=2)
    units = merge_neighbours(list(people), people, {}, 5)
    assert [unit.cohorts for unit in units] == [("a", "b"), ("c",), ("d",)]
    assert units[-1].people == 2


def test_people_in_two_runs_are_not_counted_twice() -> None:
    people, overlaps = _coded(a=4, b=4), {("a", "b"): 4}
    assert least_people(["a", "b"], people, overlaps) == 4
    (unit,) = merge_neighbours(["a", "b"], people, overlaps, 5)
    assert unit.people == 4


def test_people_without_a_code_may_be_the_same_in_every_run() -> None:
    workers = {"2016": Head(3), "2017": Head(3), "2018": Head(4)}
    (unit,) = merge_neighbours(list(workers), workers, {}, 5)
    assert unit.people == 4


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
