"""A stream taken out of an OLE container, the file system inside old Excel files."""

import struct

from evaluation.spreadsheets.model import Unreadable

ENTRY = 128
END = 0xFFFFFFFA


class Container:
    """The sectors of an OLE file and the chains they form; raises Unreadable damaged_workbook."""

    def __init__(self, content: bytes) -> None:
        """Read the tables of sectors and the directory."""
        self._content = content
        try:
            shift, self._mini_shift = struct.unpack_from("<HH", content, 30)
            (directory,) = struct.unpack_from("<I", content, 48)
            self._cutoff, mini_table = struct.unpack_from("<II", content, 56)
            (further,) = struct.unpack_from("<I", content, 68)
            if not (7 <= shift <= 16 and 4 <= self._mini_shift < shift):
                raise Unreadable("damaged_workbook")
            self._size = 1 << shift
            self._table = self._read_table(further)
            self._mini_table = self._numbers(self._chain(mini_table))
            self._entries = self._chain(directory)
            self._mini: bytes | None = None
        except struct.error as error:
            raise Unreadable("damaged_workbook") from error

    def stream(self, *names: str) -> bytes:
        """Return the stream that bears one of ``names``; raises Unreadable damaged_workbook."""
        wanted = {f"{name}\0".encode("utf-16-le") for name in names}
        for at in range(0, len(self._entries) - ENTRY + 1, ENTRY):
            entry = self._entries[at : at + ENTRY]
            if entry[: struct.unpack_from("<H", entry, 64)[0]] in wanted:
                start, size = struct.unpack_from("<IQ", entry, 116)
                size &= 0xFFFFFFFF
                return self._small(start, size) if size < self._cutoff else self._chain(start)[:size]
        raise Unreadable("damaged_workbook")

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]

    def _read_table(self, further: int) -> tuple[int, ...]:
        places = list(struct.unpack_from("<109I", self._content, 76))
        seen = 0
        while further < END and seen * self._size < len(self._content):
            numbers = self._numbers(self._sector(further))
            if not numbers:
                break
            places += numbers[:-1]
            further, seen = numbers[-1], seen + 1
        return self._numbers(b"".join(self._sector(place) for place in places if place < END))

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    def _chain(self, start: int) -> bytes:
        found: list[bytes] = []
        # A chain that bites its own tail is no longer than the table.
        while start < len(self._table) and len(found) <= len(self._table):
            found.append(self._sector(start))
            start = self._table[start]
        return b"".join(found)

    def _small(self, start: int, size: int) -> bytes:
        """Return a stream too small for sectors of its own: such ones share the stream of the root entry."""
        if self._mini is None:
            self._mini = self._chain(struct.unpack_from("<I", self._entries, 116)[0])
        wide = 1 << self._mini_shift
        found: list[bytes] = []
        while start < len(self._mini_table) and len(found) <= len(self._mini_table):
            found.append(self._mini[start * wide : (start + 1) * wide])
            start = self._mini_table[start]
        return b"".join(found)[:size]
