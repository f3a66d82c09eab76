"""Workbook bytes → sheets of cells with their addresses; what cannot be opened is refused with a reason."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_UNPACKED_RATIO = 150
MOST_PARTS = 2000
MOST_CELLS = 3_000_000
OLE_START = b"\xd0\xcf\x11\xe0"
ZIP_START = b"PK"

Value = str | int | float | bool | date | None


class Unreadable(Exception):
    """The file cannot be read as a workbook; ``code`` is the problem's code."""

    def __init__(self, code: str, **values: object) -> None:
        """Keep the code of the problem and its gaps."""
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class CellFault:
    """A cell without a usable value: an Excel error (#N/A) or a formula that was never calculated."""

    text: str


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from row 1, column A on; missing cells are None.

    A sheet that is ``turned`` has its questions below one another: its columns are given as rows.
    """

    name: str
    hidden: bool
    rows: tuple[tuple[Value | CellFault, ...], ...]
    turned: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether no cell holds anything."""
        return not any(value is not None for row in self.rows for value in row)

    def turn(self) -> "Sheet":
        """Return the sheet with its columns as rows."""
        return Sheet(self.name, self.hidden, tuple(zip_longest(*self.rows)), turned=not self.turned)

    def address(self, row: int, column: int) -> str:
        """Return where a cell stands in the workbook, as Excel writes it; row and column count from 0."""
        return address(column, row) if self.turned else address(row, column)


def address(row: int, column: int) -> str:
    """Return the address of a cell as Excel writes it; row and column count from 0."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """Read all sheets of an .xlsx or .xlsm file.

    openpyxl in full mode reads: of the engines it alone tells error cells and hidden sheets apart and does not believe
    a wrong size written in the file. Raises Unreadable.
    """
    _refuse_dangerous(content)
    try:
        values = load_workbook(io.BytesIO(content), data_only=True)
        # A formula that no spreadsheet program has calculated would read as an empty answer.
        formulas = load_workbook(io.BytesIO(content)) if _has_formulas(content) else None
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, SyntaxError) as error:
        raise Unreadable("damaged_workbook") from error
    if not values.worksheets:
        raise Unreadable("damaged_workbook")
    return tuple(_sheet(sheet, formulas[sheet.title] if formulas is not None else None) for sheet in values.worksheets)


def _refuse_dangerous(content: bytes) -> None:
    if not content:
        raise Unreadable("empty_file")
    if content.startswith(OLE_START):
        raise Unreadable("old_or_protected")
    if not content.startswith(ZIP_START):
        raise Unreadable("not_a_workbook")
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except BadZipFile as error:
        raise Unreadable("damaged_workbook") from error
    if not any(part.filename.replace("\\", "/").startswith("xl/") for part in parts):
        raise Unreadable("not_a_workbook")
    unpacked = sum(part.file_size for part in parts)
    ratio = max((part.file_size / max(part.compress_size, 1) for part in parts if part.file_size > 2**20), default=0)
    if unpacked > MOST_UNPACKED_BYTES or ratio > MOST_UNPACKED_RATIO or len(parts) > MOST_PARTS:
        raise Unreadable("too_large")


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(b"<f" in archive.read(name) for name in sheets)


def _sheet(sheet: Any, formulas: Any) -> Sheet:
    if sheet.max_row * sheet.max_column > MOST_CELLS:
        raise Unreadable("too_large")
    rows = []
    for row in sheet.iter_rows():
        values = tuple(_value(cell, formulas) for cell in row)
        rows.append(values)
    return Sheet(str(sheet.title), sheet.sheet_state != "visible", tuple(rows))


def _value(cell: Any, formulas: Any) -> Value | CellFault:
    value = cell.value
    if cell.data_type == "e":
        return CellFault(str(value))
    if value is None and formulas is not None:
        formula = formulas[cell.coordinate]
        return CellFault(str(formula.value)) if formula.data_type == "f" else None
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, (bool, int, float, date)) or value is None:
        return value
    return str(value)
