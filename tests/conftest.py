"""What the tests share: the definitions, a store with the sample data, and workbooks filled in by a program."""

import gc
import io
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from openpyxl import Workbook, load_workbook

from evaluation.cli import main
from evaluation.definitions import Library, load_library
from evaluation.definitions.columns import entry_columns
from evaluation.forms import entry_template
from evaluation.i18n import languages
from evaluation.measures import Evidence, Policy, publish
from evaluation.store import Selection, Store, open_store
from tests.postgres import Cluster, running

# What takes seconds is done in one language, in the others as part of the whole run only.
EVERY_LANGUAGE = [each if each == "fi" else pytest.param(each, marks=pytest.mark.thorough) for each in languages()]

# A property must hold however busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

Fill = Callable[..., bytes]
Table = Callable[..., bytes]


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a database that holds the sample data; no test may change it.

    Processes that run tests side by side share it: whoever comes first makes it, and the others wait.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    path = shared / "sample.duckdb"
    with FileLock(f"{path}.lock"):
        if not path.exists():
            made = tmp_path_factory.mktemp("sample") / "sample.duckdb"
            assert main(["sample", "--database", f"duckdb:///{made.as_posix()}"]) == 0
            made.rename(path)
    return f"duckdb:///{path.as_posix()}"


@pytest.fixture(scope="session")
def sample_store(sample_database: str) -> Store:
    return open_store(sample_database)


@pytest.fixture(scope="session")
def sample_evidence(sample_store: Store, library: Library) -> Evidence:
    return publish(sample_store, library, Selection(), Policy())


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running() as made:
        yield made


@pytest.fixture
def store() -> Store:
    return open_store("duckdb:///:memory:")


@pytest.fixture(scope="session")
def fill(library: Library) -> Fill:
    """Give a function that fills an entry template in, as a program would: rows by column id."""

    def filled(
        practice: str,
        questionnaire: str,
        rows: Sequence[Mapping[str, object]],
        language: str = "fi",
        cohort: str | None = None,
        headings: Mapping[str, object] | None = None,
    ) -> bytes:
        form = library.questionnaire(questionnaire)
        template = entry_template(library, form, library.practices[practice], language, cohort)
        book = load_workbook(io.BytesIO(template))
        sheet = book.worksheets[0]
        places = {
            column.id: number for number, column in enumerate(entry_columns(form, library.practices[practice]), 1)
        }
        for column, heading in (headings or {}).items():
            sheet.cell(1, places[column], heading)
        for line, row in enumerate(rows, start=2):
            for column, value in row.items():
                sheet.cell(line, places[column], value)
        return saved(book)

    return filled


@pytest.fixture(scope="session")
def table() -> Table:
    """Give a function that makes a workbook typed by hand: sheets of rows, no hidden sheet."""

    def made(*rows: Sequence[object], sheet: str = "Taul1", **more: Sequence[Sequence[object]]) -> bytes:
        book = Workbook()
        first = book.worksheets[0]
        first.title = sheet
        for row in rows:
            first.append(list(row))
        for name, other in more.items():
            extra = book.create_sheet(name)
            for row in other:
                extra.append(list(row))
        return saved(book)

    return made


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of an empty database, to be copied: to make one takes longer than most tests do."""
    path = tmp_path_factory.mktemp("empty") / "empty.duckdb"
    open_store(f"duckdb:///{path.as_posix()}")
    return path


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_database: Path) -> str:
    """Point the toolkit at an empty database of its own; return its address."""
    path = shutil.copy(empty_database, tmp_path / "own.duckdb")
    url = f"duckdb:///{path.as_posix()}"
    for name in ("DEFINITIONS", "THRESHOLD", "LANGUAGE"):
        monkeypatch.delenv(f"EVALUATION_{name}", raising=False)
    monkeypatch.setenv("EVALUATION_DATABASE", url)
    return url


def pytest_unconfigure() -> None:
    """Take Hypothesis off the collector: at Python's end DuckDB would else report what it holds as leaked."""
    gc.callbacks.clear()
