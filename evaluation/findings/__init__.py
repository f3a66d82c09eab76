"""What published tables say: findings, worded in one place for card, page, chart, notes and report."""

from evaluation.findings.coverage_text import coverage_text
from evaluation.findings.finding import Case, Finding, Topic
from evaluation.findings.gaps import Gap, gaps, waiting, waiting_text
from evaluation.findings.glance import USEFULNESS, Glance, first_change, glance, glance_of_one, usefulness
from evaluation.findings.key_figures import KeyFigure, card, improved, reached, satisfied
from evaluation.findings.narrative import COUNTED_FIRST, findings_by_family, limits, responses, sentences
from evaluation.findings.quotes import Quotes, question_title, quotes
from evaluation.findings.verdicts import compared, since_before, trends
from evaluation.findings.wording import sentence, worded
from evaluation.findings.words import Words

__all__ = [
    "COUNTED_FIRST",
    "USEFULNESS",
    "Case",
    "Finding",
    "Gap",
    "Glance",
    "KeyFigure",
    "Quotes",
    "Topic",
    "Words",
    "card",
    "compared",
    "coverage_text",
    "findings_by_family",
    "first_change",
    "gaps",
    "glance",
    "glance_of_one",
    "improved",
    "limits",
    "question_title",
    "quotes",
    "reached",
    "responses",
    "satisfied",
    "sentence",
    "sentences",
    "since_before",
    "trends",
    "usefulness",
    "waiting",
    "waiting_text",
    "worded",
]
