"""Databases to try faults on, and what is stored of each file, counted from the tables themselves."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from evaluation.store.engine import transaction
from evaluation.store.opening import open_engine
from evaluation.store.schema import CONTENT, imports
from tests.postgres import DUCKDB, running


@dataclass(frozen=True)
class Stored:
    """How often files were imported, and the rows of each of their imports by table."""

    imports: Mapping[str, int]
    rows: Mapping[str, Mapping[str, int]]
    strays: int


@contextmanager
def empty_database(kind: str) -> Iterator[str]:
    """Give the address of an empty database that is there meanwhile."""
    if kind == DUCKDB:
        with tempfile.TemporaryDirectory() as folder:
            yield f"duckdb:///{(Path(folder) / 'own.duckdb').as_posix()}"
        return
    with running() as cluster:
        yield cluster.new_database()


def look(url: str) -> Stored:
    """Count what is stored once everybody who was saving is done or gone; ``strays`` are rows that no import has."""
    with transaction(open_engine(url), writing=True) as connection:
        files = {number: str(file) for number, file in connection.execute(select(imports.c.import_id, imports.c.file))}
        rows: dict[str, dict[str, int]] = {file: {} for file in files.values()}
        strays = 0
        for table in CONTENT:
            counted = select(table.c.import_id, func.count()).group_by(table.c.import_id)
            for number, count in connection.execute(counted):
                if number in files:
                    rows[files[number]][table.name] = rows[files[number]].get(table.name, 0) + count
                else:
                    strays += count
    times = list(files.values())
    return Stored({file: times.count(file) for file in times}, rows, strays)


def whole(forms: int, items: int) -> dict[str, int]:
    """Return the rows that a file of so many forms has."""
    return {"responses": forms, "answers": forms * items, "open_answers": forms}
