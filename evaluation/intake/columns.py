"""The key of a column of an upload."""

from evaluation.intake.folding import fold
from evaluation.records import ColumnMatch


def column_key(match: ColumnMatch) -> str:
    """Return the key of a column: its folded heading, numbered where it repeats."""
    return match.key or fold(match.heading)
