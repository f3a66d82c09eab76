"""Publication units: the cohorts of a practice, neighbours joined until every unit holds enough people.

Units are decided once. Which cohorts belong together is kept in the store, and never changes, whatever becomes of the
cohorts, of the threshold or of what is known of the people; new units are made of cohorts that wait. So two reports,
of two filters or of two days, never part one unit in two ways, and nobody can subtract one from the other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

GROUP = ["practice", "municipality", "role", "questionnaire"]
JOINT = " + "
# What is kept of a cohort in a unit, beside its GROUP.
PLACE_IN_UNIT = ["cohort", "unit", "first_on", "last_on", "place_of", "threshold"]

UNIT_OF_COHORT = ["cohort", "unit", "members", "shared", "rank", "people", "waits", "joint"]

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


def assign(
    waiting: Sequence[str], heads: Mapping[str, Head], overlaps: Overlaps, threshold: int
) -> tuple[tuple[str, ...], ...]:
    """Join cohorts that wait from the first on until ``threshold`` people are together; return the new units.

    A remainder too small to stand alone goes on waiting for the cohorts to come: were it joined to the unit before it,
    that unit would hold one cohort more than it did when it was first published.
    """
    units: list[tuple[str, ...]] = []
    joined: list[str] = []
    for cohort in waiting:
        joined.append(cohort)
        if least_people(joined, heads, overlaps) >= threshold:
            units.append(tuple(joined))
            joined = []
    return tuple(units)


def publication_units(
    people: pd.DataFrame, overlaps: pd.DataFrame, dates: pd.DataFrame, decided: pd.DataFrame
) -> pd.DataFrame:
    """Return the unit of every cohort that has forms; those of no unit are together as one that waits.

    Args:
        people: practice, municipality, role, questionnaire, cohort, people, coded, of whole questionnaires.
        overlaps: practice, municipality, role, questionnaire, cohort_a, cohort_b, people.
        dates: practice, municipality, cohort, first_on: by this the cohorts are ordered, those without a day last.
        decided: GROUP, cohort and unit, the number of a unit within its GROUP, as new_units made them.

    Returns:
        GROUP, cohort, unit (its label), members (tuple of its cohorts), shared (people in two of them, summed over the
        pairs), rank (grows with time within a group), people (the least number in the unit), waits (whether it is no
        unit of its own) and joint (the number of the joint of several practices it is a part of, below nought; else 0).
    """
    places = _places(decided)
    rows: list[tuple[object, ...]] = []
    for group in _groups(people, overlaps, dates):
        members: dict[int | None, list[str]] = defaultdict(list)
        for cohort in group.ordered:
            members[places.get((*group.key, cohort))].append(cohort)
        for number, cohorts in members.items():
            unit = Unit(tuple(cohorts), least_people(cohorts, group.heads, group.overlaps))
            both, rank = shared_people(cohorts, group.overlaps), len(rows)
            joint = min(number or 0, 0)
            of_unit = (unit.label, unit.cohorts, both, rank, unit.people, number is None or joint < 0, joint)
            rows += [(*group.key, cohort, *of_unit) for cohort in cohorts]
    return pd.DataFrame(rows, columns=[*GROUP, *UNIT_OF_COHORT])


def new_units(
    people: pd.DataFrame, overlaps: pd.DataFrame, dates: pd.DataFrame, decided: pd.DataFrame, threshold: int
) -> pd.DataFrame:
    """Return the places in units of cohorts that wait: in new units, and in the place of a cohort that is gone.

    A cohort that is gone from the store and one that is new and was going on at the same time may be one cohort under
    two names. So the new one takes its place: in another unit the same people would be published in two ways.

    Args:
        people: as of publication_units.
        overlaps: as of publication_units.
        dates: as of publication_units, with last_on.
        decided: GROUP, cohort, unit, first_on, last_on and place_of of all that is decided.
        threshold: least people of a new unit.

    Returns:
        The columns of ``decided`` and threshold; place_of is the cohort whose place one takes.
    """
    places, days = _places(decided), _days(dates)
    gone: dict[tuple[Any, ...], list[_Gone]] = defaultdict(list)
    replaced_cohorts = set(_rows(decided[decided["place_of"].notna()], [*GROUP, "place_of"]))
    for *key, cohort, first, last in _rows(decided, [*GROUP, "cohort", "first_on", "last_on"]):
        if (*key[:2], cohort) not in days and (*key, cohort) not in replaced_cohorts:
            gone[tuple(key)].append(_Gone(cohort, _span(first, last)))
    numbers = _highest(places)
    rows: list[tuple[object, ...]] = []
    for group in _groups(people, overlaps, dates):
        waiting = []
        for cohort in group.ordered:
            if (*group.key, cohort) in places:
                continue
            span = days.get((*group.key[:2], cohort), (None, None))
            left = next((earlier for earlier in gone[group.key] if _at_one_time(earlier.span, span)), None)
            if left is None:
                waiting.append(cohort)
            else:
                gone[group.key].remove(left)
                rows.append((*group.key, cohort, places[(*group.key, left.cohort)], *span, left.cohort, threshold))
        for number, unit in enumerate(assign(waiting, group.heads, group.overlaps, threshold), numbers[group.key] + 1):
            known = ((cohort, days.get((*group.key[:2], cohort), (None, None))) for cohort in unit)
            rows += [(*group.key, cohort, number, *span, None, threshold) for cohort, span in known]
    return pd.DataFrame(rows, columns=[*GROUP, *PLACE_IN_UNIT], dtype=object)


@dataclass(frozen=True)
class _Group:
    """The cohorts of one practice, municipality, role and questionnaire in the order of time, and their people."""

    key: tuple[Any, ...]
    ordered: tuple[str, ...]
    heads: Mapping[str, Head]
    overlaps: Overlaps


@dataclass(frozen=True)
class _Gone:
    """A cohort in a unit of which nothing is stored any more, and when it was going on."""

    cohort: str
    span: "Span"


Span = tuple[date | None, date | None]


def _groups(people: pd.DataFrame, overlaps: pd.DataFrame, dates: pd.DataFrame) -> Iterator[_Group]:
    days, shared = _days(dates), overlaps_by_group(overlaps)
    heads_of: dict[tuple[Any, ...], dict[str, Head]] = defaultdict(dict)
    for *key, cohort, number, coded in _rows(people, [*GROUP, "cohort", "people", "coded"]):
        heads_of[tuple(key)][cohort] = Head(int(number), int(coded))
    for group, heads in sorted(heads_of.items()):
        firsts = {cohort: days.get((*group[:2], cohort), (None, None))[0] for cohort in heads}
        ordered = sorted((first is None, first or date.max, cohort) for cohort, first in firsts.items())
        yield _Group(group, tuple(cohort for *_, cohort in ordered), heads, shared.get(group, {}))


def _places(decided: pd.DataFrame) -> dict[tuple[Any, ...], int]:
    """Return the number of the unit by GROUP and cohort."""
    return {tuple(key): int(unit) for *key, unit in _rows(decided, [*GROUP, "cohort", "unit"])}


def _highest(places: Mapping[tuple[Any, ...], int]) -> Mapping[tuple[Any, ...], int]:
    """Return the greatest number of a unit by GROUP."""
    numbers: dict[tuple[Any, ...], int] = defaultdict(int)
    for (*key, _), unit in places.items():
        numbers[tuple(key)] = max(numbers[tuple(key)], unit)
    return numbers


def _days(dates: pd.DataFrame) -> dict[tuple[Any, ...], Span]:
    """Return when cohorts were going on, by practice, municipality and cohort."""
    columns = ["practice", "municipality", "cohort", "first_on", "last_on"]
    return {tuple(key): _span(first, last) for *key, first, last in _rows(dates, columns)}


def _span(first: object, last: object) -> Span:
    return _day(first), _day(last)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not pd.isna(value) else None


def _at_one_time(one: Span, other: Span) -> bool:
    """Tell whether two cohorts may have been going on at one time: as far as known, or both unknown."""
    if one[0] is None or one[1] is None or other[0] is None or other[1] is None:
        return one == other
    return one[0] <= other[1] and other[0] <= one[1]


def waiting_questionnaires(people: pd.DataFrame, cohorts: pd.DataFrame, threshold: int) -> tuple[Waiting, ...]:
    """Return the questionnaires that have forms and no publication unit of ``threshold`` people.

    Args:
        people: as of publication_units, with forms.
        cohorts: the unit of every cohort, as publication_units returns them.
        threshold: least people of a unit.
    """
    largest: dict[tuple[Any, ...], int] = {}
    for *group, number, waits in _rows(cohorts, [*GROUP, "people", "waits"]):
        of_unit = min(int(number), threshold - 1) if waits else int(number)
        largest[tuple(group)] = max(largest.get(tuple(group), 0), of_unit)
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
