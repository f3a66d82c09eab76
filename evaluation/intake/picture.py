"""A sheet as a picture shows it: its first rows, every row that needs attention, and the outcome of its cells."""

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
# Columns that are always visible; further ones only where they are read.
MOST_COLUMNS, MOST_CELLS = 40, 12_000
NOTED: tuple[Outcome, ...] = ("not_understood", "rejected", "set_aside")
_OWN_WORDS: tuple[Outcome, ...] = ("set_aside", "beside", "rejected", "not_understood", "left_out", "held", "code")


@dataclass(frozen=True)
class Cell:
    """A cell: its visible text (None for what is masked), its outcome, and the columns it spans.

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
    """Rows that need no attention: the first and the last, how many, and how many of them are in the picture."""

    first: str
    last: str
    rows: int
    in_picture: int


@dataclass(frozen=True)
class SheetPicture:
    """The picture of one sheet.

    ``letters`` name the visible columns, ``matches`` say what their tables match them to; ``more_columns`` are further
    ones that are left out. ``rows`` stand in order, those of gap number n with ``gap`` n.
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
    """Return a picture of every sheet that the draft mentions.

    Args:
        workbook: the cells of the file.
        draft: the draft made of them.
        library: the definitions, to know answers from names of people.
        unread: see outcomes_of.
        waiting: see outcomes_of.
    """
    known = Known(library)
    sheet_names = {match.sheet for match in draft.columns} | {
        problem.sheet for problem in draft.problems if problem.sheet
    }
    sheets = [replace(sheet, name=mask(sheet.name).text) for sheet in workbook.sheets if not sheet.empty]
    return tuple(
        _picture(outcomes_of(sheet, draft, unread, waiting), known) for sheet in sheets if sheet.name in sheet_names
    )


def _picture(outcomes: SheetOutcomes, known: Known) -> SheetPicture:
    columns = _columns(outcomes)
    painter = _Painter(outcomes, columns, known)
    visible, gaps = _rows(outcomes, MOST_CELLS // max(len(columns), 1))
    filled = [number for number, column in enumerate(outcomes.sheet.columns) if column.values]
    return SheetPicture(
        sheet=outcomes.sheet.name,
        turned=outcomes.sheet.turned,
        letters=tuple(_letter(outcomes.sheet, column) for column in columns),
        matches=tuple(outcomes.columns.get(column, ()) for column in columns),
        rows=tuple(painter.row(row, gap) for row, gap in visible),
        gaps=gaps,
        counts=outcomes.counts(),
        more_columns=len(set(filled) - set(columns)),
    )


def _letter(sheet: Sheet, column: int) -> str:
    """Return what heads a column in the workbook: a letter, of a turned sheet the number of the row."""
    place = sheet.address(0, column)
    return place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") if sheet.turned else place.rstrip("0123456789")


def _number(sheet: Sheet, row: int) -> str:
    place = sheet.address(row, 0)
    return place.rstrip("0123456789") if sheet.turned else place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _columns(outcomes: SheetOutcomes) -> list[int]:
    """Return the columns to show: the first non-empty ones, and all that are read."""
    filled = [number for number, column in enumerate(outcomes.sheet.columns) if column.values]
    read = {number for number, matches in outcomes.columns.items() if any(match.target for match in matches)}
    return sorted({*filled[:MOST_COLUMNS], *[number for number in filled if number in read][: 3 * MOST_COLUMNS]})


def _rows(outcomes: SheetOutcomes, most: int) -> tuple[list[tuple[int, int | None]], tuple[Gap, ...]]:
    """Return the rows to show with the number of the gap that hides each (None: always seen), and the gaps."""
    sheet = outcomes.sheet
    filled = [int(row) for row in np.flatnonzero(sheet.filled_rows())]
    noted = np.zeros(sheet.height, dtype=bool)
    for codes in outcomes.codes:
        noted |= np.isin(codes, [NUMBER[outcome] for outcome in NOTED])
    header = max(outcomes.headers[:1], default=-1)
    above = [row for row in filled if row <= header]
    below = [row for row in filled if row > header]
    first_of_block = {
        row for head in outcomes.headers for row in [place for place in filled if place >= head][: FIRST + 1]
    }
    seen = {
        *above[:MOST_ABOVE], *above[-3:], *below[:FIRST], *below[-1:], *first_of_block, *outcomes.headers,
        *[row for row in below if noted[row]][:MOST_NOTED],
    }  # fmt: skip
    visible: list[tuple[int, int | None]] = []
    gaps: list[Gap] = []
    for stretch in _stretches(filled, seen):
        if stretch[0] in seen or len(stretch) == 1:
            visible += [(row, None) for row in stretch]
            continue
        inside = stretch[: max(0, min(MOST_IN_GAP, most - len(visible)))]
        gaps.append(Gap(_number(sheet, stretch[0]), _number(sheet, stretch[-1]), len(stretch), len(inside)))
        # A gap without any visible row still has its place: by its first row.
        visible += [(row, len(gaps) - 1) for row in inside or stretch[:1]]
    return visible, tuple(gaps)


def _stretches(rows: Sequence[int], seen: Collection[int]) -> Iterator[list[int]]:
    """Yield rows in stretches: those that are seen, and those between them that are not."""
    stretch: list[int] = []
    for row in rows:
        if stretch and (row in seen) != (stretch[-1] in seen):
            yield stretch
            stretch = []
        stretch.append(row)
    if stretch:
        yield stretch


class _Painter:
    """Makes the cells of a picture; what identifies a person never leaves it."""

    def __init__(self, outcomes: SheetOutcomes, columns: Sequence[int], known: Known) -> None:
        self._outcomes, self._columns, self._known = outcomes, columns, known
        self._private = {column for column in columns if self._is_private(column)}
        self._spans = {
            (top, left): right - left + 1
            for top, left, bottom, right in outcomes.sheet.merged
            if top == bottom and right > left
        }

    def _is_private(self, column: int) -> bool:
        """Tell whether a column tells who people are; a column of answers to a question does not."""
        matches = self._outcomes.columns.get(column, ())
        if any(match.kind == "personal" or (match.kind == "left_out" and match.how == "layout") for match in matches):
            return True
        if any(match.target in self._known.items for match in matches):
            return False
        heading = matches[0].heading if matches else ""
        # The heading itself ("Osallistuja") and titles above it name nobody.
        below = slice(max(self._outcomes.headers[:1], default=-1) + 1, None)
        contents = self._outcomes.sheet.columns[column].contents(below)
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
            if spans == 1 and self._outcomes.outcome(row, column) == "title":
                spans = self._free(row, position)
            cells.append(self._cell(row, column, spans))
            covered = spans - 1
        kind = "head" if any(cell.outcome == "heading" for cell in cells) else "row"
        return Row(_number(self._outcomes.sheet, row), tuple(cells), kind, gap)

    def _together(self, position: int) -> int:
        """Return how many visible columns stand side by side from a position on."""
        first, number = self._columns[position], 1
        while position + number < len(self._columns) and self._columns[position + number] == first + number:
            number += 1
        return number

    def _free(self, row: int, position: int) -> int:
        """Return over how many visible columns a title can run: up to the next cell that holds something."""
        sheet, number = self._outcomes.sheet, 1
        while position + number < len(self._columns) and sheet.cell(row, self._columns[position + number]) is None:
            number += 1
        return number

    def _cell(self, row: int, column: int, spans: int) -> Cell:
        content, outcome = self._outcomes.sheet.cell(row, column), self._outcomes.outcome(row, column)
        if content is None:
            return Cell("", outcome, spans)
        if outcome in ("heading", "band", "title"):
            return Cell(show(content), outcome, spans)
        # A word such as "Keskiarvo" in the column of names is no name.
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
