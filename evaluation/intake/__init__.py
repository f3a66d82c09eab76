"""The way in: workbook bytes become coded answers and problems. Pure: nothing is written here."""

from evaluation.intake.context import Given
from evaluation.intake.reading import read_draft

__all__ = ["Given", "read_draft"]
