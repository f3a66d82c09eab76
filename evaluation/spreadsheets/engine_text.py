"""Tables in text files (.csv, .tsv): encoding and separator found out, every cell kept as text."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from evaluation.spreadsheets.cells import BATCH_ROWS, SheetBuilder
from evaluation.spreadsheets.limits import MOST_CELLS, MOST_COLUMNS
from evaluation.spreadsheets.model import Remark, Sheet, Unreadable
from evaluation.spreadsheets.separators import SEPARATORS, Separated, find_separator
from evaluation.spreadsheets.sniffing import wide_encoding

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LONGEST_CELL = 1_000_000
# A sign that stands in no text, and how many separators a line has to hold to be a line in quotes and not one cell.
_NO_SEPARATOR = "\x1f"
_FEWEST_WRAPPED = 2


def read_text(
    content: bytes, name: str, told: Callable[[float], None]
) -> tuple[Sheet, Literal["csv", "tsv"], tuple[Remark, ...]]:
    """Return the one sheet of a text file, called ``name``, its format, and what there is to remark.

    Raises Unreadable: unknown_encoding, not_a_workbook (not text after all), too_large, open_quote, damaged_workbook.
    """
    text = decode(content)
    if "\0" in text:
        raise Unreadable("not_a_workbook")
    if text.startswith('"'):
        text = _unwrapped(text)
    separated = find_separator(text)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        read = _read(separated, told, strict=True)
    except csv.Error:
        try:
            read = _read(separated, told, strict=False)
        except csv.Error as error:
            raise Unreadable("damaged_workbook") from error
    columns, height = read.builder.finish()
    remarks: tuple[Remark, ...] = ()
    if read.longer:
        values: dict[str, object] = {"n": read.longer, "row": read.first_longer, "cells": separated.cells}
        remarks = (Remark("rows_longer", name, values),)
    return Sheet(name, columns, height), "tsv" if separated.separator == "\t" else "csv", remarks


@dataclass
class _Read:
    """The rows that were read, how many of them hold more cells than the header, and which is the first of these."""

    builder: SheetBuilder = field(default_factory=SheetBuilder)
    longer: int = 0
    first_longer: int = 0


def _read(separated: Separated, told: Callable[[float], None], strict: bool) -> _Read:
    """Read all rows; where quotes are not as they should be, refuse a cell that may have swallowed rows."""
    text, separator, most = separated.text, separated.separator, separated.cells
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    read = _Read()
    cells = done = rows = 0
    while batch := list(islice(reader, BATCH_ROWS)):
        cells += sum(map(len, batch))
        if cells > MOST_CELLS or max(map(len, batch)) > MOST_COLUMNS:
            raise Unreadable("too_large")
        for row in batch:
            rows += 1
            if not strict and any(separator in line for cell in row for line in cell.splitlines()[1:]):
                raise Unreadable("open_quote", row=rows)
            if most and len(row) > most and any(cell.strip() for cell in row[most:]):
                read.longer += 1
                read.first_longer = read.first_longer or rows
            read.builder.add(row)
        done += sum(len(cell) + 1 for row in batch for cell in row)
        told(min(done / (len(text) + 1), 1.0))
    return read


def _unwrapped(text: str) -> str:
    """Return a text without the quotes that some programs set around every whole line."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_NO_SEPARATOR, strict=True))
    except csv.Error:
        return text
    lines = [row[0] for row in rows if row]
    counts = {sign: {_outside_quotes(line).count(sign) for line in lines} for sign in SEPARATORS}
    # A single column of sentences holds commas too, but not so evenly.
    wrapped = any(len(each) == 1 and min(each) >= _FEWEST_WRAPPED for each in counts.values())
    return "\n".join(row[0] if row else "" for row in rows) if wrapped else text


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def decode(content: bytes) -> str:
    """Return the text of a file: its mark, else UTF-8, else the code page of Western Windows, never a guess.

    Raises Unreadable unknown_encoding.
    """
    marked = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), None) or wide_encoding(content)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("unknown_encoding")
