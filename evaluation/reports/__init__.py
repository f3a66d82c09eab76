"""Published tables → sentences and slides."""

from evaluation.reports.narrative import limits, sentences
from evaluation.reports.slides import slides

__all__ = ["limits", "sentences", "slides"]
