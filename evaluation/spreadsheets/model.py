"""Cells as they stand in a file: workbook, sheets and columns of distinct values, with the address of every cell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import zip_longest
from typing import Literal

import numpy as np
import numpy.typing as npt

Value = str | int | float | bool | date | datetime
Engine = Literal["openpyxl", "calamine", "csv"]
Codes = npt.NDArray[np.int32]

EMPTY = -1
# Every layout looks for headings in the same first rows.
ROWS_KEPT = 40


@dataclass(frozen=True)
class CellFault:
    """A cell without a usable value: an Excel error (#N/A), or a formula that was never calculated."""

    text: str
    kind: Literal["error", "formula"] = "error"


Content = Value | CellFault


@dataclass(frozen=True, eq=False)
class Column:
    """One column: each distinct content once, and for every row the number of its content (EMPTY for none).

    A survey repeats its few answers endlessly, so each distinct content is examined once, not each cell.
    ``codes`` is an int32 array with an entry a row of the sheet.
    """

    values: tuple[Content, ...]
    codes: Codes

    @classmethod
    def of(cls, cells: Iterable[Content | None]) -> "Column":
        """Return the column of ``cells``, None for an empty one; 1, 1.0 and TRUE stay distinct."""
        known: dict[tuple[type, Content], int] = {}
        codes = [
            EMPTY if cell is None else known.setdefault((type(cell), cell), len(known)) for cell in cells
        ]  # fmt: skip
        return cls(tuple(cell for _, cell in known), np.array(codes, dtype=np.int32))

    @property
    def filled(self) -> npt.NDArray[np.bool_]:
        """Tell for every row whether it holds something."""
        # A stray cell far off makes thousands of empty columns; they cost nothing.
        return np.not_equal(self.codes, EMPTY) if self.values else np.broadcast_to(np.False_, self.codes.shape)

    def with_cells(self, changes: Mapping[int, Content | None]) -> "Column":
        """Return the column with other contents in some rows (row → content, None for an empty cell)."""
        known = {(type(content), content): code for code, content in enumerate(self.values)}
        codes = self.codes.copy()
        for row, content in changes.items():
            codes[row] = EMPTY if content is None else known.setdefault((type(content), content), len(known))
        filled = codes != EMPTY
        standing = np.unique(codes[filled])
        contents = [content for _, content in known]
        codes[filled] = np.searchsorted(standing, codes[filled])
        return Column(tuple(contents[code] for code in standing), codes)

    def used(self, rows: npt.NDArray[np.int64] | slice) -> list[int]:
        """Return the numbers of the distinct contents that stand in ``rows``."""
        codes = self.codes[rows]
        present = np.zeros(len(self.values), dtype=bool)
        present[codes[codes != EMPTY]] = True
        return np.flatnonzero(present).tolist()

    def contents(self, rows: npt.NDArray[np.int64] | slice) -> tuple[Content, ...]:
        """Return the distinct contents that stand in ``rows``."""
        return tuple(self.values[code] for code in self.used(rows))

    def cell(self, row: int) -> Content | None:
        """Return what stands in ``row`` (from 0); None where nothing does."""
        code = int(self.codes[row])
        return None if code == EMPTY else self.values[code]


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet, all columns of one height; rows and columns count from 0 at cell A1.

    A sheet that is ``turned`` has its columns as rows (questions below one another, people side by side);
    addresses stay those of the file. ``formulas`` are cells whose value a formula calculated; ``merged`` are ranges
    (first row, first column, last row, last column) of which the first cell holds the content. ``from_1904`` tells that
    the days of its workbook count from that year.
    """

    name: str
    columns: tuple[Column, ...]
    height: int
    hidden: bool = False
    turned: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    from_1904: bool = False

    @classmethod
    def of(cls, name: str, rows: Sequence[Sequence[Content | None]], **more: object) -> "Sheet":
        """Return a sheet of ``rows``, which may differ in length; None and "" are empty cells."""
        cleaned = [[None if cell == "" else cell for cell in row] for row in rows]
        columns = tuple(Column.of(cells) for cells in zip_longest(*cleaned))
        return replace(cls(name, columns, len(rows)), **more)  # type: ignore[arg-type]

    @property
    def empty(self) -> bool:
        """Tell whether no cell holds anything."""
        return not any(column.values for column in self.columns)

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.columns)

    def cell(self, row: int, column: int) -> Content | None:
        """Return what stands in a cell; None where nothing does or the sheet does not reach."""
        if not (0 <= row < self.height and 0 <= column < self.width):
            return None
        return self.columns[column].cell(row)

    def row(self, row: int) -> tuple[Content | None, ...]:
        """Return the cells of a row."""
        if row >= ROWS_KEPT:
            return tuple(column.cell(row) for column in self.columns)
        if row not in self._first_rows:
            self._first_rows[row] = tuple(column.cell(row) for column in self.columns)
        return self._first_rows[row]

    @cached_property
    def _first_rows(self) -> dict[int, tuple[Content | None, ...]]:
        """The first rows, as far as somebody has looked at them."""
        return {}

    def filled_cells(self) -> npt.NDArray[np.int64]:
        """Return for every row how many of its cells hold something."""
        counts = np.zeros(self.height, dtype=np.int64)
        for column in self.columns:
            if column.values:
                counts += column.filled
        return counts

    def filled_rows(self) -> npt.NDArray[np.bool_]:
        """Tell for every row whether any of its cells holds something."""
        return self.filled_cells() > 0

    def address(self, row: int, column: int) -> str:
        """Return where a cell stands in the file, as Excel writes it."""
        return address(column, row) if self.turned else address(row, column)

    def turn(self) -> "Sheet":
        """Return the sheet with its columns as rows."""
        rows = [self.row(row) for row in range(self.height)]
        return replace(
            self,
            columns=tuple(Column.of(cells) for cells in rows),
            height=self.width,
            turned=not self.turned,
            hidden_rows=self.hidden_columns,
            hidden_columns=self.hidden_rows,
            formulas=frozenset((column, row) for row, column in self.formulas),
            merged=tuple((left, top, right, bottom) for top, left, bottom, right in self.merged),
        )


def address(row: int, column: int) -> str:
    """Return the address of a cell as Excel writes it; row and column count from 0."""
    letters = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


@dataclass(frozen=True)
class Remark:
    """A remark on a file that was read: the code of a message, the sheet it is about, and its gaps."""

    code: str
    sheet: str | None = None
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Workbook:
    """A file that was read: its sheets in order, the engine, remarks for the worker, and custom properties."""

    sheets: tuple[Sheet, ...]
    format: str
    engine: Engine
    remarks: tuple[Remark, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)


class Unreadable(Exception):
    """The file cannot be read; ``code`` is the message's code and ``values`` are its gaps."""

    def __init__(self, code: str, **values: object) -> None:
        """Keep the code of the message and its gaps."""
        super().__init__(code)
        self.code = code
        self.values = values


Progress = Callable[[float], None]
