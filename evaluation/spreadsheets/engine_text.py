"""Reads tables in text files (.csv, .tsv): detects encoding and separator, keeps every cell as text.

The separator is that of the table, not that of a title above it nor of the commas within headings: the sign that splits
the lines most alike. Lines with more of it than the header hold an unquoted sign in an answer; lines with less of it
are titles, notes or cut short.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from evaluation.spreadsheets.limits import MOST_CELLS, MOST_COLUMNS
from evaluation.spreadsheets.model import Remark, Sheet, Unreadable
from evaluation.spreadsheets.sheet_builder import BATCH_ROWS, SheetBuilder
from evaluation.spreadsheets.sniffing import wide_encoding

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LONGEST_CELL = 1_000_000
# A sign that stands in no text, and how many separators a line has to hold to be a line in quotes and not one cell.
_NO_SEPARATOR = "\x1f"
_FEWEST_WRAPPED = 2

# Of signs that split the lines equally well, the first that splits into most cells wins.
SEPARATORS = "\t;,|"
_SAMPLE_LINES = 60
_SAMPLE_LETTERS = 65_536
# A sheet has a title or two and a line of notes above its table, seldom more.
_HEADERS_TRIED = 12
_LONGER = 0.5
# A comma of a sentence or of a decimal number: a space behind it, or one figure group before and behind.
_PUNCTUATION = re.compile(r",(?=\s|$)|(?<![0-9,])(?<!,[0-9])([0-9]+),[0-9]+(?![0-9]*,)")


@dataclass(frozen=True)
class Separated:
    """How a text is separated: the sign, the text without Excel's ``sep=`` line, and how many cells its header has.

    ``cells`` is 0 where the table was not found.
    """

    separator: str
    text: str
    cells: int = 0


def read_text(
    content: bytes, name: str, progress: Callable[[float], None]
) -> tuple[Sheet, Literal["csv", "tsv"], tuple[Remark, ...]]:
    """Return the one sheet of a text file, called ``name``, its format, and the remarks.

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
        read = _read(separated, progress, strict=True)
    except csv.Error:
        try:
            read = _read(separated, progress, strict=False)
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


def _read(separated: Separated, progress: Callable[[float], None], strict: bool) -> _Read:
    """Read all rows; where quotes are unbalanced, refuse a cell that may have swallowed rows."""
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
        progress(min(done / (len(text) + 1), 1.0))
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
    wrapped = any(len(line_counts) == 1 and min(line_counts) >= _FEWEST_WRAPPED for line_counts in counts.values())
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


def find_separator(text: str) -> Separated:
    """Return how the cells of ``text`` are separated; a semicolon where nothing shows it."""
    first, _, rest = text.partition("\n")
    line = first.strip().strip('"')
    if line.lower().startswith("sep=") and len(line) == 5:
        return _of(rest, line[4])
    if first.rstrip("\r").lower() == "sep=\t":
        return _of(rest, "\t")
    lines = _sample(text)
    fits = {separator: _fit([line.count(separator) for line in lines]) for separator in SEPARATORS}
    if fits[","].score < 1 and _only_punctuation(lines):
        fits[","] = _Fit()
    best = max(fit.score for fit in fits.values())
    equal = [separator for separator, fit in fits.items() if fit.score == best]
    if "," in equal and len(equal) > 1 and _only_punctuation(lines):
        equal.remove(",")
    if best <= 0:
        return Separated(_commonest(lines), text)
    separator = max(equal, key=lambda separator: (fits[separator].cells, -SEPARATORS.index(separator)))
    return Separated(separator, text, fits[separator].cells)


def _of(text: str, separator: str) -> Separated:
    return Separated(separator, text, _fit([line.count(separator) for line in _sample(text)]).cells)


@dataclass(frozen=True)
class _Fit:
    """How well a sign splits the lines (1: all alike), and into how many cells it splits the header."""

    score: float = 0.0
    cells: int = 0


def _fit(counts: Sequence[int]) -> _Fit:
    """Return the fit of a sign by how often it stands in each line."""
    tried = [row for row, count in enumerate(counts[:_HEADERS_TRIED]) if count]
    scores = {row: _score(counts, row) for row in tried}
    if not scores:
        return _Fit()
    return _Fit(max(scores.values()), _header_cells(counts))


def _score(counts: Sequence[int], header: int) -> float:
    """Return how well the lines from ``header`` on are split alike; every other line counts against it."""
    below = counts[header:]
    alike = sum(count == counts[header] for count in below)
    longer = sum(count > counts[header] for count in below)
    shorter = len(below) - alike - longer
    return (alike + _LONGER * longer - shorter - header) / len(counts)


def _header_cells(counts: Sequence[int]) -> int:
    """Return how many cells the header has: it is the first line, or heads the first, of those that are most alike."""
    usual, _ = Counter(count for count in counts if count).most_common(1)[0]
    row = counts.index(usual)
    while row and counts[row - 1] * 2 >= counts[row]:
        row -= 1
    return counts[row] + 1


def _only_punctuation(lines: Sequence[str]) -> bool:
    """Tell whether all commas are those of sentences and decimal numbers."""
    return all("," not in _PUNCTUATION.sub("", line) for line in lines)


def _commonest(lines: Sequence[str]) -> str:
    """Return the sign that stands most often in the first line that holds any but a comma, which sentences hold."""
    counts = {separator: sum(line.count(separator) for line in lines) for separator in "\t;|"}
    best = max(counts, key=lambda separator: counts[separator])
    return best if counts[best] else ";"


def _sample(text: str) -> list[str]:
    """Return the first non-empty lines of the text without their quoted parts."""
    lines: list[list[str]] = [[]]
    inside = False
    for letter in text[:_SAMPLE_LETTERS].replace("\r\n", "\n").replace("\r", "\n"):
        if letter == '"':
            inside = not inside
        elif inside:
            continue
        elif letter == "\n":
            if len(lines) == _SAMPLE_LINES:
                break
            lines.append([])
        else:
            lines[-1].append(letter)
    joined = ("".join(line) for line in lines)
    return [line for line in joined if line.strip(" ")] or [""]
