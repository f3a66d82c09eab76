"""What a column of an upload is called where something is said of it."""

from evaluation.intake.folding import fold
from evaluation.records import ColumnMatch


def column_key(match: ColumnMatch) -> str:
    """Return the key by which something is said of a column: its folded heading, numbered where it repeats."""
    return match.key or fold(match.heading)
