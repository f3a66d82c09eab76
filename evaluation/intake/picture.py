"""A sheet as a picture shows it: its first rows, every row with something to see to, and the outcome of each cell."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evaluation.definitions import Library
from evaluation.intake.known import Known
from evaluation.intake.outcomes import NUMBER, ItemText, Outcome, SheetOutcomes, outcomes_of
from evaluation.intake.personal_data import is_name, looks_personal, mask, show
from evaluation.intake.values import is_total
from evaluation.records import ColumnMatch, Draft
from evaluation.spreadsheets import Content, Sheet, Workbook

# Rows above the headings, rows of people at the beginning, rows with something, and rows that a gap can show.
MOST_ABOVE, FIRST, MOST_NOTED, MOST_IN_GAP = 8, 4, 30, 40
# Columns that are always shown; of those beyond only what is read.
MOST_COLUMNS, MOST_CELLS = 40, 12_000
NOTED: tuple[Outcome, ...] = ("not_understood", "rejected", "set_aside")
_OWN_WORDS: tuple[Outcome, ...] = ("set_aside", "beside", "rejected", "not_understood", "left_out", "held", "code")


@dataclass(frozen=True)
class Cell:
    """A cell: what may be shown of it (None for what is masked), its outcome, and the columns it spans.

    ``decimal`` tells that the text is a number with a point, which readers of other languages write otherwise.
    """

    text: str | None
    outcome: Outcome
    spans: int = 1
    decimal: bool = False


@dataclass(frozen=True)
class Row:
    """A row: its number as the workbook shows it, its cells, and whether a gap hides it until it is opened."""

    number: str
    cells: tuple[Cell, ...]
    kind: str
    gap: int | None = None


@dataclass(frozen=True)
class Gap:
    """Rows without anything to see to: the first and the last, how many, and how many of them are in the picture."""

    first: str
    last: str
    rows: int
    shown: int


@dataclass(frozen=True)
class SheetPicture:
    """What is shown of one sheet.

    ``letters`` name the shown columns, ``matches`` tell what each is taken for (one for each of its tables);
    ``more_columns`` are further ones that are left out. ``rows`` stand in order, those of gap number n with ``gap`` n.
    ``counts`` are of all cells of the sheet. ``turned`` sheets show questions as columns although they are rows.
    """

    sheet: str
    turned: bool
    letters: tuple[str, ...]
    matches: tuple[tuple[ColumnMatch, ...], ...]
    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    counts: dict[Outcome, int]
    more_columns: int = 0


def pictures_of(
    workbook: Workbook,
    draft: Draft,
    library: Library,
    unread: Collection[ItemText] = (),
    waiting: Collection[tuple[str, int]] = (),
) -> tuple[SheetPicture, ...]:
    """Return a picture of every sheet of which the draft tells something.

    Args:
        workbook: the cells of the file.
        draft: what was made of them.
        library: the definitions, to know answers from names of people.
        unread: see outcomes_of.
        waiting: see outcomes_of.
    """
    known = Known(library)
    told = {match.sheet for match in draft.columns} | {each.sheet for each in draft.problems if each.sheet}
    sheets = [replace(sheet, name=mask(sheet.name).text) for sheet in workbook.sheets if not sheet.empty]
    return tuple(_picture(outcomes_of(sheet, draft, unread, waiting), known) for sheet in sheets if sheet.name in told)


def _picture(found: SheetOutcomes, known: Known) -> SheetPicture:
    columns = _columns(found)
    painter = _Painter(found, columns, known)
    shown, gaps = _rows(found, MOST_CELLS // max(len(columns), 1))
    filled = [number for number, column in enumerate(found.sheet.columns) if column.values]
    return SheetPicture(
        sheet=found.sheet.name,
        turned=found.sheet.turned,
        letters=tuple(_letter(found.sheet, column) for column in columns),
        matches=tuple(found.columns.get(column, ()) for column in columns),
        rows=tuple(painter.row(row, gap) for row, gap in shown),
        gaps=gaps,
        counts=found.counts(),
        more_columns=len(set(filled) - set(columns)),
    )


def _letter(sheet: Sheet, column: int) -> str:
    """Return what heads a column in the workbook: a letter, of a turned sheet the number of the row."""
    place = sheet.address(0, column)
    return place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") if sheet.turned else place.rstrip("0123456789")


def _number(sheet: Sheet, row: int) -> str:
    place = sheet.address(row, 0)
    return place.rstrip("0123456789") if sheet.turned else place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _columns(found: SheetOutcomes) -> list[int]:
    """Return the columns to show: the first ones that hold something, and all that are read."""
    filled = [number for number, column in enumerate(found.sheet.columns) if column.values]
    read = {number for number, matches in found.columns.items() if any(match.target for match in matches)}
    return sorted({*filled[:MOST_COLUMNS], *[number for number in filled if number in read][: 3 * MOST_COLUMNS]})


def _rows(found: SheetOutcomes, most: int) -> tuple[list[tuple[int, int | None]], tuple[Gap, ...]]:
    """Return the rows to show with the number of the gap that hides each (None: always seen), and the gaps."""
    sheet = found.sheet
    filled = [int(row) for row in np.flatnonzero(sheet.filled_rows())]
    noted = np.zeros(sheet.height, dtype=bool)
    for codes in found.codes:
        noted |= np.isin(codes, [NUMBER[outcome] for outcome in NOTED])
    header = max(found.headers[:1], default=-1)
    above = [row for row in filled if row <= header]
    below = [row for row in filled if row > header]
    first_of_block = {row for head in found.headers for row in [each for each in filled if each >= head][: FIRST + 1]}
    seen = {
        *above[:MOST_ABOVE], *above[-3:], *below[:FIRST], *below[-1:], *first_of_block, *found.headers,
        *[row for row in below if noted[row]][:MOST_NOTED],
    }  # fmt: skip
    shown: list[tuple[int, int | None]] = []
    gaps: list[Gap] = []
    for run in _runs(filled, seen):
        if run[0] in seen or len(run) == 1:
            shown += [(row, None) for row in run]
            continue
        inside = run[: max(0, min(MOST_IN_GAP, most - len(shown)))]
        gaps.append(Gap(_number(sheet, run[0]), _number(sheet, run[-1]), len(run), len(inside)))
        # A gap of which nothing can be shown still has its place: by its first row.
        shown += [(row, len(gaps) - 1) for row in inside or run[:1]]
    return shown, tuple(gaps)


def _runs(rows: Sequence[int], seen: Collection[int]) -> Iterator[list[int]]:
    """Yield rows in runs: those that are seen, and those between them that are not."""
    run: list[int] = []
    for row in rows:
        if run and (row in seen) != (run[-1] in seen):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


class _Painter:
    """Makes the cells of a picture; what tells who somebody is never leaves it."""

    def __init__(self, found: SheetOutcomes, columns: Sequence[int], known: Known) -> None:
        self._found, self._columns, self._known = found, columns, known
        self._private = {column for column in columns if self._is_private(column)}
        self._spans = {
            (top, left): right - left + 1
            for top, left, bottom, right in found.sheet.merged
            if top == bottom and right > left
        }

    def _is_private(self, column: int) -> bool:
        """Tell whether a column tells who people are; a column of answers to a question does not."""
        matches = self._found.columns.get(column, ())
        if any(match.kind == "personal" or (match.kind == "left_out" and match.how == "layout") for match in matches):
            return True
        if any(match.target in self._known.items for match in matches):
            return False
        heading = matches[0].heading if matches else ""
        contents = self._found.sheet.columns[column].values
        return looks_personal(heading, contents, self._known) is not None

    def row(self, row: int, gap: int | None) -> Row:
        """Return a row of the picture."""
        cells: list[Cell] = []
        covered = 0
        for position, column in enumerate(self._columns):
            if covered:
                covered -= 1
                continue
            spans = min(self._spans.get((row, column), 1), self._together(position))
            if spans == 1 and self._found.outcome(row, column) == "title":
                spans = self._free(row, position)
            cells.append(self._cell(row, column, spans))
            covered = spans - 1
        kind = "head" if any(cell.outcome == "heading" for cell in cells) else "row"
        return Row(_number(self._found.sheet, row), tuple(cells), kind, gap)

    def _together(self, position: int) -> int:
        """Return how many shown columns stand side by side from a position on."""
        first, number = self._columns[position], 1
        while position + number < len(self._columns) and self._columns[position + number] == first + number:
            number += 1
        return number

    def _free(self, row: int, position: int) -> int:
        """Return over how many shown columns a title can run: up to the next cell that holds something."""
        sheet, number = self._found.sheet, 1
        while position + number < len(self._columns) and sheet.cell(row, self._columns[position + number]) is None:
            number += 1
        return number

    def _cell(self, row: int, column: int, spans: int) -> Cell:
        content, outcome = self._found.sheet.cell(row, column), self._found.outcome(row, column)
        if content is None:
            return Cell("", outcome, spans)
        if outcome in ("heading", "band", "title"):
            return Cell(show(content), outcome, spans)
        # A word such as "Keskiarvo" stands in the column of names, and is nobody's.
        private = (column in self._private or outcome == "personal") and not is_total(content)
        hidden = private or self._names_somebody(content, outcome)
        decimal = isinstance(content, float) and not content.is_integer()
        return Cell(None if hidden else _text(content), outcome, spans, decimal)

    def _names_somebody(self, content: Content, outcome: Outcome) -> bool:
        if outcome not in _OWN_WORDS or not isinstance(content, str):
            return False
        return is_name(content) and not self._known.is_answer(content)


def _text(content: Content) -> str | None:
    return show(round(content, 2)) if isinstance(content, float) else show(content)
