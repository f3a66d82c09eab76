"""The synthetic sample data: reads the workbooks of ``sample_data/`` into a store."""

from pathlib import Path

from evaluation.definitions import Library
from evaluation.intake import read_draft
from evaluation.records import Receipt
from evaluation.store import Store

FOLDER = Path(__file__).resolve().parents[1] / "sample_data"


def load_samples(store: Store, library: Library) -> tuple[Receipt, ...]:
    """Accept every sample workbook; what is there already is not added again."""
    paths = sorted(FOLDER.glob("*.xlsx"))
    return tuple(store.accept(read_draft(path.read_bytes(), path.name, library)) for path in paths)
