"""What the tests of rights share: drafts made from values, and a store with forms of two municipalities."""

import shutil
from pathlib import Path

import pytest

from evaluation.store import Store, open_store
from tests.store.conftest import draft

__all__ = ["draft"]

HERS, OTHER = "Nokia", "Tampere"


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory, empty_database: Path, draft) -> Path:
    """Give the file of a database with imports of three persons: hers, a colleague's, one of another municipality."""
    path = Path(shutil.copy(empty_database, tmp_path_factory.mktemp("stored") / "stored.duckdb"))
    store = _opened(path)
    store.acting("her").accept(draft(*_forms(HERS, "A"), file="oma.xlsx"))
    store.acting("colleague").accept(draft(*_forms(HERS, "B"), file="kollegan.xlsx"))
    store.acting("stranger").accept(draft(*_forms(OTHER, "C"), file="muun.xlsx"))
    return path


@pytest.fixture(scope="session")
def shared(stored: Path) -> Store:
    """Give that database to tests that change nothing."""
    return _opened(stored)


@pytest.fixture
def whole(tmp_path: Path, stored: Path) -> Store:
    """Give a copy of it."""
    return _opened(Path(shutil.copy(stored, tmp_path / "own.duckdb")))


def _opened(path: Path) -> Store:
    return open_store(f"duckdb:///{path.as_posix()}")


def _forms(town: str, letter: str) -> list[dict[str, object]]:
    return [
        {"participant": f"{letter}{number}", "municipality": town, "answers": {"mood": 3}, "texts": {"best": town}}
        for number in range(6)
    ]
