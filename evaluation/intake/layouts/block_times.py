"""Which tables of one sheet may be the start and the end of the same people, so that it is asked which is which."""

from collections.abc import Sequence
from dataclasses import replace

from evaluation.definitions.columns import PARTICIPANT
from evaluation.intake.column_keys import area_key
from evaluation.intake.folding import fold_heading
from evaluation.intake.layouts.headers import one_line
from evaluation.intake.layouts.times import label_timing, suggested_timings
from evaluation.intake.table import Found, Table

# Of the fewer headings of two tables, as many stand in both.
SAME_SHARE = 0.6


def with_times(found: Sequence[Found]) -> tuple[Found, ...]:
    """Return several tables of one sheet with a key for each, and which of them it must be asked when they are from.

    That is asked of tables without a title of their own that ask much the same of the same people.
    """
    tables = [table for table in found if isinstance(table, Table)]
    if len(tables) < 2:
        return tuple(found)
    named = [_timing(table) for table in tables]
    # A title above the first may be that of the whole sheet.
    titled = any(_titles(table) for table in tables[1:])
    likely = suggested_timings([""] * len(tables), named)
    told = {
        id(table): replace(
            table,
            block=table.block or area_key(table.sheet.name, table.header, _first_column(table)),
            suggested=suggestion,
            undecided=timing is None and not titled and any(_alike(table, other) for other in tables),
        )
        for table, timing, suggestion in zip(tables, named, likely, strict=True)
    }
    return tuple(told.get(id(each), each) for each in found)


def _first_column(table: Table) -> int:
    return min((column for field in table.fields for column in field.columns), default=0)


def _titles(table: Table) -> list[str]:
    """Return the titles that stand right above a table: those below the rows of any other are its own."""
    filled = table.sheet.filled_rows()
    return [text for row, _, text in table.titles if filled[row]]


def _timing(table: Table) -> str | None:
    times = (label_timing(text) for text in _titles(table))
    return table.timing or next(filter(None, times), None)


def _alike(table: Table, other: Table) -> bool:
    """Tell whether another table asks most of the same questions of at least half of the same people."""
    if table is other:
        return False
    one, two = _asked(table), _asked(other)
    same = one & two
    if not same or len(same) < SAME_SHARE * min(len(one), len(two)):
        return False
    people, others = _people(table), _people(other)
    return bool(people & others) and 2 * len(people & others) >= min(len(people), len(others))


def _asked(table: Table) -> frozenset[str]:
    return frozenset(text for field in table.questions if (text := fold_heading(field.heading)))


def _people(table: Table) -> frozenset[str]:
    """Return the codes of a table; without a column of codes what its first column holds."""
    fields = [field for field in table.fields if field.system == PARTICIPANT] or list(table.fields[:1])
    return frozenset(
        one_line(content) for field in fields for content in table.sheet.columns[field.columns[0]].contents(table.rows)
    )
