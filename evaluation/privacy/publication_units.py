"""Publication units: the cohorts of a practice, neighbours joined until every unit holds enough people.

The partition depends on what is stored and on the threshold alone, never on what is looked at, so that nobody can
subtract one look from another. It grows at its end only: a cohort that is added later leaves every unit before it as it
was, so that yesterday's report subtracted from today's does not reveal one cohort.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

GROUP = ["practice", "municipality", "role", "questionnaire"]
JOINT = " + "

# People in both of two cohorts, by the two names in alphabetical order.
Overlaps = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Head:
    """How many people stand behind the forms of a cohort, and how many of them are known by a code."""

    people: int = 0
    coded: int = 0


@dataclass(frozen=True)
class Unit:
    """Some neighbouring cohorts and the least number of people in them."""

    cohorts: tuple[str, ...]
    people: int

    @property
    def label(self) -> str:
        """The names of the cohorts joined."""
        return JOINT.join(self.cohorts)


@dataclass(frozen=True)
class Waiting:
    """A questionnaire of which nothing can be published yet: its forms, and the people they are of at least."""

    practice: str
    municipality: str
    role: str
    questionnaire: str
    forms: int
    people: int


def least_people(cohorts: Sequence[str], heads: Mapping[str, Head], overlaps: Overlaps) -> int:
    """Return a lower bound of the people in any of ``cohorts``, whoever the people without a code are.

    Codes distinguish people: the sum of coded people less all pairwise overlaps bounds them (Bonferroni's inequality).
    Who has no code in one cohort may be any of those who filled a form in another, so people without a code add nothing
    to a cohort that is larger: the bound is the greater of the largest cohort and of the coded people of all.
    """
    sizes = [heads.get(cohort, Head()) for cohort in cohorts]
    coded = sum(size.coded for size in sizes) - shared_people(cohorts, overlaps)
    return max(*(size.people for size in sizes), coded, 0)


def shared_people(cohorts: Sequence[str], overlaps: Overlaps) -> int:
    """Return the people in two of ``cohorts``, summed over all pairs of them."""
    return sum(overlaps.get((min(pair), max(pair)), 0) for pair in combinations(cohorts, 2))


def merge_neighbours(
    ordered: Sequence[str], heads: Mapping[str, Head], overlaps: Overlaps, threshold: int
) -> tuple[Unit, ...]:
    """Join neighbouring cohorts from the first on until every unit holds ``threshold`` people.

    A remainder too small to stand alone waits, as a unit too small to be published, for the cohorts to come: were it
    joined to the unit before it, the next cohort would part them again and reveal the remainder by subtraction.
    """
    units: list[Unit] = []
    waiting: list[str] = []
    for cohort in ordered:
        waiting.append(cohort)
        people = least_people(waiting, heads, overlaps)
        if people >= threshold:
            units.append(Unit(tuple(waiting), people))
            waiting = []
    if waiting:
        units.append(Unit(tuple(waiting), least_people(waiting, heads, overlaps)))
    return tuple(units)


def publication_units(
    people: pd.DataFrame, overlaps: pd.DataFrame, dates: pd.DataFrame, threshold: int
) -> pd.DataFrame:
    """Return the unit of every cohort.

    Args:
        people: practice, municipality, role, questionnaire, cohort, people, coded, of whole questionnaires.
        overlaps: practice, municipality, role, questionnaire, cohort_a, cohort_b, people.
        dates: practice, municipality, cohort, first_on: by this the cohorts are ordered, those without a day last.
        threshold: least people of a unit.

    Returns:
        GROUP, cohort, unit (its label), members (tuple of its cohorts), shared (people in two of them, summed over the
        pairs), rank (grows with time within a group), people (the least number in the unit).
    """
    starts = {tuple(key): day for *key, day in _rows(dates, ["practice", "municipality", "cohort", "first_on"])}
    shared = overlaps_by_group(overlaps)
    groups: dict[tuple[str, ...], dict[str, Head]] = {}
    for *key, cohort, number, coded in _rows(people, [*GROUP, "cohort", "people", "coded"]):
        groups.setdefault(tuple(key), {})[cohort] = Head(int(number), int(coded))
    rows: list[tuple[object, ...]] = []
    for group, numbers in sorted(groups.items()):
        ordered = sorted(_order(starts.get((*group[:2], cohort)), cohort) for cohort in numbers)
        of_group = shared.get(group, {})
        for unit in merge_neighbours([name for *_, name in ordered], numbers, of_group, threshold):
            both, rank = shared_people(unit.cohorts, of_group), len(rows)
            rows += [(*group, cohort, unit.label, unit.cohorts, both, rank, unit.people) for cohort in unit.cohorts]
    return pd.DataFrame(rows, columns=[*GROUP, "cohort", "unit", "members", "shared", "rank", "people"])


def waiting_questionnaires(people: pd.DataFrame, cohorts: pd.DataFrame, threshold: int) -> tuple[Waiting, ...]:
    """Return the questionnaires that have forms and no publication unit of ``threshold`` people.

    Args:
        people: as of publication_units, with forms.
        cohorts: the unit of every cohort, as publication_units returns them.
        threshold: least people of a unit.
    """
    largest: dict[tuple[Any, ...], int] = {}
    for *group, number in _rows(cohorts, [*GROUP, "people"]):
        largest[tuple(group)] = max(largest.get(tuple(group), 0), int(number))
    forms = Counter[tuple[Any, ...]]()
    for *group, number in _rows(people, [*GROUP, "forms"]):
        forms[tuple(group)] += int(number)
    return tuple(
        Waiting(practice, municipality, role, questionnaire, forms[practice, municipality, role, questionnaire], number)
        for (practice, municipality, role, questionnaire), number in largest.items()
        if number < threshold
    )


def _rows(frame: pd.DataFrame, names: list[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(frame[name].tolist() for name in names), strict=True)


def heads_by_cohort(cohorts: pd.DataFrame) -> dict[str, Head]:
    """Return the people of the cohorts of one GROUP and item."""
    columns = (cohorts["cohort"], cohorts["people"].astype(int), cohorts["coded"].astype(int))
    return {str(cohort): Head(people, coded) for cohort, people, coded in zip(*columns, strict=True)}


def overlaps_by_group(overlaps: pd.DataFrame) -> dict[tuple[str, ...], Overlaps]:
    """Return the overlaps of every GROUP by the names of the two cohorts."""
    by_group: dict[tuple[str, ...], dict[tuple[str, str], int]] = {}
    for *key, one, other, people in _rows(overlaps, [*GROUP, "cohort_a", "cohort_b", "people"]):
        by_group.setdefault(tuple(key), {})[one, other] = int(people)
    return dict(by_group)


def _order(first_on: object, name: str) -> tuple[bool, date, str]:
    known = isinstance(first_on, date) and not pd.isna(first_on)
    return not known, first_on if isinstance(first_on, date) and known else date.max, name
