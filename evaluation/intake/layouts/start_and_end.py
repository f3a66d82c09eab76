"""A row a person with the start and the end beside one another: each question stands twice, with its time."""

from collections.abc import Callable
from dataclasses import replace

from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.bands import ROWS_ABOVE, Parted, bands_above
from evaluation.intake.layouts.contents import is_header_like
from evaluation.intake.layouts.headers import one_line, titles_above
from evaluation.intake.layouts.options import question
from evaluation.intake.layouts.tables import fields_under, merged_down, rows_searched, stands_below_again, table_of
from evaluation.intake.layouts.timed_headings import headings_of_time, runs_repeated, times_below
from evaluation.intake.table import Recognised, Table
from evaluation.spreadsheets import Sheet

NAME = "start_and_end"
PLAIN = "plain_table"
SURE = 0.8
# Surer than a plain table of known headings, which would lose one of two columns.
UNCLEAR = 0.75
_WAYS: tuple[Callable[[Sheet, int, Known], Parted | None], ...] = (
    headings_of_time,
    bands_above,
    runs_repeated,
)


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return the table whose columns are parted by time; sure where words of time part them."""
    for row in rows_searched(sheet):
        parted = parted_at(sheet, row, known)
        if parted is not None and not stands_below_again(sheet, max(parted.rows)):
            # What looks like headings with a time may be bands ("Alku (n = 8)") over the headings.
            under = [
                below
                for below in range(row + 1, min(row + 1 + ROWS_ABOVE, sheet.height))
                if is_header_like(sheet.row(below), known)
            ]
            parted = next((found for below in under if (found := bands_above(sheet, below, known))), parted)
            sure = len({band.timing for band in parted.bands} - {None}) > 1
            return Recognised(NAME, SURE if sure else UNCLEAR, (table_parted(sheet, parted, known),))
    return Recognised(NAME, 0.0)


def recognise_at(sheet: Sheet, row: int, known: Known) -> Recognised:
    """Return the table whose headings stand in ``row``, as the worker says, with the bands above them."""
    parted = parted_at(sheet, row, known)
    if parted is not None:
        return Recognised(NAME, SURE, (table_parted(sheet, parted, known),))
    rows = merged_down(sheet, (row,))
    return Recognised(PLAIN, SURE, (table_of(sheet, PLAIN, rows, fields_under(sheet, rows, known)),))


def parted_at(sheet: Sheet, row: int, known: Known) -> Parted | None:
    """Return the header at ``row`` if its columns are parted by time, by the first way that fits."""
    if row + 1 >= sheet.height:
        return None
    times = times_below(sheet, row, known)
    if times is not None:
        return times
    if not is_header_like(sheet.row(row), known):
        return None
    return next((parted for way in _WAYS if (parted := way(sheet, row, known)) is not None), None)


def table_parted(sheet: Sheet, parted: Parted, known: Known) -> Table:
    """Return the one table under a header parted by time, each field with its band."""
    timings = {band.key: band.timing for band in parted.bands}
    own = []
    for place, band in parted.of.items():
        shown = one_line(sheet.cell(max(parted.rows), place))
        asked = parted.asked[place]
        heading = asked if parted.times_below else shown
        field = question(place, heading, (asked, heading), known)
        own.append(replace(field, timing=timings[band], band=band))
    shared = fields_under(sheet, parted.rows, known, skip=parted.of)
    fields = sorted((*own, *shared), key=lambda field: field.columns)
    table = table_of(sheet, NAME, parted.rows, fields)
    bands = {band.cell for band in parted.bands}
    labels = {fold(band.text) for band in parted.bands}
    titles = tuple(
        title
        for title in titles_above(sheet, min(parted.rows))
        if sheet.address(title[0], title[1]) not in bands and fold(title[2]) not in labels
    )
    return replace(table, titles=titles, bands=parted.bands)
