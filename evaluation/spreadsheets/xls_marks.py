"""What calamine does not tell of an .xls sheet: error cells, formulas, hidden rows and columns."""

import struct
from collections.abc import Iterator

from evaluation.spreadsheets.model import CellFault, Unreadable
from evaluation.spreadsheets.ole import Container
from evaluation.spreadsheets.xlsx_marks import Marks

BOF, EOF, SHEET, FORMULA, BOOLEAN_OR_ERROR, ROW, COLUMNS = 0x809, 0x0A, 0x85, 0x06, 0x205, 0x208, 0x7D
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
NO_NUMBER, ERROR_RESULT = b"\xff\xff", 2
HIDDEN_ROW, HIDDEN_COLUMN = 0x20, 0x01
LAST_COLUMN = 255


def read_marks(content: bytes) -> list[Marks]:
    """Return what is found on each sheet that holds cells, in order; raises Unreadable damaged_workbook."""
    stream = Container(content).stream("Workbook", "Book")
    try:
        # The kind of a sheet (0: cells) and where its records begin stand in the first part of the stream.
        listed = [struct.unpack_from("<IBB", record) for kind, record in _records(stream, 0) if kind == SHEET]
        return [_sheet(stream, start) for start, _, sort in listed if sort == 0]
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


def _sheet(stream: bytes, start: int) -> Marks:
    marks = Marks()
    for kind, record in _records(stream, start):
        if kind == ROW:
            (row,) = struct.unpack_from("<H", record)
            if struct.unpack_from("<H", record, 12)[0] & HIDDEN_ROW:
                marks.hidden_rows.add(row)
        elif kind == COLUMNS:
            first, last, _, _, options = struct.unpack_from("<5H", record)
            if options & HIDDEN_COLUMN:
                marks.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))
        elif kind == BOOLEAN_OR_ERROR:
            row, column, _, code, fault = struct.unpack_from("<3HBB", record)
            if fault:
                marks.errors[row, column] = _fault(code)
        elif kind == FORMULA:
            place = struct.unpack_from("<2H", record)
            marks.formulas.add(place)
            result = record[6:14]
            if result[6:] == NO_NUMBER and result[0] == ERROR_RESULT:
                marks.errors[place] = _fault(result[2])
    return marks


def _fault(code: int) -> CellFault:
    return CellFault(ERRORS.get(code, "#VALUE!"))
