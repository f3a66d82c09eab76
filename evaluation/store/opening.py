"""Opens a database by its URL: makes what is missing, and brings an earlier version up to date."""

import uuid
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from evaluation.private_files import make_folder
from evaluation.store.engine import (
    database_engine,
    database_file,
    is_read_only,
    keep_to_file,
    transaction,
    unfinished_files,
)
from evaluation.store.errors import StoreError
from evaluation.store.frames import DUCKDB, POSTGRESQL, is_server
from evaluation.store.migrations import migrate
from evaluation.store.schema import IDENTIFYING, VERSION, metadata, state, trail_metadata
from evaluation.store.trail import record
from evaluation.store.upkeep.safety_backup import save_before


def open_engine(url: str) -> Engine:
    """Open the database at ``url``, making the file, its folder and the tables where they are missing or old.

    Connections stay open only while a call lasts, so that a second program can use the same DuckDB file, and so that
    the toolkit finds a server again that was away. Raises StoreError when there is no such database, and when a newer
    version of the toolkit made it.
    """
    try:
        if url.startswith("duckdb:///") and url != "duckdb:///:memory:":
            make_folder(Path(url.removeprefix("duckdb:///")).parent)
        engine = database_engine(url)
    except ModuleNotFoundError as error:
        raise StoreError("store.driver_missing", module=error.name) from error
    except (ArgumentError, NoSuchModuleError, ImportError, OSError) as error:
        raise StoreError("store.cannot_open", reason=str(error)) from error
    if engine.dialect.name not in (DUCKDB, POSTGRESQL):
        raise StoreError("store.other_kind", kind=engine.dialect.name)
    file = database_file(engine)
    left = unfinished_files(file) if file is not None and file.exists() and not is_read_only(engine) else ()
    with transaction(engine) as connection:
        # Nobody else has the file now, so nobody is remaking it: a program that was killed left these answers.
        for path in left:
            path.unlink(missing_ok=True)
        version = _version(connection)
    if version is None or version < VERSION:
        with transaction(engine, writing=True) as connection:
            version = _prepare_tables(connection)
    if version > VERSION:
        raise StoreError("store.other_version", found=version, known=VERSION)
    keep_to_file(engine)
    return engine


def _version(connection: Connection) -> int | None:
    if not inspect(connection).has_table(state.name):
        return None
    return int(connection.execute(select(state.c.schema_version)).scalar_one())


def _prepare_tables(connection: Connection) -> int:
    """Make the tables, or bring them up to date, unless another program has just done it; return their version."""
    version = _version(connection)
    if version is None:
        # Nothing is there: to look for each table would take longer than to make them all.
        metadata.create_all(connection, checkfirst=False)
        trail_metadata.create_all(connection, checkfirst=False)
        connection.execute(insert(state).values(id=1, schema_version=VERSION, data_version=uuid.uuid4().hex))
    elif version < VERSION:
        saved = save_before(connection, version)
        migrate(connection, version)
        if saved is not None:
            record(connection, "", "backup", *saved)
    else:
        return version
    if is_server(connection):
        # A server would keep a sample of every column beside the tables, where nothing is ever forgotten.
        for column in IDENTIFYING:
            statement = f'ALTER TABLE "{column.table.name}" ALTER COLUMN "{column.name}" SET STATISTICS 0'
            connection.execute(text(statement))
    return VERSION
