"""The ways a sheet of answers can be laid out, each in a module of its own; the one that is surest reads the sheet."""

from collections.abc import Callable
from dataclasses import replace

from evaluation.intake.known import Known
from evaluation.intake.layouts.attendance_register import recognise as attendance_register_layout
from evaluation.intake.layouts.block_times import with_times
from evaluation.intake.layouts.blocks import recognise as blocks_layout
from evaluation.intake.layouts.counted_table import recognise as counted_table_layout
from evaluation.intake.layouts.entry_template import recognise as entry_template_layout
from evaluation.intake.layouts.exact_headings import takes_answers, with_exact_questions
from evaluation.intake.layouts.google_forms import recognise as google_forms_layout
from evaluation.intake.layouts.jotform import recognise as jotform_layout
from evaluation.intake.layouts.kobotoolbox import recognise as kobotoolbox_layout
from evaluation.intake.layouts.limesurvey import recognise as limesurvey_layout
from evaluation.intake.layouts.microsoft_forms import recognise as microsoft_forms_layout
from evaluation.intake.layouts.not_answers import recognise as not_answers_layout
from evaluation.intake.layouts.option_columns import recognise as option_columns_layout
from evaluation.intake.layouts.plain_table import recognise as plain_table_layout
from evaluation.intake.layouts.plain_table import recognise_by_shape
from evaluation.intake.layouts.qualtrics import recognise as qualtrics_layout
from evaluation.intake.layouts.redcap import recognise as redcap_layout
from evaluation.intake.layouts.reports import is_table_of_means
from evaluation.intake.layouts.stacked import recognise as stacked_layout
from evaluation.intake.layouts.start_and_end import recognise as start_and_end_layout
from evaluation.intake.layouts.start_and_end import recognise_at
from evaluation.intake.layouts.statistics_rows import without_statistics
from evaluation.intake.layouts.surveymonkey import recognise as surveymonkey_layout
from evaluation.intake.layouts.timing_column import with_timing_column
from evaluation.intake.layouts.turned_table import recognise as turned_table_layout
from evaluation.intake.layouts.typeform import recognise as typeform_layout
from evaluation.intake.layouts.visit_diary import recognise as visit_diary_layout
from evaluation.intake.layouts.webropol import recognise as webropol_layout
from evaluation.intake.table import Found, Recognised, Refusal, Table
from evaluation.spreadsheets import Sheet

SURE = 1.0

Layout = Callable[[Sheet, Known], Recognised]

# Of layouts that are equally sure the first is taken: the more particular stand before the plainer.
LAYOUTS: tuple[Layout, ...] = (
    entry_template_layout,
    not_answers_layout,
    microsoft_forms_layout,
    google_forms_layout,
    webropol_layout,
    limesurvey_layout,
    kobotoolbox_layout,
    surveymonkey_layout,
    qualtrics_layout,
    redcap_layout,
    typeform_layout,
    jotform_layout,
    stacked_layout,
    start_and_end_layout,
    attendance_register_layout,
    visit_diary_layout,
    counted_table_layout,
    option_columns_layout,
    blocks_layout,
    plain_table_layout,
    turned_table_layout,
)


def recognise(sheet: Sheet, known: Known, header: int | None = None, *, by_shape: bool = False) -> Recognised | None:
    """Return what the surest layout found on ``sheet``, rows of statistics set aside; None where no layout knows it.

    Args:
        sheet: the sheet.
        known: the ways questions and answers are written.
        header: the row (from 0) in which the worker says that the headings stand; then no layout is asked.
        by_shape: whether a table of which no question or answer is known is taken for one by its shape.
    """
    best = _surest(sheet, known) if header is None else recognise_at(sheet, header, known)
    if best is None and by_shape:
        best = recognise_by_shape(sheet, known)
    if best is None:
        return None
    people = [_of_people(found, known) for found in best.found]
    return replace(best, found=with_times([_timed(found, known) for found in people]))


def _surest(sheet: Sheet, known: Known) -> Recognised | None:
    best: Recognised | None = None
    for layout in LAYOUTS:
        found = layout(sheet, known)
        if found.found and found.score > (best.score if best else 0.0) and not takes_answers(found, sheet, known):
            best = found
        # Nothing can be surer; our own workbooks, which come most often, need no closer look.
        if best and best.score == SURE:
            break
    return best


def _timed(found: Found, known: Known) -> Found:
    return with_timing_column(with_exact_questions(found, known), known) if isinstance(found, Table) else found


def _of_people(found: Found, known: Known) -> Found:
    """Return a table with its rows of statistics set aside; a table of nothing but figures is a report."""
    if not isinstance(found, Table):
        return found
    people = without_statistics(found)
    return Refusal("not_answers_report") if isinstance(people, Table) and is_table_of_means(people, known) else people
