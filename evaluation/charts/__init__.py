"""Published tables → figures, tables in words and descriptions; one function a chart, one theme."""

from evaluation.charts.change import change_bars, dumbbell
from evaluation.charts.comparison import comparison
from evaluation.charts.participation import enrolment, openings, sessions
from evaluation.charts.satisfaction import favourable, recommendation, satisfaction
from evaluation.charts.tables import alt_text, table
from evaluation.charts.words import Words

__all__ = [
    "Words",
    "alt_text",
    "change_bars",
    "comparison",
    "dumbbell",
    "enrolment",
    "favourable",
    "openings",
    "recommendation",
    "satisfaction",
    "sessions",
    "table",
]
