"""The one gate for privacy: counts of too few people go no further, and only here are Published tables made."""

from evaluation.measures.disclosure.cells import at_every_level
from evaluation.measures.disclosure.detail import Answers
from evaluation.measures.disclosure.gate import Gate, Laid
from evaluation.measures.disclosure.numbering import Whole, added, numbered, rows_of
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
)

__all__ = [
    "CELL",
    "COHORT",
    "ESTIMATE",
    "FEW",
    "NEARLY_ALL",
    "PRACTICE",
    "PRACTICE_ALL",
    "Answers",
    "Gate",
    "Laid",
    "OpenAnswers",
    "Policy",
    "Published",
    "Screened",
    "Whole",
    "added",
    "at_every_level",
    "numbered",
    "records",
    "rows_of",
    "screen_texts",
    "seal",
]
