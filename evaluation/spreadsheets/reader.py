"""Reads one file in the child: detects its kind, picks the engine, and checks its cells against a second engine."""

import io
import threading
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from evaluation.spreadsheets.limits import (
    MOST_COUNTED_AREA,
    OPENPYXL_CELLS,
    SMALL_SHEET_BYTES,
    Budget,
    unpack,
)
from evaluation.spreadsheets.model import Engine, Progress, Remark, Sheet, Unreadable, Workbook
from evaluation.spreadsheets.sniffing import Sniffed, open_archive, sniff
from evaluation.spreadsheets.xlsx_marks import Marks, Strings, scan_sheet, scan_strings
from evaluation.spreadsheets.xlsx_package import Package, read_package, read_properties

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Loaded = list[tuple[str, bool, "CalamineSheet"]]

ARCHIVE_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError)


def read_content(content: bytes, file: str, progress: Progress) -> Workbook:
    """Read a file of any kind; call it in the child only. Raises Unreadable."""
    sniffed = sniff(content, file)
    if sniffed.kind == "csv":
        from evaluation.spreadsheets.engine_text import read_text

        sheet, kind, text_remarks = read_text(content, PurePath(file).stem or "csv", progress)
        return Workbook((sheet,), kind, "csv", (*_remarks(sniffed), *text_remarks))
    if sniffed.kind in ("xlsx", "xlsm"):
        sheets, engine, remarks = _read_xlsx(content, progress)
    else:
        sheets, remarks = _read_other(content, sniffed, progress)
        engine = "calamine"
    if not sheets:
        raise Unreadable("damaged_workbook")
    zipped = sniffed.kind in ("xlsx", "xlsm", "ods")
    properties = read_properties(open_archive(content)) if zipped else {}
    return Workbook(sheets, sniffed.kind, engine, (*_remarks(sniffed), *remarks), properties)


def _remarks(sniffed: Sniffed) -> tuple[Remark, ...]:
    conditions = {
        "wrong_extension": sniffed.misnamed,
        "macros_ignored": sniffed.macros,
        "links_ignored": sniffed.links,
    }
    return tuple(Remark(code, values={"kind": sniffed.kind}) for code, holds in conditions.items() if holds)


Outcome = tuple[tuple[Sheet, ...], Engine, tuple[Remark, ...]]


def _read_xlsx(content: bytes, progress: Progress) -> Outcome:
    archive = open_archive(content)
    budget = Budget()
    try:
        package = read_package(archive, budget)
        if sum(sheet.part.file_size for sheet in package.sheets if sheet.part) > SMALL_SHEET_BYTES:
            return _read_large(content, archive, package, budget, progress)
        strings = scan_strings(archive, package.strings, budget)
        marks = _scan(archive, package, strings, budget)
        if sum(sheet_marks.elements for sheet_marks in marks.values()) > OPENPYXL_CELLS:
            return _read_large(content, archive, package, Budget(), progress)
    except ARCHIVE_FAULTS as error:
        raise Unreadable("damaged_workbook") from error
    return _settled(_read_small(content, package, marks, progress), package, marks)


def _settled(outcome: Outcome, package: Package, marks: Mapping[str, Marks]) -> Outcome:
    """Return the outcome without zeros of formulas that stand for nothing, and with the calendar of the workbook."""
    sheets, engine, remarks = outcome
    sheets, zeros = _without_zeros(sheets, marks, package.uncalculated)
    return tuple(replace(sheet, from_1904=package.from_1904) for sheet in sheets), engine, (*remarks, *zeros)


def read_marks(content: bytes) -> dict[str, Marks]:
    """Return the marks of each sheet of an .xlsx file that has been read before."""
    archive = open_archive(content)
    package = read_package(archive, Budget())
    return _scan(archive, package, scan_strings(archive, package.strings, Budget()), Budget())


def _scan(
    archive: zipfile.ZipFile, package: Package, strings: Strings, budget: Budget, thorough: bool = True
) -> dict[str, Marks]:
    return {
        sheet.name: scan_sheet(archive, sheet, strings, budget, thorough, package.percent) for sheet in package.sheets
    }


def _read_small(content: bytes, package: Package, marks: Mapping[str, Marks], progress: Progress) -> Outcome:
    """Let openpyxl read and calamine count; what openpyxl refuses calamine reads."""
    from evaluation.spreadsheets.engine_openpyxl import read_sheets

    try:
        sheets = () if package.strict else read_sheets(content, marks, progress)
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises anything at all for a file that it does not understand
        sheets = ()
    if sheets:
        differing = _count_differences(content, sheets, marks)
        # Streamed rows that stand out of order are lost; the whole of the sheet in memory is not so particular.
        whole = read_sheets(content, marks, progress, streamed=False) if differing else sheets
        return whole, "openpyxl", _count_differences(content, whole, marks) if differing else ()
    sheets = _build(_Loading(content).wait(), marks, progress)
    return sheets, "calamine", (Remark("other_engine", values={"engine": "calamine"}),)


def _read_large(
    content: bytes, archive: zipfile.ZipFile, package: Package, budget: Budget, progress: Progress
) -> Outcome:
    """Let calamine parse while this thread searches the XML; its cells count if both find equally many.

    If they do not, openpyxl must read, however long it takes.
    """
    loading = _Loading(content)
    strings = scan_strings(archive, package.strings, budget)
    marks = _scan(archive, package, strings, budget, thorough=bool(strings.blank))
    loaded = loading.wait()
    if strings.edged and package.strings is not None:
        loaded = _Loading(_keeping_edges(content, package.strings.filename)).wait()
    sheets = _build(loaded, marks, progress)
    del loading, loaded
    if not _same_count(sheets, marks):
        marks = _scan(archive, package, strings, Budget())
    if _same_count(sheets, marks):
        return _settled((sheets, "calamine", ()), package, marks)
    from evaluation.spreadsheets.engine_openpyxl import read_sheets

    del sheets
    try:
        return _settled((read_sheets(content, marks, progress), "openpyxl", ()), package, marks)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("damaged_workbook") from error


def _same_count(sheets: tuple[Sheet, ...], marks: Mapping[str, Marks]) -> bool:
    """Tell whether every sheet has as many cells as its XML, and none can have been changed."""
    return all(
        sheet.name in marks
        and _filled(sheet) == marks[sheet.name].cells + len(marks[sheet.name].uncalculated)
        and not (marks[sheet.name].altered or marks[sheet.name].unplaced)
        for sheet in sheets
    )


def _count_differences(content: bytes, sheets: tuple[Sheet, ...], marks: Mapping[str, Marks]) -> tuple[Remark, ...]:
    """Count the cells again with calamine and remark on every sheet where it finds another number.

    calamine makes room for the whole rectangle between the farthest cells, so a sheet with one cell far off is not
    counted again.
    """
    from evaluation.spreadsheets.engine_calamine import count_cells

    if any(sheet_marks.area > MOST_COUNTED_AREA for sheet_marks in marks.values()):
        return ()
    try:
        loaded = _Loading(content).wait()
    except Unreadable:
        return ()
    counts = {name: count_cells(cells) for name, _, cells in loaded}
    pairs = ((sheet.name, _filled(sheet) - len(marks.get(sheet.name, Marks()).faults)) for sheet in sheets)
    return tuple(
        Remark("engines_differ", name, {"first": first, "second": counts[name]})
        for name, first in pairs
        if counts.get(name, first) != first
    )


def _filled(sheet: Sheet) -> int:
    return sum(int(column.filled.sum()) for column in sheet.columns)


def _read_other(content: bytes, sniffed: Sniffed, progress: Progress) -> tuple[tuple[Sheet, ...], tuple[Remark, ...]]:
    """Read .xls, .xlsb and .ods. Errors in .xlsb come as empty cells: no library here reports them."""
    loaded = _Loading(content).wait()
    marks: Mapping[str, Marks] = {}
    if sniffed.kind == "ods":
        from evaluation.spreadsheets import ods_marks

        marks = ods_marks.read_marks(open_archive(content))
    elif sniffed.kind == "xls":
        from evaluation.spreadsheets import xls_marks

        marks = dict(zip((name for name, _, _ in loaded), xls_marks.read_marks(content), strict=False))
    return _without_zeros(_build(loaded, marks, progress), marks)


def _without_zeros(
    sheets: tuple[Sheet, ...], marks: Mapping[str, Marks], uncalculated: bool = False
) -> tuple[tuple[Sheet, ...], tuple[Remark, ...]]:
    # Few workbooks have such formulas, and the library that parses them is slow to load.
    if not any(sheet_marks.zeros for sheet_marks in marks.values()):
        return sheets, ()
    from evaluation.spreadsheets.zero_formulas import without_zeros_of_nothing

    return without_zeros_of_nothing(sheets, marks, uncalculated)


def _build(loaded: Loaded, marks: Mapping[str, Marks], progress: Progress) -> tuple[Sheet, ...]:
    from evaluation.spreadsheets.engine_calamine import build_sheet

    return tuple(build_sheet(name, hidden, cells, marks, progress) for name, hidden, cells in loaded)


@dataclass
class _Loading:
    """calamine at work in a separate thread: it parses without the interpreter's lock."""

    content: bytes
    _sheets: Loaded = field(default_factory=list)
    _fault: BaseException | None = None

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._load, daemon=True)
        self._thread.start()

    def _load(self) -> None:
        from evaluation.spreadsheets.engine_calamine import load_sheets, open_workbook

        try:
            self._sheets = load_sheets(open_workbook(self.content))
        except BaseException as fault:  # noqa: BLE001 - a panic of calamine is no Exception
            self._fault = fault

    def wait(self) -> Loaded:
        """Return the sheets; raises Unreadable password_protected, too_large or damaged_workbook."""
        self._thread.join()
        if self._fault is None:
            return self._sheets
        name = type(self._fault).__name__
        if isinstance(self._fault, MemoryError):
            raise Unreadable("too_large")
        raise Unreadable("password_protected" if name == "PasswordError" else "damaged_workbook") from self._fault


def _keeping_edges(content: bytes, strings: str) -> bytes:
    """Return the file with every shared text marked to keep its edge spaces, which calamine trims otherwise."""
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive:
        part: Any = archive.NameToInfo.pop(strings)
        archive.filelist.remove(part)
        archive.fp.seek(0)  # type: ignore[union-attr]
        with zipfile.ZipFile(io.BytesIO(content)) as original:
            text = unpack(original, part, Budget())
        archive.writestr(strings, text.replace(b"<t>", b'<t xml:space="preserve">'))
    return target.getvalue()
