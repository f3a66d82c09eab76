"""From counts to published tables of estimates, through the one gate for privacy."""

from evaluation.measures.counted import Counted
from evaluation.measures.evidence import (
    Evidence,
    choose,
    pass_open_answers,
    plain_rows,
    publish,
    read_open_answers,
    take_counts,
)
from evaluation.measures.overall import Overall, overall_share
from evaluation.measures.reach import people_reached
from evaluation.measures.retirement import Retirement, months_before, retirement
from evaluation.privacy import (
    COHORT,
    FEW,
    NEARLY_ALL,
    PRACTICE,
    PRACTICE_ALL,
    OpenAnswers,
    Policy,
    Published,
    records,
)
from evaluation.privacy.publication_units import JOINT

__all__ = [
    "COHORT",
    "FEW",
    "JOINT",
    "NEARLY_ALL",
    "PRACTICE",
    "PRACTICE_ALL",
    "Counted",
    "Evidence",
    "OpenAnswers",
    "Overall",
    "Policy",
    "Published",
    "Retirement",
    "choose",
    "months_before",
    "overall_share",
    "pass_open_answers",
    "people_reached",
    "plain_rows",
    "publish",
    "read_open_answers",
    "records",
    "retirement",
    "take_counts",
]
