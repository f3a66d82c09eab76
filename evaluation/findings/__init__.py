"""Published tables in sentences: what they show, what may be said of it, and what is missing; worded once."""

from evaluation.findings.gaps import Gap, gaps
from evaluation.findings.glance import USEFULNESS, Glance, first_change, glance, usefulness
from evaluation.findings.key_figures import KeyFigure, reached, share
from evaluation.findings.narrative import COUNTED_FIRST, limits, responses, sentences
from evaluation.findings.quotes import Quotes, quotes
from evaluation.findings.verdicts import compared, since_before, trends
from evaluation.findings.words import Words

__all__ = [
    "COUNTED_FIRST",
    "USEFULNESS",
    "Gap",
    "Glance",
    "KeyFigure",
    "Quotes",
    "Words",
    "compared",
    "first_change",
    "gaps",
    "glance",
    "limits",
    "quotes",
    "reached",
    "responses",
    "sentences",
    "share",
    "since_before",
    "trends",
    "usefulness",
]
