"""Published tables → sentences and slides."""

from evaluation.reports.narrative import limits, responses, sentences
from evaluation.reports.slides import slides
from evaluation.reports.verdicts import compared

__all__ = ["compared", "limits", "responses", "sentences", "slides"]
