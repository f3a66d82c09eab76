"""Whether columns hold what their headings say: an ordinary word such as "Vastattu" does not prove an export.

A column of days holds days; a column of response numbers has a different number for every response.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.folding import fold
from evaluation.intake.layouts.column_contents import whole
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


def proven(tool_columns: Fields, sheet: Sheet, header: int) -> dict[int, TableField]:
    """Return the fields of ``tool_columns`` whose columns hold, below the row ``header``, what the tool writes there.

    Columns of days must hold days. Response numbers must be unique, by themselves or with the moment beside them; if
    not, they are left out where they are numbers, and are columns like any other where they are words.
    """
    days = {column for column, field in tool_columns.items() if field.system == ANSWERED_ON}
    false_days = {column for column in days if not holds_days(sheet, column, header)}
    moments = sorted(days - false_days)
    fields = {}
    for column, field in tool_columns.items():
        if column in false_days:
            continue
        if field.system != RESPONDENT or is_unique_by_response(sheet, column, moments, header):
            fields[column] = field
        elif all(whole(value) is not None for value in values_below(sheet, column, header)):
            fields[column] = left_out(field)
    return fields


def names_of(tool_columns: Fields, sheet: Sheet, header: int) -> frozenset[str]:
    """Return the folded headings of ``tool_columns``."""
    headings = header_texts(sheet, header)
    return frozenset(fold(headings[column]) for column in tool_columns)


def holds_days(sheet: Sheet, column: int, header: int) -> bool:
    """Tell whether at least half of the contents of a column are days or moments; an empty column passes.

    A heading may stand again above more rows, but where it stands in all of them it is none.
    """
    heading = sheet.cell(header, column)
    contents = values_below(sheet, column, header)
    values = [value for value in contents if value != heading]
    if contents and not values:
        return False
    sample = values[:: max(1, len(values) // _SAMPLE)]
    return 2 * _days(sample) >= len(sample)


def _days(values: Sequence[Content]) -> int:
    read = read_dates(values, "dm")
    return sum(
        isinstance(value, date) or is_moment(value) or day.fault is None or whole(value) in _DAY_NUMBERS
        for value, day in zip(values, read, strict=True)
    )


def is_unique_by_response(sheet: Sheet, column: int, moments: Sequence[int], header: int) -> bool:
    """Tell whether a column, together with the moments beside it, differs for every response.

    Rows that are alike in all columns are one response, as where an export stands twice.
    """
    rows = _rows(sheet, column, header)
    keys = np.column_stack([sheet.columns[place].codes[rows] for place in (column, *moments)])
    _, groups, counts = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    groups = groups.reshape(-1)
    shared = rows[counts[groups] > 1]
    if not len(shared):
        return True
    whole_rows = np.column_stack([cells.codes[shared] for cells in sheet.columns])
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


def without_numbering(tool_columns: Fields, sheet: Sheet, header: int) -> dict[int, TableField]:
    """Return ``tool_columns`` without numbers of rows, unless a moment beside them makes them an identity.

    "Vastaajan ID" says itself that it is one; "Vastaaja" and "Vastausnumero" are words that people number rows by.
    """
    if any(field.system == ANSWERED_ON for field in tool_columns.values()):
        return dict(tool_columns)
    return {
        column: left_out(field)
        if field.system == RESPONDENT and fold(field.heading) in ORDINARY and is_numbering(sheet, column, header)
        else field
        for column, field in tool_columns.items()
    }
