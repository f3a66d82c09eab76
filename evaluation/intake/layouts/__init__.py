"""The ways a sheet of answers can be laid out, each in a module of its own; the one that is surest reads the sheet."""

from collections.abc import Callable

from evaluation.intake.known import Known
from evaluation.intake.layouts import (
    attendance_register,
    blocks,
    counted_table,
    entry_template,
    google_forms,
    jotform,
    kobotoolbox,
    limesurvey,
    microsoft_forms,
    not_answers,
    option_columns,
    plain_table,
    qualtrics,
    redcap,
    surveymonkey,
    turned_table,
    typeform,
    visit_diary,
    webropol,
)
from evaluation.intake.table import Recognised
from evaluation.spreadsheets import Sheet

Layout = Callable[[Sheet, Known], Recognised]

# Of layouts that are equally sure the first is taken: the more particular stand before the plainer.
LAYOUTS: tuple[Layout, ...] = (
    entry_template.recognise,
    not_answers.recognise,
    microsoft_forms.recognise,
    google_forms.recognise,
    webropol.recognise,
    limesurvey.recognise,
    kobotoolbox.recognise,
    surveymonkey.recognise,
    qualtrics.recognise,
    redcap.recognise,
    typeform.recognise,
    jotform.recognise,
    attendance_register.recognise,
    visit_diary.recognise,
    counted_table.recognise,
    option_columns.recognise,
    blocks.recognise,
    plain_table.recognise,
    turned_table.recognise,
)


def recognise(sheet: Sheet, known: Known) -> Recognised | None:
    """Return what the surest layout found on ``sheet``; None where no layout knows it."""
    found = [layout(sheet, known) for layout in LAYOUTS]
    best = max(found, key=lambda each: each.score)
    return best if best.score > 0 and best.found else None
