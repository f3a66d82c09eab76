"""What the cells of a column hold, judged by their distinct contents: answers, whole numbers, marks, shares."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.spreadsheets import EMPTY, Column, Content, Sheet

Rows = npt.NDArray[np.int64]

# A scale has a dozen answers at most, but people misspell some of them.
MOST_ANSWERS = 20
# Open answers differ in every row; a look at some of them shows that they are not on a scale.
MOST_CONTENTS = 2000
# The numbers of answers on the scales that people use.
SCALE_LENGTHS = (3, 4, 5, 6, 7, 10, 11)
_WHOLE = re.compile(r"^[+-]?\d{1,9}(?:[.,]0+)?$")
_NUMBER = re.compile(r"^[+-]?\d{1,9}(?:[.,]\d+)?$")
_CODED = re.compile(r"^-?\d+\s*[=:.)-]?\s*(\S.*)$")
_CODED_BEFORE_BRACKETS = re.compile(r"^-?\d+\s*[(\[](.+)[)\]]$")
_CODED_BEHIND = re.compile(r"^(\S.*?)\s*\(\s*-?\d+\s*\)$")


def whole(cell: Content | None) -> int | None:
    """Return the whole number that a cell holds, as a number or as text; None for everything else, TRUE included."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else None
    if isinstance(cell, str) and _WHOLE.match(fold(cell)):
        return int(float(fold(cell).replace(",", ".")))
    return None


def number(cell: Content | None) -> float | None:
    """Return the number that a cell holds, as a number or as text ("4,5"); None for everything else."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return float(cell)
    if isinstance(cell, str) and _NUMBER.match(fold(cell)):
        return float(fold(cell).replace(",", "."))
    return None


def is_label(cell: Content | None, known: Known) -> bool:
    """Tell whether a cell is an answer written out, perhaps with its code: "hyvin", "4 = Hyvin", "4 (hyvin)"."""
    if not isinstance(cell, str):
        return False
    text = fold(cell)
    coded = _CODED_BEFORE_BRACKETS.match(text) or _CODED.match(text) or _CODED_BEHIND.match(text)
    return known.is_answer(text) or (coded is not None and known.is_answer(coded[1]))


def is_answer(cell: Content | None, known: Known) -> bool:
    """Tell whether a cell may be an answer on some scale: a label, a face, a small whole number or its text."""
    value = whole(cell)
    return (-2 <= value <= 10 or value in (98, 99)) if value is not None else is_label(cell, known)


def content_counts(column: Column, rows: Rows) -> Mapping[Content, int]:
    """Return the distinct contents of a column in ``rows`` with their counts."""
    codes = column.codes[rows]
    counts = np.bincount(codes[codes != EMPTY], minlength=len(column.values))
    return {column.values[code]: int(counts[code]) for code in np.flatnonzero(counts)}


def share(column: Column, rows: Rows, test: Callable[[Content], bool]) -> float:
    """Return the share of the filled cells in ``rows`` that pass ``test``; 0 for too many different contents."""
    contents = content_counts(column, rows) if len(column.values) <= MOST_CONTENTS else {}
    total = sum(contents.values())
    if not total:
        return 0.0
    return sum(count for content, count in contents.items() if test(content)) / total


def is_header_like(cells: Sequence[Content | None], known: Known) -> bool:
    """Tell whether the cells of a row may head columns: two texts or more, hardly a number or an answer among them."""
    filled = [cell for cell in cells if cell is not None]
    texts = sum(is_text(cell) for cell in filled)
    answers = sum(is_answer(cell, known) for cell in filled)
    return texts >= 2 and texts >= 0.8 * len(filled) and answers <= 0.2 * len(filled)


def compare(first: Column, other: Column, rows: Rows) -> tuple[int, int]:
    """Return in how many of ``rows`` both columns are filled, and in how many of these they differ."""
    places = {(type(value), value): code for code, value in enumerate(first.values)}
    same = np.array([places.get((type(value), value), EMPTY - 1) for value in other.values] + [EMPTY], dtype=np.int64)
    one, two = first.codes[rows], same[other.codes[rows]]
    both = (one != EMPTY) & (other.codes[rows] != EMPTY)
    return int(np.count_nonzero(both)), int(np.count_nonzero(both & (one != two)))


def holds_answers(column: Column, rows: Rows, known: Known) -> bool:
    """Tell whether a column holds answers on a scale, and not a running number of the rows."""
    few = len(column.values) <= MOST_CONTENTS and len(content_counts(column, rows)) <= MOST_ANSWERS
    return (
        few and share(column, rows, lambda content: is_answer(content, known)) >= 0.8 and not is_running(column, rows)
    )


def is_running(column: Column, rows: Rows) -> bool:
    """Tell whether a column numbers its rows one by one."""
    if not 3 <= len(rows) <= len(column.values):
        return False
    numbers = [whole(column.cell(int(row))) for row in rows]
    first = numbers[0]
    return first is not None and numbers == list(range(first, first + len(numbers)))


def holds_counts(column: Column, rows: Rows) -> bool:
    """Tell whether a column holds whole numbers from 0 and nothing else."""
    return share(column, rows, lambda content: (value := whole(content)) is not None and value >= 0) == 1


def is_text(cell: Content | None) -> bool:
    """Tell whether a cell holds words: text that is no number."""
    return isinstance(cell, str) and number(cell) is None


def within(sheet: Sheet, rows: range, columns: range) -> Sheet:
    """Return ``sheet`` with only the cells in ``rows`` and ``columns``, where they stood."""
    nothing = Column((), np.full(sheet.height, EMPTY, dtype=np.int32))
    return replace(
        sheet,
        columns=tuple(
            _within(column, rows) if place in columns else nothing for place, column in enumerate(sheet.columns)
        ),
        hidden_rows=frozenset(row for row in sheet.hidden_rows if row in rows),
        hidden_columns=frozenset(column for column in sheet.hidden_columns if column in columns),
        formulas=frozenset((row, column) for row, column in sheet.formulas if row in rows and column in columns),
        merged=tuple(area for area in sheet.merged if area[0] in rows and area[1] in columns),
    )


def _within(column: Column, rows: range) -> Column:
    codes = np.full_like(column.codes, EMPTY)
    codes[rows.start : rows.stop] = column.codes[rows.start : rows.stop]
    used = np.unique(codes[codes != EMPTY])
    codes[codes != EMPTY] = np.searchsorted(used, codes[codes != EMPTY])
    return Column(tuple(column.values[code] for code in used), codes)
