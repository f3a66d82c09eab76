"""Published tables → what a report says and shows, and the files that it becomes."""

from evaluation.reports.across import comparison_report, everything_report, municipality_report
from evaluation.reports.content import Exhibit, KeyFigure, Quotes, Report, Section
from evaluation.reports.exhibits import by_national_theme
from evaluation.reports.gaps import Gap, gaps
from evaluation.reports.glance import Glance, first_change, glance, usefulness
from evaluation.reports.narrative import COUNTED_FIRST, limits, responses, sentences
from evaluation.reports.practice import methods, practice_report, quotes
from evaluation.reports.verdicts import compared, since_before, trends

__all__ = [
    "COUNTED_FIRST",
    "Exhibit",
    "Gap",
    "Glance",
    "KeyFigure",
    "Quotes",
    "Report",
    "Section",
    "by_national_theme",
    "compared",
    "comparison_report",
    "everything_report",
    "first_change",
    "gaps",
    "glance",
    "limits",
    "methods",
    "municipality_report",
    "practice_report",
    "quotes",
    "responses",
    "sentences",
    "since_before",
    "trends",
    "usefulness",
]
