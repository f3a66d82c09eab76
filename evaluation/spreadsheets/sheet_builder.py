"""Builds the columns of a sheet from the rows that an engine delivers, with as little Python per cell as possible."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count, zip_longest
from typing import Any, cast

import numpy as np

from evaluation.spreadsheets.limits import MOST_COLUMNS, MOST_GRID
from evaluation.spreadsheets.model import EMPTY, CellFault, Codes, Column, Content, Sheet, Unreadable
from evaluation.spreadsheets.xlsx_marks import Marks

Faults = Mapping[tuple[int, int], CellFault]

BATCH_CELLS = 400_000
# Few enough that the cells of a batch stay in the processor's cache: a fifth faster than thousands of rows.
BATCH_ROWS = 512
EXACT_FLOATS = 2**53
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)


def tidy(value: Any) -> Content | None:
    """Return the content of a cell as the project knows it; None for one that holds nothing to see.

    Text stays as typed (a line break is a line feed), blank text is nothing. A number without a fraction is an int, a
    moment at midnight a date; a time of day or a duration is text as Excel shows it ("14:30").
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n") if value.strip() else None
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, time):
        return _clock(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
    if isinstance(value, timedelta):
        return _clock(value)
    return value if value is None or isinstance(value, (int, date, CellFault)) else str(value)


def _number(value: float) -> Content:
    if value.is_integer() and abs(value) < EXACT_FLOATS:
        return int(value)
    return value if abs(value) < float("inf") else str(value)


def _clock(duration: timedelta) -> str:
    total = round(abs(duration).total_seconds())
    clock = f"{total // 3600:02}:{total // 60 % 60:02}" + (f":{total % 60:02}" if total % 60 else "")
    return f"-{clock}" if duration < timedelta() and total else clock


def decode_escapes(value: Any) -> Any:
    """Return text with Excel's ``_x000D_`` for a control character decoded; anything else as it is."""
    return _ESCAPE.sub(_escaped, value) if isinstance(value, str) and "_x" in value else value


def _escaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code in _SURROGATES or code == 0 else chr(code)


@dataclass
class _Growing:
    """One column under construction: a number for each content, and the codes of the rows so far."""

    numbers: "count[int]" = field(default_factory=count)
    plain: dict[Any, int] = field(init=False)
    booleans: dict[bool, int] = field(init=False)
    pieces: list[tuple[int, Codes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Both draw numbers from one counter: TRUE and 1 are equal to a dictionary, so booleans have their own.
        self.plain = defaultdict(self.numbers.__next__)
        self.booleans = defaultdict(self.numbers.__next__)

    def add(self, row: int, cells: Sequence[Any], kinds: set[type]) -> None:
        """Take the cells of some rows from ``row`` on."""
        codes: Iterable[int]
        if bool in kinds:
            plain, booleans = self.plain, self.booleans
            codes = [booleans[cell] if cell is True or cell is False else plain[cell] for cell in cells]
        else:
            codes = map(self.plain.__getitem__, cells)
        self.pieces.append((row, np.fromiter(codes, np.int32, len(cells))))

    def contents(self) -> list[Any]:
        """Return the contents by their numbers."""
        numbered = sorted([*self.plain.items(), *self.booleans.items()], key=lambda pair: pair[1])
        return [content for content, _ in numbered]


class SheetBuilder:
    """Takes rows in order and gives the columns of a sheet.

    ``text`` changes a raw content before it is tidied, on distinct contents only.
    """

    def __init__(self, text: Callable[[Any], Any] = lambda value: value) -> None:
        """Begin an empty sheet."""
        self._text = text
        self._columns: dict[int, _Growing] = {}
        self._row = 0
        self._waiting: list[Sequence[Any]] = []
        self._widest = 0

    def add(self, row: Sequence[Any]) -> None:
        """Take the next row, which may be shorter or longer than others."""
        widest = max(self._widest, len(row))
        if self._waiting and (widest * (len(self._waiting) + 1) > BATCH_CELLS or len(self._waiting) >= BATCH_ROWS):
            self.add_all(self._waiting)
            self._waiting, widest = [], len(row)
        self._waiting.append(row)
        self._widest = widest

    def add_all(self, rows: Sequence[Sequence[Any]], first: int = 0) -> None:
        """Take some rows at once, whose cells begin at the column ``first``."""
        for number, cells in enumerate(zip_longest(*rows), start=first):
            kinds = set(map(type, cells))
            if kinds == {type(None)} or (kinds == {str} and not any(cells)):
                continue
            if number not in self._columns:
                self._columns[number] = _Growing()
            self._columns[number].add(self._row, cells, kinds)
        self._row += len(rows)

    def holds(self, content: Any) -> bool:
        """Tell whether a raw content has been met."""
        return any(content in growing.plain for growing in self._columns.values())

    def finish(self, faults: Faults | None = None) -> tuple[tuple[Column, ...], int]:
        """Return the columns and the height, both only as far as there is content.

        ``faults`` are laid over cells that hold nothing. Raises Unreadable too_large.
        """
        self.add_all(self._waiting)
        self._waiting = []
        by_column: dict[int, dict[int, CellFault]] = defaultdict(dict)
        for (row, column), fault in (faults or {}).items():
            by_column[column][row] = fault
        ends = [start + len(codes) for growing in self._columns.values() for start, codes in growing.pieces[-1:]]
        height = max([*ends, *(row + 1 for row, _ in faults or ())], default=0)
        numbers = sorted({*self._columns, *by_column})
        if len(numbers) * height > MOST_GRID or (numbers and numbers[-1] >= MOST_COLUMNS):
            raise Unreadable("too_large")
        columns = {number: self._column(number, height, by_column[number]) for number in numbers}
        return _level(columns)

    def _column(self, number: int, height: int, faults: Mapping[int, CellFault]) -> Column:
        growing = self._columns.pop(number, None) or _Growing()
        values, table = _tidied([self._text(content) for content in growing.contents()])
        codes = np.full(height, EMPTY, dtype=np.int32)
        for start, piece in growing.pieces:
            codes[start : start + len(piece)] = piece if table is None else table[piece]
        if faults:
            known = {(type(content), content): code for code, content in enumerate(values)}
            for row, fault in faults.items():
                if codes[row] == EMPTY:
                    codes[row] = known.setdefault((CellFault, fault), len(known))
            values = tuple(content for _, content in known)
        return Column(values, codes)


def _tidied(contents: Sequence[Any]) -> tuple[tuple[Content, ...], Codes | None]:
    """Return the tidy contents and the new code of each old one; None where all codes stay the same."""
    tidy_ones = list(map(tidy, contents))
    if None not in tidy_ones and bool not in map(type, tidy_ones) and len(set(tidy_ones)) == len(tidy_ones):
        return tuple(cast(list[Content], tidy_ones)), None
    known: dict[tuple[type, Content], int] = {}
    codes = [
        EMPTY if content is None else known.setdefault((type(content), content), len(known)) for content in tidy_ones
    ]
    return tuple(content for _, content in known), np.array([*codes, EMPTY], dtype=np.int32)


def finish_sheet(name: str, hidden: bool, builder: SheetBuilder, marks: Marks) -> Sheet:
    """Return the sheet of a builder with the marks laid over it; raises Unreadable too_large."""
    columns, height = builder.finish(marks.faults)
    columns = _as_shown(columns, height, marks)
    width = len(columns)
    return Sheet(
        name,
        columns,
        height,
        hidden=hidden,
        hidden_rows=frozenset(row for row in marks.hidden_rows if row < height),
        hidden_columns=frozenset(column for column in marks.hidden_columns if column < width),
        formulas=frozenset(cell for cell in marks.formulas if cell[0] < height and cell[1] < width),
        merged=tuple(area for area in marks.merged if area[0] < height and area[1] < width),
    )


def _as_shown(columns: tuple[Column, ...], height: int, marks: Marks) -> tuple[Column, ...]:
    """Return the columns with percentages as the texts that people see: 0.8 becomes "80 %"."""
    by_column: dict[int, dict[int, Content | None]] = defaultdict(dict)
    for row, number in marks.percent:
        content = columns[number].cell(row) if row < height and number < len(columns) else None
        if isinstance(content, (int, float)) and not isinstance(content, bool):
            by_column[number][row] = f"{round(content * 100, 2):.15g} %"
    if not by_column:
        return columns
    return tuple(
        column.with_cells(by_column[number]) if number in by_column else column for number, column in enumerate(columns)
    )


def _level(by_number: Mapping[int, Column]) -> tuple[tuple[Column, ...], int]:
    """Cut the columns to the last row and column with content and fill the gaps between them."""
    by_number = {number: column for number, column in by_number.items() if column.values}
    heights = [int(np.flatnonzero(column.codes != EMPTY)[-1]) + 1 for column in by_number.values()]
    height = max(heights, default=0)
    nothing = Column((), np.full(height, EMPTY, dtype=np.int32))
    columns = (
        Column(by_number[number].values, by_number[number].codes[:height]) if number in by_number else nothing
        for number in range(max(by_number, default=-1) + 1)
    )
    return tuple(columns), height
