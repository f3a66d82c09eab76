"""Opens a database by its URL; what differs between database engines stands here and nowhere else."""

import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Executable,
    MetaData,
    Select,
    String,
    Table,
    create_engine,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from evaluation.store.errors import StoreBusyError, StoreError
from evaluation.store.migrations import migrate
from evaluation.store.schema import VERSION, metadata, state

LOCK_WORDS = ("could not set lock", "already open in", "being used by another process")
LOCK_TRIES = 20
LOCK_PAUSE = 0.1

# How many calls of this process hold each database just now.
_holding: Counter[str] = Counter()
_gate = threading.Condition()


def open_engine(url: str) -> Engine:
    """Open the database at ``url``, making the file, its folder and the tables where they are missing or old.

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
        found = int(connection.execute(select(state.c.schema_version)).scalar_one())
        if found < VERSION:
            migrate(connection, found)
    if found > VERSION:
        raise StoreError("store.other_version", found=found, known=VERSION)
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Give a connection inside one transaction: all of it is saved, or nothing.

    Raises StoreBusyError when another program holds the file and does not let go in two seconds.
    """
    mark = str(engine.url)
    with _gate:
        _holding[mark] += 1
    try:
        connection = _connect(engine)
        with connection, connection.begin():
            yield connection
    except DBAPIError as error:
        if _locked(error):
            raise StoreBusyError("store.busy") from error
        raise
    finally:
        with _gate:
            _holding[mark] -= 1
            _gate.notify_all()


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Let no other call of this process begin meanwhile, so that the file itself can be replaced.

    Raises StoreBusyError when those that hold the database do not let go in two seconds.
    """
    with _gate:
        if not _gate.wait_for(lambda: not _holding[str(engine.url)], timeout=LOCK_TRIES * LOCK_PAUSE):
            raise StoreBusyError("store.busy")
        yield


def database_file(engine: Engine) -> Path | None:
    """Return the file of a DuckDB database; None where it is in memory or on a server."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "duckdb" and name and name != ":memory:" else None


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
    if _is_duckdb(connection):
        # Row by row through SQLAlchemy would take thirty times as long.
        columns = ", ".join(f'"{name}"' for name in frame.columns)
        with _registered(connection, "incoming", frame) as driver:
            driver.execute(f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM incoming')  # noqa: S608
    else:
        plain = frame.astype(object).where(frame.notna(), None)
        names = [str(name) for name in plain.columns]
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in plain.itertuples(index=False)])


def fetch_frame(connection: Connection, statement: Executable) -> pd.DataFrame:
    """Return the rows of ``statement`` as a frame with plain Python dates and missing values as None or NaN."""
    with connection.execute(statement) as result:
        if _is_duckdb(connection):
            return _fetched_whole(result.cursor)
        return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


def _fetched_whole(cursor: Any) -> pd.DataFrame:
    """Fetch from DuckDB at once: tuple by tuple through SQLAlchemy would take twenty times as long."""
    dates = [name for name, kind, *_ in cursor.description if kind == "DATE"]
    frame: pd.DataFrame = cursor.df()
    for name in dates:
        days = frame[name].dt.date.astype(object)
        frame[name] = days.where(days.notna(), None)
    narrow = [name for name, kind in frame.dtypes.items() if kind in ("int8", "int16", "int32")]
    return frame.astype(dict.fromkeys(narrow, "int64"))


@contextmanager
def listed(connection: Connection, marks: pd.Series) -> Iterator[Select[tuple[str]]]:
    """Give a statement that selects ``marks``, however many they are, to be used inside ``in_``."""
    names = pd.DataFrame({"mark": marks.to_numpy()})
    if _is_duckdb(connection):
        with _registered(connection, _listed.name, names):
            yield select(_listed.c.mark)
        return
    _listed.create(connection)
    insert_frame(connection, _listed, names)
    yield select(_listed.c.mark)
    _listed.drop(connection)


_listed = Table("listed_marks", MetaData(), Column("mark", String), prefixes=["TEMPORARY"])


@contextmanager
def _registered(connection: Connection, name: str, frame: pd.DataFrame) -> Iterator[Any]:
    """Let statements read ``frame`` as a table of that name.

    Where a statement fails nothing more may be said in the transaction; the next frame takes the name over.
    """
    driver = connection.connection.dbapi_connection
    driver.register(name, frame)  # type: ignore[union-attr]
    yield driver
    driver.unregister(name)  # type: ignore[union-attr]


def _is_duckdb(connection: Connection) -> bool:
    return connection.dialect.name == "duckdb"
