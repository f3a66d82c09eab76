"""What one distinct content of a column says: a value, or the code of the message that says why it is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from evaluation.spreadsheets import CellFault

T = TypeVar("T")

NOTHING: Mapping[str, object] = MappingProxyType({})

# Faults of cells that identify a person: no message may repeat what stands there.
NEVER_SHOWN = frozenset({"identity_code", "contact_as_code", "participant_is_name"})


@dataclass(frozen=True)
class Read(Generic[T]):
    """What a content says: ``value``, or ``fault`` with its gaps ``values``; neither where it says nothing."""

    value: T | None = None
    fault: str | None = None
    values: Mapping[str, object] = field(default_factory=lambda: NOTHING)


def faulty(cell: CellFault) -> Read[Any]:
    """Return what an error or a formula without a value is read as."""
    return Read(fault="formula_cell" if cell.kind == "formula" else "error_cell")
