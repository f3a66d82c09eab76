"""Rows among the answers that are none: empty ones, sums, results of formulas; and answers that nobody knows."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from evaluation.definitions import Item
from evaluation.intake.folding import fold
from evaluation.intake.gathering import Gathered, Mask
from evaluation.intake.personal_data import mask, show
from evaluation.intake.values import OptionReader, Read, ScaleReader, is_total
from evaluation.records import UnknownAnswer
from evaluation.spreadsheets import EMPTY, Sheet

Rows = npt.NDArray[np.int64]

# A word such as "Yhteensä" stands at the beginning of its row.
TOTAL_COLUMNS = 3


def sums_up(sheet: Sheet, rows: Rows) -> Mask:
    """Tell which of ``rows`` sum up others, as a word such as "Keskiarvo" at their beginning shows."""
    mask: Mask = np.zeros(len(rows), dtype=bool)
    for column in sheet.columns[:TOTAL_COLUMNS]:
        sums = [code for code, content in enumerate(column.values) if is_total(content)]
        mask |= np.isin(column.codes[rows], sums)
    return mask


def total_rows(gathered: Gathered, answered: Collection[int]) -> dict[int, Mask]:
    """Return by column the rows that a word such as "Yhteensä" marks as a sum, where other words than figures follow.

    A row of figures is set aside before it comes here. In the columns ``answered`` the word may be an answer.
    """
    seen: Mask = np.zeros(len(gathered.rows), dtype=bool)
    totals: dict[int, Mask] = {}
    for column in range(min(TOTAL_COLUMNS, gathered.sheet.width)):
        if column in answered:
            continue
        contents = gathered.sheet.columns[column].values
        sums = [code for code, content in enumerate(contents) if is_total(content)]
        here = np.isin(gathered.codes(column), sums) & ~seen
        if here.any():
            totals[column] = here
        seen |= here
    return totals


def name_totals(gathered: Gathered, totals: Mapping[int, Mask]) -> None:
    """Name the rows of ``totals`` as what they are, and nothing else of them."""
    for column, here in totals.items():
        gathered.silence(here)
        gathered.say("error", "total_row", column, here)


def name_beside(gathered: Gathered, columns: Sequence[int]) -> None:
    """Name the rows that hold nothing in ``columns``, which are all that is read: only a note beside the table."""
    beside: Mask = np.ones(len(gathered.rows), dtype=bool)
    for column in columns:
        beside &= gathered.codes(column) == EMPTY
    gathered.silence(beside)
    for column, here in gathered.first_filled(beside).items():
        gathered.say("error", "no_answers", column, here)


def name_calculated(gathered: Gathered, columns: Sequence[int], coded: Mask) -> None:
    """Name rows of which every answer in ``columns`` is calculated, such as a count below the last of them.

    Where most rows are so, the answers stand on another sheet and formulas bring them here: then rows with a
    participant's code (``coded``) are people.
    """
    if not gathered.sheet.formulas or not columns:
        return
    at = {int(row): position for position, row in enumerate(gathered.rows)}
    calculated = np.zeros(len(gathered.rows), dtype=int)
    for row, column in gathered.sheet.formulas:
        if column in columns and row in at and gathered.sheet.columns[column].codes[row] != EMPTY:
            calculated[at[row]] += 1
    answered = np.zeros(len(gathered.rows), dtype=int)
    for column in columns:
        answered += gathered.codes(column) != EMPTY
    where = (calculated > 0) & (calculated == answered) & ~gathered.bad
    if 2 * int((where & coded).sum()) > int((answered > 0).sum()):
        where &= ~coded
    for column, here in gathered.first_filled(where).items():
        gathered.say("error", "formula_row", column, here)


def name_empty(gathered: Gathered, says_something: Mask) -> None:
    """Name the rows that are not empty but answer nothing."""
    for column, here in gathered.first_filled(~says_something & ~gathered.bad).items():
        gathered.say("error", "no_answers", column, here)


def unknown_answers(
    gathered: Gathered,
    column: int,
    item: Item,
    readings: Sequence[Read[int] | None],
    reader: ScaleReader | OptionReader,
    sums: Mask,
) -> Iterator[UnknownAnswer]:
    """Yield the contents of ``column`` that are off the scale, unless they identify a person.

    Args:
        gathered: the rows of the table.
        column: the column of the question.
        item: the question.
        readings: what was read of each distinct content.
        reader: reads the question's answers, and offers the nearest one.
        sums: the rows that sum up others.
    """
    codes = gathered.codes(column)
    for code, reading in enumerate(readings):
        if reading is None or reading.fault != "off_scale":
            continue
        content = gathered.sheet.columns[column].values[code]
        rows = np.flatnonzero((codes == code) & ~sums)
        if not len(rows):
            continue
        place = gathered.sheet.address(int(gathered.rows[rows[0]]), column)
        example, text = show(content) or "", fold(str(content))
        if not mask(text).kinds:
            yield UnknownAnswer(gathered.sheet.name, place, item.id, text, example, len(rows), reader.suggest(text))
