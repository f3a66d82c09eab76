"""Opens a database by its URL; what differs between database engines stands here and nowhere else."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Executable, Table, create_engine, insert, inspect, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from evaluation.store.errors import StoreBusyError, StoreError
from evaluation.store.schema import VERSION, metadata, state

LOCK_WORDS = ("could not set lock", "already open in", "being used by another process")
LOCK_TRIES = 20
LOCK_PAUSE = 0.1


def open_engine(url: str) -> Engine:
    """Open the database at ``url``, making the file, its folder and the tables where they are missing.

    Connections are held only while a call lasts, so that a second program can use the same DuckDB file.
    Raises StoreError when there is no such database, and when a newer version of the toolkit made it.
    """
    try:
        if url.startswith("duckdb:///") and url != "duckdb:///:memory:":
            Path(url.removeprefix("duckdb:///")).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, poolclass=None if url.endswith(":memory:") else NullPool)
    except (ArgumentError, NoSuchModuleError, ImportError, OSError) as error:
        raise StoreError("store.cannot_open", reason=str(error)) from error
    with transaction(engine) as connection:
        if not inspect(connection).has_table(state.name):
            metadata.create_all(connection)
            connection.execute(insert(state).values(id=1, schema_version=VERSION, data_version=uuid.uuid4().hex))
        found = connection.execute(select(state.c.schema_version)).scalar_one()
    if found != VERSION:
        raise StoreError("store.other_version", found=found, known=VERSION)
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Give a connection inside one transaction: all of it is saved, or nothing.

    Raises StoreBusyError when another program holds the file and does not let go in two seconds.
    """
    connection = _connect(engine)
    try:
        with connection, connection.begin():
            yield connection
    except DBAPIError as error:
        if _locked(error):
            raise StoreBusyError("store.busy") from error
        raise


def _connect(engine: Engine) -> Connection:
    for attempt in range(LOCK_TRIES):
        try:
            return engine.connect()
        except SQLAlchemyError as error:
            if not _locked(error):
                raise StoreError("store.cannot_open", reason=str(error).splitlines()[0]) from error
            if attempt == LOCK_TRIES - 1:
                raise StoreBusyError("store.busy") from error
            time.sleep(LOCK_PAUSE)
    raise StoreBusyError("store.busy")


def _locked(error: Exception) -> bool:
    return any(word in str(error).lower() for word in LOCK_WORDS)


def insert_frame(connection: Connection, table: Table, frame: pd.DataFrame) -> None:
    """Insert the rows of ``frame``, whose columns are named as those of ``table``, in the open transaction."""
    if frame.empty:
        return
    if connection.dialect.name == "duckdb":
        # Row by row through SQLAlchemy would take thirty times as long.
        driver = _driver(connection)
        columns = ", ".join(f'"{name}"' for name in frame.columns)
        driver.register("incoming", frame)
        # Where this fails nothing more may be said in the transaction; the next frame takes the name over.
        driver.execute(f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM incoming')  # noqa: S608
        driver.unregister("incoming")
    else:
        plain = frame.astype(object).where(frame.notna(), None)
        names = [str(name) for name in plain.columns]
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in plain.itertuples(index=False)])


def fetch_frame(connection: Connection, statement: Executable) -> pd.DataFrame:
    """Return the rows of ``statement`` as a frame with plain Python dates and missing values as None or NaN."""
    result = connection.execute(statement)
    return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
