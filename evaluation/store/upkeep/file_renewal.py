"""The file of a database: written anew so that nothing deleted stays in it, or deleted."""

import os
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from evaluation.store.engine import compact, database_file, exclusive_use, transaction, unfinished_files
from evaluation.store.errors import StoreError
from evaluation.store.frames import fetch_frame, insert_frame
from evaluation.store.kinds import kind_of, set_kind
from evaluation.store.opening import open_engine
from evaluation.store.schema import audit
from evaluation.store.upkeep.whole_database import everything, replace_all_rows


def remake_file(engine: Engine) -> None:
    """Write the database into a new file in place of the old one; there must be no other call meanwhile.

    DuckDB marks what is deleted and leaves its bytes where they were, also after CHECKPOINT and VACUUM. A server writes
    its tables anew itself. Raises StoreError when the file cannot be replaced; what is stored is the same then.
    """
    path = database_file(engine)
    if path is None:
        _compacted(engine)
        return
    fresh, _ = unfinished_files(path)
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
