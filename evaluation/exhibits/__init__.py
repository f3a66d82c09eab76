"""What page and files show, decided once: title, findings, chart as data, table and notes."""

from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.practice_report import methods, practice_report
from evaluation.exhibits.report import Report, Section
from evaluation.exhibits.reports_of_several import (
    comparison_report,
    county_report,
    everything_report,
    municipality_report,
)

__all__ = [
    "Exhibit",
    "Report",
    "Section",
    "comparison_report",
    "county_report",
    "everything_report",
    "methods",
    "municipality_report",
    "practice_report",
]
