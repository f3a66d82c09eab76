"""An exact heading of a definition goes before every guess of a layout."""

from dataclasses import replace

from evaluation.intake.known import Known
from evaluation.intake.layouts.contents import is_header_like
from evaluation.intake.layouts.options import question
from evaluation.intake.layouts.tables import headed_row, heading_text
from evaluation.intake.table import Recognised, Table, TableField
from evaluation.spreadsheets import Sheet


def takes_answers(found: Recognised, sheet: Sheet, known: Known) -> bool:
    """Tell whether a layout takes a row of answers for a header: one below headings that are known exactly.

    Options may stand below the questions that are known, but nothing stands there below the code and the day.
    """
    tables = [each for each in found.found if isinstance(each, Table)]
    if not tables or tables[0].sheet.turned != sheet.turned:
        return False
    row = headed_row(sheet, known)
    last = tables[0].header
    if row is None or last <= row or is_header_like(sheet.row(last), known):
        return False
    return any(
        isinstance(heading, str) and known.system(heading_text(heading)) is not None and below is not None
        for heading, below in zip(sheet.row(row), sheet.row(last), strict=True)
    )


def with_exact_questions(table: Table, known: Known) -> Table:
    """Return a table whose columns are questions where their heading is one, whatever the layout took them for."""
    return replace(table, fields=tuple(_exact(field, known) for field in table.fields))


def _exact(field: TableField, known: Known) -> TableField:
    named = field.kind == "system" and "id" not in known.find(field.heading).values() and known.find(field.heading)
    return question(field.columns[0], field.heading, field.names, known) if named else field
