"""Every limit on what is opened, in one place, and the unpacking of archives within them."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from evaluation.spreadsheets.model import Unreadable

MEBIBYTE = 1024 * 1024

# The largest honest workbook met held 60 MB, packed 121:1; survey exports reach 14 MB and 20:1.
MOST_FILE_BYTES = 200 * MEBIBYTE
MOST_UNPACKED_BYTES = 200 * MEBIBYTE
MOST_RATIO = 150
RATIO_MATTERS_FROM = MEBIBYTE
MOST_PARTS = 2000
MOST_SHARED_STRINGS = 3_000_000
MOST_CELLS = 10_000_000
# Rows times non-empty columns: the codes of a sheet take four bytes a cell.
MOST_GRID = 40_000_000
MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
# A text file may have more rows than Excel shows.
MOST_TEXT_ROWS = MOST_CELLS
# The cells for which calamine allocates memory when it recounts a small file (24 bytes a cell).
MOST_COUNTED_AREA = 4_000_000
MOST_SHEETS = 500
MOST_MERGED = 100_000

# Up to here openpyxl reads, above it calamine does and its cells are counted against the file's.
OPENPYXL_CELLS = 500_000
SMALL_SHEET_BYTES = 8 * MEBIBYTE

CHILD_MEMORY = 1024 * MEBIBYTE
CHILD_ADDRESSES = 4 * 1024 * MEBIBYTE
CHILD_KEPT_MEMORY = 300 * MEBIBYTE
CHILD_FILES = 50
SECONDS = 60.0
SECONDS_A_MEBIBYTE = 4.0
CHUNK = 2 * MEBIBYTE


def seconds_for(size: int) -> float:
    """Return how long the reading of ``size`` bytes may take."""
    return SECONDS + SECONDS_A_MEBIBYTE * size / MEBIBYTE


def check_directory(archive: zipfile.ZipFile) -> None:
    """Refuse an archive whose own directory says too much: raises Unreadable too_large or password_protected."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("password_protected")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise Unreadable("too_large")
    for part in parts:
        if part.file_size > RATIO_MATTERS_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise Unreadable("too_large")


@dataclass
class Budget:
    """The bytes that may still be unpacked from one archive, whatever its directory says."""

    left: int = MOST_UNPACKED_BYTES

    def take(self, size: int) -> None:
        """Note ``size`` bytes as unpacked; raises Unreadable too_large when the budget is spent."""
        self.left -= size
        if self.left < 0:
            raise Unreadable("too_large")


def unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: Budget) -> bytes:
    """Return the bytes of one part; raises Unreadable too_large."""
    return b"".join(unpack_chunks(archive, part, budget))


def unpack_chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """Yield the bytes of one part piece by piece; raises Unreadable too_large."""
    unpacked = 0
    with archive.open(part) as stream:
        while piece := stream.read(CHUNK):
            unpacked += len(piece)
            budget.take(len(piece))
            if unpacked > RATIO_MATTERS_FROM and unpacked > MOST_RATIO * max(part.compress_size, 1):
                raise Unreadable("too_large")
            yield piece
