"""What calamine leaves out of an .ods sheet: errors, formulas, hidden rows and columns, merged ranges."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from evaluation.spreadsheets.limits import MOST_COLUMNS, MOST_MERGED, MOST_ROWS, Budget, unpack_chunks
from evaluation.spreadsheets.model import CellFault, Unreadable
from evaluation.spreadsheets.xlsx_marks import Formula, Marks

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
MOST_MARKED = 1_000_000
_REFERENCE = re.compile(r"\[([^\]]*)\]")


def read_marks(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Return the marks of each sheet by its name; raises Unreadable damaged_workbook or too_large.

    LibreOffice marks a cell whose formula gave an error; older writers do not, and theirs read as empty cells.
    """
    part = next((entry for entry in archive.infolist() if entry.filename == "content.xml"), None)
    if part is None:
        raise Unreadable("damaged_workbook")
    marks: dict[str, Marks] = {}
    sheet = _Sheet()
    try:
        for event, element in iterparse(_Stream(archive, part), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                if element.tag == f"{TABLE}table":
                    sheet = _Sheet()
                    marks[element.get(f"{TABLE}name", "")] = sheet.marks
                continue
            sheet.take(element)
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise Unreadable("damaged_workbook") from error
    return marks


class _Stream:
    """The bytes of a part as a file, within the limits."""

    def __init__(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        self._chunks: Iterator[bytes] = unpack_chunks(archive, part, Budget())
        self._rest = b""

    def read(self, size: int = 0, /) -> bytes:
        """Return up to ``size`` bytes (0: whatever comes next)."""
        if not self._rest:
            self._rest = next(self._chunks, b"")
        piece, self._rest = self._rest[: size or None], self._rest[size:] if size else b""
        return piece


class _Sheet:
    """One sheet while its elements arrive: their places follow from how often the elements before them repeat."""

    def __init__(self) -> None:
        self.marks = Marks()
        self._row = 0
        self._column = 0

    def take(self, element: Element) -> None:
        """Look at an element that is complete."""
        if element.tag == f"{TABLE}table-row":
            self._end_row(element)
            element.clear()
        elif element.tag == f"{TABLE}table-column":
            times = _repeated(element, "columns")
            if element.get(f"{TABLE}visibility", "visible") != "visible":
                last = min(self._column + times, MOST_COLUMNS)
                self.marks.hidden_columns.update(range(self._column, last))
            self._column += times
        elif element.tag == f"{TABLE}table":
            element.clear()

    def _end_row(self, row: Element) -> None:
        times, column = _repeated(row, "rows"), 0
        if row.get(f"{TABLE}visibility", "visible") != "visible":
            self.marks.hidden_rows.update(range(self._row, min(self._row + times, MOST_ROWS)))
        for cell in row:
            if cell.tag in CELLS:
                wide = _repeated(cell, "columns")
                self._look(cell, column, times, wide)
                column += wide
        self._row += times

    def _look(self, cell: Element, column: int, times: int, wide: int) -> None:
        marks = self.marks
        if (
            cell.get(f"{TABLE}number-columns-spanned", "1") != "1"
            or cell.get(f"{TABLE}number-rows-spanned", "1") != "1"
        ):
            high, broad = (int(cell.get(f"{TABLE}number-{way}-spanned", "1")) for way in ("rows", "columns"))
            marks.merged.append((self._row, column, self._row + high - 1, column + broad - 1))
        fault = cell.get(CALC_TYPE) == "error"
        if fault or cell.get(f"{TABLE}formula") is not None:
            places = self._places(column, times, wide)
            marks.formulas.update(places)
            if _is_zero(cell):
                formula = _in_a1(cell.get(f"{TABLE}formula", ""))
                marks.zeros.update({place: Formula(formula, (self._row, column)) for place in places})
            if fault:
                text = cell.findtext(f"{TEXT}p") or "#VALUE!"
                marks.errors.update(dict.fromkeys(places, CellFault(text)))
        percent = cell.get(f"{OFFICE}value-type") == "percentage"
        if percent:
            marks.percent.update(self._places(column, times, wide))
        if len(marks.merged) > MOST_MERGED:
            raise Unreadable("too_large")

    def _places(self, column: int, times: int, wide: int) -> list[tuple[int, int]]:
        """Return the cells of an element that is repeated; raises Unreadable too_large."""
        marks = self.marks
        if len(marks.formulas) + len(marks.errors) + len(marks.percent) + times * wide > MOST_MARKED:
            raise Unreadable("too_large")
        return [(self._row + down, column + right) for down in range(times) for right in range(wide)]


def _is_zero(cell: Element) -> bool:
    """Tell whether the value of a cell is the number 0."""
    value = cell.get(f"{OFFICE}value")
    try:
        return value is not None and cell.get(f"{OFFICE}value-type") != "boolean" and float(value) == 0
    except ValueError:
        return False


def _in_a1(formula: str) -> str:
    """Return a formula of OpenDocument as Excel writes it, without "of:=": [.D4] is D4, [$Taul1.A1:.A5] Taul1!A1:A5."""
    written = re.sub(r"^\w+:=|^=", "", formula)
    return _REFERENCE.sub(lambda match: match[1].replace(".", "!", 1).lstrip("!$").replace(":.", ":"), written).replace(
        ";", ","
    )


def _repeated(element: Element, way: str) -> int:
    return int(element.get(f"{TABLE}number-{way}-repeated", "1"))
