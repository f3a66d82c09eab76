"""Tables of one sheet below one another, recognised by titles of time or by repeated headings, whatever they ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from evaluation.intake.column_keys import area_key
from evaluation.intake.folding import fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, weaker
from evaluation.intake.layouts.column_contents import is_answer, is_header_like, within
from evaluation.intake.layouts.headers import one_line
from evaluation.intake.layouts.start_and_end import parted_at, table_parted
from evaluation.intake.layouts.times import label_timing
from evaluation.intake.layouts.typed_table import LONGEST_TYPED, fields_under, find_header, heading_text, table_of
from evaluation.intake.table import Recognised, Table
from evaluation.spreadsheets import Sheet

NAME = "blocks"
SURE, UNCLEAR = weaker(LIKELY, 3), weaker(LIKELY, 9)
# Headings of a second table that stand again, of the fewer headings of both.
SAME_SHARE = 0.6
MOST_BLOCKS = 20
_Filled = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Start:
    """Where a block begins: its topmost row with titles, and its header; without one it goes on below the last."""

    top: int
    header: int
    section: bool = False


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return the blocks of a sheet that people typed, if there are several; sure where titles tell two times."""
    if not 4 <= sheet.height <= LONGEST_TYPED:
        return Recognised(NAME, NO)
    filled = sheet.filled_cells()
    starts = list(_starts(sheet, filled, known))
    if not 2 <= len(starts) <= MOST_BLOCKS:
        return Recognised(NAME, NO)
    times = {time for start in starts if (time := _title_timing(sheet, start))}
    ends = [start.top for start in starts[1:]] + [sheet.height]
    tables = [_table(sheet, start, end, known) for start, end in zip(starts, ends, strict=True)]
    if starts[1].section:
        # Above the first section stand its headings only, or rows of another time.
        tables = [table for table in tables if len(table.rows)]
    one_time = any(start.section for start in starts) and len(times) < 2
    if one_time or len(tables) < 2 or not all(len(table.rows) for table in tables):
        return Recognised(NAME, NO)
    general = tuple(title for title in tables[0].titles if not label_timing(title[2]))
    titled = [replace(table, titles=tuple(dict.fromkeys((*table.titles, *general)))) for table in tables]
    return Recognised(NAME, SURE if len(times) > 1 else UNCLEAR, tuple(titled))


def _starts(sheet: Sheet, filled: _Filled, known: Known) -> Iterator[_Start]:
    """Yield where blocks begin: the first header, and every header after it that a title or its headings show."""
    first: int | None = None
    for row in map(int, np.flatnonzero(filled)):
        if first is not None and _is_section(sheet, filled, row, known):
            yield _Start(row, first, section=True)
        elif filled[row] > 1 and _heads(sheet, row, known):
            top = _title_row(sheet, filled, row)
            if first is None:
                first = _headings_above(sheet, filled, row, known)
                yield _Start(0, first)
            elif top < row or _stands_again(sheet, first, row) or _times_differ(sheet, first, row):
                first = row
                yield _Start(top, row)


def _heads(sheet: Sheet, row: int, known: Known) -> bool:
    """Tell whether a row of texts stands above answers."""
    if not is_header_like(sheet.row(row), known):
        return False
    rows = range(row + 1, min(row + 4, sheet.height))
    below = next((other for other in rows if sum(cell is not None for cell in sheet.row(other)) > 1), None)
    if below is None:
        return False
    return any(
        is_answer(cell, known) and heading is not None
        for heading, cell in zip(sheet.row(row), sheet.row(below), strict=True)
    )


def _headings_above(sheet: Sheet, filled: _Filled, row: int, known: Known) -> int:
    """Return the row of headings above a row of texts in the same stretch of rows; the row itself where there is none.

    Open answers look like headings; then the real ones stand above them, as many and all different.
    """
    top = row
    for above in range(row - 1, -1, -1):
        if filled[above] != filled[row]:
            break
        if is_header_like(sheet.row(above), known) and len(_headings(sheet, above)) == filled[above]:
            top = above
    return top


def _title_row(sheet: Sheet, filled: _Filled, header: int) -> int:
    """Return the topmost of the lone cells above a header if one of them names a time; else the header itself."""
    top = header
    while top > 0 and header - top < 3 and filled[top - 1] <= 1:
        top -= 1
    while top < header and not filled[top]:
        top += 1
    titles = [row for row in range(top, header) if label_timing(_lone(sheet, row))]
    return top if titles else header


def _lone(sheet: Sheet, row: int) -> str:
    return next((one_line(cell) for cell in sheet.row(row) if cell is not None), "")


def _is_section(sheet: Sheet, filled: _Filled, row: int, known: Known) -> bool:
    """Tell whether a row holds a time alone, and rows of the table above go on below it without a header."""
    if filled[row] != 1 or not label_timing(_lone(sheet, row)):
        return False
    below = next((below for below in range(row + 1, sheet.height) if filled[below]), None)
    return below is not None and filled[below] >= 2 and not _heads(sheet, below, known)


def _stands_again(sheet: Sheet, first: int, row: int) -> bool:
    """Tell whether most headings of an earlier header stand again, for other questions or for the same people.

    The same headings over other people are a table that goes on, as on the next printed page.
    """
    one, other = _headings(sheet, first), _headings(sheet, row)
    same = one & other
    if len(same) < 2 or len(same) < SAME_SHARE * min(len(one), len(other)):
        return False
    return one != other or _same_people(sheet, first, row)


def _headings(sheet: Sheet, row: int) -> frozenset[str]:
    return frozenset(text for cell in sheet.row(row) if (text := fold_heading(heading_text(cell))))


def _same_people(sheet: Sheet, first: int, row: int) -> bool:
    """Tell whether half of the contents of the first column below one header also stand below the other."""
    place = next(place for place, cell in enumerate(sheet.row(row)) if cell is not None)
    column = sheet.columns[place]
    one = {one_line(content) for content in column.contents(slice(first + 1, row))}
    other = {one_line(content) for content in column.contents(slice(row + 1, None))}
    return bool(one & other) and 2 * len(one & other) >= min(len(one), len(other))


def _times_differ(sheet: Sheet, first: int, row: int) -> bool:
    """Tell whether both headers begin with a word of time, and with another one."""
    times = [label_timing(_lone(sheet, header)) for header in (first, row)]
    return None not in times and times[0] != times[1]


def _title_timing(sheet: Sheet, start: _Start) -> str | None:
    rows = (start.header, *range(start.header - 1, start.top - 1, -1)) if not start.section else (start.top,)
    return next((time for row in rows if (time := label_timing(_lone(sheet, row)))), None)


def _table(sheet: Sheet, start: _Start, end: int, known: Known) -> Table:
    """Return the table of one block, with the time that its title names."""
    columns = range(sheet.width)
    part = sheet if start.section else within(sheet, range(start.top, end), columns)
    parted = parted_at(part, start.header, known)
    table = table_parted(part, parted, known) if parted else _plain(part, start.header, known)
    place = next(place for place, cell in enumerate(sheet.row(start.top)) if cell is not None)
    if start.section:
        rows = table.rows[(table.rows > start.top) & (table.rows < end)]
        table = replace(table, rows=rows, set_aside=(), titles=((start.top, place, _lone(sheet, start.top)),))
    return replace(table, timing=_title_timing(sheet, start), block=area_key(sheet.name, start.top, place))


def _plain(part: Sheet, row: int, known: Known) -> Table:
    header = find_header(part, known)
    rows: Sequence[int] = header.rows if header and row in header.rows else (row,)
    return table_of(part, NAME, rows, fields_under(part, rows, known))
