"""What the program that wrote a workbook says of it beside its cells: custom properties, kept when Excel saves it."""

import zipfile
from collections.abc import Mapping

from evaluation.spreadsheets.limits import Budget, unpack
from evaluation.spreadsheets.model import Unreadable
from evaluation.spreadsheets.package import folded, parse

# Of .xlsx, of .ods.
_PARTS = ("docprops/custom.xml", "meta.xml")
_ELEMENTS = ("property", "user-defined")
_MOST = 100


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
    found: dict[str, str] = {}
    for element in list(root.iter()):
        if element.tag.rpartition("}")[2] in _ELEMENTS and len(found) < _MOST:
            name = next((value for key, value in element.items() if key.rpartition("}")[2] == "name"), "")
            found[name] = "".join(element.itertext()).strip()
    return found
