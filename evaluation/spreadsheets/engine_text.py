"""Tables in text files (.csv, .tsv): encoding and separator found out, every cell kept as text."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from itertools import islice

from evaluation.spreadsheets.cells import BATCH_ROWS, SheetBuilder
from evaluation.spreadsheets.limits import MOST_CELLS, MOST_COLUMNS
from evaluation.spreadsheets.model import Sheet, Unreadable

SEPARATORS = ";,\t|"
SAMPLE_LINES = 20
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LONGEST_CELL = 1_000_000
# A sign that stands in no text, and how many separators a line has to hold to be a line in quotes and not one cell.
_NO_SEPARATOR = "\x1f"
_FEWEST_WRAPPED = 2


def read_text(content: bytes, name: str, told: Callable[[float], None]) -> tuple[Sheet, str]:
    """Return the one sheet of a text file, called ``name``, and its format ("csv" or "tsv").

    Raises Unreadable: unknown_encoding, not_a_workbook (not text after all), too_large, open_quote, damaged_workbook.
    """
    text = decode(content)
    if "\0" in text:
        raise Unreadable("not_a_workbook")
    if text.startswith('"'):
        text = _unwrapped(text)
    separator, text = find_separator(text)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        builder = _read(text, separator, told, strict=True)
    except csv.Error:
        try:
            builder = _read(text, separator, told, strict=False)
        except csv.Error as error:
            raise Unreadable("damaged_workbook") from error
    columns, height = builder.finish()
    return Sheet(name, columns, height), "tsv" if separator == "\t" else "csv"


def _read(text: str, separator: str, told: Callable[[float], None], strict: bool) -> SheetBuilder:
    """Read all rows; where quotes are not as they should be, refuse a cell that may have swallowed rows."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    builder = SheetBuilder()
    cells = done = rows = 0
    while batch := list(islice(reader, BATCH_ROWS)):
        cells += sum(map(len, batch))
        if cells > MOST_CELLS or max(map(len, batch)) > MOST_COLUMNS:
            raise Unreadable("too_large")
        for row in batch:
            rows += 1
            if not strict and any(separator in line for cell in row for line in cell.splitlines()[1:]):
                raise Unreadable("open_quote", row=rows)
            builder.add(row)
        done += sum(len(cell) + 1 for row in batch for cell in row)
        told(min(done / (len(text) + 1), 1.0))
    return builder


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
    marked = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("unknown_encoding")


def find_separator(text: str) -> tuple[str, str]:
    """Return the separator and the text without Excel's ``sep=`` line.

    It is the one that stands most often in the first line outside quotes; a tie is settled by the lines below, and a
    semicolon goes before a comma, which Finnish numbers and sentences hold.
    """
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"')
    if said.lower().startswith("sep=") and len(said) == 5:
        return said[4], rest
    if first.rstrip("\r").lower() == "sep=\t":
        return "\t", rest
    lines = [line for line in _unquoted_lines(text) if line.strip(" \r")]
    if not lines:
        return ";", text
    counts = Counter({each: lines[0].count(each) for each in SEPARATORS})
    if not any(counts.values()):
        counts = Counter({each: sum(each in line for line in lines) for each in ";\t|"})
        counts[","] = 0
    return max(SEPARATORS, key=lambda each: (counts[each], _even(lines, each), -SEPARATORS.index(each))), text


def _even(lines: list[str], separator: str) -> bool:
    """Tell whether every line holds the separator equally often."""
    return len({line.count(separator) for line in lines}) == 1


def _unquoted_lines(text: str) -> list[str]:
    """Return the first lines of the text with what stands in quotes taken out."""
    found: list[list[str]] = [[]]
    inside = False
    for letter in text[:65_536]:
        if letter == '"':
            inside = not inside
        elif inside:
            continue
        elif letter == "\n":
            if len(found) == SAMPLE_LINES:
                break
            found.append([])
        else:
            found[-1].append(letter)
    return ["".join(line) for line in found]
