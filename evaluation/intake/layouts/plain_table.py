"""A table typed by hand: headings among the first rows, a row a respondent, answers as codes or as labels."""

from evaluation.intake.folding import fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, SHAPE_ONLY, weaker
from evaluation.intake.layouts.column_contents import holds_answers, number, share
from evaluation.intake.layouts.typed_table import Header, fields_under, find_header, shape_header, table_of
from evaluation.intake.table import Recognised, Table, TableField
from evaluation.spreadsheets import EMPTY, Content, Sheet

NAME = "plain_table"
SURE = weaker(LIKELY, 15)
BY_SHAPE = weaker(SHAPE_ONLY, 40)
FEWEST_ROWS, MOST_OPTIONS = 5, 11
NUMBERING = frozenset({"", "nro", "nr", "no", "n:o", "#", "rivi", "rad", "row", "numero", "nummer", "number"})


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return the table on ``sheet``: sure when its headings are known, doubtful when only its shape fits."""
    best = Recognised(NAME, NO)
    for header in (find_header(sheet, known), shape_header(sheet, known)):
        if header is None or best.score >= SURE:
            continue
        table = table_of(sheet, NAME, header.rows, fields_under(sheet, header.rows, known))
        score = _score(header, table, known)
        if score > best.score:
            best = Recognised(NAME, score, (table,))
    return best


def recognise_by_shape(sheet: Sheet, known: Known) -> Recognised | None:
    """Return a table of undefined questions and answers, by its shape alone; None where the shape does not fit.

    It has a row of headings, five rows or more, and in most of its columns the same few contents again and again, as
    closed questions have. Only a file in which nothing else was recognised is read this way.
    """
    header = shape_header(sheet, known)
    if header is None:
        return None
    table = table_of(sheet, NAME, header.rows, fields_under(sheet, header.rows, known))
    closed = tuple(field for field in table.questions if _is_closed(table, field))
    if (
        len(table.rows) < FEWEST_ROWS
        or len(closed) < max(2, len(table.questions) / 2)
        or _is_other(table, closed, known)
    ):
        return None
    return Recognised(NAME, BY_SHAPE, (table,))


def _is_closed(table: Table, field: TableField) -> bool:
    """Tell whether a column holds few contents again and again, and hardly any amounts."""
    column = table.sheet.columns[field.columns[0]]
    codes = column.codes[table.rows]
    filled = codes[codes != EMPTY]
    few = len(set(filled.tolist())) <= min(MOST_OPTIONS, len(filled) / 2)
    return bool(len(filled)) and few and share(column, table.rows, _is_amount) <= 0.5


def _score(header: Header, table: Table, known: Known) -> float:
    if header.questions and header.questions + header.systems >= 2:
        return SURE
    answered = _answered(table, known)
    if header.questions:
        heading = next(field for field in table.questions if any(map(known.find, field.names)))
        return SHAPE_ONLY if heading in answered else NO
    if _is_other(table, answered, known):
        return NO
    systems = sum(field.kind == "system" for field in table.fields)
    if len(answered) >= (1 if systems else 2):
        return weaker(SHAPE_ONLY, {0: 30, 1: 20}.get(systems, 10))
    return NO


def _answered(table: Table, known: Known) -> tuple[TableField, ...]:
    """Return the fields in which answers on a scale stand."""
    return tuple(
        field
        for field in table.questions
        if fold_heading(field.names[0]) not in NUMBERING
        and not known.is_personal(field.names[0])
        and holds_answers(table.sheet.columns[field.columns[0]], table.rows, known)
    )


def _is_other(table: Table, answered: tuple[TableField, ...], known: Known) -> bool:
    """Tell whether a table without a known question is a budget or a list of people: sums, or names and a few ticks."""
    columns = table.sheet.columns
    scales = {field.columns for field in answered}
    sums = [
        field
        for field in table.questions
        if field.columns not in scales and share(columns[field.columns[0]], table.rows, _is_amount) > 0.5
    ]
    if sums and len(sums) >= len(answered):
        return True
    personal = any(known.is_personal(name) for field in table.fields for name in field.names)
    few = all(len(set(columns[field.columns[0]].codes[table.rows])) <= 3 for field in answered)
    return personal and few


def _is_amount(content: Content) -> bool:
    value = number(content)
    return value is not None and (value > 10 or value != int(value))
