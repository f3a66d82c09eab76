"""The ways a sheet of answers can be laid out, one module per layout; the surest one reads the sheet."""

from collections.abc import Callable
from dataclasses import replace

from evaluation.intake.known import Known
from evaluation.intake.layouts.attendance_register import recognise as attendance_register_layout
from evaluation.intake.layouts.blocks import recognise as blocks_layout
from evaluation.intake.layouts.certainty import CERTAIN, NO
from evaluation.intake.layouts.counted_table import recognise as counted_table_layout
from evaluation.intake.layouts.entry_template import recognise as entry_template_layout
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
from evaluation.intake.layouts.result_tables import is_table_of_means
from evaluation.intake.layouts.stacked import recognise as stacked_layout
from evaluation.intake.layouts.start_and_end import recognise as start_and_end_layout
from evaluation.intake.layouts.start_and_end import recognise_at
from evaluation.intake.layouts.statistics_rows import without_statistics
from evaluation.intake.layouts.surveymonkey import recognise as surveymonkey_layout
from evaluation.intake.layouts.times import with_times, with_timing_column
from evaluation.intake.layouts.turned_table import recognise as turned_table_layout
from evaluation.intake.layouts.typed_table import takes_answers, with_exact_questions
from evaluation.intake.layouts.typeform import recognise as typeform_layout
from evaluation.intake.layouts.visit_diary import recognise as visit_diary_layout
from evaluation.intake.layouts.webropol import recognise as webropol_layout
from evaluation.intake.table import Recognised, Refusal, Table, TableOrRefusal
from evaluation.spreadsheets import Sheet

Layout = Callable[[Sheet, Known], Recognised]

# Of equally sure layouts the first wins: the more particular ones stand before the plainer ones.
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
    """Return what the surest layout reads on ``sheet``, with rows of statistics set aside; None where no layout fits.

    Args:
        sheet: the sheet.
        known: the ways questions and answers are written.
        header: the row (from 0) of the headings as the worker says; then the layouts are not tried.
        by_shape: whether a table without any known question or answer is accepted by its shape.
    """
    best = _surest(sheet, known) if header is None else recognise_at(sheet, header, known)
    if best is None and by_shape:
        best = recognise_by_shape(sheet, known)
    if best is None:
        return None
    answers = [_without_statistics(table, known) for table in best.tables]
    return replace(best, tables=with_times([_timed(table, known) for table in answers]))


def _surest(sheet: Sheet, known: Known) -> Recognised | None:
    best: Recognised | None = None
    for layout in LAYOUTS:
        recognised = layout(sheet, known)
        if (
            recognised.tables
            and recognised.score > (best.score if best else NO)
            and not takes_answers(recognised, sheet, known)
        ):
            best = recognised
        # Nothing can be surer; our own workbooks, which come most often, need no closer look.
        if best and best.score == CERTAIN:
            break
    return best


def _timed(table: TableOrRefusal, known: Known) -> TableOrRefusal:
    return with_timing_column(with_exact_questions(table, known), known) if isinstance(table, Table) else table


def _without_statistics(table: TableOrRefusal, known: Known) -> TableOrRefusal:
    """Return a table with its rows of statistics set aside; a table of nothing but figures is a report."""
    if not isinstance(table, Table):
        return table
    answers = without_statistics(table)
    return (
        Refusal("not_answers_report") if isinstance(answers, Table) and is_table_of_means(answers, known) else answers
    )
