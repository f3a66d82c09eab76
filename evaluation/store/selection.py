"""Selection: which part of the data is looked at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """What is looked at; an empty tuple means everything.

    Practices are ids, municipalities names, cohorts the names workers gave them, roles the ids of respondent roles.
    Years choose the cohorts that were going on in one of them; a cohort of which no day is known is in none.
    """

    practices: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
