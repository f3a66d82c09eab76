"""How old the cohorts are, and deleting old ones for good."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, false, func, or_, select

from evaluation.store.counts import same_response
from evaluation.store.imports import touch
from evaluation.store.schema import attendances, imports, responses
from evaluation.store.upkeep.facts import CohortKey, delete_forms, in_cohort


@dataclass(frozen=True)
class CohortAge:
    """One cohort: how many forms it holds and the day by which it is old.

    ``last_on`` is the last day of an answer or a session. Where no day is known it is that of the
    last import, and so it is where a day was still to come when the file was imported.
    """

    cohort_key: CohortKey
    forms: int
    last_on: date


def ages(connection: Connection) -> tuple[CohortAge, ...]:
    """Return every cohort with its age, the oldest first; forms that another replaced count too."""
    keys = [responses.c[name] for name in ("practice", "municipality", "cohort")]
    made_on = func.max(imports.c.accepted_at)
    answered = func.max(responses.c.answered_on)
    joined = responses.join(imports, imports.c.import_id == responses.c.import_id)
    counted: list[ColumnElement[Any]] = [*keys, func.count(), answered, made_on]
    whole = select(*counted).select_from(joined).group_by(*keys)
    met = responses.join(attendances, same_response(responses, attendances))
    days_held: list[ColumnElement[Any]] = [*keys, func.max(attendances.c.held_on)]
    last_sessions = select(*days_held).select_from(met).group_by(*keys)
    sessions = {(place, town, cohort): day for place, town, cohort, day in connection.execute(last_sessions)}
    cohort_ages = []
    for place, town, cohort, forms, last_answer, last_import in connection.execute(whole):
        key = (place, town, cohort)
        days = [day for day in (last_answer, sessions.get(key)) if day is not None]
        imported = last_import.date()
        cohort_ages.append(CohortAge(key, int(forms), min(max(days, default=imported), imported)))
    return tuple(sorted(cohort_ages, key=lambda age: (age.last_on, age.cohort_key)))


def retire(connection: Connection, cohorts: Collection[CohortKey]) -> int:
    """Delete all forms of ``cohorts`` and all that belongs to them; return how many forms went.

    Imports of which no form is left go too, with the names of their files.
    """
    chosen = or_(false(), *map(in_cohort, cohorts))
    touched = list(connection.scalars(select(responses.c.import_id).where(chosen).distinct()))
    count = delete_forms(connection, chosen)
    left = exists().where(responses.c.import_id == imports.c.import_id)
    connection.execute(delete(imports).where(imports.c.import_id.in_(touched) & ~left))
    touch(connection)
    return count
