"""From counts to published tables of estimates, through the one gate for privacy."""

from evaluation.measures.column_formats import Column, Format
from evaluation.measures.coverage import Coverage
from evaluation.measures.evidence import Evidence, plain_rows, publish, take_counts
from evaluation.measures.measure import FAMILIES, ExhibitKind, Measure, Place
from evaluation.measures.overall import Overall, overall_share, people_reached
from evaluation.measures.registry import REGISTRY
from evaluation.measures.retirement import Retirement, months_before, retirement
from evaluation.measures.texts_to_release import (
    pass_open_answers,
    pass_question_texts,
    read_open_answers,
    read_question_texts,
    stored_rows,
    waiting_texts,
    with_everything_released,
)
from evaluation.measures.unit_counts import CountsByUnit, unit_decision
from evaluation.privacy import (
    AREAS,
    COHORT,
    COUNTY,
    COUNTY_TYPE,
    FEW,
    JOINT,
    MUNICIPALITY,
    NEARLY_ALL,
    PRACTICE,
    PRACTICE_ALL,
    SMALL_PARTS,
    TYPE,
    OpenAnswers,
    Policy,
    Published,
    QuestionTexts,
    ScreenedText,
    Waiting,
    records,
)
from evaluation.statistics.unit_differences import LEAST_COMPARED

__all__ = [
    "AREAS",
    "COHORT",
    "COUNTY",
    "COUNTY_TYPE",
    "FAMILIES",
    "FEW",
    "JOINT",
    "LEAST_COMPARED",
    "MUNICIPALITY",
    "NEARLY_ALL",
    "PRACTICE",
    "PRACTICE_ALL",
    "REGISTRY",
    "SMALL_PARTS",
    "TYPE",
    "Column",
    "CountsByUnit",
    "Coverage",
    "Evidence",
    "ExhibitKind",
    "Format",
    "Measure",
    "OpenAnswers",
    "Overall",
    "Place",
    "Policy",
    "Published",
    "QuestionTexts",
    "Retirement",
    "ScreenedText",
    "Waiting",
    "months_before",
    "overall_share",
    "pass_open_answers",
    "pass_question_texts",
    "people_reached",
    "plain_rows",
    "publish",
    "read_open_answers",
    "read_question_texts",
    "records",
    "retirement",
    "stored_rows",
    "take_counts",
    "unit_decision",
    "waiting_texts",
    "with_everything_released",
]
