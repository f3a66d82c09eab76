"""The column that says row by row whether a form is a start or an end, known by what stands in it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.folding import fold_heading
from evaluation.intake.gathering import filled_down
from evaluation.intake.known import Known
from evaluation.intake.layouts.contents import held
from evaluation.intake.layouts.headers import one_line
from evaluation.intake.layouts.tables import HEADER_ROWS
from evaluation.intake.layouts.times import LONGEST_LABEL, label_timing, ordinal
from evaluation.intake.table import TIMING, Table, TableField
from evaluation.intake.values import read_dates
from evaluation.spreadsheets import Content

# Of the filled cells as many hold words of time, and of the rows as many are filled.
MOST = 0.8
MOST_CONTENTS = 12
# How words in headings of columns begin that may tell the time, and whole words; what stands below must fit.
_HEADING = re.compile(
    r"\b(?:lomak|kysel|vaihe|milloin|ajankoh|mittau|mittaa|kerta|kartoitu|formulär|enkät|mätning|tidpunkt|mättillfäll)|"
    r"\b(?:alku ?/ ?loppu|alku vai loppu|när|fas|form|survey|when|phase|wave|round)\b"
)
# Under such a heading as many cells hold words of time.
SOME = 0.5


def with_timing_column(table: Table, known: Known) -> Table:
    """Return a table with the column that tells the time of its rows, if it has one and nothing else tells that.

    A column that is headed like one and holds days is the day of the answer.
    """
    fields = tuple(_as_day(field, table) for field in table.fields)
    table = replace(table, fields=fields)
    if table.timing or table.bands or any(field.system == TIMING for field in fields):
        return table
    shares = {number: share for number, field in enumerate(fields) if (share := _share(field, table, known))}
    if not shares:
        return table
    best = max(shares, key=lambda number: (shares[number], -number))
    timing = replace(fields[best], kind="system", system=TIMING)
    return replace(table, fields=(*fields[:best], timing, *fields[best + 1 :]))


def _contents(field: TableField, table: Table) -> Mapping[Content, int]:
    return held(filled_down(table.sheet, field.columns[0]), table.rows)


def _share(field: TableField, table: Table, known: Known) -> float:
    """Return which share of a column's cells names a time; 0 for a column that is none of times."""
    if field.kind != "question" or any(map(known.find, field.names)):
        return 0.0
    # Above the table stand a few more; a column of open answers needs no closer look.
    if len(table.sheet.columns[field.columns[0]].values) > MOST_CONTENTS + HEADER_ROWS:
        return 0.0
    contents = _contents(field, table)
    total = sum(contents.values())
    if not 0 < len(contents) <= MOST_CONTENTS or total < MOST * len(table.rows):
        return 0.0
    timings = {content: label_timing(one_line(content)) if isinstance(content, str) else None for content in contents}
    share = sum(contents[content] for content, timing in timings.items() if timing) / total
    if share >= MOST and len(set(timings.values()) - {None}) > 1:
        return share
    if not _is_headed_so(field):
        return 0.0
    numbered = len(contents) > 1 and all(_counts_measurements(content) for content in contents)
    return share if share >= SOME else 0.5 if numbered else 0.0


def _is_headed_so(field: TableField) -> bool:
    heading = fold_heading(field.heading)
    return len(heading) <= LONGEST_LABEL and _HEADING.search(heading) is not None


def _counts_measurements(content: Content) -> bool:
    number = ordinal(one_line(content))
    return number is not None and number <= 3 and not isinstance(content, date)


def _as_day(field: TableField, table: Table) -> TableField:
    if field.system != TIMING or any(each.system == ANSWERED_ON for each in table.fields):
        return field
    contents = list(_contents(field, table))
    days = sum(day.value is not None for day in read_dates(contents, "dm"))
    return replace(field, system=ANSWERED_ON) if contents and days >= MOST * len(contents) else field
