"""The rows of one table while they are read: values column by column, every distinct content once, and their faults."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from evaluation.intake.personal_data import show
from evaluation.intake.values import NEVER_SHOWN, Read
from evaluation.records import Problem, Severity
from evaluation.spreadsheets import EMPTY, Codes, Column, Content, Sheet

T = TypeVar("T")
Objects = npt.NDArray[np.object_]
Mask = npt.NDArray[np.bool_]

# Scales may have negative codes, but none like this.
MISSING = int(np.iinfo(np.int32).min)


def unsaid(values: Objects) -> Mask:
    """Tell for every row whether its value is None."""
    return np.equal(values, None).astype(bool)  # type: ignore[call-overload, no-any-return]


class Gathered:
    """The rows ``rows`` (from 0) of a sheet: which of them are spoiled, and their problems."""

    def __init__(self, sheet: Sheet, rows: npt.NDArray[np.int64]) -> None:
        """Begin with every row good."""
        self.sheet = sheet
        self.rows = rows
        self.bad: Mask = np.zeros(len(rows), dtype=bool)
        self._problems: list[tuple[int, int, Problem]] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the problems row by row, from left to right."""
        return tuple(problem for _, _, problem in sorted(self._problems, key=lambda entry: entry[:2]))

    def codes(self, column: int) -> Codes:
        """Return the codes of ``column`` in these rows."""
        return self.sheet.columns[column].codes[self.rows]

    def read(
        self, column: int, read: Callable[[Content], Read[T]], values: Mapping[str, object] | None = None
    ) -> list[Read[T] | None]:
        """Read every distinct content of ``column`` that stands in these rows; name the faults in their cells.

        Returns the readings by the number of the content; None for contents that stand in other rows only.
        """
        reads = self.read_contents(column, read)
        self.name_faults(column, reads, values)
        return reads

    def read_contents(self, column: int, read: Callable[[Content], Read[T]]) -> list[Read[T] | None]:
        """Read every distinct content of ``column`` that stands in these rows, naming nothing."""
        there = self.sheet.columns[column]
        reads: list[Read[T] | None] = [None] * len(there.values)
        for code in there.used(self.rows):
            reads[code] = read(there.values[code])
        return reads

    def name_faults(
        self, column: int, reads: Sequence[Read[T] | None], values: Mapping[str, object] | None = None
    ) -> None:
        """Name every cell of ``column`` whose content has a fault in ``reads``."""
        codes = self.codes(column)
        for code, reading in enumerate(reads):
            if reading is not None and reading.fault:
                self.say("error", reading.fault, column, codes == code, {**(values or {}), **reading.values})

    def say(
        self, severity: Severity, code: str, column: int, where: Mask, values: Mapping[str, object] | None = None
    ) -> None:
        """Name the cells of ``column`` in the rows of the mask ``where``; an error spoils these rows."""
        for position in np.flatnonzero(where):
            row = int(self.rows[position])
            content = None if code in NEVER_SHOWN else show(self.sheet.cell(row, column))
            place = self.sheet.address(row, column)
            problem = Problem(severity, code, self.sheet.name, place, content, values or {})
            self._problems.append((row, column, problem))
        if severity == "error":
            self.bad |= where

    def silence(self, where: Mask) -> None:
        """Drop the problems of the rows of the mask ``where``: one reason for the whole row is enough."""
        rows = set(self.rows[where].tolist())
        self._problems = [entry for entry in self._problems if entry[0] not in rows]

    def numbers(self, column: int, reads: Sequence[Read[int] | None]) -> npt.NDArray[np.int32]:
        """Return the values of ``column`` row by row, MISSING where there is none."""
        table = [MISSING if reading is None or reading.value is None else reading.value for reading in reads]
        return np.array([*table, MISSING], dtype=np.int32)[self.codes(column)]

    def objects(self, column: int, reads: Sequence[Read[Any] | None]) -> Objects:
        """Return the values of ``column`` row by row, None where there is none."""
        table = np.empty(len(reads) + 1, dtype=object)
        table[:] = [*(None if reading is None else reading.value for reading in reads), None]
        return table[self.codes(column)]

    def first_filled(self, where: Mask) -> dict[int, Mask]:
        """Return for the rows of the mask ``where`` their first non-empty column, as masks by column."""
        left = where.copy()
        masks: dict[int, Mask] = {}
        for column in range(self.sheet.width):
            if not left.any():
                break
            here = left & (self.codes(column) != EMPTY)
            if here.any():
                masks[column] = here
                left &= ~here
        return masks


def filled_down(sheet: Sheet, column: int) -> Column:
    """Return ``column`` with the content of merged cells in all rows they cover: a cohort named once for many rows."""
    codes = sheet.columns[column].codes
    for top, left, bottom, right in sheet.merged:
        if left == column == right and bottom > top:
            codes = codes.copy()
            codes[top : bottom + 1] = codes[top]
    return Column(sheet.columns[column].values, codes)


def joined(first: Column, second: Column) -> Column:
    """Return one column of two that complete each other: what the first holds, and the second where it holds none."""
    behind = np.where(second.codes == EMPTY, EMPTY, second.codes + len(first.values))
    codes = np.where(first.codes == EMPTY, behind, first.codes).astype(np.int32)
    return Column((*first.values, *second.values), codes)
