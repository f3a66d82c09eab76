"""Where the sheets, texts and styles of an .xlsx package stand, by its own table of contents."""

import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from evaluation.spreadsheets.limits import MOST_SHEETS, Budget, unpack
from evaluation.spreadsheets.model import Unreadable

STRICT = "http://purl.oclc.org/ooxml/"
WORKBOOK_PART = "xl/workbook.xml"


@dataclass(frozen=True)
class SheetPart:
    """One sheet that holds cells: its name and the part of the archive it stands in (None if that is missing)."""

    name: str
    hidden: bool
    part: zipfile.ZipInfo | None


@dataclass(frozen=True)
class Package:
    """An .xlsx file's table of contents, without chart, dialog and macro sheets, which hold no answers."""

    sheets: tuple[SheetPart, ...]
    strings: zipfile.ZipInfo | None
    strict: bool


def read_package(archive: zipfile.ZipFile, budget: Budget) -> Package:
    """Return the table of contents of an .xlsx archive; raises Unreadable damaged_workbook or too_large."""
    parts = {folded(part.filename): part for part in archive.infolist()}
    place = _workbook_place(archive, parts, budget)
    if place not in parts:
        raise Unreadable("damaged_workbook")
    root = _parse(unpack(archive, parts[place], budget))
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
    return Package(tuple(sheets), parts.get(folded(strings)), STRICT in root.tag)


def _workbook_place(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], budget: Budget) -> str:
    """Return where the workbook's own part stands; almost always under its usual name, but any is allowed."""
    targets = _relations(archive, parts, "", budget)
    found = next((target for kind, target in targets.values() if kind == "officeDocument"), WORKBOOK_PART)
    return folded(found) if folded(found) in parts else WORKBOOK_PART


def _relations(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], place: str, budget: Budget
) -> dict[str, tuple[str, str]]:
    """Return what a part refers to inside the package: id → (kind, place); nothing outside is ever looked at."""
    folder, name = posixpath.split(place)
    part = parts.get(folded(posixpath.join(folder, "_rels", f"{name}.rels")))
    if part is None:
        return {}
    found = {}
    for element in _parse(unpack(archive, part, budget)):
        if element.get("TargetMode") == "External":
            continue
        target = element.get("Target", "").replace("\\", "/")
        full = target if target.startswith("/") else posixpath.join(folder, target)
        kind = posixpath.basename(element.get("Type", ""))
        found[element.get("Id", "")] = (kind, posixpath.normpath(full).lstrip("/"))
    return found


def _parse(content: bytes) -> Element:
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
