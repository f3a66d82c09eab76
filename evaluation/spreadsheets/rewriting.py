"""A workbook written anew from the cells that were read: text stays text, whatever it begins with."""

from datetime import date, datetime
from typing import cast

from openpyxl import Workbook as Book
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.spreadsheets.model import EMPTY, CellFault, Content, Sheet, Workbook

LONGEST_TITLE = 31
EARLIEST_YEAR = 1900
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def rewritten(source: Workbook) -> tuple[Book, dict[str, Worksheet]]:
    """Return a new workbook with the cells of ``source``, and its sheets by their names in the source."""
    book = Book()
    book.remove(book.worksheets[0])
    sheets = {}
    for sheet in source.sheets:
        target = book.create_sheet(free_title(book, sheet.name))
        target.sheet_state = "hidden" if sheet.hidden else "visible"
        _write(sheet, target)
        sheets[sheet.name] = target
    return book, sheets


def free_title(book: Book, wanted: str) -> str:
    """Return a title that Excel allows and no sheet of ``book`` has yet."""
    plain = wanted.translate(_FORBIDDEN).strip()[:LONGEST_TITLE] or "1"
    taken = {title.casefold() for title in book.sheetnames}
    number, title = 1, plain
    while title.casefold() in taken:
        number += 1
        ending = f" {number}"
        title = plain[: LONGEST_TITLE - len(ending)] + ending
    return title


def _write(sheet: Sheet, target: Worksheet) -> None:
    for column, cells in enumerate(sheet.columns, start=1):
        values = cells.values
        for row, code in enumerate(cells.codes.tolist(), start=1):
            if code != EMPTY:
                put(_cell(target, row, column), values[code])
    for top, left, bottom, right in sheet.merged:
        target.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for row in sheet.hidden_rows:
        target.row_dimensions[row + 1].hidden = True
    for column in sheet.hidden_columns:
        target.column_dimensions[get_column_letter(column + 1)].hidden = True


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    # Ranges are merged only after all cells are written, so there is no cell of another kind.
    return cast(Cell, sheet.cell(row, column))


def put(cell: Cell, content: Content) -> None:
    """Write a content into a cell so that it reads back equal and nothing is executed."""
    if isinstance(content, CellFault):
        if content.kind == "formula":
            cell.value = content.text
        else:
            cell.value = content.text if content.text in ERROR_CODES else "#VALUE!"
            cell.data_type = "e"
    elif isinstance(content, str):
        _put_text(cell, content)
    elif isinstance(content, date) and content.year < EARLIEST_YEAR:
        _put_text(cell, content.isoformat())
    else:
        cell.value = content
        if isinstance(content, datetime):
            cell.number_format = "d.m.yyyy h:mm:ss"
        elif isinstance(content, date):
            cell.number_format = "d.m.yyyy"


def _put_text(cell: Cell, text: str) -> None:
    escaped = ILLEGAL_CHARACTERS_RE.sub(lambda found: f"_x{ord(found[0]):04X}_", text).replace("\r", "_x000D_")
    cell.value = escaped
    # openpyxl takes text that begins with = for a formula and "#N/A" for an error.
    cell.data_type = "s"
