"""Opens a database by its URL; what differs between database engines stands here and nowhere else."""

import threading
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import (
    ARRAY,
    Column,
    Connection,
    Engine,
    Executable,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    literal,
    select,
    text,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from evaluation.store.errors import StoreBusyError, StoreError
from evaluation.store.migrations import migrate
from evaluation.store.schema import IDENTIFYING, VERSION, metadata, state, trail_metadata

DUCKDB, POSTGRESQL = "duckdb", "postgresql"
LOCK_WORDS = ("could not set lock", "already open in", "being used by another process")
LOCK_TRIES = 20
LOCK_PAUSE = 0.1
# By this number programs that write into one database of a server take turns, before any table is there to lock.
SERVER_LOCK = 7_301_965
SERVER_PATIENCE = "30s"
# What a server calls: no lock in time, a deadlock, and a change that came in between.
SERVER_BUSY = ("55P03", "40P01", "40001")

# How many calls of this process hold each database just now.
_holding: Counter[str] = Counter()
_gate = threading.Condition()
# One at a time opens or closes a DuckDB file: a second thread could find it half made ready, and what the system knows
# of a lock on a file ends for the whole process when the last connection of before is closed after that.
_opening = threading.Lock()
_writers: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def open_engine(url: str) -> Engine:
    """Open the database at ``url``, making the file, its folder and the tables where they are missing or old.

    Connections are held only while a call lasts, so that a second program can use the same DuckDB file, and so that a
    server which was away is found again. Raises StoreError when there is no such database, and when a newer version of
    the toolkit made it.
    """
    try:
        if url.startswith("duckdb:///") and url != "duckdb:///:memory:":
            Path(url.removeprefix("duckdb:///")).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, poolclass=None if url.endswith(":memory:") else NullPool)
    except ModuleNotFoundError as error:
        raise StoreError("store.driver_missing", module=error.name) from error
    except (ArgumentError, NoSuchModuleError, ImportError, OSError) as error:
        raise StoreError("store.cannot_open", reason=str(error)) from error
    if engine.dialect.name not in (DUCKDB, POSTGRESQL):
        raise StoreError("store.other_kind", kind=engine.dialect.name)
    with transaction(engine) as connection:
        found = _version(connection)
    if found is None or found < VERSION:
        with transaction(engine, writing=True) as connection:
            found = _made_ready(connection)
    if found > VERSION:
        raise StoreError("store.other_version", found=found, known=VERSION)
    return engine


def _version(connection: Connection) -> int | None:
    if not inspect(connection).has_table(state.name):
        return None
    return int(connection.execute(select(state.c.schema_version)).scalar_one())


def _made_ready(connection: Connection) -> int:
    """Make the tables, or bring them up to date, unless another program has just done it; return their version."""
    found = _version(connection)
    if found is None:
        metadata.create_all(connection)
        trail_metadata.create_all(connection)
        connection.execute(insert(state).values(id=1, schema_version=VERSION, data_version=uuid.uuid4().hex))
    elif found < VERSION:
        migrate(connection, found)
    else:
        return found
    if _is_server(connection):
        # A server would keep a sample of each column beside the tables, where nothing is ever forgotten.
        for column in IDENTIFYING:
            told = f'ALTER TABLE "{column.table.name}" ALTER COLUMN "{column.name}" SET STATISTICS 0'
            connection.execute(text(told))
    return VERSION


@contextmanager
def transaction(engine: Engine, writing: bool = False) -> Iterator[Connection]:
    """Give a connection inside one transaction: all of it is saved, or nothing.

    Whoever writes waits for those that do, so that nothing changes between judging a draft and saving it; whoever reads
    waits for nobody and sees one moment. Raises StoreBusyError when another program holds the file and does not let go
    in two seconds, or a server's database in thirty, and StoreError when the connection to a server breaks.
    """
    mark = str(engine.url)
    with _gate:
        _holding[mark] += 1
        turn = _writers[mark] if writing else nullcontext()
    try:
        with turn, _connected(engine, writing) as connection, connection.begin():
            if writing and _is_server(connection):
                connection.execute(text(f"SET LOCAL lock_timeout = '{SERVER_PATIENCE}'"))
                connection.execute(select(func.pg_advisory_xact_lock(SERVER_LOCK)))
            yield connection
    except Exception as error:
        told = _told(error)
        if told is None:
            raise
        raise told from error
    finally:
        with _gate:
            _holding[mark] -= 1
            _gate.notify_all()


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Let no other call of this process begin meanwhile, so that a file can be replaced; a server has none.

    Raises StoreBusyError when those that hold the database do not let go in two seconds.
    """
    if engine.dialect.name != DUCKDB:
        yield
        return
    with _gate:
        if not _gate.wait_for(lambda: not _holding[str(engine.url)], timeout=LOCK_TRIES * LOCK_PAUSE):
            raise StoreBusyError("store.busy")
        yield


def database_file(engine: Engine) -> Path | None:
    """Return the file of a DuckDB database; None where it is in memory or on a server."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == DUCKDB and name and name != ":memory:" else None


@contextmanager
def _connected(engine: Engine, writing: bool) -> Iterator[Connection]:
    connection = _connect(engine, writing)
    try:
        yield connection
    finally:
        with _turn_to_open(engine):
            connection.close()


def _turn_to_open(engine: Engine) -> AbstractContextManager[object]:
    return _opening if engine.dialect.name == DUCKDB else nullcontext()


def _connect(engine: Engine, writing: bool) -> Connection:
    for attempt in range(LOCK_TRIES):
        try:
            with _turn_to_open(engine):
                connection = engine.connect()
        except SQLAlchemyError as error:
            if not _locked(error):
                raise StoreError("store.cannot_open", reason=str(error).splitlines()[0]) from error
            if attempt == LOCK_TRIES - 1:
                raise StoreBusyError("store.busy") from error
            time.sleep(LOCK_PAUSE)
        else:
            if _is_server(connection):
                # What waited for its turn must see what others saved meanwhile.
                level = "READ COMMITTED" if writing else "REPEATABLE READ"
                return connection.execution_options(isolation_level=level, postgresql_readonly=not writing)
            return connection
    raise StoreBusyError("store.busy")


def _locked(error: Exception) -> bool:
    return any(word in str(error).lower() for word in LOCK_WORDS)


def _told(error: Exception) -> StoreError | None:
    """Return what to say of an error that is the database's and not ours; None for any other."""
    if isinstance(error, DBAPIError) and _locked(error):
        return StoreBusyError("store.busy")
    cause = getattr(error, "orig", error)
    if not type(cause).__module__.startswith("psycopg"):
        return None
    code = getattr(cause, "sqlstate", None) or ""
    if code in SERVER_BUSY:
        return StoreBusyError("store.server_busy")
    if code.startswith(("08", "57P")) or (not code and type(cause).__name__ == "OperationalError"):
        return StoreError("store.server_lost")
    # Of rights and of room; whatever else a server says may hold answers.
    if code.startswith(("53", "42501")):
        return StoreError("store.server_refused", reason=str(cause).splitlines()[0])
    return None


def make_empty(connection: Connection) -> None:
    """Take all rows out of every table but ``state``, so that the same keys may come in again in this transaction."""
    if _is_server(connection):
        for table in reversed(metadata.sorted_tables):
            if table is not state:
                connection.execute(delete(table))
        return
    # DuckDB refuses a key that was deleted in the same transaction.
    kept = connection.execute(select(state)).mappings().one()
    metadata.drop_all(connection)
    metadata.create_all(connection)
    connection.execute(insert(state).values(**kept))


def compact(engine: Engine) -> None:
    """Let a server write its tables anew, so that no deleted row stays in their files."""
    if engine.dialect.name != POSTGRESQL:
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{SERVER_PATIENCE}'"))
        for table in metadata.sorted_tables:
            connection.execute(text(f'VACUUM FULL "{table.name}"'))


def insert_frame(connection: Connection, table: Table, frame: pd.DataFrame) -> None:
    """Insert the rows of ``frame``, whose columns are named as those of ``table``, in the open transaction."""
    if frame.empty:
        return
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    # Row by row through SQLAlchemy would take thirty times as long.
    if _is_server(connection):
        _copied_in(connection, f'COPY "{table.name}" ({columns}) FROM STDIN', table, frame)
        return
    with _registered(connection, "incoming", frame) as driver:
        driver.execute(f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM incoming')  # noqa: S608


def _copied_in(connection: Connection, statement: str, table: Table, frame: pd.DataFrame) -> None:
    """Send the rows of ``frame`` to a server; numbers that gaps have made fractions are whole again."""
    split = [name for name in frame if isinstance(table.c[str(name)].type, Integer) and frame[name].dtype.kind == "f"]
    rows = frame.astype(dict.fromkeys(split, "Int64")).astype(object)
    rows = rows.where(rows.notna(), None)
    driver: Any = connection.connection.dbapi_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows.itertuples(index=False, name=None):
            copy.write_row(row)


def fetch_frame(connection: Connection, statement: Executable) -> pd.DataFrame:
    """Return the rows of ``statement`` as a frame with plain Python dates and missing values as None or NaN."""
    with connection.execute(statement) as result:
        if _is_server(connection):
            return _fetched_rows(result.cursor)
        return _fetched_whole(result.cursor)


_WIDE = {**dict.fromkeys(("int8", "int16", "int32"), "int64"), **dict.fromkeys(("Int8", "Int16", "Int32"), "Int64")}


def _fetched_whole(cursor: Any) -> pd.DataFrame:
    """Fetch from DuckDB at once: tuple by tuple through SQLAlchemy would take twenty times as long."""
    dates = [name for name, kind, *_ in cursor.description if kind == "DATE"]
    frame: pd.DataFrame = cursor.df()
    for name in dates:
        days = frame[name].dt.date.astype(object)
        frame[name] = days.where(days.notna(), None)
    return frame.astype({name: _WIDE[str(kind)] for name, kind in frame.dtypes.items() if str(kind) in _WIDE})


# The kinds of columns as PostgreSQL numbers them, and as DuckDB would give them, without gaps and with.
_KINDS = {
    **dict.fromkeys((20, 21, 23), ("int64", "Int64")),
    16: ("bool", "boolean"),
    **dict.fromkeys((25, 1043), ("str", "str")),
    1114: ("datetime64[us]", "datetime64[us]"),
}


def _fetched_rows(cursor: Any) -> pd.DataFrame:
    """Fetch from a server, with the kinds of columns that DuckDB gives."""
    names = [column.name for column in cursor.description]
    frame = pd.DataFrame(cursor.fetchall(), columns=names, dtype=object)
    kinds = {
        column.name: _KINDS[column.type_code][int(frame[column.name].isna().any())]
        for column in cursor.description
        if column.type_code in _KINDS
    }
    return frame.astype(kinds)


@contextmanager
def listed(connection: Connection, marks: pd.Series) -> Iterator[Select[tuple[str]]]:
    """Give a statement that selects ``marks``, however many they are, to be used inside ``in_``."""
    if _is_server(connection):
        yield select(func.unnest(literal(marks.tolist(), ARRAY(String))).label("mark"))
        return
    with _registered(connection, _listed.name, pd.DataFrame({"mark": marks.to_numpy()})):
        yield select(_listed.c.mark)


_listed = Table("listed_marks", MetaData(), Column("mark", String))


@contextmanager
def _registered(connection: Connection, name: str, frame: pd.DataFrame) -> Iterator[Any]:
    """Let statements read ``frame`` as a table of that name.

    Where a statement fails nothing more may be said in the transaction; the next frame takes the name over.
    """
    driver = connection.connection.dbapi_connection
    driver.register(name, frame)  # type: ignore[union-attr]
    yield driver
    driver.unregister(name)  # type: ignore[union-attr]


def _is_server(connection: Connection) -> bool:
    return connection.dialect.name == POSTGRESQL
