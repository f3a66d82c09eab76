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


def read_text(content: bytes, name: str, told: Callable[[float], None]) -> tuple[Sheet, str]:
    """Return the one sheet of a text file, called ``name``, and its format ("csv" or "tsv").

    Raises Unreadable: unknown_encoding, not_a_workbook (not text after all), too_large.
    """
    text = decode(content)
    if "\0" in text:
        raise Unreadable("not_a_workbook")
    separator, text = find_separator(text)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    builder = SheetBuilder()
    cells = done = 0
    try:
        while batch := list(islice(reader, BATCH_ROWS)):
            cells += sum(map(len, batch))
            if cells > MOST_CELLS or max(map(len, batch)) > MOST_COLUMNS:
                raise Unreadable("too_large")
            for row in batch:
                builder.add(row)
            done += sum(len(cell) + 1 for row in batch for cell in row)
            told(min(done / (len(text) + 1), 1.0))
    except csv.Error as error:
        raise Unreadable("damaged_workbook") from error
    columns, height = builder.finish()
    return Sheet(name, columns, height), "tsv" if separator == "\t" else "csv"


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
    lines = [line for line in _unquoted_lines(text) if line.strip()]
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
