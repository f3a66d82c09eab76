"""A database as a whole: read as frames, and filled anew.

The trail is no part of what is read and filled anew: it belongs to the database, and goes on.
"""

from collections.abc import Mapping

import pandas as pd
from sqlalchemy import Connection, Sequence, select

from evaluation.store.engine import empty_tables
from evaluation.store.frames import fetch_frame, insert_frame
from evaluation.store.imports import touch
from evaluation.store.schema import import_ids, imports, metadata, state

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
