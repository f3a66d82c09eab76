"""The one gate for privacy: counts of too few people go no further, and only here are Published tables made."""

from evaluation.measures.disclosure.gate import Gate
from evaluation.measures.disclosure.open_answers import OpenAnswers, screen_texts
from evaluation.measures.disclosure.published import ESTIMATE, Published, records, seal
from evaluation.measures.disclosure.screened import (
    CELL,
    COHORT,
    FEW,
    NEARLY_ALL,
    PRACTICE,
    PRACTICE_ALL,
    Policy,
    Screened,
    at_every_level,
)

__all__ = [
    "CELL",
    "COHORT",
    "ESTIMATE",
    "FEW",
    "NEARLY_ALL",
    "PRACTICE",
    "PRACTICE_ALL",
    "Gate",
    "OpenAnswers",
    "Policy",
    "Published",
    "Screened",
    "at_every_level",
    "records",
    "screen_texts",
    "seal",
]
