"""Published tables → sentences and slides."""

from evaluation.reports.gaps import Gap, gaps
from evaluation.reports.glance import Glance, first_change, glance, usefulness
from evaluation.reports.narrative import COUNTED_FIRST, limits, responses, sentences
from evaluation.reports.slides import slides
from evaluation.reports.verdicts import compared, since_before, trends

__all__ = [
    "COUNTED_FIRST",
    "Gap",
    "Glance",
    "compared",
    "first_change",
    "gaps",
    "glance",
    "limits",
    "responses",
    "sentences",
    "since_before",
    "slides",
    "trends",
    "usefulness",
]
