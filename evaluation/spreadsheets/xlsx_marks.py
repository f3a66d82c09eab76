"""What no engine reports of an .xlsx sheet: errors, formulas and their state, hidden rows, an independent cell count.

The raw XML is searched piece by piece, not parsed: a sheet of three million cells takes half a second, beside the
engine at work in another thread.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from evaluation.spreadsheets.limits import (
    MOST_CELLS,
    MOST_MERGED,
    MOST_ROWS,
    MOST_SHARED_STRINGS,
    Budget,
    unpack_chunks,
)
from evaluation.spreadsheets.model import CellFault, Unreadable
from evaluation.spreadsheets.xlsx_package import SheetPart

Cell = tuple[int, int]

_FORMULA_CELL = re.compile(
    rb"<c\b([^>]*)(?<!/)>\s*<f\b([^>]*?)(?:/>|>(.*?)</f>)\s*(<v\b[^>]*?(?:/>|>(.*?)</v>))?", re.DOTALL
)
_ERROR_CELL = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(?:(?!</c>).)*?<v\b[^>]*>(.*?)</v>', re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Za-z]{1,3})(\d{1,7})"')
_ATTRIBUTE = re.compile(rb'\b(\w+)="([^"]*)"')
_ROW = re.compile(rb"<row\b([^>]*)>")
_FAR_ROW = re.compile(rb'<row\b[^>]*?\br="0*([1-9]\d{6,})"')
_COLUMN = re.compile(rb"<col\b([^>]*)>")
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_BLANK_VALUE = re.compile(rb"<v(?: [^>]*)?>\s*</v>")
# All that Python takes for white space, as it stands in UTF-8: the space that does not break comes with pasted tables.
_GAP = rb"(?:\s|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80)"
_BLANK_INLINE = re.compile(rb"<is>\s*(?:<t\b[^>]*/>|<t\b[^>]*>" + _GAP + rb"*</t>|)\s*</is>")
_EDGED_TEXT = re.compile(rb"<t>(?:\s[^<]*|[^<]*\s)</t>")
_STRING = re.compile(rb"<si\b[^>]*?(?:/>|>(.*?)</si>)", re.DOTALL)
_BLANK_TEXT = re.compile(rb"<si\b[^>]*/>|<si\b[^>]*></si>|<t\b[^>]*(?:/>|>" + _GAP + rb"*</t>)")
_SEEN_TEXT = re.compile(rb"<t\b[^>]*>" + _GAP + rb"*+[^<]")
_ZERO = re.compile(rb"\s*-?0+(?:\.0*)?(?:[eE][+-]?\d+)?\s*")
_PREFIX = re.compile(rb"<(\w+):(?:worksheet|sst)\b")
_SINGLE_QUOTED = re.compile(rb"<(?:\w+:)?(?:worksheet|sst|row|c)\b[^>]*='")


class Formula(NamedTuple):
    """A formula without its "=" as it is written in the cell ``origin``: one that is shared moves with its cell."""

    text: str
    origin: Cell


@dataclass
class Marks:
    """The marks of one sheet; rows and columns from 0.

    ``cells`` counts those that hold something to see, errors and results of formulas among them; ``elements`` all
    rows and cells written, empty ones too; ``area`` is the rectangle that openpyxl read. ``altered`` says that
    calamine may have changed a content (edge spaces trimmed, a moment before its calendar), ``unplaced`` that marked
    cells do not state their address, so that openpyxl must list the formulas. ``zeros`` are the formulas that gave
    0, which may stand for an empty cell; ``percent`` are the numbers formatted as percentages.
    """

    cells: int = 0
    elements: int = 0
    errors: dict[Cell, CellFault] = field(default_factory=dict)
    formulas: set[Cell] = field(default_factory=set)
    uncalculated: dict[Cell, CellFault] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    altered: bool = False
    unplaced: bool = False
    zeros: dict[Cell, Formula] = field(default_factory=dict)
    percent: set[Cell] = field(default_factory=set)
    area: int = 0
    shared_formulas: dict[bytes, tuple[str, Cell]] = field(default_factory=dict)

    @property
    def faults(self) -> dict[Cell, CellFault]:
        """Return the cells without a usable value."""
        return {**self.uncalculated, **self.errors}


@dataclass(frozen=True)
class Strings:
    """What matters about the shared texts: how many, which are blank, whether one has edge spaces that get lost."""

    count: int = 0
    blank: frozenset[bytes] = frozenset()
    edged: bool = False


def scan_strings(archive: zipfile.ZipFile, part: zipfile.ZipInfo | None, budget: Budget) -> Strings:
    """Search the shared texts; raises Unreadable too_large."""
    if part is None:
        return Strings()
    number, edged = 0, False
    blank: set[bytes] = set()
    for piece in _pieces(unpack_chunks(archive, part, budget), (b"<si>", b"<si ")):
        edged = edged or _EDGED_TEXT.search(piece) is not None
        if _BLANK_TEXT.search(piece):
            matches = enumerate(_STRING.finditer(piece), start=number)
            blank.update(b"%d" % index for index, match in matches if not match[1] or not _SEEN_TEXT.search(match[1]))
        number += piece.count(b"<si>") + piece.count(b"<si ") + piece.count(b"<si/>")
        if number > MOST_SHARED_STRINGS:
            raise Unreadable("too_large")
    return Strings(number, frozenset(blank), edged)


def scan_sheet(
    archive: zipfile.ZipFile,
    sheet: SheetPart,
    strings: Strings,
    budget: Budget,
    thorough: bool = True,
    percent: frozenset[int] = frozenset(),
) -> Marks:
    """Search one sheet; raises Unreadable too_large, or damaged_workbook for a row that no sheet reaches.

    A search that is not ``thorough`` saves a third of the time: it counts values without content as cells too, and no
    ``elements``. ``percent`` are the styles that show per cents.
    """
    marks, last = Marks(), b""
    styled = _styled(percent)
    if sheet.part is None:
        return marks
    blank_text = _blank_text(strings)
    for piece in _pieces(unpack_chunks(archive, sheet.part, budget), (b"<row ", b"<row>", b"<c ")):
        _scan(piece, marks)
        if styled is not None:
            marks.percent.update(place for attributes in styled.findall(piece) if (place := _place(attributes)))
        if thorough:
            _count_precisely(piece, marks, blank_text)
        last = piece
        if marks.cells > MOST_CELLS:
            raise Unreadable("too_large")
    # Merged ranges stand below all cells, so in the last piece.
    _scan_merged(last, marks)
    if len(marks.merged) > MOST_MERGED:
        raise Unreadable("too_large")
    return marks


def _pieces(chunks: Iterable[bytes], starts: tuple[bytes, ...]) -> Iterator[bytes]:
    """Yield the XML in pieces that begin with an element of ``starts``, without the prefix of their namespace."""
    rest, prefix, quoted, first = b"", b"", False, True
    for chunk in chunks:
        joined = rest + chunk
        if first:
            if b"<!DOCTYPE" in joined[:16384]:
                # No honest workbook declares entities; engines skip what they do not expand, and answers with it.
                raise Unreadable("damaged_workbook")
            match = _PREFIX.search(joined[:4096])
            prefix = match[1] + b":" if match else b""
            quoted = _SINGLE_QUOTED.search(joined[:16384]) is not None
            first = False
        marks = [start.replace(b"<", b"<" + prefix) for start in starts]
        cut = max(joined.rfind(mark) for mark in marks)
        if cut <= 0:
            rest = joined
            continue
        rest = joined[cut:]
        yield _plain(joined[:cut], prefix, quoted)
    if rest:
        yield _plain(rest, prefix, quoted)


def _plain(piece: bytes, prefix: bytes, quoted: bool) -> bytes:
    if prefix:
        piece = piece.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    return piece.replace(b"'", b'"') if quoted else piece


def _blank_text(strings: Strings) -> re.Pattern[bytes] | None:
    """Return what finds the cells that refer to a blank text, of which there are seldom more than one."""
    if not strings.blank:
        return None
    numbers = b"|".join(sorted(strings.blank))
    return re.compile(rb'\bt="s"[^>]*>\s*<v>(?:' + numbers + rb")</v>")


def _styled(styles: frozenset[int]) -> re.Pattern[bytes] | None:
    """Return what finds the attributes of cells that hold a number in one of ``styles``."""
    if not styles:
        return None
    numbers = b"|".join(b"%d" % style for style in sorted(styles))
    return re.compile(rb'<c\b((?=[^>]*\bs="(?:' + numbers + rb')")(?![^>]*\bt="(?!n"))[^>]*)(?<!/)>')


def _scan(piece: bytes, marks: Marks) -> None:
    # openpyxl would give all the empty rows up to it one by one.
    if any(int(number) > MOST_ROWS for number in _FAR_ROW.findall(piece)):
        raise Unreadable("damaged_workbook")
    marks.cells += piece.count(b"</v>")
    if b"<is>" in piece:
        marks.cells += piece.count(b"</is>") - sum(1 for _ in _BLANK_INLINE.finditer(piece))
        marks.altered = marks.altered or _EDGED_TEXT.search(piece) is not None
    if b'hidden="' in piece:
        _scan_hidden(piece, marks)
    if b't="e"' in piece:
        _scan_errors(piece, marks)
    if b"<f" in piece:
        _scan_formulas(piece, marks)


def _count_precisely(piece: bytes, marks: Marks, blank_text: re.Pattern[bytes] | None) -> None:
    marks.cells -= sum(1 for _ in _BLANK_VALUE.finditer(piece))
    if blank_text is not None:
        marks.cells -= sum(1 for _ in blank_text.finditer(piece))
    marks.elements += sum(map(piece.count, (b"<c ", b"<c>", b"<row ", b"<row>")))


def _scan_merged(piece: bytes, marks: Marks) -> None:
    if b"<mergeCell " in piece:
        marks.merged += [
            (int(top) - 1, _column(left), int(bottom) - 1, _column(right))
            for left, top, right, bottom in _MERGED.findall(piece)
        ]


def _scan_hidden(piece: bytes, marks: Marks) -> None:
    for match in _ROW.finditer(piece):
        if b"hidden" in match[1]:
            attributes = dict(_ATTRIBUTE.findall(match[1]))
            if attributes.get(b"hidden") in (b"1", b"true") and attributes.get(b"r", b"").isdigit():
                marks.hidden_rows.add(int(attributes[b"r"]) - 1)
    for match in _COLUMN.finditer(piece):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        if attributes.get(b"hidden") in (b"1", b"true"):
            first, last = (int(attributes.get(name, b"1")) for name in (b"min", b"max"))
            marks.hidden_columns.update(range(first - 1, min(last, 16_384)))


def _scan_errors(piece: bytes, marks: Marks) -> None:
    for match in _ERROR_CELL.finditer(piece):
        place = _place(match[1])
        if place is None:
            marks.unplaced = True
        else:
            marks.errors[place] = CellFault(_text(match[2]), "error")


def _scan_formulas(piece: bytes, marks: Marks) -> None:
    for cell, options, written, stored, value in _FORMULA_CELL.findall(piece):
        place = _place(cell)
        if place is None:
            marks.unplaced = True
            continue
        marks.formulas.add(place)
        text, place_of_text = _text(written), place
        if b't="shared"' in options:
            group = dict(_ATTRIBUTE.findall(options)).get(b"si", b"")
            shared, origin = marks.shared_formulas.setdefault(group, (text, place))
            text, place_of_text = (text, place) if text else (shared, origin)
        # A formula that gave an empty text is a text without content; one without any value was never calculated.
        if not value and not (stored and b't="str"' in cell):
            marks.uncalculated[place] = CellFault(f"={text}", "formula")
        elif _ZERO.fullmatch(value) and (b't="' not in cell or b't="n"' in cell):
            marks.zeros[place] = Formula(text, place_of_text)


def _place(attributes: bytes) -> Cell | None:
    match = _PLACE.search(attributes)
    return (int(match[2]) - 1, _column(match[1])) if match else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _text(written: bytes) -> str:
    return unescape(written.decode("utf-8", "backslashreplace"))
