"""A table on its side: questions below one another, people side by side."""

from dataclasses import replace

from evaluation.definitions.columns import PARTICIPANT
from evaluation.intake.folding import fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.attendance_register import recognise as attendance_register
from evaluation.intake.layouts.contents import SCALE_LENGTHS, whole
from evaluation.intake.layouts.plain_table import recognise as plain_table
from evaluation.intake.layouts.visit_diary import recognise as visit_diary
from evaluation.intake.layouts.wording import PEOPLE_WORDS
from evaluation.intake.table import Recognised, Table
from evaluation.spreadsheets import Sheet

NAME = "turned_table"
# Turning goes cell by cell, and nobody has as many people side by side.
LARGEST = 2000
_LESS_SURE = 0.05
_UNCLEAR = 0.35


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return the table on ``sheet`` once it is turned, a bit less sure than of one that stands upright.

    People numbered just like the answers of a scale may be numbers of answers instead: that is doubtful.
    """
    if not 2 <= sheet.height < LARGEST or sheet.width >= LARGEST:
        return Recognised(NAME, 0.0)
    turned = sheet.turn()
    readers = (plain_table, attendance_register, visit_diary)
    best = max((reader(turned, known) for reader in readers), key=lambda found: found.score)
    tables = tuple(replace(found, layout=NAME) for found in best.found if isinstance(found, Table))
    if best.score < 0.6 or not tables:
        return Recognised(NAME, 0.0)
    score = _UNCLEAR if any(map(_may_be_counted, tables)) else best.score - _LESS_SURE
    return Recognised(NAME, score, tables)


def _may_be_counted(table: Table) -> bool:
    """Tell whether the people are called 1 to 5, 0 to 10 or the like, and nothing says that they are people."""
    if any(field.system == PARTICIPANT for field in table.fields):
        return False
    for field in table.fields:
        cells = [whole(table.sheet.cell(int(row), field.columns[0])) for row in table.rows]
        first = cells[0] if cells else None
        numbered = first in (0, 1) and cells == list(range(first, first + len(cells)))
        if numbered and len(cells) in SCALE_LENGTHS and fold_heading(field.names[0]) not in PEOPLE_WORDS:
            return True
    return False
