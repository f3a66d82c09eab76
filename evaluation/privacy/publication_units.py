"""Publication units: the runs of a practice, neighbours merged until each unit holds enough people.

The partition depends on what is stored and on the threshold alone, never on what is looked at, so that two looks can
not be subtracted from each other. It grows at its end only: a run that is added later leaves every unit before it as it
was, so that yesterday's report cannot be subtracted from today's for the sake of one run.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

GROUP = ["practice", "municipality", "role", "questionnaire"]
JOINT = " + "

# People in both of two runs, by the two names in alphabetical order.
Overlaps = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Head:
    """How many people stand behind the forms of a run, and how many of them are known by a code."""

    people: int = 0
    coded: int = 0


@dataclass(frozen=True)
class Unit:
    """Some neighbouring runs and the least number of people in them."""

    cohorts: tuple[str, ...]
    people: int

    @property
    def label(self) -> str:
        """The runs' names joined."""
        return JOINT.join(self.cohorts)


def least_people(cohorts: Sequence[str], heads: Mapping[str, Head], overlaps: Overlaps) -> int:
    """Return a lower bound of the people in any of ``cohorts``, whoever the people without a code are.

    Codes tell people apart: the sum of coded people less all pairwise overlaps bounds them (Bonferroni's inequality).
    Who gave no code in one run may be any of those who filled a form in another, so people without a code add nothing
    to a run that is larger: the bound is the greater of the largest run and of the coded people of all.
    """
    runs = [heads.get(cohort, Head()) for cohort in cohorts]
    coded = sum(run.coded for run in runs) - shared_people(cohorts, overlaps)
    return max(*(run.people for run in runs), coded, 0)


def shared_people(cohorts: Sequence[str], overlaps: Overlaps) -> int:
    """Return the people in two of ``cohorts``, summed over all pairs of them."""
    return sum(overlaps.get((min(pair), max(pair)), 0) for pair in combinations(cohorts, 2))


def merge_neighbours(
    ordered: Sequence[str], heads: Mapping[str, Head], overlaps: Overlaps, threshold: int
) -> tuple[Unit, ...]:
    """Join neighbouring runs from the first on until each unit holds ``threshold`` people.

    A remainder too small to stand alone waits, as a unit too small to be published, for the runs to come: were it
    joined to the unit before it, the next run would part them again and tell the remainder by subtraction.
    """
    found: list[Unit] = []
    waiting: list[str] = []
    for cohort in ordered:
        waiting.append(cohort)
        people = least_people(waiting, heads, overlaps)
        if people >= threshold:
            found.append(Unit(tuple(waiting), people))
            waiting = []
    if waiting:
        found.append(Unit(tuple(waiting), least_people(waiting, heads, overlaps)))
    return tuple(found)


def publication_units(
    people: pd.DataFrame, overlaps: pd.DataFrame, dates: pd.DataFrame, threshold: int
) -> pd.DataFrame:
    """Return the unit of every run.

    Args:
        people: practice, municipality, role, questionnaire, cohort, people, coded: whole questionnaires, a row a run.
        overlaps: practice, municipality, role, questionnaire, cohort_a, cohort_b, people.
        dates: practice, municipality, cohort, first_on: by this the runs are ordered, those without a day last.
        threshold: least people of a unit.

    Returns:
        GROUP, cohort, unit (its label), members (tuple of its runs), shared (people in two of them, summed over the
        pairs), rank (grows with time within a group), people (the least number in the unit).
    """
    starts = {tuple(run): day for *run, day in _rows(dates, ["practice", "municipality", "cohort", "first_on"])}
    shared = overlaps_by_group(overlaps)
    groups: dict[tuple[str, ...], dict[str, Head]] = {}
    for *key, cohort, number, coded in _rows(people, [*GROUP, "cohort", "people", "coded"]):
        groups.setdefault(tuple(key), {})[cohort] = Head(int(number), int(coded))
    found: list[tuple[object, ...]] = []
    for group, numbers in sorted(groups.items()):
        ordered = sorted(_order(starts.get((*group[:2], cohort)), cohort) for cohort in numbers)
        own = shared.get(group, {})
        for unit in merge_neighbours([name for *_, name in ordered], numbers, own, threshold):
            both, rank = shared_people(unit.cohorts, own), len(found)
            found += [(*group, cohort, unit.label, unit.cohorts, both, rank, unit.people) for cohort in unit.cohorts]
    return pd.DataFrame(found, columns=[*GROUP, "cohort", "unit", "members", "shared", "rank", "people"])


def _rows(frame: pd.DataFrame, names: list[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(frame[name].tolist() for name in names), strict=True)


def heads_by_run(runs: pd.DataFrame) -> dict[str, Head]:
    """Return the people of each run of one GROUP and item."""
    columns = (runs["cohort"], runs["people"].astype(int), runs["coded"].astype(int))
    return {str(cohort): Head(people, coded) for cohort, people, coded in zip(*columns, strict=True)}


def overlaps_by_group(overlaps: pd.DataFrame) -> dict[tuple[str, ...], Overlaps]:
    """Return the overlaps of each GROUP by the names of the two runs."""
    found: dict[tuple[str, ...], dict[tuple[str, str], int]] = {}
    for *key, one, other, people in _rows(overlaps, [*GROUP, "cohort_a", "cohort_b", "people"]):
        found.setdefault(tuple(key), {})[one, other] = int(people)
    return dict(found)


def _order(first_on: object, name: str) -> tuple[bool, date, str]:
    known = isinstance(first_on, date) and not pd.isna(first_on)
    return not known, first_on if isinstance(first_on, date) and known else date.max, name
