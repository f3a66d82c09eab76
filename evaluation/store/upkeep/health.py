"""Whether a database answers and has the tables of this version, without changing anything of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import inspect, select
from sqlalchemy.exc import SQLAlchemyError

from evaluation.store.engine import database_engine, transaction
from evaluation.store.errors import StoreError
from evaluation.store.schema import VERSION, metadata, state, trail_metadata

State = Literal["ready", "empty", "older", "newer", "incomplete", "damaged", "away"]


@dataclass(frozen=True)
class Health:
    """How a database is; ``version`` is the version of its tables, ``known`` that of this toolkit.

    ``empty`` has no tables yet and ``older`` those of an earlier version: both are made ready when they are opened.
    """

    state: State
    version: int | None = None
    known: int = VERSION

    @property
    def well(self) -> bool:
        """Tell whether the toolkit can work with it."""
        return self.state == "ready"


def health_of(url: str) -> Health:
    """Look at the database at ``url``; nothing is made, not even a file that is missing."""
    path = url.removeprefix("duckdb:///")
    if path not in (url, ":memory:") and not Path(path).exists():
        return Health("empty")
    try:
        engine = database_engine(url)
        with transaction(engine) as connection:
            names = set(inspect(connection).get_table_names())
            if state.name not in names:
                return Health("empty")
            version = int(connection.execute(select(state.c.schema_version)).scalar_one())
            if version != VERSION:
                return Health("older" if version < VERSION else "newer", version)
            missing = {*metadata.tables, *trail_metadata.tables} - names
            return Health("incomplete" if missing else "ready", version)
    except (StoreError, SQLAlchemyError, ImportError, OSError) as error:
        damaged = isinstance(error, StoreError) and error.key == "store.damaged"
        return Health("damaged" if damaged else "away")
