"""Publication units: the runs of a practice, neighbours merged until each unit holds enough people.

The partition depends on what is stored and on the threshold alone, never on what is looked at, so that two looks can
not be subtracted from each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import pandas as pd

GROUP = ["practice", "municipality", "role", "questionnaire"]
JOINT = " + "

# People in both of two runs, by the two names in alphabetical order.
Overlaps = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Unit:
    """Some neighbouring runs and the least number of people in them."""

    cohorts: tuple[str, ...]
    people: int

    @property
    def label(self) -> str:
        """The runs' names joined."""
        return JOINT.join(self.cohorts)


def least_people(cohorts: Sequence[str], people: Mapping[str, int], overlaps: Overlaps) -> int:
    """Return a lower bound of the people in any of ``cohorts``.

    The greater of the largest run and of the sum less all pairwise overlaps (Bonferroni's inequality); people without
    a code may be the same in two runs only if they filled a form in both, which the sum over such runs cannot tell.
    """
    shared = sum(overlaps.get((min(pair), max(pair)), 0) for pair in combinations(cohorts, 2))
    numbers = [people.get(cohort, 0) for cohort in cohorts]
    return max(*numbers, sum(numbers) - shared) if len(numbers) > 1 else sum(numbers)


def merge_neighbours(
    ordered: Sequence[str], people: Mapping[str, int], overlaps: Overlaps, threshold: int
) -> tuple[Unit, ...]:
    """Join neighbouring runs from the first on until each unit holds ``threshold`` people.

    A remainder too small to stand alone joins the unit before it; where there is none, it stays as a unit too small to
    be published.
    """
    groups: list[list[str]] = []
    open_group: list[str] = []
    for cohort in ordered:
        open_group.append(cohort)
        if least_people(open_group, people, overlaps) >= threshold:
            groups.append(open_group)
            open_group = []
    if open_group:
        if groups:
            groups[-1] += open_group
        else:
            groups.append(open_group)
    return tuple(Unit(tuple(group), least_people(group, people, overlaps)) for group in groups)


def publication_units(
    people: pd.DataFrame, overlaps: pd.DataFrame, dates: pd.DataFrame, threshold: int
) -> pd.DataFrame:
    """Return the unit of every run.

    Args:
        people: practice, municipality, role, questionnaire, cohort, people: whole questionnaires, one row a run.
        overlaps: practice, municipality, role, questionnaire, cohort_a, cohort_b, people.
        dates: practice, municipality, cohort, first_on: by this the runs are ordered, those without a day last.
        threshold: least people of a unit.

    Returns:
        GROUP, cohort, unit (its label), members (tuple of its runs), rank (grows with time within a group).
    """
    starts = {(row.practice, row.municipality, row.cohort): row.first_on for row in dates.itertuples()}
    shared = overlaps_by_group(overlaps)
    found: list[tuple[object, ...]] = []
    for names, runs in people.groupby(GROUP, sort=True):
        key = tuple(str(name) for name in names)
        numbers = dict(zip(runs["cohort"], runs["people"].astype(int), strict=True))
        begun = {str(cohort): starts.get((key[0], key[1], cohort)) for cohort in numbers}
        ordered = sorted((_order(first_on, cohort) for cohort, first_on in begun.items()))
        for unit in merge_neighbours([name for *_, name in ordered], numbers, shared.get(key, {}), threshold):
            rank = len(found)
            found += [(*key, cohort, unit.label, unit.cohorts, rank) for cohort in unit.cohorts]
    return pd.DataFrame(found, columns=[*GROUP, "cohort", "unit", "members", "rank"])


def overlaps_by_group(overlaps: pd.DataFrame) -> dict[tuple[str, ...], Overlaps]:
    """Return the overlaps of each GROUP by the names of the two runs."""
    found: dict[tuple[str, ...], dict[tuple[str, str], int]] = {}
    columns = [overlaps[name] for name in (*GROUP, "cohort_a", "cohort_b", "people")]
    for *key, one, other, people in zip(*columns, strict=True):
        found.setdefault(tuple(key), {})[one, other] = int(people)
    return dict(found)


def _order(first_on: object, name: str) -> tuple[bool, date, str]:
    known = isinstance(first_on, date) and not pd.isna(first_on)
    return not known, first_on if isinstance(first_on, date) and known else date.max, name
