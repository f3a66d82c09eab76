"""The keys by which columns are referred to: the heading, with a number where others have the same one."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from evaluation.intake.folding import fold
from evaluation.intake.personal_data import mask
from evaluation.intake.table import Table, TableField, TableOrRefusal
from evaluation.records import ColumnMatch
from evaluation.spreadsheets import address

# Nobody has confirmed the column; no id looks like this, and None would mean that it is left out.
UNSAID: Final = "-unsaid"
_AREA = re.compile(r"^(.+)!([A-Za-z]{1,3}[1-9][0-9]*)$")


def keyed(blocks: Sequence[TableOrRefusal]) -> tuple[TableOrRefusal, ...]:
    """Return the tables of one sheet with a key for every field.

    The key is the folded heading, personal data masked, for the first column of it (topmost, then leftmost), and the
    heading with "#2", "#3" … for further ones. Tables that share a header share its keys.
    """
    tables = [table for table in blocks if isinstance(table, Table)]
    places = sorted({(table.header, field.columns, field.heading) for table in tables for field in table.fields})
    headings = {place: fold(mask(place[2]).text) for place in places}
    written = frozenset(headings.values())
    count: Counter[str] = Counter()
    keys: dict[tuple[int, tuple[int, ...]], str] = {}
    for header, columns, heading in places:
        text = headings[header, columns, heading]
        keys.setdefault((header, columns), _numbered(text, count, written))
    return tuple(
        replace(
            table,
            fields=tuple(replace(field, key=keys[table.header, field.columns]) for field in table.fields),
        )
        if isinstance(table, Table)
        else table
        for table in blocks
    )


def _numbered(text: str, count: Counter[str], written: frozenset[str]) -> str:
    count[text] += 1
    # A heading may itself end like a number of ours.
    while count[text] > 1 and f"{text}#{count[text]}" in written:
        count[text] += 1
    return text if count[text] == 1 else f"{text}#{count[text]}"


def confirmed_target(field: TableField, confirmed: Mapping[str, str | None], otherwise: str | None) -> str | None:
    """Return the confirmed target of a column by its key, else by its heading; ``otherwise`` where there is none."""
    if field.key in confirmed and field.key:
        return confirmed[field.key]
    return confirmed.get(fold(field.heading), otherwise)


def area_key(sheet: str, row: int, column: int) -> str:
    """Return the key of a band or block: the sheet and the cell (from 0) in which it begins."""
    return f"{sheet}!{address(row, column)}"


def part_key(written: str) -> str:
    """Return the key as the worker wrote it, of a column (a heading) or of a band or block ("Taul1!B3")."""
    area = _AREA.match(written.strip())
    return f"{area[1]}!{area[2].upper()}" if area else fold(written)


def column_key(match: ColumnMatch) -> str:
    """Return the key of a column: its folded heading, numbered where it repeats."""
    return match.key or fold(match.heading)
