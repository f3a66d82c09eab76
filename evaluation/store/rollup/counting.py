"""Counts the union of exports: the same statements as of one database, on Spark or on DuckDB."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Select, create_engine, text

from evaluation.store.engine import fetch_frame, transaction
from evaluation.store.rollup.exports import SHAPES, Export
from evaluation.store.rollup.spark import spark_counts
from evaluation.store.selection import Selection
from evaluation.store.snapshot import Asked, Snapshot, counted

Fetch = Callable[[Select[Any]], pd.DataFrame]


def count_exports(exports: Sequence[Export], asked: Asked, engine: str = "spark") -> Snapshot:
    """Return all count cubes of the union of ``exports``, as Store.snapshot returns those of one database.

    Args:
        exports: those that check_together lets through.
        asked: what the cubes have to know of the definitions.
        engine: one of ENGINES. Raises StoreError where Spark or its Java is missing.
    """
    with ENGINES[engine](exports) as fetch:
        return counted(fetch, asked, Selection())


@contextmanager
def _duckdb_counts(exports: Sequence[Export]) -> Iterator[Fetch]:
    with transaction(create_engine("duckdb:///:memory:"), writing=True) as connection:
        for table in SHAPES:
            parts = " UNION ALL ".join(_read(table, export, place) for place, export in enumerate(exports, start=1))
            connection.execute(text(f'CREATE VIEW "{table}" AS {parts}'))
        yield partial(fetch_frame, connection)


def _read(table: str, export: Export, place: int) -> str:
    path = export.file(table).as_posix().replace("'", "''").replace(":", r"\:")
    gap = ", CAST(NULL AS BIGINT) AS superseded_by" if table == "responses" else ""
    return f"SELECT CAST({place} AS BIGINT) AS import_id, *{gap} FROM read_parquet('{path}')"  # noqa: S608


ENGINES: Mapping[str, Callable[[Sequence[Export]], AbstractContextManager[Fetch]]] = {
    "spark": spark_counts,
    "duckdb": _duckdb_counts,
}
