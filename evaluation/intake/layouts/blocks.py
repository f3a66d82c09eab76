"""Several tables on one sheet, below one another or side by side; each is read by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from evaluation.intake.folding import fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.attendance_register import recognise as attendance_register
from evaluation.intake.layouts.certainty import LIKELY, NO, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.column_contents import is_label, number, within
from evaluation.intake.layouts.counted_table import recognise as counted_table
from evaluation.intake.layouts.headers import one_line
from evaluation.intake.layouts.option_columns import recognise as option_columns
from evaluation.intake.layouts.plain_table import recognise as plain_table
from evaluation.intake.layouts.typed_table import LONGEST_TYPED, heading_text, read_header
from evaluation.intake.layouts.visit_diary import recognise as visit_diary
from evaluation.intake.table import CountTable, Recognised, Refusal, Table, TableOrRefusal
from evaluation.spreadsheets import Sheet

NAME = "blocks"
# Every row after a blank one may begin a table; an answer sheet has few of them, a page of prose has many.
MOST_CANDIDATES = 300
# What only looks like marks or like counts of unknown questions is no table: it may be answers below a blank row.
ENOUGH = weaker(LIKELY, 20)
# Several readable tables are surer than the surest of them, but less sure than the export of a tool.
_SURER, _SUREST = 0.05, weaker(TOOL_RECOGNISED, 3)
_READERS = (attendance_register, visit_diary, option_columns, counted_table, plain_table)

Titles = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class _Block:
    """Where one table may stand: its rows with the titles above its header, its columns, and its header."""

    rows: range
    columns: range
    header: int


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return all tables on ``sheet`` if there are several; a bit surer than the surest reader of one of them."""
    if sheet.height < 2:
        return Recognised(NAME, NO)
    blocks = _stacked(sheet, sheet.filled_cells(), known)
    if len(blocks) < 2 and not any(len(_beside(sheet, block)) > 1 for block in blocks):
        return Recognised(NAME, NO)
    stacked = _read_stacked(sheet, blocks, known)
    readings: list[Recognised] = []
    for block, whole in stacked:
        beside = [_read(sheet, part, known) for part in _beside(sheet, block)]
        split = len(beside) > 1 and all(reading.score >= ENOUGH for reading in beside)
        readings += beside if split else [whole]
    if len(readings) < 2 or any(reading.score < ENOUGH for reading in readings):
        return Recognised(NAME, NO)
    general = _general(sheet, stacked[0][0]) if len(stacked) > 1 else ()
    tables = tuple(_titled(table, general) for reading in readings for table in reading.tables)
    return Recognised(NAME, min(_SUREST, max(reading.score for reading in readings) + _SURER), tables)


def _read(sheet: Sheet, block: _Block, known: Known) -> Recognised:
    part = within(sheet, block.rows, block.columns)
    best = max((reader(part, known) for reader in _READERS), key=lambda reading: reading.score)
    shared = _shared_titles(sheet, block)
    return replace(best, tables=tuple(_titled(table, shared) for table in best.tables))


def _read_stacked(sheet: Sheet, blocks: Sequence[_Block], known: Known) -> list[tuple[_Block, Recognised]]:
    """Read blocks below one another; one that no reader knows belongs to the block above, so no row is lost."""
    read: list[tuple[_Block, Recognised]] = []
    for block in blocks:
        reading = _read(sheet, block, known)
        if reading.score >= ENOUGH or not read:
            read.append((block, reading))
            continue
        above = read[-1][0]
        joined = replace(above, rows=range(above.rows.start, block.rows.stop))
        read[-1] = (joined, _read(sheet, joined, known))
    return read


def _stacked(sheet: Sheet, filled: npt.NDArray[np.int64], known: Known) -> list[_Block]:
    """Part a sheet at every new header: one after a blank row or a title that differs from the last, or is titled."""
    after = np.concatenate(([True], filled[:-1] <= np.maximum(1, filled[1:] // 2)))
    headed = _headed(sheet, filled, known)
    candidates = np.flatnonzero((filled >= 2) & (after | headed))
    if len(candidates) > MOST_CANDIDATES:
        candidates = candidates[:1]
    starts: list[tuple[int, int]] = []
    for row in map(int, candidates):
        if not _is_header(sheet, row, known) or (not after[row] and (not starts or row - starts[-1][1] < 2)):
            continue
        top = _with_titles(filled, row)
        same = starts and _headings(sheet, row) == _headings(sheet, starts[-1][1])
        if not starts or not same or filled[top:row].any():
            starts.append((top, row))
    if not starts:
        return []
    starts[0] = (0, starts[0][1])
    ends = [top for top, _ in starts[1:]] + [sheet.height]
    return [_Block(range(top, end), range(sheet.width), row) for (top, row), end in zip(starts, ends, strict=True)]


def _headed(sheet: Sheet, filled: npt.NDArray[np.int64], known: Known) -> npt.NDArray[np.bool_]:
    """Tell for every row whether most of it is headings of ours: a table right below another, of those people type."""
    named = np.zeros(sheet.height, dtype=np.int64)
    if sheet.height <= LONGEST_TYPED:
        for column in sheet.columns:
            texts = [heading_text(content) if isinstance(content, str) else "" for content in column.values]
            named += np.isin(column.codes, [code for code, text in enumerate(texts) if text and known.is_heading(text)])
    # Words such as "Arki" may be open answers too.
    few = [
        row for row in np.flatnonzero((named == 2) & (filled == 2)) if not read_header(sheet, int(row), known).systems
    ]
    headed: npt.NDArray[np.bool_] = (named >= 2) & ((named == filled) | ((named >= 3) & (2 * named > filled)))
    headed[few] = False
    return headed


def _is_header(sheet: Sheet, row: int, known: Known) -> bool:
    """Tell whether a row may head a table of its own: two known headings, or a row of answers to be counted."""
    header = read_header(sheet, row, known)
    if header.questions + header.systems >= 2 or (header.systems and header.sessions >= 2):
        return True
    filled = [place for place, cell in enumerate(sheet.row(row)) if cell is not None]
    labels = [place for place in filled if is_label(sheet.cell(row, place), known)]
    return (
        len(labels) >= 2
        and len(labels) >= len(filled) - 3
        and not header.systems
        and _are_counts(sheet, row + 1, labels)
    )


def _are_counts(sheet: Sheet, row: int, places: Sequence[int]) -> bool:
    """Tell whether nothing but numbers or shares stands below answers; another answer makes people's rows of them."""
    cells = [cell for place in places if (cell := sheet.cell(row, place)) is not None]
    return bool(cells) and all(number(cell) is not None or one_line(cell).endswith("%") for cell in cells)


def _headings(sheet: Sheet, row: int) -> tuple[str, ...]:
    return tuple(one_line(cell) for cell in sheet.row(row))


def _with_titles(filled: npt.NDArray[np.int64], header: int) -> int:
    """Return the first row of the titles above a header: lone cells, with one gap at most between them and it."""
    top = header
    while top > 0 and filled[top - 1] == 1:
        top -= 1
    if top == header and header > 1 and filled[header - 1] == 0 and filled[header - 2] == 1:
        above = header - 2
        while above > 0 and filled[above - 1] == 1:
            above -= 1
        if above == 0 or filled[above - 1] == 0:
            top = above
    return top


def _beside(sheet: Sheet, block: _Block) -> list[_Block]:
    """Part a block at its blank columns, if the tables so parted have headings in common; else it is one table."""
    rows = block.rows
    used = [bool(column.filled[block.header : rows.stop].any()) for column in sheet.columns]
    parts: list[range] = []
    for place, here in enumerate(used):
        if here and parts and parts[-1].stop == place:
            parts[-1] = range(parts[-1].start, place + 1)
        elif here:
            parts.append(range(place, place + 1))
    headings = [
        {fold_heading(heading_text(cell)) for place in part if (cell := sheet.cell(block.header, place)) is not None}
        for part in parts
    ]
    if len(parts) < 2 or any(not texts & headings[0] for texts in headings):
        return [block]
    return [replace(block, columns=part) for part in parts]


def _shared_titles(sheet: Sheet, block: _Block) -> Titles:
    """Return titles that stand alone in their row beside a block, and so hold for all tables side by side."""
    titles = []
    for row in range(block.rows.start, block.header):
        filled = [place for place, cell in enumerate(sheet.row(row)) if cell is not None]
        if len(filled) == 1 and filled[0] not in block.columns:
            titles.append((row, filled[0], one_line(sheet.cell(row, filled[0]))))
    return tuple(titles)


def _general(sheet: Sheet, first: _Block) -> Titles:
    """Return the title of the whole sheet: the topmost one, where the first table has another one."""
    rows = [row for row in range(first.header) if any(cell is not None for cell in sheet.row(row))]
    if len(rows) < 2:
        return ()
    return tuple((rows[0], place, one_line(cell)) for place, cell in enumerate(sheet.row(rows[0])) if cell is not None)


def _titled(table: TableOrRefusal, titles: Titles) -> TableOrRefusal:
    """Return a table with further titles behind the ones it has."""
    if isinstance(table, Refusal) or not titles:
        return table
    added = table.titles + tuple(title for title in titles if title not in table.titles)
    return _retitled(table, added)


def _retitled(table: Table | CountTable, titles: Titles) -> TableOrRefusal:
    return replace(table, titles=titles)
