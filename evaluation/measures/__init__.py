"""From counts to published tables of estimates, through the one gate for privacy."""

from evaluation.measures.disclosure import FEW, NEARLY_ALL, OpenAnswers, Policy, Published, records
from evaluation.measures.evidence import Evidence, publish, read_open_answers
from evaluation.measures.units import JOINT

__all__ = [
    "FEW",
    "JOINT",
    "NEARLY_ALL",
    "Evidence",
    "OpenAnswers",
    "Policy",
    "Published",
    "publish",
    "read_open_answers",
    "records",
]
