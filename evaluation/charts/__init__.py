"""Published tables → figures, tables in words and descriptions; one function a chart, one theme."""

from evaluation.charts.change import change, change_bars
from evaluation.charts.comparison import comparison
from evaluation.charts.conditions import conditions
from evaluation.charts.glance import glance
from evaluation.charts.participation import enrolment, openings, sessions
from evaluation.charts.satisfaction import favourable, recommendation, satisfaction
from evaluation.charts.tables import alt_text, table
from evaluation.charts.trend import trend
from evaluation.charts.words import Words
from evaluation.charts.workbook import MIME, figures_workbook

__all__ = [
    "MIME",
    "Words",
    "alt_text",
    "change",
    "change_bars",
    "comparison",
    "conditions",
    "enrolment",
    "favourable",
    "figures_workbook",
    "glance",
    "openings",
    "recommendation",
    "satisfaction",
    "sessions",
    "table",
    "trend",
]
