"""Retiring old answers: how old each run is, and deleting whole runs for good."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, false, func, or_, select

from evaluation.store.counts import same_response
from evaluation.store.imports import touch
from evaluation.store.schema import attendances, imports, responses
from evaluation.store.upkeep.facts import Run, delete_forms, in_run


@dataclass(frozen=True)
class RunAge:
    """One run: how many forms it holds and the day by which it is old.

    ``last_on`` is the last day on which anything of it was answered or held. Where no day is known it is that of the
    last import, and so it is where a day is said that was still to come when the file was imported.
    """

    run: Run
    forms: int
    last_on: date


def ages(connection: Connection) -> tuple[RunAge, ...]:
    """Return every run with its age, the oldest first; forms that another replaced count too."""
    keys = [responses.c[name] for name in ("practice", "municipality", "cohort")]
    made_on = func.max(imports.c.accepted_at)
    answered = func.max(responses.c.answered_on)
    joined = responses.join(imports, imports.c.import_id == responses.c.import_id)
    counted: list[ColumnElement[Any]] = [*keys, func.count(), answered, made_on]
    whole = select(*counted).select_from(joined).group_by(*keys)
    met = responses.join(attendances, same_response(responses, attendances))
    days_held: list[ColumnElement[Any]] = [*keys, func.max(attendances.c.held_on)]
    held = select(*days_held).select_from(met).group_by(*keys)
    sessions = {(place, town, run): day for place, town, run, day in connection.execute(held)}
    found = []
    for place, town, cohort, forms, last_answer, last_import in connection.execute(whole):
        run = (place, town, cohort)
        days = [day for day in (last_answer, sessions.get(run)) if day is not None]
        imported = last_import.date()
        found.append(RunAge(run, int(forms), min(max(days, default=imported), imported)))
    return tuple(sorted(found, key=lambda each: (each.last_on, each.run)))


def retire(connection: Connection, runs: Collection[Run]) -> int:
    """Delete all forms of ``runs`` and all that belongs to them; return how many forms went.

    Imports of which no form is left go too, with the names of their files.
    """
    own = or_(false(), *map(in_run, runs))
    touched = list(connection.scalars(select(responses.c.import_id).where(own).distinct()))
    count = delete_forms(connection, own)
    left = exists().where(responses.c.import_id == imports.c.import_id)
    connection.execute(delete(imports).where(imports.c.import_id.in_(touched) & ~left))
    touch(connection)
    return count
