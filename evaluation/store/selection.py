"""Selection: which part of the data is looked at. It reads itself from, and writes itself to, a web address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True)
class Selection:
    """What is looked at; an empty tuple means everything.

    Practices are ids, municipalities names, cohorts the names workers gave them, roles the ids of respondent roles.
    """

    practices: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def to_query(self) -> dict[str, list[str]]:
        """Return the selection as query parameters of an address, empty parts left out."""
        return {part.name: list(values) for part in fields(self) if (values := getattr(self, part.name))}

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Self:
        """Read the selection that to_query wrote; parameters of other purposes are passed over."""
        return cls(**{part.name: tuple(query.get(part.name, ())) for part in fields(cls)})
