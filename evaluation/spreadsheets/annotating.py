"""A workbook with a comment on every cell that has a problem, and a sheet that sums them up; made in the child."""

import hashlib
import io
import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, cast

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.spreadsheets.annotation import ORIGIN_MARK, ORIGIN_SHEET
from evaluation.spreadsheets.cached_values import with_cached_values
from evaluation.spreadsheets.limits import OPENPYXL_CELLS
from evaluation.spreadsheets.model import Unreadable, Workbook
from evaluation.spreadsheets.reader import read_content, read_marks
from evaluation.spreadsheets.rewriting import free_title, put, rewritten
from evaluation.spreadsheets.xlsx_marks import Marks

AUTHOR = "evaluation"
BETWEEN = "\n———\n"
LONGEST_COMMENT = 4000
GRAVITY = ("error", "warning", "notice")
# Printed in grey the three still differ: hatched, darker, lighter.
FILLS = {
    "error": PatternFill("lightUp", fgColor="FFB02A1C", bgColor="FFF4B8AE"),
    "warning": PatternFill("solid", fgColor="FFF0C96A"),
    "notice": PatternFill("solid", fgColor="FFE3ECF5"),
}
OWN_COLOURS = {fill.fgColor.rgb for fill in FILLS.values()}
WIDTHS = (14, 24, 12, 90)


def annotated(content: bytes, file: str, notes: Sequence[Mapping[str, str]], summary: Mapping[str, Any]) -> bytes:
    """Return the annotated workbook; to be called in the child only. Raises Unreadable."""
    source = read_content(content, file, lambda _: None)
    by_cell: dict[str, dict[str, list[Mapping[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for note in notes:
        by_cell[note["sheet"]][note["cell"]].append(note)
    marks: Mapping[str, Marks] = {}
    book = _original(content, source)
    if book is None:
        book, sheets = rewritten(source)
    else:
        marks = read_marks(content)
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        _take_back(book, sheets)
    for name, sheet in sheets.items():
        _comment(sheet, by_cell.get(name, {}))
    title = _write_summary(book, summary)
    _write_origin(book, file, hashlib.sha256(content).hexdigest(), title)
    # The results are put back below; a workbook that asks to be calculated anew would have none.
    book.calculation.fullCalcOnLoad = False
    target = io.BytesIO()
    book.save(target)
    return with_cached_values(target.getvalue(), source, marks, book)


def _original(content: bytes, source: Workbook) -> Book | None:
    """Return the original opened for writing; None if it is of another kind, too large or not openpyxl's to open."""
    cells = sum(int(column.filled.sum()) for sheet in source.sheets for column in sheet.columns)
    if source.format not in ("xlsx", "xlsm") or source.engine != "openpyxl" or cells > OPENPYXL_CELLS:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(content), keep_links=False)
        except Exception:  # noqa: BLE001 - what openpyxl cannot open whole it may still have streamed
            return None
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in cast(tuple[Cell, ...], row):
                # openpyxl writes the address of a link into a cell that held nothing.
                if cell.hyperlink and cell.value in (cell.hyperlink.target, cell.hyperlink.location):
                    cell.value = _read_value(source, sheet.title, cell.row, cell.column)
    return book


def _read_value(source: Workbook, name: str, row: int, column: int) -> Any:
    return next((sheet.cell(row - 1, column - 1) for sheet in source.sheets if sheet.name == name), None)


def _take_back(book: Book, sheets: dict[str, Worksheet]) -> None:
    """Remove what an earlier annotation added, so that a mended file carries no old comments."""
    origin = sheets.get(ORIGIN_SHEET)
    if origin is None or origin["A1"].value != ORIGIN_MARK:
        return
    for name in (str(origin["B3"].value), ORIGIN_SHEET):
        if name in sheets:
            book.remove(sheets.pop(name))
    for sheet in sheets.values():
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    before, between, _ = cell.comment.text.partition(BETWEEN)
                    cell.comment = _note(before) if between else None
                if cell.fill.fill_type and cell.fill.fgColor.rgb in OWN_COLOURS:
                    cell.fill = PatternFill()


def _comment(sheet: Worksheet, notes: Mapping[str, list[Mapping[str, str]]]) -> None:
    for place, said in notes.items():
        cell: Any = sheet[place]
        if isinstance(cell, MergedCell):
            ranges = (each for each in sheet.merged_cells.ranges if place in each)
            cell = next((sheet.cell(each.min_row, each.min_col) for each in ranges), None)
        if cell is None:
            continue
        ours = "\n\n".join(note["text"] for note in said)[:LONGEST_COMMENT]
        cell.comment = _note(f"{cell.comment.text}{BETWEEN}{ours}" if cell.comment else ours)
        cell.fill = FILLS[min((note["severity"] for note in said), key=GRAVITY.index)]


def _note(text: str) -> Comment:
    lines = sum(1 + len(line) // 45 for line in text.splitlines())
    return Comment(text, AUTHOR, height=30 + 18 * min(lines, 20), width=340)


def _write_summary(book: Book, summary: Mapping[str, Any]) -> str:
    title = free_title(book, summary["title"])
    sheet = book.create_sheet(title, 0)
    put(sheet["A1"], summary["title"])
    sheet["A1"].font = Font(bold=True, size=14)
    for number, row in enumerate((summary["headings"], *summary["rows"]), start=3):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if text:
                put(cell, text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 3:
                cell.font = Font(bold=True)
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A4"
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
    return title


def _write_origin(book: Book, file: str, sha256: str, title: str) -> None:
    if ORIGIN_SHEET in book.sheetnames:
        raise Unreadable("damaged_workbook")
    sheet = book.create_sheet(ORIGIN_SHEET)
    sheet.sheet_state = "veryHidden"
    put(sheet["A1"], ORIGIN_MARK)
    for row, text in enumerate((file or "-", sha256, title), start=1):
        put(sheet.cell(row, 2), text)
