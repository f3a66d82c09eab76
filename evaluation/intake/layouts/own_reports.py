"""Sheets that the toolkit itself has written about answers: reports, the tables of charts, the data package, the trail.

A workbook of ours carries a mark among its properties. It gets lost where a sheet is copied, or saved as CSV or by
another program, so each sheet is also known by its own shape.
"""

import re
from functools import cache

from evaluation.definitions.columns import REPORT_MARK, REPORT_PROPERTY
from evaluation.i18n import Translator, languages, message_keys
from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.layouts.headers import one_line
from evaluation.intake.layouts.tables import heading_text, rows_searched
from evaluation.spreadsheets import Sheet, Workbook

# The day on which a report was made stands below its title.
_TITLE_ROWS = 3
# Headings without which a table of ours says no figure; others of ours are headings of answers as well.
_FIGURES = ("value", "low", "high", "method", "measure", "interval", "net", "role_value", "client_value")
# Where one of these stands, the others of its line say what the figures are about and nothing else.
_OF_TABLES = ("files.column_ground", "files.column_shows", "files.chart_numbers")
# The first columns of every table of the data package, its lists of codes, and the trail.
_PACKAGES = (
    ("family", "measure", "practice", "municipality", "cohort", "level", "role", "questionnaire", "item"),
    ("questionnaire", "title", "id", "short", "text", "scale", "dimension"),
    ("scale", "value_code", "name", "value_class"),
    ("number", "done_at", "actor", "deed", "subject", "count"),
)
_PRACTICES = {"id", "name", "type"}


def is_marked(book: Workbook) -> bool:
    """Tell whether a workbook carries the mark of a report of ours."""
    return book.properties.get(REPORT_PROPERTY) == REPORT_MARK


def is_own_report(sheet: Sheet) -> bool:
    """Tell by its shape whether ``sheet`` is one that the toolkit has written about answers."""
    if any(_made_on().match(one_line(sheet.cell(row, 0))) for row in range(min(_TITLE_ROWS, sheet.height))):
        return True
    return any(_heads_figures(sheet, row) for row in rows_searched(sheet))


def _heads_figures(sheet: Sheet, row: int) -> bool:
    cells = [cell for cell in sheet.row(row) if cell is not None]
    if len(cells) < 2 or not all(isinstance(cell, str) for cell in cells):
        return False
    plain = [fold(heading_text(cell)) for cell in cells]
    if any(tuple(plain[: len(names)]) == names for names in _PACKAGES):
        return True
    if set(plain) == _PRACTICES and _holds_types(sheet, row):
        return True
    names = {fold_heading(heading_text(cell)) for cell in cells}
    return any(names <= ours and names & figures for ours, figures in _headings()) or bool(names & _tables())


def _holds_types(sheet: Sheet, row: int) -> bool:
    """Tell whether words stand below three headings as plain as "id", "name" and "type", and a number nowhere."""
    cells = [cell for below in range(row + 1, sheet.height) for cell in sheet.row(below)]
    return bool(cells) and all(isinstance(cell, str) and not cell.isdigit() for cell in cells)


@cache
def _headings() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return by language the headings of our tables, and those of them that head figures."""
    told = []
    for t in map(Translator, languages()):
        figures = frozenset(fold_heading(t(f"charts.column_{name}")) for name in _FIGURES)
        ours = frozenset(fold_heading(t(key)) for key in message_keys("charts", "column_"))
        told.append((ours, figures))
    return tuple(told)


@cache
def _tables() -> frozenset[str]:
    return frozenset(fold_heading(Translator(language)(key)) for language in languages() for key in _OF_TABLES)


@cache
def _made_on() -> re.Pattern[str]:
    """Return what the line below a report's title ends with: "Laadittu 30.11.2026", and that the data is made up."""
    days = [re.escape(Translator(language)("reports.cover_day", day="\0")) for language in languages()]
    made = "|".join(day.replace(re.escape("\0"), r"[\w.,/ ]{6,20}") for day in days)
    return re.compile(rf"^(?:.*\. )?(?:{made})(?:\. .*)?$")
