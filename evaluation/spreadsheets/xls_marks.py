"""What calamine leaves out of an .xls sheet: error cells, formulas, percentages, hidden rows and columns.

Of the formulas that gave 0, only those that point at a single cell of their sheet, by far the commonest, are parsed.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evaluation.spreadsheets.model import CellFault, Unreadable, address
from evaluation.spreadsheets.xlsx_marks import Cell, Formula, Marks

BOF, EOF, SHEET, FORMULA, BOOLEAN_OR_ERROR, ROW, COLUMNS = 0x809, 0x0A, 0x85, 0x06, 0x205, 0x208, 0x7D
FORMAT, STYLE, NUMBER, PACKED, PACKED_ROW = 0x41E, 0xE0, 0x203, 0x27E, 0xBD
# The formats 0 % and 0.00 %, and the tokens that point at one cell.
BUILT_IN_PERCENT = frozenset({9, 10})
ONE_CELL = frozenset({0x24, 0x44, 0x64})
# A formula that cells have in common, as its own record and as the token that stands for it; in it rows and columns may
# be counted from the cell.
SHARED_FORMULA, SHARED = 0x4BC, 0x01
ONE_CELL_AWAY = frozenset({0x2C, 0x4C, 0x6C})
ROW_AWAY, COLUMN_AWAY = 0x8000, 0x4000
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
NO_NUMBER, ERROR_RESULT = b"\xff\xff", 2
HIDDEN_ROW, HIDDEN_COLUMN = 0x20, 0x01
LAST_ROW, LAST_COLUMN = 65_535, 255

ENTRY = 128
END = 0xFFFFFFFA


def read_marks(content: bytes) -> list[Marks]:
    """Return the marks of each sheet that holds cells, in order; raises Unreadable damaged_workbook."""
    stream = Container(content).stream("Workbook", "Book")
    try:
        # The kind of a sheet (0: cells) and where its records begin stand in the first part of the stream.
        listed = [struct.unpack_from("<IBB", record) for kind, record in _records(stream, 0) if kind == SHEET]
        percent = _percent_styles(stream)
        return [_sheet(stream, start, percent) for start, _, sort in listed if sort == 0]
    except struct.error as error:
        raise Unreadable("damaged_workbook") from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from ``at`` to the end of that part; parts may lie within one another (charts)."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == BOF:
            depth += 1
        elif kind == EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _percent_styles(stream: bytes) -> frozenset[int]:
    """Return the numbers of the cell styles whose number format shows per cents."""
    percent, styles = set(BUILT_IN_PERCENT), []
    for kind, record in _records(stream, 0):
        if kind == FORMAT and b"%" in record[2:]:
            percent.add(struct.unpack_from("<H", record)[0])
        elif kind == STYLE:
            styles.append(struct.unpack_from("<H", record, 2)[0])
    return frozenset(number for number, number_format in enumerate(styles) if number_format in percent)


def _sheet(stream: bytes, start: int, percent: frozenset[int]) -> Marks:
    marks, formulas = Marks(), _Formulas()
    for kind, record in _records(stream, start):
        if kind in (ROW, COLUMNS):
            _mark_hidden(marks, kind, record)
        elif kind == BOOLEAN_OR_ERROR:
            row, column, _, code, fault = struct.unpack_from("<3HBB", record)
            if fault:
                marks.errors[row, column] = _fault(code)
        elif kind in (FORMULA, SHARED_FORMULA):
            formulas.take(marks, kind, record)
        if percent and kind in (NUMBER, PACKED, FORMULA, PACKED_ROW):
            marks.percent.update(place for place, style in _styles(kind, record) if style in percent)
    marks.zeros.update(formulas.zeros())
    return marks


def _mark_hidden(marks: Marks, kind: int, record: bytes) -> None:
    if kind == ROW:
        (row,) = struct.unpack_from("<H", record)
        if struct.unpack_from("<H", record, 12)[0] & HIDDEN_ROW:
            marks.hidden_rows.add(row)
        return
    first, last, _, _, options = struct.unpack_from("<5H", record)
    if options & HIDDEN_COLUMN:
        marks.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))


def _styles(kind: int, record: bytes) -> Iterator[tuple[Cell, int]]:
    """Yield the cells of a record of numbers with the number of their style."""
    row, column, style = struct.unpack_from("<3H", record)
    if kind != PACKED_ROW:
        yield (row, column), style
        return
    for step in range((len(record) - 6) // 6):
        yield (row, column + step), struct.unpack_from("<H", record, 4 + 6 * step)[0]


@dataclass
class _Formulas:
    """The formulas of a sheet that gave 0, and those that cells have in common, while their records come."""

    _zeros: dict[Cell, bytes] = field(default_factory=dict)
    _shared: dict[Cell, bytes] = field(default_factory=dict)
    _last: Cell = (0, 0)

    def take(self, marks: Marks, kind: int, record: bytes) -> None:
        """Look at one record; a formula that cells have in common follows the first of them."""
        if kind == SHARED_FORMULA:
            self._shared[self._last] = _tokens(record, 8)
            return
        self._last = struct.unpack_from("<2H", record)
        marks.formulas.add(self._last)
        result = record[6:14]
        if result[6:] != NO_NUMBER:
            if struct.unpack("<d", result) == (0.0,):
                self._zeros[self._last] = _tokens(record, 20)
        elif result[0] == ERROR_RESULT:
            marks.errors[self._last] = _fault(result[2])

    def zeros(self) -> Iterator[tuple[Cell, Formula]]:
        """Yield the formulas that gave 0 and point at one cell."""
        for cell, tokens in self._zeros.items():
            text = _pointing(tokens, cell, self._shared)
            if text:
                yield cell, Formula(text, cell)


def _tokens(record: bytes, at: int) -> bytes:
    (length,) = struct.unpack_from("<H", record, at)
    return record[at + 2 : at + 2 + length]


def _pointing(tokens: bytes, place: Cell, shared: Mapping[Cell, bytes]) -> str | None:
    """Return the cell that a formula points at and nothing else; None for any other formula.

    Args:
        tokens: the formula as it stands in its record.
        place: the cell of the formula.
        shared: formulas that several cells have in common, by the first of these cells.
    """
    if len(tokens) == 5 and tokens[0] == SHARED:
        tokens = shared.get(struct.unpack_from("<2H", tokens, 1), b"")
    if len(tokens) != 5 or tokens[0] not in ONE_CELL | ONE_CELL_AWAY:
        return None
    row, column = struct.unpack_from("<2H", tokens, 1)
    if tokens[0] in ONE_CELL:
        return address(row, column & LAST_COLUMN)
    down, right = place if column & ROW_AWAY else (0, 0), place if column & COLUMN_AWAY else (0, 0)
    return address(row + down[0] & LAST_ROW, column + right[1] & LAST_COLUMN)


def _fault(code: int) -> CellFault:
    return CellFault(ERRORS.get(code, "#VALUE!"))


class Container:
    """The sectors of an OLE file and the chains they form; raises Unreadable damaged_workbook."""

    def __init__(self, content: bytes) -> None:
        """Read the tables of sectors and the directory."""
        self._content = content
        try:
            shift, self._mini_shift = struct.unpack_from("<HH", content, 30)
            (directory,) = struct.unpack_from("<I", content, 48)
            self._cutoff, mini_table = struct.unpack_from("<II", content, 56)
            (further,) = struct.unpack_from("<I", content, 68)
            if not (7 <= shift <= 16 and 4 <= self._mini_shift < shift):
                raise Unreadable("damaged_workbook")
            self._size = 1 << shift
            self._table = self._read_table(further)
            self._mini_table = self._numbers(self._chain(mini_table))
            self._entries = self._chain(directory)
            self._mini: bytes | None = None
        except struct.error as error:
            raise Unreadable("damaged_workbook") from error

    def stream(self, *names: str) -> bytes:
        """Return the stream that bears one of ``names``; raises Unreadable damaged_workbook."""
        wanted = {f"{name}\0".encode("utf-16-le") for name in names}
        for at in range(0, len(self._entries) - ENTRY + 1, ENTRY):
            entry = self._entries[at : at + ENTRY]
            if entry[: struct.unpack_from("<H", entry, 64)[0]] in wanted:
                start, size = struct.unpack_from("<IQ", entry, 116)
                size &= 0xFFFFFFFF
                return self._small(start, size) if size < self._cutoff else self._chain(start)[:size]
        raise Unreadable("damaged_workbook")

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]

    def _read_table(self, further: int) -> tuple[int, ...]:
        places = list(struct.unpack_from("<109I", self._content, 76))
        seen = 0
        while further < END and seen * self._size < len(self._content):
            numbers = self._numbers(self._sector(further))
            if not numbers:
                break
            places += numbers[:-1]
            further, seen = numbers[-1], seen + 1
        return self._numbers(b"".join(self._sector(place) for place in places if place < END))

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    def _chain(self, start: int) -> bytes:
        sectors: list[bytes] = []
        # A circular chain is no longer than the table.
        while start < len(self._table) and len(sectors) <= len(self._table):
            sectors.append(self._sector(start))
            start = self._table[start]
        return b"".join(sectors)

    def _small(self, start: int, size: int) -> bytes:
        """Return a stream too small for a sector: such streams share the stream of the root entry."""
        if self._mini is None:
            self._mini = self._chain(struct.unpack_from("<I", self._entries, 116)[0])
        wide = 1 << self._mini_shift
        sectors: list[bytes] = []
        while start < len(self._mini_table) and len(sectors) <= len(self._mini_table):
            sectors.append(self._mini[start * wide : (start + 1) * wide])
            start = self._mini_table[start]
        return b"".join(sectors)[:size]
