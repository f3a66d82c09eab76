"""Sheets of .xlsx files read by openpyxl, the reader of record.

It streams the cells (``read_only``), so that neither memory nor time depend on charts, comments or styles; the size
written in the file is not believed (Microsoft Forms writes A1). What streaming leaves out (hidden rows, merged
ranges, formulas) comes from the marks. A number outside the calendar in a cell formatted as a date is #VALUE!, as the
##### that Excel shows for it.
"""

import io
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from openpyxl import load_workbook

from evaluation.spreadsheets.model import CellFault, Sheet
from evaluation.spreadsheets.sheet_builder import SheetBuilder, decode_escapes, finish_sheet
from evaluation.spreadsheets.xlsx_marks import Marks

REPORT_EVERY = 5000


def read_sheets(
    content: bytes, marks: Mapping[str, Marks], progress: Callable[[float], None], streamed: bool = True
) -> tuple[Sheet, ...]:
    """Return the sheets of an .xlsx file.

    Args:
        content: the bytes of the file.
        marks: the marks of each sheet by name.
        progress: receives the share of cells read.
        streamed: whether the cells are streamed or the whole sheet is loaded into memory.

    Raises whatever openpyxl raises for a file that it refuses, and Unreadable too_large.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=streamed, data_only=True, keep_links=False)
        total = sum(mark.elements for mark in marks.values()) or 1
        done = 0
        sheets = []
        for worksheet in book.worksheets:
            if worksheet.title not in marks:
                # Excel 4 macros stand on sheets too, and openpyxl does not distinguish them.
                continue
            sheet_marks = marks[worksheet.title]
            builder = SheetBuilder(decode_escapes)
            sheet_marks.area = _fill(worksheet, builder, partial(_report, progress, done, total))
            if sheet_marks.unplaced:
                sheet_marks.uncalculated = {**sheet_marks.uncalculated, **_uncalculated(content, worksheet.title)}
            sheets.append(finish_sheet(worksheet.title, worksheet.sheet_state != "visible", builder, sheet_marks))
            done += sheet_marks.elements
        book.close()
    return tuple(sheets)


def _report(progress: Callable[[float], None], done: int, total: int, cells: int) -> None:
    progress((done + cells) / total)


def _fill(worksheet: Any, builder: SheetBuilder, progress: Callable[[int], None]) -> int:
    """Give the rows of a sheet to ``builder``; returns the rectangle they take up."""
    if hasattr(worksheet, "reset_dimensions"):
        worksheet.reset_dimensions()
    number = cells = widest = 0
    for number, row in enumerate(worksheet.iter_rows(), start=1):
        builder.add([CellFault(str(cell.value)) if cell.data_type == "e" else cell.value for cell in row])
        cells += len(row)
        widest = max(widest, len(row))
        if number % REPORT_EVERY == 0:
            progress(cells)
    return number * widest


def _uncalculated(content: bytes, name: str) -> dict[tuple[int, int], CellFault]:
    """Return the formulas without a value on a sheet whose cells do not state their address."""
    values = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)[name]
    formulas = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)[name]
    values.reset_dimensions()
    formulas.reset_dimensions()
    return {
        (row, column): CellFault(str(cell.value), "formula")
        for row, (written, stored) in enumerate(zip(formulas.iter_rows(), values.iter_rows(), strict=True))
        for column, (cell, value) in enumerate(zip(written, stored, strict=True))
        if cell.data_type == "f" and value.value is None
    }
