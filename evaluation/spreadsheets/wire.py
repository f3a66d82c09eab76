"""How parent and child talk: frames with a kind and a length, workbooks as JSON and raw numbers, nothing executable."""

import json
import struct
from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from evaluation.spreadsheets.limits import MOST_COLUMNS, MOST_TEXT_ROWS
from evaluation.spreadsheets.model import EMPTY, CellFault, Codes, Column, Content, Remark, Sheet, Workbook

JOB, CONTENT, PROGRESS, REPLY, NUMBERS, REFUSED, FILE = b"J", b"C", b"P", b"R", b"N", b"X", b"F"
MOST_FRAME = 1 << 31
_HEAD = struct.Struct("<cQ")
_CELL_KINDS = ("error", "formula")


class Garbled(Exception):
    """The pipe delivered something else than a frame or a workbook."""


def send(stream: IO[bytes], kind: bytes, payload: bytes | memoryview) -> None:
    """Write one frame."""
    stream.write(_HEAD.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """Read one frame; raises EOFError when the other side is gone and Garbled for what no side sends."""
    kind, length = _HEAD.unpack(_exactly(stream, _HEAD.size))
    if length > MOST_FRAME:
        raise Garbled
    return kind, _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    payload = stream.read(length)
    if len(payload) < length:
        raise EOFError
    return payload


def encode(book: Workbook) -> tuple[bytes, bytes]:
    """Return a workbook as JSON and the numbers that belong to it."""
    numbers: list[npt.NDArray[np.int32]] = []
    sheets = [_encode_sheet(sheet, numbers) for sheet in book.sheets]
    head = {
        "format": book.format,
        "engine": book.engine,
        "properties": dict(book.properties),
        "remarks": [[remark.code, remark.sheet, remark.values] for remark in book.remarks],
        "sheets": sheets,
    }
    return json.dumps(head).encode(), b"".join(codes.astype("<i4", copy=False).tobytes() for codes in numbers)


def _encode_sheet(sheet: Sheet, numbers: list[npt.NDArray[np.int32]]) -> dict[str, Any]:
    filled = [(number, column) for number, column in enumerate(sheet.columns) if column.values]
    numbers += [column.codes for _, column in filled]
    marks: list[Sequence[Any]] = [
        sorted(sheet.hidden_rows),
        sorted(sheet.hidden_columns),
        sorted(sheet.formulas),
        sheet.merged,
    ]
    numbers += [np.array(mark, dtype=np.int32).ravel() for mark in marks]
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "from_1904": sheet.from_1904,
        "height": sheet.height,
        "width": sheet.width,
        "columns": [[number, [_pack(content) for content in column.values]] for number, column in filled],
        "marks": [len(mark) for mark in marks],
    }


def _pack(content: Content) -> Any:
    if isinstance(content, datetime):
        return ["datetime", content.isoformat()]
    if isinstance(content, date):
        return ["date", content.isoformat()]
    if isinstance(content, CellFault):
        return [content.kind, content.text]
    return content


def decode(head: bytes, numbers: bytes) -> Workbook:
    """Return the workbook of JSON and numbers; the child is not trusted: raises Garbled for anything out of shape."""
    try:
        fields = json.loads(head)
        arrays = _Numbers(np.frombuffer(numbers, dtype="<i4"))
        sheets = tuple(_decode_sheet(sheet, arrays) for sheet in fields["sheets"])
        remarks = tuple(Remark(str(code), sheet, dict(values)) for code, sheet, values in fields["remarks"])
        properties = {str(name): str(value) for name, value in fields["properties"].items()}
        return Workbook(sheets, str(fields["format"]), fields["engine"], remarks, properties)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise Garbled from error


class _Numbers:
    """The numbers received, handed out one array after another."""

    def __init__(self, numbers: Codes) -> None:
        self._numbers = numbers
        self._at = 0

    def take(self, count: int, wide: int = 1) -> Codes:
        """Return the next ``count`` rows of ``wide`` numbers."""
        start, self._at = self._at, self._at + count * wide
        if count < 0 or self._at > len(self._numbers):
            raise ValueError(count)
        return self._numbers[start : self._at].reshape(count, wide) if wide > 1 else self._numbers[start : self._at]


def _decode_sheet(fields: dict[str, Any], numbers: _Numbers) -> Sheet:
    height, width = int(fields["height"]), int(fields["width"])
    if not (0 <= height <= MOST_TEXT_ROWS and 0 <= width <= MOST_COLUMNS):
        raise ValueError(height, width)
    nothing = Column((), np.full(height, EMPTY, dtype=np.int32))
    columns = [nothing] * width
    for number, packed in fields["columns"]:
        codes = numbers.take(height)
        values = tuple(_unpack(content) for content in packed)
        if codes.size and not (codes.min() >= EMPTY and codes.max() < len(values)):
            raise ValueError(number)
        columns[number] = Column(values, codes)
    rows, hidden, formulas, merged = fields["marks"]
    return Sheet(
        str(fields["name"]),
        tuple(columns),
        height,
        hidden=bool(fields["hidden"]),
        from_1904=bool(fields["from_1904"]),
        hidden_rows=frozenset(numbers.take(rows).tolist()),
        hidden_columns=frozenset(numbers.take(hidden).tolist()),
        formulas=frozenset(map(tuple, numbers.take(formulas, 2).tolist())),
        merged=tuple(map(tuple, numbers.take(merged, 4).tolist())),
    )


def _unpack(packed: Any) -> Content:
    if not isinstance(packed, list):
        if not isinstance(packed, (str, int, float, bool)):
            raise TypeError(packed)
        return packed
    kind, text = packed
    if kind == "datetime":
        return datetime.fromisoformat(text)
    if kind == "date":
        return date.fromisoformat(text)
    if kind not in _CELL_KINDS:
        raise ValueError(kind)
    return CellFault(str(text), kind)
