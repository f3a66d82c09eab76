"""Distinct contents of a column → values: codes on a scale, counts, days, participant codes, open answers, marks."""

from evaluation.intake.values.comparing import comparable
from evaluation.intake.values.counts import read_count
from evaluation.intake.values.dates import read_dates
from evaluation.intake.values.options import read_options
from evaluation.intake.values.participants import is_total, read_participant
from evaluation.intake.values.read import NEVER_SHOWN, Read
from evaluation.intake.values.scales import ScaleReader
from evaluation.intake.values.texts import read_text

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
