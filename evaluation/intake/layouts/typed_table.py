"""A table typed by hand: its header is the row that names most, its fields are the headings with what is below."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np

from evaluation.intake.folding import TEXTS_KEPT, fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.column_contents import is_answer, is_header_like, is_text
from evaluation.intake.layouts.headers import one_line, plain, repeated_rows, titles_above
from evaluation.intake.layouts.options import question
from evaluation.intake.table import RESPONDENT, Recognised, Session, Table, TableField, rows_below, sums_up_options
from evaluation.intake.values import read_dates
from evaluation.spreadsheets import Content, Sheet

HEADER_ROWS = 30
# A heading is merged over a row or two, and not down to its answers.
MERGED_DOWN = 2
# Of the texts of a header hardly any is an answer below it.
ANSWERS_AGAIN = 0.2
# Only in sheets as long as people type them does another table stand right below the first.
LONGEST_TYPED = 2000
# A sheet of thousands of columns has its header in its first rows, or none.
_CELLS = 30_000
_STAR = re.compile(r"\s*\*\s*$")

_SESSION = re.compile(
    r"^(?:(\d+)\.?\s*(?:kerta|gång|gången|session|tapaaminen)|(?:kerta|tapaaminen|gång|session)\s*(\d+))\b\.?\s*(.*)$"
)


@dataclass(frozen=True)
class Header:
    """The rows of a header (from 0), the one that tells most first, and how much of the best row is known."""

    rows: tuple[int, ...]
    questions: int
    systems: int
    sessions: int = 0

    @property
    def first(self) -> int:
        """Return the topmost of its rows."""
        return min(self.rows)

    @property
    def last(self) -> int:
        """Return the row above the answers."""
        return max(self.rows)

    @property
    def weight(self) -> int:
        """Return how much the header tells: questions tell more than the columns that every form has."""
        return 2 * self.questions + self.systems + min(self.sessions, 1)


def rows_searched(sheet: Sheet) -> range:
    """Return the rows that are searched for a header: thirty from the first non-empty one."""
    filled = np.flatnonzero(sheet.filled_rows())
    if not filled.size:
        return range(0)
    first = int(filled[0])
    return range(first, min(first + HEADER_ROWS, first + max(3, _CELLS // sheet.width), sheet.height))


@lru_cache(maxsize=TEXTS_KEPT, typed=True)
def heading_text(cell: Content | None) -> str:
    """Return a heading without HTML and the star that says a column must be filled in."""
    return _STAR.sub("", plain(one_line(cell)))


def read_header(sheet: Sheet, row: int, known: Known) -> Header:
    """Return what the cells of one row name."""
    questions: set[str] = set()
    systems: set[str] = set()
    sessions = 0
    # Where the sheet is turned, a row holds what hundreds of people answered: the same few answers again and again.
    for cell, times in Counter(sheet.row(row)).items():
        if cell is None:
            continue
        text = heading_text(cell) if isinstance(cell, str) else ""
        items = known.find(text) if text else {}
        system = known.system(text) if text and not items else None
        if items:
            questions.add(min(items))
        elif system is not None:
            systems.add(system)
        elif session_of(cell, 1) is not None:
            sessions += times
    return Header((row,), len(questions), len(systems), sessions)


def headed_row(sheet: Sheet, known: Known) -> int | None:
    """Return the first row most of whose cells name questions or columns that every form has: below it are answers."""
    for row in rows_searched(sheet):
        header = read_header(sheet, row, known)
        named = header.questions + header.systems
        if named >= 2 and 2 * named > sum(cell is not None for cell in sheet.row(row)):
            return row
    return None


def find_header(sheet: Sheet, known: Known) -> Header | None:
    """Return the header: the row that names most, with the rows beside it that name the rest."""
    read = {row: read_header(sheet, row, known) for row in rows_searched(sheet)}
    named = [header for header in read.values() if header.questions + header.systems]
    if not named:
        return None
    best = max(named, key=lambda header: (header.weight, -header.last))
    rows = [best.rows[0]]
    for step in (1, -1):
        row = best.rows[0] + step
        while row in read and _continues(sheet, read[row], best):
            rows.append(row)
            row += step
    return replace(best, rows=merged_down(sheet, rows))


def stands_below_again(sheet: Sheet, row: int) -> bool:
    """Tell whether texts of a row stand again below, each in its column, as answers do and headings do not.

    The whole header repeated, as on the next printed page, does not count.
    """
    rows = np.setdiff1d(np.arange(row + 1, sheet.height), repeated_rows(sheet, (row,)))
    texts = [column for column in sheet.columns if is_text(column.cell(row))]
    again = sum(bool((column.codes[rows] == column.codes[row]).any()) for column in texts)
    return again > ANSWERS_AGAIN * len(texts)


def merged_down(sheet: Sheet, rows: Sequence[int]) -> tuple[int, ...]:
    """Return the rows of a header with those into which one of its headings is merged downwards."""
    last = max(
        (bottom for top, left, bottom, _ in sheet.merged if top in rows and is_text(sheet.cell(top, left))),
        default=max(rows),
    )
    return (*rows, *range(max(rows) + 1, min(last, max(rows) + MERGED_DOWN) + 1))


def _above(sheet: Sheet, row: int, place: int) -> str:
    """Return the heading that stands above an empty cell of a header's first row ``row``; "" where none does.

    A header over two rows may have groups above its questions, and codes and days beside the groups. A lone cell is a
    title.
    """
    if row == 0 or not is_text(sheet.cell(row - 1, place)) or sum(cell is not None for cell in sheet.row(row - 1)) < 2:
        return ""
    return heading_text(sheet.cell(row - 1, place))


def _continues(sheet: Sheet, header: Header, best: Header) -> bool:
    """Tell whether a row beside the best one heads the same columns: codes under texts, or what the best lacks."""
    row, main = sheet.row(header.rows[0]), sheet.row(best.rows[0])
    filled = [place for place, cell in enumerate(row) if cell is not None]
    named = header.questions + header.systems
    if not named or 2 * named <= len(filled) or not all(is_text(row[place]) for place in filled):
        return False
    return named >= 2 or all(main[place] is None for place in filled)


def fields_under(sheet: Sheet, rows: Sequence[int], known: Known, skip: Collection[int] = ()) -> tuple[TableField, ...]:
    """Return a field for each column with a heading in ``rows``, the row that tells most first.

    A column without a heading is a field without a name, so that its contents are not lost; an unknown heading with
    nothing below is no field. Columns in ``skip`` are left to the caller.
    """
    last = max(rows)
    fields = []
    for place, column in enumerate(sheet.columns):
        if place in skip:
            continue
        names = [text for text in (heading_text(column.cell(row)) for row in rows) if text]
        filled = bool(column.filled[last + 1 :].any())
        if filled and not names and (above := _above(sheet, min(rows), place)):
            fields.append(question(place, above, (above,), known))
        elif names and (filled or known.is_heading(names[0])):
            heading = next(text for text in (one_line(column.cell(row)) for row in rows) if text)
            fields.append(question(place, heading, names, known))
        elif filled:
            fields.append(TableField("", (place,), ("",)))
    return tuple(fields)


def table_of(sheet: Sheet, layout: str, rows: Sequence[int], fields: Iterable[TableField]) -> Table:
    """Return the table under the header ``rows``; the header repeated among the answers is set aside.

    Texts of the header that head nothing are titles, like the cells above it.
    """
    first, last = min(rows), max(rows)
    all_fields = tuple(fields)
    repeated = repeated_rows(sheet, rows)
    headed = {column for field in all_fields for column in field.columns}
    loose = tuple(
        (row, place, one_line(cell))
        for row in sorted(rows)
        for place, cell in enumerate(sheet.row(row))
        if place not in headed and is_text(cell)
    )
    return Table(
        sheet=sheet,
        layout=layout,
        header=last,
        fields=all_fields,
        rows=rows_below(sheet, last, repeated),
        set_aside=tuple((row, "repeated_header") for row in repeated),
        titles=titles_above(sheet, first) + loose,
    )


def shape_header(sheet: Sheet, known: Known) -> Header | None:
    """Return the first row that looks like headings of the columns below it, whatever they say."""
    widest = int(sheet.filled_cells().max(initial=0))
    for row in rows_searched(sheet):
        cells = [cell for cell in sheet.row(row) if cell is not None]
        if len(cells) < max(2, 0.6 * widest):
            continue
        texts = [fold(cell) for cell in cells if is_text(cell) and isinstance(cell, str)]
        answers = sum(is_answer(cell, known) for cell in cells)
        heads = len(texts) >= 0.8 * len(cells) and len(set(texts)) == len(texts) and answers <= 0.2 * len(cells)
        return Header(merged_down(sheet, (row,)), 0, 0) if heads else None
    return None


@lru_cache(maxsize=TEXTS_KEPT, typed=True)
def session_of(cell: Content | None, number: int) -> Session | None:
    """Read a heading of a register: "Kerta 3", "3. kerta 5.9.2018" or a day; a day alone gets ``number``."""
    day = _day(cell)
    if day is not None:
        return Session(number, day)
    match = _SESSION.match(fold(cell)) if isinstance(cell, str) else None
    if match is None:
        return None
    return Session(int(match[1] or match[2]), _day(match[3]))


def _day(cell: Content | None) -> date | None:
    # A number alone is a session's or an answer's.
    if isinstance(cell, date) or (isinstance(cell, str) and not cell.strip().isdigit()):
        return read_dates([cell])[0].value
    return None


def takes_answers(recognised: Recognised, sheet: Sheet, known: Known) -> bool:
    """Tell whether a layout takes a row of answers for a header: one below headings, known exactly or by their shape.

    Options may stand below questions, but the cells below the code and the day are then empty.
    """
    tables = [table for table in recognised.tables if isinstance(table, Table)]
    if not tables or tables[0].sheet.turned != sheet.turned:
        return False
    row, last = headed_row(sheet, known), tables[0].header
    if is_header_like(sheet.row(last), known) or _is_without_number(tables[0], last):
        return False
    if row is not None and row < last:
        return any(known.system(text) is not None for text, _ in _above_something(sheet, row, last))
    # Options stand below empty cells or their question; the cells below other columns are empty.
    options = {column for field in tables[0].fields if field.kind == "options" for column in field.columns}
    upper = last > 0 and bool(options) and is_header_like(sheet.row(last - 1), known)
    return upper and any(place not in options for _, place in _above_something(sheet, last - 1, last))


def _is_without_number(table: Table, row: int) -> bool:
    """Tell whether a row is empty where a survey tool numbers every response, so that it is part of the header."""
    numbers = [field.columns[0] for field in table.fields if field.system == RESPONDENT]
    return bool(numbers) and all(table.sheet.cell(row, column) is None for column in numbers)


def _above_something(sheet: Sheet, row: int, below: int) -> list[tuple[str, int]]:
    """Return the headings of a row below which something stands in another, with their columns."""
    return [
        (heading_text(heading), place)
        for place, heading in enumerate(sheet.row(row))
        if isinstance(heading, str) and sheet.cell(below, place) is not None
    ]


def with_exact_questions(table: Table, known: Known) -> Table:
    """Return a table whose columns are questions where their heading is one, whatever the layout took them for."""
    return replace(
        table,
        fields=tuple(field if sums_up_options(field, table.fields) else _exact(field, known) for field in table.fields),
    )


def _exact(field: TableField, known: Known) -> TableField:
    named = field.kind == "system" and "id" not in known.find(field.heading).values() and known.find(field.heading)
    return question(field.columns[0], field.heading, field.names, known) if named else field
