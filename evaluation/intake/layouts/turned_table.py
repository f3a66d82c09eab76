"""A table on its side: questions below one another, people side by side."""

from dataclasses import replace

from evaluation.definitions.columns import PARTICIPANT
from evaluation.intake.folding import fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.attendance_register import recognise as attendance_register
from evaluation.intake.layouts.certainty import NO, SHAPE_ONLY, weaker
from evaluation.intake.layouts.column_contents import SCALE_LENGTHS, content_counts, is_label, whole
from evaluation.intake.layouts.headers import one_line
from evaluation.intake.layouts.plain_table import recognise as plain_table
from evaluation.intake.layouts.statistic_words import PEOPLE_WORDS, is_total
from evaluation.intake.layouts.visit_diary import recognise as visit_diary
from evaluation.intake.table import Recognised, Refusal, Table
from evaluation.spreadsheets import Sheet

NAME = "turned_table"
# Turning goes cell by cell, and no table has as many people side by side.
LARGEST = 2000
_LESS_SURE = 0.05
_UNCLEAR = weaker(SHAPE_ONLY, 25)


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return the table on ``sheet`` once it is turned, a little less sure than an upright one.

    People numbered just like the answers of a scale may be numbers of answers instead: that is refused where nobody
    knows better.
    """
    if not 2 <= sheet.height < LARGEST or sheet.width >= LARGEST:
        return Recognised(NAME, NO)
    turned = sheet.turn()
    readers = (plain_table, attendance_register, visit_diary)
    best = max((reader(turned, known) for reader in readers), key=lambda reading: reading.score)
    tables = tuple(replace(table, layout=NAME) for table in best.tables if isinstance(table, Table))
    if best.score < SHAPE_ONLY or not tables:
        return Recognised(NAME, NO)
    if any(_may_be_counted(table, known) for table in tables):
        return Recognised(NAME, _UNCLEAR, (Refusal("counts_or_answers"),))
    return Recognised(NAME, best.score - _LESS_SURE, tables)


def _may_be_counted(table: Table, known: Known) -> bool:
    """Tell whether the people are called 1 to 5, 0 to 10 or the like, and nothing says that they are people.

    An answer in words says so.
    """
    if any(field.system == PARTICIPANT for field in table.fields):
        return False
    answers = [table.sheet.columns[field.columns[0]] for field in table.questions]
    if any(is_label(content, known) for column in answers for content in content_counts(column, table.rows)):
        return False
    for field in table.fields:
        column = table.sheet.columns[field.columns[0]]
        named = [cell for row in table.rows if not is_total(one_line(cell := column.cell(int(row))))]
        cells = [whole(cell) for cell in named]
        first = cells[0] if cells else None
        numbered = first in (0, 1) and cells == list(range(first, first + len(cells)))
        if numbered and len(cells) in SCALE_LENGTHS and fold_heading(field.names[0]) not in PEOPLE_WORDS:
            return True
    return False
