"""Distinct contents of a column → values: codes of answers, numbers, days, participant codes, open answers, marks."""

from evaluation.intake.values.cell_values import NEVER_SHOWN, Read, read_count, read_number, read_options, read_text
from evaluation.intake.values.dates import comparable, read_dates
from evaluation.intake.values.option_answers import Choices, OptionReader
from evaluation.intake.values.participants import is_total, read_participant
from evaluation.intake.values.scale_answers import ScaleReader, plain_scale_reader

__all__ = [
    "NEVER_SHOWN",
    "Choices",
    "OptionReader",
    "Read",
    "ScaleReader",
    "comparable",
    "is_total",
    "plain_scale_reader",
    "read_count",
    "read_dates",
    "read_number",
    "read_options",
    "read_participant",
    "read_text",
]
