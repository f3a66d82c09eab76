"""A database as a whole: read as frames, filled anew, and its file remade so that nothing deleted stays in it.

The trail is no part of what is read and filled anew: it belongs to the database, and goes on.
"""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, Engine, Sequence, select
from sqlalchemy.exc import SQLAlchemyError

from evaluation.store.engine import compact, database_file, empty_tables, exclusive_use, open_engine, transaction
from evaluation.store.errors import StoreError
from evaluation.store.frames import fetch_frame, insert_frame
from evaluation.store.imports import touch
from evaluation.store.kinds import kind_of, set_kind
from evaluation.store.schema import audit, import_ids, imports, metadata, state

TABLES = {table.name: table for table in metadata.sorted_tables if table is not state}


def everything(connection: Connection) -> Mapping[str, pd.DataFrame]:
    """Return the rows of every table but ``state`` and the trail, by the name of the table."""
    return {name: fetch_frame(connection, select(table)) for name, table in TABLES.items()}


def has_rows(connection: Connection) -> bool:
    """Tell whether any table but ``state`` and the trail has a row."""
    return any(connection.execute(select(table).limit(1)).first() is not None for table in TABLES.values())


def replace_all_rows(connection: Connection, frames: Mapping[str, pd.DataFrame]) -> None:
    """Put ``frames`` in place of all that is stored, in the open transaction; a table that is missing is empty."""
    numbers = frames[imports.name]["import_id"] if imports.name in frames else pd.Series(dtype=int)
    delete_all_rows(connection, first=1 if numbers.empty else int(numbers.max()) + 1)
    for name, frame in frames.items():
        insert_frame(connection, TABLES[name], frame)


def delete_all_rows(connection: Connection, first: int) -> None:
    """Take out all that is stored, in the open transaction; ``first`` is the number of the next import."""
    empty_tables(connection)
    import_ids.drop(connection)
    Sequence(import_ids.name, start=first).create(connection)
    touch(connection)


def remake_file(engine: Engine) -> None:
    """Write the database into a new file in place of the old one; there must be no other call meanwhile.

    DuckDB marks what is deleted and leaves its bytes where they were, also after CHECKPOINT and VACUUM. A server writes
    its tables anew itself. Raises StoreError when the file cannot be replaced; what is stored is the same then.
    """
    path = database_file(engine)
    if path is None:
        _compacted(engine)
        return
    fresh = path.with_name(path.name + ".new")
    try:
        _discard(fresh)
        # The old file stays locked till the end, or another program could save into it what then is gone.
        with exclusive_use(engine), ExitStack() as open_transactions:
            old = open_transactions.enter_context(transaction(engine))
            frames, trail, kind = everything(old), fetch_frame(old, select(audit)), kind_of(old)
            with transaction(open_engine(f"duckdb:///{fresh.as_posix()}"), writing=True) as connection:
                replace_all_rows(connection, frames)
                insert_frame(connection, audit, trail)
                set_kind(connection, kind)
            # Where there is no room DuckDB leaves what it has saved in the log beside the file, and says nothing.
            if _log(fresh).exists() or _log(path).exists():
                raise StoreError("store.disk_full")
            if os.name == "nt":
                # Windows replaces no file that is open.
                open_transactions.close()
            fresh.replace(path)
    except (OSError, SQLAlchemyError, StoreError) as error:
        _discard(fresh)
        if isinstance(error, StoreError) and error.key == "store.disk_full":
            raise StoreError("store.not_remade_full") from error
        raise StoreError("store.not_remade", reason=str(error).splitlines()[0]) from error


def delete_file(engine: Engine) -> None:
    """Delete the file of a database. Raises StoreError when it cannot be deleted; it is whole then."""
    path = database_file(engine)
    if path is None:
        return
    try:
        with exclusive_use(engine):
            _discard(path)
    except OSError as error:
        raise StoreError("store.not_remade", reason=str(error.strerror)) from error


def _compacted(engine: Engine) -> None:
    try:
        compact(engine)
    except SQLAlchemyError as error:
        raise StoreError("store.not_remade", reason=str(error).splitlines()[0]) from error


def _discard(file: Path) -> None:
    """Delete a half-made database with its log."""
    for path in (file, _log(file)):
        path.unlink(missing_ok=True)


def _log(file: Path) -> Path:
    return file.with_name(file.name + ".wal")
