"""Where a worker has stated that cohorts, or days, of a practice are of different people.

Codes that start anew in every cohort, and forms without a code, cannot tell whether the same people come again. The
worker knows. Without a statement they count as possibly the same people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, and_, delete, false, insert, or_, select

from evaluation.store.schema import different_people

# Of what each is of different people: the groups that follow each other, or the opening days.
Span = Literal["cohort", "day"]
SPANS: tuple[Span, ...] = get_args(Span)

# A practice and its municipality.
PlaceOfPractice = tuple[str, str]


@dataclass(frozen=True)
class DifferentPeople:
    """The practices and municipalities whose cohorts, or whose days, are of different people."""

    cohorts: tuple[PlaceOfPractice, ...] = ()
    days: tuple[PlaceOfPractice, ...] = ()

    def in_cohorts(self, table: Any) -> ColumnElement[bool]:
        """Return whether a row of ``table`` is of a place whose cohorts are of different people."""
        return _any_place(table, self.cohorts)

    def on_days(self, table: Any) -> ColumnElement[bool]:
        """Return whether a row of ``table`` is of a place whose days are of different people."""
        return _any_place(table, self.days)

    def together_with(self, other: "DifferentPeople") -> "DifferentPeople":
        """Return the statements of both."""
        return DifferentPeople((*self.cohorts, *other.cohorts), (*self.days, *other.days))


def stated(connection: Connection) -> DifferentPeople:
    """Return all statements of the database."""
    columns = (different_people.c.practice, different_people.c.municipality, different_people.c.span)
    places: dict[str, list[PlaceOfPractice]] = {span: [] for span in SPANS}
    for practice, municipality, span in connection.execute(select(*columns).order_by(*columns)):
        places[span].append((practice, municipality))
    return DifferentPeople(tuple(places["cohort"]), tuple(places["day"]))


def state_different(
    connection: Connection, practice: str, municipality: str, spans: Iterable[Span], actor: str
) -> None:
    """State which ``spans`` of a practice and municipality are of different people; what was stated before goes."""
    table = different_people
    connection.execute(delete(table).where(table.c.practice == practice, table.c.municipality == municipality))
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    row = {"practice": practice, "municipality": municipality, "stated_at": now, "actor": actor}
    rows = [{**row, "span": span} for span in sorted(set(spans))]
    if rows:
        connection.execute(insert(table), rows)


def _any_place(table: Any, places: tuple[PlaceOfPractice, ...]) -> ColumnElement[bool]:
    conditions = (
        and_(table.c.practice == practice, table.c.municipality == municipality) for practice, municipality in places
    )
    return or_(false(), *conditions)
