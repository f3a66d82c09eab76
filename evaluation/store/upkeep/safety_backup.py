"""The backup that a database makes of itself before a later version of the toolkit changes its tables."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
from platformdirs import user_data_path
from sqlalchemy import Connection, text

from evaluation.private_files import make_folder, write_whole
from evaluation.store.engine import database_file
from evaluation.store.errors import StoreError
from evaluation.store.frames import fetch_frame
from evaluation.store.kinds import SAMPLE
from evaluation.store.schema import audit, state
from evaluation.store.upkeep.backup import backup_subject, manifest_of, pack_parts, parquet, same_tables

# Where a server's are put: a server has no folder beside it.
FOLDER = "EVALUATION_BACKUPS"
# What both kinds of database call the types of our columns.
_TYPES = {
    "bigint": pa.int64(),
    "integer": pa.int32(),
    "smallint": pa.int16(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "timestamp without time zone": pa.timestamp("us"),
    "varchar": pa.string(),
    "character varying": pa.string(),
}


def save_before(connection: Connection, version: int) -> tuple[str, int] | None:
    """Write all that is stored into a backup file, as the tables of version ``version`` have it.

    Returns what the trail is to say of the file, and how many forms it holds; None where there is nothing to keep: no
    form, or the sample, which can be made anew. Raises StoreError where the file cannot be written: the tables are left
    as they are then.
    """
    shapes = _shapes(connection)
    if _is_sample(connection, shapes) or "responses" not in shapes:
        return None
    frames = {
        name: fetch_frame(connection, text(f"SELECT {_listed(shape)} FROM {name}"))  # noqa: S608
        for name, shape in shapes.items()
        if name not in (state.name, audit.name)
    }
    forms = len(frames["responses"])
    if not forms:
        return None
    parts = {name: parquet(frame, shapes[name]) for name, frame in frames.items()}
    rows = {name: len(frame) for name, frame in frames.items()}
    day = datetime.now(UTC).astimezone().date()
    folder, stem = _place(connection)
    content = pack_parts(manifest_of(rows, parts, day, version), parts)
    path = folder / f"{stem}-backup-{day.isoformat()}.zip"
    try:
        make_folder(folder)
        number = 2
        # Made before an attempt that failed it holds the same; one of another day's state is never written over.
        while path.exists() and not same_tables(path.read_bytes(), content):
            path = path.with_name(f"{stem}-backup-{day.isoformat()}-{number}.zip")
            number += 1
        write_whole(path, content)
    except OSError as error:
        raise StoreError("store.no_safety_backup", folder=folder, reason=error.strerror, name=FOLDER) from error
    return backup_subject(path.name, content, version), forms


def _place(connection: Connection) -> tuple[Path, str]:
    """Return the folder of the backup and how its name begins: beside the database as this is called."""
    file = database_file(connection.engine)
    if file is not None:
        return file.resolve().parent, file.stem
    folder = os.environ.get(FOLDER)
    return (Path(folder).expanduser() if folder else user_data_path("evaluation", appauthor=False)), "evaluation"


def _shapes(connection: Connection) -> dict[str, pa.Schema]:
    """Return the columns of every table that is there."""
    described = connection.execute(
        text(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"
        )
    )
    columns: dict[str, list[pa.Field]] = {}
    for table, column, kind in described:
        columns.setdefault(table, []).append(pa.field(column, _TYPES[str(kind).lower()]))
    return {table: pa.schema(fields) for table, fields in columns.items()}


def _listed(shape: pa.Schema) -> str:
    return ", ".join(f'"{name}"' for name in shape.names)


def _is_sample(connection: Connection, shapes: dict[str, pa.Schema]) -> bool:
    if "kind" not in shapes[state.name].names:
        return False
    return bool(connection.execute(text("SELECT kind FROM state")).scalar_one() == SAMPLE)
