"""Where the sheets, texts and styles of an .xlsx package stand, by its table of contents, and its custom properties."""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from evaluation.spreadsheets.limits import MOST_SHEETS, Budget, unpack
from evaluation.spreadsheets.model import Unreadable

STRICT = "http://purl.oclc.org/ooxml/"
WORKBOOK_PART = "xl/workbook.xml"
# The formats 0 % and 0.00 %, which no file writes out.
BUILT_IN_PERCENT = frozenset({"9", "10"})
# What a number format shows as it stands: "%" in quotes or behind a backslash makes no per cent.
_LITERAL = re.compile(r'"[^"]*"|\\.')

# Of .xlsx, of .ods.
_PARTS = ("docprops/custom.xml", "meta.xml")
_ELEMENTS = ("property", "user-defined")
_MOST = 100


@dataclass(frozen=True)
class SheetPart:
    """One sheet that holds cells: its name and the part of the archive it stands in (None if that is missing)."""

    name: str
    hidden: bool
    part: zipfile.ZipInfo | None


@dataclass(frozen=True)
class Package:
    """An .xlsx file's table of contents, without chart, dialog and macro sheets, which hold no answers.

    ``uncalculated`` says that the writer left the formulas to be calculated by the program that opens the file:
    calculation is forced at load, and the calculation chain that Excel keeps is missing. ``percent`` are the numbers
    of the styles that show per cents.
    """

    sheets: tuple[SheetPart, ...]
    strings: zipfile.ZipInfo | None
    strict: bool
    uncalculated: bool = False
    from_1904: bool = False
    percent: frozenset[int] = frozenset()


def read_package(archive: zipfile.ZipFile, budget: Budget) -> Package:
    """Return the table of contents of an .xlsx archive; raises Unreadable damaged_workbook or too_large."""
    parts = {folded(part.filename): part for part in archive.infolist()}
    place = _workbook_place(archive, parts, budget)
    if place not in parts:
        raise Unreadable("damaged_workbook")
    root = parse(unpack(archive, parts[place], budget))
    targets = _relations(archive, parts, place, budget)
    sheets: list[SheetPart] = []
    for element in root.iter():
        if _local(element.tag) != "sheet":
            continue
        kind, target = targets.get(_attribute(element, "id"), ("worksheet", ""))
        if kind != "worksheet":
            continue
        hidden = element.get("state", "visible") != "visible"
        sheets.append(SheetPart(element.get("name", ""), hidden, parts.get(folded(target))))
    if len(sheets) > MOST_SHEETS:
        raise Unreadable("too_large")
    strings = next((target for kind, target in targets.values() if kind == "sharedStrings"), "xl/sharedStrings.xml")
    kinds = dict(targets.values())
    styles = parts.get(folded(kinds.get("styles", "xl/styles.xml")))
    return Package(
        sheets=tuple(sheets),
        strings=parts.get(folded(strings)),
        strict=STRICT in root.tag,
        uncalculated=_is_forced(root) and "calcChain" not in kinds,
        from_1904=any(_is_set(element, "date1904") for element in root.iter() if _local(element.tag) == "workbookPr"),
        percent=_percent_styles(unpack(archive, styles, budget)) if styles else frozenset(),
    )


def _is_forced(workbook: Element) -> bool:
    """Tell whether the workbook asks to be calculated anew when it is opened."""
    return any(
        _is_set(element, "fullCalcOnLoad") or _is_set(element, "forceFullCalc") or element.get("calcCompleted") == "0"
        for element in workbook.iter()
        if _local(element.tag) == "calcPr"
    )


def _is_set(element: Element, attribute: str) -> bool:
    return element.get(attribute) in ("1", "true")


def _percent_styles(part: bytes) -> frozenset[int]:
    """Return the numbers of the cell styles whose number format shows per cents; none where they cannot be read."""
    try:
        styles = parse(part)
    except Unreadable:
        return frozenset()
    formats = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in styles.iter()
        if _local(element.tag) == "numFmt"
    }
    percent = {number for number, code in formats.items() if "%" in _LITERAL.sub("", code)} | BUILT_IN_PERCENT
    cells = (group for group in styles if _local(group.tag) == "cellXfs")
    return frozenset(
        number for group in cells for number, style in enumerate(group) if style.get("numFmtId") in percent
    )


def _workbook_place(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], budget: Budget) -> str:
    """Return where the workbook part stands; almost always under its usual name, but any is allowed."""
    targets = _relations(archive, parts, "", budget)
    place = next((target for kind, target in targets.values() if kind == "officeDocument"), WORKBOOK_PART)
    return folded(place) if folded(place) in parts else WORKBOOK_PART


def _relations(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], place: str, budget: Budget
) -> dict[str, tuple[str, str]]:
    """Return what a part refers to inside the package: id → (kind, place); links to the outside are ignored."""
    folder, name = posixpath.split(place)
    part = parts.get(folded(posixpath.join(folder, "_rels", f"{name}.rels")))
    if part is None:
        return {}
    relations = {}
    for element in parse(unpack(archive, part, budget)):
        if element.get("TargetMode") == "External":
            continue
        target = element.get("Target", "").replace("\\", "/")
        full = target if target.startswith("/") else posixpath.join(folder, target)
        kind = posixpath.basename(element.get("Type", ""))
        relations[element.get("Id", "")] = (kind, posixpath.normpath(full).lstrip("/"))
    return relations


def parse(content: bytes) -> Element:
    """Return the root of an XML part; raises Unreadable damaged_workbook, also for one that defines entities."""
    try:
        return fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable("damaged_workbook") from error


def _attribute(element: Element, name: str) -> str:
    """Return an attribute whatever its namespace: Excel's two dialects differ in it."""
    return next((value for key, value in element.items() if key.endswith(f"}}{name}")), "")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def folded(name: str) -> str:
    """Return the name of a part as it is compared: programs differ in slashes and capitals."""
    return name.replace("\\", "/").lstrip("/").lower()


def read_properties(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the custom properties of an .xlsx or .ods archive by name; none where they cannot be read."""
    part = next((part for part in archive.infolist() if folded(part.filename) in _PARTS), None)
    if part is None:
        return {}
    try:
        root = parse(unpack(archive, part, Budget()))
    except (Unreadable, zipfile.BadZipFile, OSError, EOFError):
        # The answers may be whole all the same.
        return {}
    properties: dict[str, str] = {}
    for element in list(root.iter()):
        if element.tag.rpartition("}")[2] in _ELEMENTS and len(properties) < _MOST:
            name = next((value for key, value in element.items() if key.rpartition("}")[2] == "name"), "")
            properties[name] = "".join(element.itertext()).strip()
    return properties
