"""What a file is by its bytes, not by its name."""

import io
import struct
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from evaluation.spreadsheets.limits import MOST_FILE_BYTES, Budget, check_directory, unpack
from evaluation.spreadsheets.model import Unreadable
from evaluation.spreadsheets.xlsx_package import folded

Kind = Literal["xlsx", "xlsm", "xlsb", "ods", "xls", "csv"]

OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
LOCK_MARK = "~$"
LOCK_LENGTHS = range(1, 1025)
SNIFFED_BYTES = 4096
FEWEST_PAIRS = 4
# Of so many bytes of a text at most one is a control character.
MOST_CONTROLS = 50
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

# An extension not named here (.dat, .txt1) promises nothing.
PROMISED: dict[str, tuple[Kind, ...]] = {
    ".xlsx": ("xlsx",),
    ".xltx": ("xlsx",),
    ".xlsm": ("xlsm", "xlsx"),
    ".xltm": ("xlsm", "xlsx"),
    ".xlsb": ("xlsb",),
    ".xls": ("xls",),
    ".xlt": ("xls",),
    ".ods": ("ods",),
    ".ots": ("ods",),
    ".csv": ("csv",),
    ".tsv": ("csv",),
    ".tab": ("csv",),
    ".txt": ("csv",),
}


@dataclass(frozen=True)
class Sniffed:
    """What a file is: its kind, whether its name promises another one, whether it carries macros or links."""

    kind: Kind
    misnamed: bool = False
    macros: bool = False
    links: bool = False


def sniff(content: bytes, file: str) -> Sniffed:
    """Tell what ``content`` is.

    Raises Unreadable: empty_file, lock_file (Excel's own mark beside an open workbook), too_large, password_protected,
    damaged_workbook (an archive cut short), not_a_workbook (anything else that no spreadsheet program wrote).
    """
    if not content:
        raise Unreadable("empty_file")
    if PurePath(file).name.startswith(LOCK_MARK) and len(content) in LOCK_LENGTHS:
        raise Unreadable("lock_file")
    if len(content) > MOST_FILE_BYTES:
        raise Unreadable("too_large")
    if content.startswith(b"PK"):
        kind, macros, links = _zipped(content)
    elif content.startswith(OLE_START):
        kind, macros, links = _ole(content)
    else:
        kind, macros, links = _text(content), False, False
    promised = PROMISED.get(PurePath(file).suffix.lower(), (kind,))
    return Sniffed(kind, kind not in promised, macros, links)


def open_archive(content: bytes) -> zipfile.ZipFile:
    """Open a zip archive within the limits; raises Unreadable damaged_workbook, too_large or password_protected."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, struct.error) as error:
        raise Unreadable("damaged_workbook") from error
    check_directory(archive)
    return archive


def _zipped(content: bytes) -> tuple[Kind, bool, bool]:
    archive = open_archive(content)
    parts = {folded(part.filename): part for part in archive.infolist()}
    macros = "xl/vbaproject.bin" in parts
    links = any(name.startswith("xl/externallinks/") for name in parts)
    if "xl/workbook.bin" in parts:
        return "xlsb", macros, links
    if any(name.startswith("xl/") and name.endswith(".xml") for name in parts):
        return ("xlsm" if macros else "xlsx"), macros, links
    try:
        if "mimetype" in parts and unpack(archive, parts["mimetype"], Budget()).startswith(ODS_TYPE):
            manifest = parts.get("meta-inf/manifest.xml")
            if manifest is not None and b"encryption-data" in unpack(archive, manifest, Budget()):
                raise Unreadable("password_protected")
            scripts = any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in parts)
            return "ods", scripts, False
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, NotImplementedError) as error:  # type: ignore[attr-defined]
        raise Unreadable("damaged_workbook") from error
    raise Unreadable("not_a_workbook")


def _ole(content: bytes) -> tuple[Kind, bool, bool]:
    if _has_stream(content, "EncryptedPackage"):
        raise Unreadable("password_protected")
    if not (_has_stream(content, "Workbook") or _has_stream(content, "Book")):
        raise Unreadable("not_a_workbook")
    if _locked_xls(content):
        raise Unreadable("password_protected")
    return "xls", _has_stream(content, "_VBA_PROJECT_CUR"), False


def _has_stream(content: bytes, name: str) -> bool:
    """Tell whether the directory of an OLE file names a stream: entries are 128 bytes, the name's length at 64."""
    wanted = f"{name}\0".encode("utf-16-le")
    at = content.find(wanted)
    while at >= 0:
        if at % 128 == 0 and content[at + 64 : at + 66] == struct.pack("<H", len(wanted)):
            return True
        at = content.find(wanted, at + 1)
    return False


def _locked_xls(content: bytes) -> bool:
    """Tell whether the workbook's stream begins with a FILEPASS record, which encrypts all that follows."""
    at = content.find(b"\x09\x08")
    while at >= 0:
        if at % 64 == 0:
            (length,) = struct.unpack_from("<H", content.ljust(at + 4, b"\0"), at + 2)
            if content[at + 4 + length : at + 6 + length] == b"\x2f\x00":
                return True
        at = content.find(b"\x09\x08", at + 1)
    return False


def wide_encoding(content: bytes) -> str | None:
    """Return the encoding of text with two bytes a letter and no mark; None for any other.

    In the languages read here the upper byte of nearly all letters is zero and the lower one of none is.
    """
    start = content[:SNIFFED_BYTES]
    pairs = len(start) // 2
    for encoding, upper, lower in (("utf-16-le", start[1::2], start[::2]), ("utf-16-be", start[::2], start[1::2])):
        if pairs >= FEWEST_PAIRS and upper.count(0) >= 0.9 * pairs and not lower.count(0):
            return encoding
    return None


def _text(content: bytes) -> Kind:
    """Accept what looks like text; markup, other documents and binary rubbish are no tables."""
    start = content[:SNIFFED_BYTES]
    if start.startswith(BOMS[1:]) or wide_encoding(content):
        return "csv"
    bare = start.removeprefix(BOMS[0]).lstrip()
    if bare.startswith((b"<", b"{\\rtf", b"%PDF", b"%!PS")):
        raise Unreadable("not_a_workbook")
    # One in an answer is somebody's slip; a file of other kinds is full of them.
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1a\x1b\x0b" for byte in start)
    if 0 in start or controls * MOST_CONTROLS > len(start):
        raise Unreadable("not_a_workbook")
    return "csv"
