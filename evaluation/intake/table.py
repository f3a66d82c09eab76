"""What a layout makes of a sheet: fields with all their names, and the rows of answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from evaluation.intake.folding import fold
from evaluation.spreadsheets import Sheet

# What a column is when the layout itself knows it. PARTICIPANT, ANSWERED_ON, COHORT, MUNICIPALITY and PRACTICE of
# definitions.columns may stand here too.
RESPONDENT = "respondent"  # the survey tool's number of a response: identifies it in a later file, is not stored
TIMING = "timing"  # start, end, follow-up …, row by row
LEFT_OUT = "left_out"  # a column of the tool that nobody needs (duration, IP address, e-mail, name …)

# The layout of tables that somebody has counted.
COUNTED = "counted"

RowCode = Literal["preview_row", "spam_row", "unfinished_row", "rejected_row", "repeated_header", "total_row"]


@dataclass(frozen=True)
class Session:
    """A column of a register: the number of the session, and its day if the heading tells it."""

    number: int
    held_on: date | None


@dataclass(frozen=True)
class TableField:
    """One thing that a table says about every respondent.

    ``columns`` are the columns (from 0) it stands in: one, or one per option in ``options`` where a mark in an option's
    column is the answer. ``heading`` is what the worker sees and the key of a remembered match; ``names`` are the ways
    to name the question, the best first (a grid's row before the whole heading, a text before a code).
    ``kind`` "system" comes with ``system``: what the layout knows the column to be. ``session`` stands for the marks
    of one session of a register. ``key`` distinguishes the column from others of the same heading on its sheet ("" for
    none, see column_keys). ``timing`` is the time of its answers, where the layout knows it; ``band`` is the key of the
    heading over it and its neighbours that says so.
    """

    heading: str
    columns: tuple[int, ...]
    names: tuple[str, ...]
    kind: Literal["question", "options", "system", "session"] = "question"
    options: tuple[str, ...] = ()
    system: str | None = None
    session: Session | None = None
    key: str = ""
    timing: str | None = None
    band: str | None = None


@dataclass(frozen=True)
class Band:
    """A heading over several columns that ask the same as others beside them: its key, its text and its time.

    ``timing`` is None where the text does not say it; then ``suggested`` is the likeliest. ``columns`` is the number of
    columns under it. A group of columns that stands twice without any text over it has an empty ``text``.
    """

    key: str
    text: str
    cell: str
    columns: int
    timing: str | None = None
    suggested: str | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """The answers that a layout reads on a sheet, a row per respondent.

    ``header`` is the last row of the header (from 0). ``rows`` are the rows that count as somebody's answers, in
    order; ``set_aside`` are the rows below the header that do not, with the code of the message that says why (rows
    without any content are in neither). ``titles`` are the cells above the header (row, column, text), which may name
    practice and cohort. ``timing`` is the time of all answers, where the layout knows it. ``bands`` are the headings
    over several columns that divide them by time. ``block`` is the key of the table where several stand on a sheet;
    ``undecided`` says that the worker must tell the time of a block, and ``suggested`` is the likeliest.
    """

    sheet: Sheet
    layout: str
    header: int
    fields: tuple[TableField, ...]
    rows: npt.NDArray[np.int64]
    set_aside: tuple[tuple[int, RowCode], ...] = ()
    titles: tuple[tuple[int, int, str], ...] = ()
    timing: str | None = None
    bands: tuple[Band, ...] = ()
    block: str | None = None
    undecided: bool = False
    suggested: str | None = None

    @property
    def questions(self) -> tuple[TableField, ...]:
        """Return the fields that hold answers."""
        return tuple(field for field in self.fields if field.kind in ("question", "options"))


@dataclass(frozen=True)
class CountedItem:
    """The counts of the answers to one question: (answer as the heading or cell names it, n, row, column)."""

    heading: str
    names: tuple[str, ...]
    row: int
    column: int
    counts: tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, eq=False)
class CountTable:
    """A table that somebody has counted already: for every question, the counts of its answers."""

    sheet: Sheet
    layout: str
    items: tuple[CountedItem, ...]
    titles: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class Refusal:
    """A sheet that is no set of answers: the code of the message that says what it is, and whether it is ours."""

    code: str
    ours: bool = False


TableOrRefusal = Table | CountTable | Refusal


@dataclass(frozen=True)
class Recognised:
    """What one layout makes of a sheet: a score (layouts.certainty), and tables or a refusal unless that is NO."""

    layout: str
    score: float
    tables: tuple[TableOrRefusal, ...] = ()


def rows_below(sheet: Sheet, header: int, without: Sequence[int] = ()) -> npt.NDArray[np.int64]:
    """Return the rows below ``header`` that hold something, those in ``without`` left out."""
    filled = sheet.filled_rows()
    filled[: header + 1] = False
    filled[list(without)] = False
    return np.flatnonzero(filled)


def sums_up_options(field: TableField, fields: Sequence[TableField]) -> bool:
    """Tell whether a tool repeats the contents of columns of options in the column of ``field``.

    Those decide, and the heading of the question makes it no second column of the question.
    """
    heading = fold(field.heading)
    return field.system == LEFT_OUT and any(
        other.kind == "options" and fold(other.heading) == heading for other in fields
    )
