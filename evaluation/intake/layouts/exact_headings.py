"""An exact heading of a definition goes before every guess of a layout."""

from dataclasses import replace

from evaluation.intake.known import Known
from evaluation.intake.layouts.contents import is_header_like
from evaluation.intake.layouts.options import question
from evaluation.intake.layouts.tables import headed_row, heading_text
from evaluation.intake.table import RESPONDENT, Recognised, Table, TableField, sums_up_options
from evaluation.spreadsheets import Sheet


def takes_answers(found: Recognised, sheet: Sheet, known: Known) -> bool:
    """Tell whether a layout takes a row of answers for a header: one below headings, known exactly or by their shape.

    Options may stand below questions, but nothing stands there below the code and the day.
    """
    tables = [each for each in found.found if isinstance(each, Table)]
    if not tables or tables[0].sheet.turned != sheet.turned:
        return False
    row, last = headed_row(sheet, known), tables[0].header
    if is_header_like(sheet.row(last), known) or _is_without_number(tables[0], last):
        return False
    if row is not None and row < last:
        return any(known.system(text) is not None for text, _ in _above_something(sheet, row, last))
    # Options stand below empty cells or their question, and nothing stands there below another column.
    options = {column for field in tables[0].fields if field.kind == "options" for column in field.columns}
    upper = last > 0 and bool(options) and is_header_like(sheet.row(last - 1), known)
    return upper and any(place not in options for _, place in _above_something(sheet, last - 1, last))


def _is_without_number(table: Table, row: int) -> bool:
    """Tell whether a row is empty where a survey tool numbers every response, so that it is part of the header."""
    numbers = [field.columns[0] for field in table.fields if field.system == RESPONDENT]
    return bool(numbers) and all(table.sheet.cell(row, column) is None for column in numbers)


def _above_something(sheet: Sheet, row: int, below: int) -> list[tuple[str, int]]:
    """Return the headings of a row below which something stands in another, with their columns."""
    return [
        (heading_text(heading), place)
        for place, heading in enumerate(sheet.row(row))
        if isinstance(heading, str) and sheet.cell(below, place) is not None
    ]


def with_exact_questions(table: Table, known: Known) -> Table:
    """Return a table whose columns are questions where their heading is one, whatever the layout took them for."""
    return replace(
        table,
        fields=tuple(field if sums_up_options(field, table.fields) else _exact(field, known) for field in table.fields),
    )


def _exact(field: TableField, known: Known) -> TableField:
    named = field.kind == "system" and "id" not in known.find(field.heading).values() and known.find(field.heading)
    return question(field.columns[0], field.heading, field.names, known) if named else field
