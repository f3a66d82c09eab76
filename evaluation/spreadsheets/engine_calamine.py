"""Sheets read by calamine: .xls, .xlsb and .ods, .xlsx files that openpyxl refuses, and large ones.

calamine gives nothing for an error cell or an uncalculated formula; the marks are laid over its cells. A number beyond
the calendar in a cell formatted as a date stays a number here, where openpyxl says #VALUE!.
"""

import io
from collections.abc import Callable, Mapping
from datetime import time
from itertools import islice

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from evaluation.spreadsheets.limits import MOST_GRID
from evaluation.spreadsheets.model import Sheet, Unreadable
from evaluation.spreadsheets.sheet_builder import BATCH_ROWS, SheetBuilder, finish_sheet
from evaluation.spreadsheets.xlsx_marks import Marks


def open_workbook(content: bytes) -> CalamineWorkbook:
    """Open any workbook; raises what calamine raises, CalamineError and worse."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def load_sheets(book: CalamineWorkbook) -> list[tuple[str, bool, CalamineSheet]]:
    """Return the sheets that hold cells: name, whether hidden, cells (parsed without holding other threads up)."""
    return [
        (entry.name, entry.visible != SheetVisibleEnum.Visible, book.get_sheet_by_name(entry.name))
        for entry in book.sheets_metadata
        if entry.typ == SheetTypeEnum.WorkSheet
    ]


def build_sheet(
    name: str, hidden: bool, cells: CalamineSheet, marks: Mapping[str, Marks], progress: Callable[[float], None]
) -> Sheet:
    """Return one sheet; raises Unreadable too_large.

    Every address is that of the file. calamine gives the empty rows above the first cell, but no empty columns
    before it.
    """
    builder = SheetBuilder()
    if cells.start is not None and cells.end is not None:
        first = cells.start[1]
        height, width = cells.end[0] + 1, cells.end[1] + 1
        if height * width > MOST_GRID:
            raise Unreadable("too_large")
        rows = iter(cells.iter_rows())
        done = 0
        while batch := list(islice(rows, BATCH_ROWS)):
            builder.add_all(batch, first)
            done += len(batch)
            progress(done / height)
    sheet_marks = marks.get(name) or Marks()
    # A moment before the calendar begins comes as midnight: whether it is one, only openpyxl can tell.
    sheet_marks.altered = sheet_marks.altered or builder.holds(time())
    sheet_marks.merged = sheet_marks.merged or _merged(cells)
    return finish_sheet(name, hidden, builder, sheet_marks)


def _merged(cells: CalamineSheet) -> list[tuple[int, int, int, int]]:
    ranges = cells.merged_cell_ranges or []
    return [(top, left, bottom, right) for (top, left), (bottom, right) in ranges]


def count_cells(cells: CalamineSheet) -> int:
    """Count the cells of a sheet that hold something to see."""
    return sum(
        sum(not (type(cell) is str and (not cell or not cell.strip())) for cell in row) for row in cells.iter_rows()
    )
