"""Counts the union of exports: the same statements as of one database, on Spark or on DuckDB."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial, reduce
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Select, create_engine, text

from evaluation.store.different_people import DifferentPeople
from evaluation.store.engine import transaction
from evaluation.store.frames import fetch_frame
from evaluation.store.rollup.exports import SHAPES, Export
from evaluation.store.rollup.spark import spark_counts
from evaluation.store.selection import Selection
from evaluation.store.snapshot import CubeDefinitions, Snapshot, count_cubes

Fetch = Callable[[Select[Any]], pd.DataFrame]


def count_exports(exports: Sequence[Export], definitions: CubeDefinitions, engine: str = "spark") -> Snapshot:
    """Return all count cubes of the union of ``exports``, as Store.snapshot returns those of one database.

    Args:
        exports: those that check_together lets through.
        definitions: what the count statements need to know.
        engine: one of ENGINES. Raises StoreError where Spark or its Java is missing.
    """
    with ENGINES[engine](exports) as fetch:
        return count_cubes(fetch, definitions, Selection(), different_people(exports))


def different_people(exports: Sequence[Export]) -> DifferentPeople:
    """Return where cohorts or days are of different people, as the counties stated it."""
    return reduce(DifferentPeople.together_with, (export.manifest.different for export in exports), DifferentPeople())


@contextmanager
def _duckdb_counts(exports: Sequence[Export]) -> Iterator[Fetch]:
    with transaction(create_engine("duckdb:///:memory:"), writing=True) as connection:
        for table in SHAPES:
            files = ", ".join(_quoted(export.file(table)) for export in exports)
            connection.execute(text(f'CREATE VIEW "{table}" AS FROM read_parquet([{files}])'))
        yield partial(fetch_frame, connection)


def _quoted(path: Path) -> str:
    return "'" + path.as_posix().replace("'", "''").replace(":", r"\:") + "'"


ENGINES: Mapping[str, Callable[[Sequence[Export]], AbstractContextManager[Fetch]]] = {
    "spark": spark_counts,
    "duckdb": _duckdb_counts,
}
