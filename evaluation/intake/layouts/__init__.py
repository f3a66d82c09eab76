"""The ways a sheet of answers can be laid out, each in a module of its own; the one that is surest reads the sheet."""

from collections.abc import Callable

from evaluation.intake.known import Known
from evaluation.intake.layouts.attendance_register import recognise as attendance_register
from evaluation.intake.layouts.blocks import recognise as blocks
from evaluation.intake.layouts.counted_table import recognise as counted_table
from evaluation.intake.layouts.entry_template import recognise as entry_template
from evaluation.intake.layouts.google_forms import recognise as google_forms
from evaluation.intake.layouts.jotform import recognise as jotform
from evaluation.intake.layouts.kobotoolbox import recognise as kobotoolbox
from evaluation.intake.layouts.limesurvey import recognise as limesurvey
from evaluation.intake.layouts.microsoft_forms import recognise as microsoft_forms
from evaluation.intake.layouts.not_answers import recognise as not_answers
from evaluation.intake.layouts.option_columns import recognise as option_columns
from evaluation.intake.layouts.plain_table import recognise as plain_table
from evaluation.intake.layouts.qualtrics import recognise as qualtrics
from evaluation.intake.layouts.redcap import recognise as redcap
from evaluation.intake.layouts.surveymonkey import recognise as surveymonkey
from evaluation.intake.layouts.turned_table import recognise as turned_table
from evaluation.intake.layouts.typeform import recognise as typeform
from evaluation.intake.layouts.visit_diary import recognise as visit_diary
from evaluation.intake.layouts.webropol import recognise as webropol
from evaluation.intake.table import Recognised
from evaluation.spreadsheets import Sheet

Layout = Callable[[Sheet, Known], Recognised]

# Of layouts that are equally sure the first is taken: the more particular stand before the plainer.
LAYOUTS: tuple[Layout, ...] = (
    entry_template,
    not_answers,
    microsoft_forms,
    google_forms,
    webropol,
    limesurvey,
    kobotoolbox,
    surveymonkey,
    qualtrics,
    redcap,
    typeform,
    jotform,
    attendance_register,
    visit_diary,
    counted_table,
    option_columns,
    blocks,
    plain_table,
    turned_table,
)


def recognise(sheet: Sheet, known: Known) -> Recognised | None:
    """Return what the surest layout found on ``sheet``; None where no layout knows it."""
    found = [layout(sheet, known) for layout in LAYOUTS]
    best = max(found, key=lambda each: each.score)
    return best if best.score > 0 and best.found else None
