"""Whether columns hold what their headings say: an ordinary word such as "Vastattu" makes no export by itself.

A column of days holds days; a column of numbers of responses has another number for every response.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.folding import fold
from evaluation.intake.layouts.contents import whole
from evaluation.intake.layouts.headers import header_texts, is_moment, left_out, repeated_rows, values_below
from evaluation.intake.layouts.system_columns import WEBROPOL_ORDINARY as ORDINARY
from evaluation.intake.table import RESPONDENT, TableField
from evaluation.intake.values.dates import read_dates
from evaluation.spreadsheets import EMPTY, Content, Sheet

_SAMPLE = 300
# Days as Excel counts them, from 1970 to 2119.
_DAY_NUMBERS = range(25569, 80000)
# Shorter numbers are those of rows: other people have them in the next file.
LONG_NUMBER = 10_000

Fields = Mapping[int, TableField]


def proven(own: Fields, sheet: Sheet, header: int) -> dict[int, TableField]:
    """Return the fields of ``own`` whose columns hold, below the row ``header``, what the tool is known to write there.

    Columns of days must hold days. Numbers of responses must tell responses apart, by themselves or with the moment
    beside them; those that do not are left out where they are numbers, and columns like others where they are words.
    """
    days = {column for column, field in own.items() if field.system == ANSWERED_ON}
    false_days = {column for column in days if not holds_days(sheet, column, header)}
    moments = sorted(days - false_days)
    kept = {}
    for column, field in own.items():
        if column in false_days:
            continue
        if field.system != RESPONDENT or tells_apart(sheet, column, moments, header):
            kept[column] = field
        elif all(whole(value) is not None for value in values_below(sheet, column, header)):
            kept[column] = left_out(field)
    return kept


def names_of(own: Fields, sheet: Sheet, header: int) -> frozenset[str]:
    """Return the folded headings of ``own``."""
    headings = header_texts(sheet, header)
    return frozenset(fold(headings[column]) for column in own)


def holds_days(sheet: Sheet, column: int, header: int) -> bool:
    """Tell whether at least half of what a column holds are days or moments; an empty column may have held some.

    A heading may stand again above more rows, but where it stands in all of them it is none.
    """
    heading = sheet.cell(header, column)
    found = values_below(sheet, column, header)
    values = [value for value in found if value != heading]
    if found and not values:
        return False
    sample = values[:: max(1, len(values) // _SAMPLE)]
    return 2 * _days(sample) >= len(sample)


def _days(values: Sequence[Content]) -> int:
    read = read_dates(values, "dm")
    return sum(
        isinstance(value, date) or is_moment(value) or day.fault is None or whole(value) in _DAY_NUMBERS
        for value, day in zip(values, read, strict=True)
    )


def tells_apart(sheet: Sheet, column: int, moments: Sequence[int], header: int) -> bool:
    """Tell whether a column, with the moments beside it, has something else for every response.

    Rows that are alike in all columns are one response, as where an export stands twice.
    """
    rows = _rows(sheet, column, header)
    keys = np.column_stack([sheet.columns[place].codes[rows] for place in (column, *moments)])
    _, groups, counts = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    groups = groups.reshape(-1)
    shared = rows[counts[groups] > 1]
    if not len(shared):
        return True
    whole_rows = np.column_stack([each.codes[shared] for each in sheet.columns])
    same = len(np.unique(whole_rows, axis=0))
    return same == int(np.count_nonzero(counts > 1))


def is_numbering(sheet: Sheet, column: int, header: int) -> bool:
    """Tell whether a column holds no more than the numbers of its rows, which other people have in another file."""
    values = [whole(value) for value in values_below(sheet, column, header)]
    numbers = [value for value in values if value is not None]
    return 2 * len(numbers) > len(values) and max(numbers) < LONG_NUMBER


def _rows(sheet: Sheet, column: int, header: int) -> npt.NDArray[np.int64]:
    filled = sheet.columns[column].codes != EMPTY
    filled[: header + 1] = False
    filled[list(repeated_rows(sheet, (header,)))] = False
    return np.flatnonzero(filled)


def without_numbering(own: Fields, sheet: Sheet, header: int) -> dict[int, TableField]:
    """Return ``own`` with numbers of rows left out where no moment stands beside them to make them an identity.

    "Vastaajan ID" says itself that it is one; "Vastaaja" and "Vastausnumero" are words that people number rows by.
    """
    if any(field.system == ANSWERED_ON for field in own.values()):
        return dict(own)
    return {
        column: left_out(field)
        if field.system == RESPONDENT and fold(field.heading) in ORDINARY and is_numbering(sheet, column, header)
        else field
        for column, field in own.items()
    }
