"""A visit diary: a row a day with how many people came, and what for."""

from evaluation.definitions.columns import ANSWERED_ON, PARTICIPANT
from evaluation.intake.folding import fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, SHAPE_ONLY, weaker
from evaluation.intake.layouts.column_contents import holds_counts
from evaluation.intake.layouts.typed_table import fields_under, find_header, shape_header, table_of
from evaluation.intake.table import Recognised, Table, TableField
from evaluation.spreadsheets import Sheet

NAME = "visit_diary"
# How diaries call the number of people, besides the texts of the questionnaires.
COUNTED = frozenset({
    "kävijät", "kävijämäärä", "kävijöiden määrä", "kävijöitä yhteensä", "käynnit", "käyntejä", "käyntimäärä",
    "asiakkaita", "asiakasmäärä", "asiakkaat", "osallistujia", "osallistujamäärä", "kävijät yhteensä",
    "besökare", "antal besökare", "besök", "antal besök", "antal klienter", "antal deltagare",
    "visitors", "visits", "number of visitors", "number of visits", "head count", "clients", "attendees",
})  # fmt: skip


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return the diary on ``sheet``: days and counts of known questions, without participants' codes."""
    best = Recognised(NAME, NO)
    for header in (find_header(sheet, known), shape_header(sheet, known)):
        if header is None:
            continue
        table = table_of(sheet, NAME, header.rows, fields_under(sheet, header.rows, known))
        score = _score(table, known)
        if score > best.score:
            best = Recognised(NAME, score, (table,))
    return best


def _score(table: Table, known: Known) -> float:
    systems = {field.system for field in table.fields}
    if ANSWERED_ON not in systems or PARTICIPANT in systems:
        return NO
    questions = [field for field in table.questions if any(map(known.find, field.names))]
    counted = [field for field in questions if _is_count(field, known)]
    if counted and 2 * len(counted) >= len(questions):
        return weaker(LIKELY, 5)
    named = [field for field in table.questions if fold_heading(field.names[0]) in COUNTED]
    numbers = [field for field in named if holds_counts(table.sheet.columns[field.columns[0]], table.rows)]
    return SHAPE_ONLY if numbers and not questions else NO


def _is_count(field: TableField, known: Known) -> bool:
    return any(known.is_count(item) for name in field.names for item in known.find(name))
