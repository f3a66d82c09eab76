"""Distinct contents of a column → values: codes on a scale, counts, days, participant codes, open answers, marks."""

from evaluation.intake.values.cell_values import NEVER_SHOWN, Read, read_count, read_options, read_text
from evaluation.intake.values.dates import comparable, read_dates
from evaluation.intake.values.participants import is_total, read_participant
from evaluation.intake.values.scale_answers import ScaleReader

__all__ = [
    "NEVER_SHOWN",
    "Read",
    "ScaleReader",
    "comparable",
    "is_total",
    "read_count",
    "read_dates",
    "read_options",
    "read_participant",
    "read_text",
]
