"""A workbook with a comment on every cell that has a problem, and a sheet that sums them up; written in the child.

openpyxl writes formulas without their results, so these are restored. A file that openpyxl cannot write is rewritten
from its cells, with text as text, whatever it begins with.
"""

import hashlib
import io
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast
from xml.sax.saxutils import escape

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.spreadsheets.isolation import ORIGIN_MARK, ORIGIN_SHEET
from evaluation.spreadsheets.limits import OPENPYXL_CELLS
from evaluation.spreadsheets.model import EMPTY, CellFault, Content, Sheet, Unreadable, Workbook
from evaluation.spreadsheets.reader import read_content, read_marks
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
NOTE_COLOURS = {fill.fgColor.rgb for fill in FILLS.values()}
WIDTHS = (14, 24, 12, 90)

_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)>(<f\b[^>]*?(?:/>|>.*?</f>))<v\s*(?:/>|></v>)</c>', re.DOTALL)

LONGEST_TITLE = 31
EARLIEST_YEAR = 1900
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def annotated(content: bytes, file: str, notes: Sequence[Mapping[str, str]], summary: Mapping[str, Any]) -> bytes:
    """Return the annotated workbook; call it in the child only. Raises Unreadable."""
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
        _remove_annotation(book, sheets)
    for name, sheet in sheets.items():
        _comment(sheet, by_cell.get(name, {}))
    title = _write_summary(book, summary)
    _write_origin(book, file, hashlib.sha256(content).hexdigest(), title)
    # The results are restored below; a workbook that asks to be recalculated would lose them.
    book.calculation.fullCalcOnLoad = False
    target = io.BytesIO()
    book.save(target)
    return with_cached_values(target.getvalue(), source, marks, book)


def _original(content: bytes, source: Workbook) -> Book | None:
    """Return the original opened for writing; None if openpyxl cannot write its kind, or it is too large."""
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


def _remove_annotation(book: Book, sheets: dict[str, Worksheet]) -> None:
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
                if cell.fill.fill_type and cell.fill.fgColor.rgb in NOTE_COLOURS:
                    cell.fill = PatternFill()


def _comment(sheet: Worksheet, notes: Mapping[str, list[Mapping[str, str]]]) -> None:
    for place, cell_notes in notes.items():
        cell: Any = sheet[place]
        if isinstance(cell, MergedCell):
            ranges = (area for area in sheet.merged_cells.ranges if place in area)
            cell = next((sheet.cell(area.min_row, area.min_col) for area in ranges), None)
        if cell is None:
            continue
        ours = "\n\n".join(note["text"] for note in cell_notes)[:LONGEST_COMMENT]
        cell.comment = _note(f"{cell.comment.text}{BETWEEN}{ours}" if cell.comment else ours)
        cell.fill = FILLS[min((note["severity"] for note in cell_notes), key=GRAVITY.index)]


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


def with_cached_values(content: bytes, source: Workbook, marks: Mapping[str, Marks], book: Book) -> bytes:
    """Return ``content`` (``book`` as openpyxl wrote it) with the results that stood in ``source``.

    Without them a formula would read as one that was never calculated. ``marks`` tell which results were empty.
    """
    known = {sheet.name: sheet for sheet in source.sheets if marks.get(sheet.name) and marks[sheet.name].formulas}
    if not known:
        return content
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as written,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        changed = {
            sheet.path.lstrip("/"): known[sheet.title] for sheet in book.worksheets if sheet.title in known
        }  # fmt: skip
        for part in written.infolist():
            text = written.read(part)
            if part.filename in changed:
                sheet = changed[part.filename]
                text = _filled_in(text.decode("utf-8"), sheet, marks[sheet.name], book).encode("utf-8")
            archive.writestr(part.filename, text)
    return target.getvalue()


def _filled_in(text: str, sheet: Sheet, marks: Marks, book: Book) -> str:
    def result(match: re.Match[str]) -> str:
        place, attributes, formula = match.groups()
        row, column = coordinate_to_tuple(place)
        cell = (row - 1, column - 1)
        content = sheet.cell(*cell)
        never = isinstance(content, CellFault) and content.kind == "formula"
        if never or cell in marks.uncalculated or cell not in marks.formulas:
            return match[0]
        kind, value = _result(_as_number(content) if cell in marks.percent else content, book)
        return f'<c r="{place}"{attributes} t="{kind}">{formula}<v>{value}</v></c>'

    return _FORMULA.sub(result, text)


def _as_number(content: Content | None) -> Content | None:
    """Return the number behind a percentage that was read as displayed ("80 %")."""
    return float(content.removesuffix(" %")) / 100 if isinstance(content, str) and content.endswith(" %") else content


def _result(content: Content | None, book: Book) -> tuple[str, str]:
    """Return the type and the text of a result as they stand in the XML of a sheet."""
    if content is None:
        return "str", ""
    if isinstance(content, bool):
        return "b", str(int(content))
    if isinstance(content, CellFault):
        return "e", escape(content.text)
    if isinstance(content, date):
        return "n", str(to_excel(content, book.epoch))  # type: ignore[no-untyped-call]
    if isinstance(content, str):
        return "str", escape(content)
    return "n", repr(content)


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
    used = {title.casefold() for title in book.sheetnames}
    number, title = 1, plain
    while title.casefold() in used:
        number += 1
        ending = f" {number}"
        title = plain[: LONGEST_TITLE - len(ending)] + ending
    return title


def _write(sheet: Sheet, target: Worksheet) -> None:
    for column, cells in enumerate(sheet.columns, start=1):
        values = cells.values
        for row, code in enumerate(cells.codes.tolist(), start=1):
            if code != EMPTY:
                put(_cell_of(target, row, column), values[code])
    for top, left, bottom, right in sheet.merged:
        target.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for row in sheet.hidden_rows:
        target.row_dimensions[row + 1].hidden = True
    for column in sheet.hidden_columns:
        target.column_dimensions[get_column_letter(column + 1)].hidden = True


def _cell_of(sheet: Worksheet, row: int, column: int) -> Cell:
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
    escaped = ILLEGAL_CHARACTERS_RE.sub(lambda match: f"_x{ord(match[0]):04X}_", text).replace("\r", "_x000D_")
    cell.value = escaped
    # openpyxl takes text that begins with = for a formula and "#N/A" for an error.
    cell.data_type = "s"
