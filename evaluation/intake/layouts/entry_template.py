"""Our own workbooks to fill in: the table of an entry template or cohort workbook, and the sheet of one respondent."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from evaluation.definitions.columns import ANSWERED_ON, COHORT, MUNICIPALITY, PARTICIPANT
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import CERTAIN, NO, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.column_contents import content_counts
from evaluation.intake.layouts.typed_table import (
    LONGEST_TYPED,
    fields_under,
    heading_text,
    read_header,
    session_of,
    table_of,
)
from evaluation.intake.table import Recognised, Table, TableField
from evaluation.spreadsheets import Column, Sheet

NAME = "entry_template"
# In this order they come first in every workbook of ours; the cohort is always there.
_FIRST = (PARTICIPANT, ANSWERED_ON, COHORT, MUNICIPALITY)
_LONGEST_SINGLE = 200


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return the table of a workbook of ours: known by its headings, all in the first row in the order we write them.

    With columns that a worker has added behind ours it is a little less sure. Another table below it makes it one of
    several.
    """
    if not sheet.height or not sheet.width:
        return Recognised(NAME, NO)
    table, score = _table(sheet, known, titled=False)
    if table is None and sheet.turned:
        table, score = _table(sheet, known, titled=True)
    elif table is None and sheet.height <= _LONGEST_SINGLE and sheet.width <= 2:
        table, score = _table(sheet.turn(), known, titled=True)
    return Recognised(NAME, score, () if table is None else (table,))


def _table(sheet: Sheet, known: Known, titled: bool) -> tuple[Table | None, float]:
    """Return the table under the first row and how sure it is; a single form has its title before the headings."""
    header = read_header(sheet, 0, known)
    if not (header.questions or header.sessions) or not header.systems:
        return None, NO
    title = frozenset({0}) if titled else frozenset()
    if titled and (sheet.cell(0, 0) is None or known.is_heading(heading_text(sheet.cell(0, 0)))):
        return None, NO
    fields = _with_sessions(fields_under(sheet, (0,), known, skip=title), sheet)
    ours = len(list(takewhile(lambda field: _is_ours(field, known), fields)))
    if not _is_order(fields[:ours]) or any(_is_ours(field, known) for field in fields[ours:]) or 2 * ours < len(fields):
        return None, NO
    table = table_of(sheet, NAME, (0,), fields)
    if _holds_headings(sheet.columns[fields[0].columns[0]], table, known):
        return None, NO
    return table, CERTAIN if ours == len(fields) else weaker(TOOL_RECOGNISED, 2)


def _holds_headings(column: Column, table: Table, known: Known) -> bool:
    """Tell whether a heading of a column that every form has stands among the codes or days, as above another table."""
    contents = content_counts(column, table.rows) if table.sheet.height <= LONGEST_TYPED else ()
    return any(isinstance(content, str) and known.system(heading_text(content)) is not None for content in contents)


def _with_sessions(fields: Sequence[TableField], sheet: Sheet) -> list[TableField]:
    """Return the fields with sessions marked as such; a day written over "Kerta 3" keeps its place in order."""
    with_sessions: list[TableField] = []
    for field in fields:
        number = 1 + sum(other.session is not None for other in with_sessions)
        session = session_of(sheet.cell(0, field.columns[0]), number) if field.kind == "question" else None
        with_sessions.append(field if session is None else replace(field, kind="session", session=session))
    return with_sessions


def _is_ours(field: TableField, known: Known) -> bool:
    return field.kind in ("system", "session") or any(map(known.find, field.names))


def _is_order(fields: Sequence[TableField]) -> bool:
    """Tell whether the columns that every form has come first and in our order, the cohort among them."""
    systems = [field.system for field in fields if field.kind == "system"]
    leading = [field.system for field in fields[: len(systems)]]
    return leading == [system for system in _FIRST if system in systems] and COHORT in leading
