"""Count statements of those who do the work: workers, supervisors and partners, whatever is looked at.

Forms of several practices are joined by what is stored of all of them, so that no selection makes other joints.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from evaluation.store.counts import cohort_dates, wanted
from evaluation.store.decided_units import decided_units
from evaluation.store.different_people import DifferentPeople
from evaluation.store.people_counts import overlap_counts, people_counts
from evaluation.store.schema import responses
from evaluation.store.selection import Selection

WORKING_ROLES = ("worker", "supervisor", "partner")
PEOPLE, OVERLAPS, DATES, CODES = "working_people", "working_overlaps", "working_dates", "working_codes"
STATED, UNITS = "working_stated", "working_units"
WHOLE_CUBES = frozenset({PEOPLE, OVERLAPS, DATES, CODES, STATED, UNITS})


def working_statements(different: DifferentPeople) -> Mapping[str, Callable[[], Select[Any]]]:
    """Return what makes the statements: people, codes in two cohorts or places, days, what is stated, units."""
    working = Selection(roles=WORKING_ROLES)
    return {
        PEOPLE: lambda: people_counts(working, different),
        OVERLAPS: lambda: overlap_counts(working, different),
        DATES: lambda: cohort_dates(Selection()),
        CODES: lambda: codes_in_two_places(working),
        STATED: lambda: _stated(working, different),
        UNITS: lambda: decided_units(working),
    }


def _stated(selection: Selection, different: DifferentPeople) -> Select[Any]:
    """Return practice and municipality where cohorts are of ``different`` people."""
    places = (responses.c.practice, responses.c.municipality)
    return select(*places).where(wanted(selection), different.in_cohorts(responses)).distinct()


def codes_in_two_places(selection: Selection) -> Select[Any]:
    """Count codes that stand in two practices, or in two municipalities of one.

    practice_a, municipality_a, practice_b, municipality_b, role, questionnaire → people.
    """
    names = ("practice", "municipality", "role", "questionnaire", "participant")
    people = (
        select(*(responses.c[name] for name in names))
        .where(wanted(selection), responses.c.participant.is_not(None))
        .distinct()
        .cte("working_people")
    )
    one, other = people.alias("one"), people.alias("other")
    # By the numbers of letters, so that every engine takes each pair once.
    first, second = ([side.c[name].collate("C") for name in names[:2]] for side in (one, other))
    earlier = or_(first[0] < second[0], and_(one.c.practice == other.c.practice, first[1] < second[1]))
    same = and_(*(one.c[name] == other.c[name] for name in names[2:]), earlier)
    places = [
        side.c[name].label(f"{name}_{letter}") for side, letter in ((one, "a"), (other, "b")) for name in names[:2]
    ]
    keys = [*(side.c[name] for side in (one, other) for name in names[:2]), one.c.role, one.c.questionnaire]
    return (
        select(*places, one.c.role, one.c.questionnaire, func.count().label("people"))
        .select_from(one.join(other, same))
        .group_by(*keys)
    )
