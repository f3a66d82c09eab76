"""Header rows of an export: their texts, where they stand, and which rows below them are no answers."""

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.folding import TEXTS_KEPT, fold
from evaluation.intake.table import LEFT_OUT, RESPONDENT, TIMING, RowCode, Table, TableField, rows_below
from evaluation.spreadsheets import CellFault, Content, Sheet

# Workers put a title or two above an export, hardly a page of them.
ROWS_SEARCHED = 12
_SAMPLE = 300
_ONE_EACH = frozenset({ANSWERED_ON, RESPONDENT, TIMING})
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MOMENT = re.compile(r"^\d{1,4}\D{1,2}\d{1,2}\D{1,2}\d{1,4}(?:T|\D{1,6})\d{1,2}[:.]\d{2}(?!\d)")
_ZERO_TIME = re.compile(r"(?:T|\s)0{1,2}[:.]00(?:[:.]00)?$")


def one_line(cell: Content | None) -> str:
    """Return a cell of a header as a worker sees it, on one line; "" for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join((cell.text if isinstance(cell, CellFault) else str(cell)).split())


@lru_cache(maxsize=TEXTS_KEPT)
def plain(text: str) -> str:
    """Return a heading without the HTML that survey tools leave in it, on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def header_texts(sheet: Sheet, row: int) -> tuple[str, ...]:
    """Return the texts of a header row by column, "" for empty cells."""
    return tuple(one_line(cell) for cell in sheet.row(row)) if row < sheet.height else ()


def open_columns(sheet: Sheet, headings: Sequence[str], used: Iterable[int], header: int) -> tuple[int, ...]:
    """Return the columns that are not ``used`` and have a heading or, without one, contents that must not get lost."""
    without = set(used)
    return tuple(
        column
        for column, text in enumerate(headings)
        if column not in without and (text or sheet.columns[column].filled[header + 1 :].any())
    )


def find_tool_header(sheet: Sheet, wanted: Iterable[str]) -> tuple[int, frozenset[str]]:
    """Return the row, among the first, that holds most of ``wanted`` (folded headings), and which it holds."""
    names = frozenset(wanted)
    best: tuple[int, frozenset[str]] = (0, frozenset())
    for row in range(min(ROWS_SEARCHED, sheet.height)):
        matching = names & {fold(text) for text in header_texts(sheet, row)}
        if len(matching) > len(best[1]):
            best = (row, matching)
    return best


def titles_above(sheet: Sheet, row: int) -> tuple[tuple[int, int, str], ...]:
    """Return the cells above the header's first row ``row``: row, column and text."""
    return tuple(
        (above, column, text)
        for above in np.flatnonzero(sheet.filled_rows()[:row]).tolist()
        for column, text in enumerate(header_texts(sheet, above))
        if text
    )


def values_below(sheet: Sheet, column: int, header: int) -> tuple[Content, ...]:
    """Return the distinct contents of a column below the row ``header``."""
    return sheet.columns[column].contents(slice(header + 1, None))


def rows_with(sheet: Sheet, column: int, header: int, test: Callable[[str], bool]) -> tuple[int, ...]:
    """Return the rows below ``header`` whose folded content in ``column`` passes ``test``."""
    values = sheet.columns[column].values
    chosen = [code for code, value in enumerate(values) if test(fold(one_line(value)))]
    rows = np.flatnonzero(np.isin(sheet.columns[column].codes, chosen))
    return tuple(int(row) for row in rows[rows > header])


def is_moment(value: Content | None) -> bool:
    """Tell whether a content is a day with a time of day, as a tool stamps it: a datetime, or a text of one."""
    if isinstance(value, str):
        text = value.strip()
        return bool(_MOMENT.match(text)) and not _ZERO_TIME.search(text)
    return isinstance(value, datetime) and (value.hour, value.minute, value.second) != (0, 0, 0)


def holds_moments(sheet: Sheet, column: int, header: int) -> bool:
    """Tell whether a column holds stamps of a tool all down.

    An answer at midnight sharp has no time of day, and a worker may have written a total below; so one content in
    twenty may be something else, and one in any case. A repeated heading does not count.
    """
    heading = sheet.cell(header, column)
    values = [value for value in values_below(sheet, column, header) if value != heading]
    sample = values[:: max(1, len(values) // _SAMPLE)]
    strange = sum(not is_moment(value) for value in sample)
    return strange < len(sample) / 2 and strange <= max(1, len(sample) // 20)


def settled(fields: Iterable[TableField], sheet: Sheet, rows: npt.NDArray[np.int64]) -> tuple[TableField, ...]:
    """Return the fields in the order of the sheet, with one column for the day, the response and the timing each.

    Of several the one that most of ``rows`` fill wins, the first in ``fields`` of equals; the others are left out. So a
    day that the form asks takes precedence over the tool's stamp by standing before it: a worker may type paper forms
    in later.
    """
    known: dict[str, TableField] = {}
    order = tuple(fields)
    for field in order:
        if field.system not in _ONE_EACH:
            continue
        fullest = known.get(field.system)
        if fullest is None or _filled(sheet, fullest, rows) < _filled(sheet, field, rows):
            known[field.system] = field
    return tuple(
        field if field.system is None or known.get(field.system, field) is field else left_out(field)
        for field in sorted(order, key=lambda field: field.columns)
    )


def _filled(sheet: Sheet, field: TableField, rows: npt.NDArray[np.int64]) -> int:
    return int(np.count_nonzero(sheet.columns[field.columns[0]].filled[rows]))


def left_out(field: TableField) -> TableField:
    """Return ``field`` as a column of the survey tool that nobody needs."""
    return TableField(field.heading, field.columns, field.names, "system", system=LEFT_OUT)


def export_table(
    sheet: Sheet,
    layout: str,
    headers: Sequence[int],
    fields: Iterable[TableField],
    set_aside: Mapping[int, RowCode] | None = None,
) -> Table:
    """Return the table of an export whose header stands in the rows ``headers``.

    A header that is repeated below (exports pasted under one another) is set aside, as are the rows of ``set_aside``.
    """
    header = headers[-1]
    aside: dict[int, RowCode] = {**(set_aside or {})}
    aside.update(dict.fromkeys(repeated_rows(sheet, headers), "repeated_header"))
    filled = sheet.filled_rows()
    aside = {row: code for row, code in sorted(aside.items()) if filled[row]}
    rows = rows_below(sheet, header, tuple(aside))
    return Table(
        sheet=sheet,
        layout=layout,
        header=header,
        fields=settled(fields, sheet, rows),
        rows=rows,
        set_aside=tuple(aside.items()),
        titles=titles_above(sheet, headers[0]),
    )


def repeated_rows(sheet: Sheet, rows: Sequence[int]) -> tuple[int, ...]:
    """Return the rows below the header ``rows`` in which one of these stands again, as on the next printed page."""
    repeated: set[int] = set()
    for row in rows:
        headed = [column for column in sheet.columns if isinstance(column.cell(row), str)]
        if len(headed) < 2:
            continue
        same = np.zeros(sheet.height, dtype=np.int64)
        for column in headed:
            same += column.codes == column.codes[row]
        same[: max(rows) + 1] = 0
        # A heading or two may have been mended on one page and not on the other.
        repeated.update(int(number) for number in np.flatnonzero(same * 5 >= len(headed) * 4))
    return tuple(sorted(repeated))
