"""Transactions on a database, and what each engine does its own way; with `frames`, all that differs between them."""

import os
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import psutil
from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from evaluation.private_files import close_to_others
from evaluation.store.errors import StoreBusyError, StoreError
from evaluation.store.frames import DUCKDB, POSTGRESQL, is_server
from evaluation.store.schema import metadata, state

LOCK_WORDS = ("could not set lock", "already open in", "being used by another process")
FULL_WORDS = ("no space left", "not enough space", "quota exceeded", "file too large")
# A file that another program is just making: DuckDB reads its beginning before it asks for the lock.
# What is said of a file that ends too early, or in which other bytes stand than were written.
DAMAGED_WORDS = (
    "could not read enough bytes", "corrupt", "checksum", "deserializ", "metadata pointer", "not a valid duckdb",
)  # fmt: skip
DAMAGED_KINDS = ("InternalException", "FatalException", "SerializationException")
UNFINISHED_WORDS = ("not a valid duckdb database file",)
LOCK_TRIES = 20
LOCK_PAUSE = 0.1
# By this number programs that write into one database of a server take turns, before any table is there to lock.
SERVER_LOCK = 7_301_965
SERVER_PATIENCE = "30s"
# What a server calls: no lock in time, a deadlock, and a change that came in between.
SERVER_BUSY = ("55P03", "40P01", "40001")
SERVER_FULL = "53100"

_READY = "evaluation_ready"

# How many calls of this process use a database just now.
_holding: Counter[str] = Counter()
_gate = threading.Condition()
# One at a time opens or closes a DuckDB file: a second thread could find it half made ready, and what the system knows
# of a lock on a file ends for the whole process when the last connection of before is closed after that.
_opening = threading.Lock()
_connections: Counter[str] = Counter()
_writers: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


@contextmanager
def transaction(engine: Engine, writing: bool = False) -> Iterator[Connection]:
    """Give a connection inside one transaction: all of it is saved, or nothing.

    Whoever writes waits for those that do, so that nothing changes between judging a draft and saving it; whoever reads
    waits for nobody and sees one moment. Raises StoreBusyError when another program holds the file and does not let go
    in two seconds, or a server's database in thirty, and StoreError when the connection to a server breaks.
    """
    if writing and is_read_only(engine):
        raise StoreError("store.read_only", file=database_file(engine))
    mark = str(engine.url)
    with _gate:
        _holding[mark] += 1
        turn = _writers[mark] if writing else nullcontext()
    try:
        with turn, _connected(engine, writing) as connection, connection.begin():
            if is_server(connection):
                # Compiling the statements of the cubes takes a server longer than it saves.
                connection.execute(text("SET LOCAL jit = off"))
            if writing and is_server(connection):
                connection.execute(text(f"SET LOCAL lock_timeout = '{SERVER_PATIENCE}'"))
                connection.execute(select(func.pg_advisory_xact_lock(SERVER_LOCK)))
            yield connection
    except Exception as error:
        store_error = _store_error(engine, error)
        if store_error is None:
            raise
        raise store_error from error
    finally:
        with _gate:
            _holding[mark] -= 1
            _gate.notify_all()


@contextmanager
def exclusive_use(engine: Engine) -> Iterator[None]:
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


def is_read_only(engine: Engine) -> bool:
    """Tell whether the file of a database is there and may not be written: it can be read then, and nothing else."""
    file = database_file(engine)
    if file is None or not os.path.exists(file):  # noqa: PTH110 - as below
        return False
    return not os.access(file, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def database_engine(url: str) -> Engine:
    """Return an engine that opens no connection yet, and opens a file that may not be written for reading only.

    Raises what SQLAlchemy raises for a URL that is none, or a driver that is missing.
    """
    engine = create_engine(url, poolclass=None if url.endswith(":memory:") else NullPool)

    @event.listens_for(engine, "do_connect")
    def _(_dialect: object, _record: object, _arguments: object, parameters: dict[str, object]) -> None:
        if is_read_only(engine):
            parameters["read_only"] = True

    return engine


def unfinished_files(file: Path) -> tuple[Path, Path]:
    """Return where the remaking of a database's file writes: a new database, and its log."""
    return file.with_name(f"{file.name}.new"), file.with_name(f"{file.name}.new.wal")


def keep_to_file(engine: Engine) -> None:
    """Let no later call make the file of a database that is ready: were it gone, an empty one would take its place."""
    engine.update_execution_options(**{_READY: True})


@contextmanager
def _connected(engine: Engine, writing: bool) -> Iterator[Connection]:
    connection = _connect(engine, writing)
    try:
        yield connection
    finally:
        with _opening_lock(engine):
            connection.close()
            _connections[str(engine.url)] -= 1
            if not _connections[str(engine.url)]:
                _wait_until_closed(database_file(engine))


def _wait_until_closed(file: Path | None) -> None:
    """Wait until a file that no call of this process uses any more is closed.

    A worker thread of DuckDB may keep it a moment longer; whoever opened it meanwhile would have it twice in one
    process, where the system's locks separate nothing. On Windows they do.
    """
    if file is None or os.name == "nt":
        return
    process, path = psutil.Process(), os.path.realpath(file)
    for _ in range(LOCK_TRIES):
        if all(open_file.path != path for open_file in process.open_files()):
            return
        time.sleep(LOCK_PAUSE)


def _opening_lock(engine: Engine) -> AbstractContextManager[object]:
    return _opening if engine.dialect.name == DUCKDB else nullcontext()


def _connect(engine: Engine, writing: bool) -> Connection:
    file = database_file(engine)
    if file is not None and engine.get_execution_options().get(_READY) and not os.path.exists(file):  # noqa: PTH110
        # Path.exists raises where the folder above may not be looked into.
        raise StoreError("store.file_gone", file=file)
    for attempt in range(LOCK_TRIES):
        try:
            with _opening_lock(engine):
                connection = engine.connect()
                _connections[str(engine.url)] += 1
                if file is not None:
                    close_to_others(file)
        except SQLAlchemyError as error:
            last = attempt == LOCK_TRIES - 1
            if not _mentions(error, LOCK_WORDS) and (last or not _mentions(error, UNFINISHED_WORDS)):
                raise _connection_error(engine, error) from error
            if last:
                raise StoreBusyError("store.busy") from error
            time.sleep(LOCK_PAUSE)
        else:
            if is_server(connection):
                # What waited for its turn must see what others saved meanwhile.
                level = "READ COMMITTED" if writing else "REPEATABLE READ"
                return connection.execution_options(isolation_level=level, postgresql_readonly=not writing)
            return connection
    raise StoreBusyError("store.busy")


def _mentions(error: Exception, words: tuple[str, ...]) -> bool:
    return any(word in str(error).lower() for word in words)


def _connection_error(engine: Engine, error: Exception) -> StoreError:
    """Return what to say where there is no connection."""
    if engine.dialect.name == POSTGRESQL:
        return StoreError("store.server_away", reason=str(getattr(error, "orig", error)).splitlines()[0])
    return _store_error(engine, error) or StoreError("store.cannot_open", reason=str(error).splitlines()[0])


def _store_error(engine: Engine, error: Exception) -> StoreError | None:
    """Return what to say of an error that is the database's and not ours; None for any other."""
    cause = getattr(error, "orig", error)
    module = type(cause).__module__
    if module.startswith(("duckdb", "_duckdb")):
        if _mentions(cause, LOCK_WORDS):
            return StoreBusyError("store.busy")
        if _mentions(cause, FULL_WORDS):
            return StoreError("store.disk_full")
        damaged = type(cause).__name__ in DAMAGED_KINDS or _mentions(cause, DAMAGED_WORDS)
        return StoreError("store.damaged", file=database_file(engine) or "–") if damaged else None
    return _server_error(cause) if module.startswith("psycopg") else None


def _server_error(cause: Exception) -> StoreError | None:
    code = getattr(cause, "sqlstate", None) or ""
    if code in SERVER_BUSY:
        return StoreBusyError("store.server_busy")
    if code.startswith(("08", "57P")) or (not code and type(cause).__name__ == "OperationalError"):
        return StoreError("store.server_lost")
    if code == SERVER_FULL:
        return StoreError("store.disk_full")
    # Of rights and of room; whatever else a server says may hold answers.
    if code.startswith(("53", "42501")):
        return StoreError("store.server_refused", reason=str(cause).splitlines()[0])
    return None


def empty_tables(connection: Connection) -> None:
    """Take all rows out of every table but ``state``, so that the same keys may come in again in this transaction."""
    if is_server(connection):
        for table in reversed(metadata.sorted_tables):
            if table is not state:
                connection.execute(delete(table))
        return
    # DuckDB refuses a key that was deleted in the same transaction.
    state_row = connection.execute(select(state)).mappings().one()
    metadata.drop_all(connection, checkfirst=False)
    metadata.create_all(connection, checkfirst=False)
    connection.execute(insert(state).values(**state_row))


def compact(engine: Engine) -> None:
    """Let a server write its tables anew, so that no deleted row stays in their files."""
    if engine.dialect.name != POSTGRESQL:
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{SERVER_PATIENCE}'"))
        for table in metadata.sorted_tables:
            connection.execute(text(f'VACUUM (FULL, ANALYZE) "{table.name}"'))


def analyze_tables(connection: Connection) -> None:
    """Let a server count what came into its tables at once: until then it chooses ways for small ones."""
    if is_server(connection):
        for table in metadata.sorted_tables:
            connection.execute(text(f'ANALYZE "{table.name}"'))
