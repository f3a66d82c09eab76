"""Open answers: what stands in a cell, as people would write it."""

from evaluation.intake.personal_data import as_text
from evaluation.intake.values.read import Read, faulty
from evaluation.spreadsheets import CellFault, Content


def read_text(content: Content) -> Read[str]:
    """Return an open answer as written; nothing is masked yet."""
    if isinstance(content, CellFault):
        return faulty(content)
    return Read(as_text(content) or None)
