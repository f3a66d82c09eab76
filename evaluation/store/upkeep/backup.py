"""A whole database as one file: a zip of a manifest and a Parquet file a table, packed, checked and unpacked in memory.

Nothing of such a file is ever written to disk by the name it says, and no more is unpacked than is bounded here.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Column, MetaData, Table, create_engine, types

from evaluation.spreadsheets import Unreadable, decoded_bytes
from evaluation.store.engine import transaction
from evaluation.store.errors import StoreError
from evaluation.store.frames import insert_frame
from evaluation.store.kinds import OWN, Kind, known_kind
from evaluation.store.migrations import create_earlier_state, migrate
from evaluation.store.schema import VERSION, imports, responses
from evaluation.store.upkeep.backup_checks import complete, sound
from evaluation.store.upkeep.whole_database import TABLES, everything

FORMAT = "practice-evaluation backup 1"
MANIFEST = "manifest.json"
# What a backup may be called in the trail; another word could be a name.
NAMES = frozenset({*"-_. ", "backup", "evaluation", "varmuuskopio", "sakerhetskopia", "säkerhetskopia", "zip"})
SUFFIX = ".parquet"
LARGEST_MANIFEST = 100_000
# Ten times what the largest county could gather in years; a file that says more is not ours.
MOST_ROWS = 50_000_000
# Decoded, all tables together. What the toolkit packs takes up to thirty times its file; small files may take more.
MOST_BYTES, ALWAYS_BYTES, MOST_RATIO = 2_000_000_000, 200_000_000, 100
_DAY = r"(?:19|20)\d\d-?[01]\d-?[0-3]\d(?!\d)"

# The narrower types stand before those they are a kind of.
_TYPES: tuple[tuple[type[types.TypeEngine[Any]], pa.DataType], ...] = (
    (types.SmallInteger, pa.int16()),
    (types.BigInteger, pa.int64()),
    (types.Integer, pa.int32()),
    (types.Boolean, pa.bool_()),
    (types.DateTime, pa.timestamp("us")),
    (types.Date, pa.date32()),
    (types.String, pa.string()),
)
_WITH_GAPS = {
    pa.int16(): pd.Int16Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


@dataclass(frozen=True)
class Backup:
    """What a backup file holds, checked; ``frames`` are all tables as the present version has them.

    ``kind`` tells whose answers they are.
    """

    made_on: date
    kind: Kind
    frames: Mapping[str, pd.DataFrame]

    @property
    def forms(self) -> int:
        """How many forms it holds."""
        return len(self.frames[responses.name])

    @property
    def imports(self) -> int:
        """How many imports it holds."""
        return len(self.frames[imports.name])

    @property
    def last_import(self) -> datetime | None:
        """When the latest of them was made, in universal time."""
        last = self.frames[imports.name]["accepted_at"].max()
        return None if pd.isna(last) else last.to_pydatetime()


def pack(frames: Mapping[str, pd.DataFrame], day: date, kind: Kind) -> bytes:
    """Return ``frames``, which are all tables, as the bytes of a backup file marked as of that kind."""
    parts = {name: parquet(frame, _shape(TABLES[name])) for name, frame in frames.items()}
    rows = {name: len(frame) for name, frame in frames.items()}
    return pack_parts(manifest_of(rows, parts, day, VERSION) | {"kind": kind}, parts)


def manifest_of(rows: Mapping[str, int], parts: Mapping[str, bytes], day: date, version: int) -> dict[str, Any]:
    """Return what a backup says of its tables: their version, their numbers of rows and their fingerprints."""
    tables = {name: {"rows": rows[name], "sha256": _digest(part)} for name, part in parts.items()}
    return {"format": FORMAT, "schema_version": version, "made_on": day.isoformat(), "tables": tables}


def pack_parts(manifest: Mapping[str, Any], parts: Mapping[str, bytes]) -> bytes:
    """Return a manifest and the tables, as the bytes of Parquet files, as the bytes of a backup file."""
    made_on = date.fromisoformat(manifest["made_on"])
    moment = (made_on.year, made_on.month, made_on.day, 0, 0, 0)
    target = io.BytesIO()
    # Parquet is compressed already; unpacking then cannot make more of a file than it is.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        # The time of saving is the day of the backup, so that the same content is the same file.
        archive.writestr(zipfile.ZipInfo(MANIFEST, moment), json.dumps(manifest, indent=2))
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name + SUFFIX, moment), part)
    return target.getvalue()


def same_tables(one: bytes, other: bytes) -> bool:
    """Tell whether two files are backups of the same rows in tables of the same version."""
    try:
        (manifest, _), (other_manifest, _) = _read_parts(one), _read_parts(other)
    except StoreError:
        return False
    return all(manifest.get(name) == other_manifest.get(name) for name in ("schema_version", "tables"))


def backup_subject(name: str, content: bytes, version: int = VERSION) -> str:
    """Return what the trail says of a backup: its name as far as it says nothing, its fingerprint and its version."""
    return f"{plain_name(name)} sha256={fingerprint(content)} tables={version}"


def fingerprint(content: bytes) -> str:
    """Return by what a backup file is known again, whatever it is called."""
    return _digest(content)[:16]


def plain_name(name: str) -> str:
    """Return the name of a backup file without anything but words that name no person, and days."""
    parts = re.findall(rf"{_DAY}|[^\W_]+|[\W_]", name)
    return "".join(part if part.casefold() in NAMES or re.fullmatch(_DAY, part) else "…" for part in parts)


def parquet(frame: pd.DataFrame, shape: pa.Schema) -> bytes:
    """Return the rows of ``frame``, whose columns are those of ``shape``, as the bytes of a Parquet file."""
    target = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame, schema=shape, preserve_index=False), target, compression="zstd")
    return target.getvalue()


def _shape(table: Table) -> pa.Schema:
    return pa.schema([pa.field(column.name, _arrow(column)) for column in table.columns])


def _arrow(column: Column[Any]) -> pa.DataType:
    return next(arrow for kind, arrow in _TYPES if isinstance(column.type, kind))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def unpack(content: bytes, packed_here: bool = False) -> Backup:
    """Read and check a backup file; ``packed_here`` tells that nobody else can have made it.

    Raises StoreError: ``store.backup_foreign`` for a file of another kind, ``store.backup_newer`` where a later version
    of the toolkit made it, ``store.backup_broken`` where anything of it is not as its manifest says or a row is
    missing, ``store.backup_too_large`` where it would take more memory than the tables of a database of its size.
    """
    manifest, parts = _read_parts(content)
    try:
        version, day = int(manifest["schema_version"]), date.fromisoformat(manifest["made_on"])
        # An earlier version knew no mark, and what it brings in of the sample is removed below.
        kind = known_kind(manifest.get("kind", OWN))
        if version > VERSION:
            raise StoreError("store.backup_newer", found=version, known=VERSION)
        if version < 1:
            raise ValueError("no such version")
        if not packed_here:
            _refuse_too_large([parts[name] for name in manifest["tables"]])
        tables = {name: _table(parts[name], entry) for name, entry in manifest["tables"].items()}
        if version < VERSION:
            frames = _brought_up(tables, version)
        elif tables.keys() == TABLES.keys() and all(tables[name].schema == _shape(TABLES[name]) for name in TABLES):
            frames = {name: _frame(table) for name, table in tables.items()}
        else:
            raise ValueError("other tables")
        if not sound(frames) or not complete(frames):
            raise ValueError("keys, required values or rows are missing")
    except StoreError:
        raise
    # Whatever a crafted file makes a library say, it says the same to the worker.
    except Exception as error:
        raise StoreError("store.backup_broken") from error
    return Backup(day, kind, frames)


def _read_parts(content: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the manifest, and the bytes of the tables by their names."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = {info.filename: info for info in archive.infolist()}
            if any(info.compress_type != zipfile.ZIP_STORED for info in infos.values()):
                raise StoreError("store.backup_foreign")
            # Parts that overlap in the file would make more of it than it is.
            if infos[MANIFEST].file_size > LARGEST_MANIFEST or sum(map(_size, infos.values())) > len(content):
                raise StoreError("store.backup_foreign")
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["format"] != FORMAT:
                raise StoreError("store.backup_foreign")
            try:
                parts = {
                    name.removesuffix(SUFFIX): archive.read(info) for name, info in infos.items() if name != MANIFEST
                }
            except (zipfile.BadZipFile, OSError, RuntimeError) as error:
                raise StoreError("store.backup_broken") from error
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
        raise StoreError("store.backup_foreign") from error
    return manifest, parts


def _size(info: zipfile.ZipInfo) -> int:
    return max(info.file_size, info.compress_size)


def _refuse_too_large(parts: Collection[bytes]) -> None:
    """Raise StoreError where the tables take too much once they are decoded; a process with limits finds that out."""
    left = min(MOST_BYTES, ALWAYS_BYTES + MOST_RATIO * sum(map(len, parts)))
    for part in parts:
        try:
            left -= decoded_bytes(part, left)
        except Unreadable as unreadable:
            key = "broken" if unreadable.code == "damaged_workbook" else "too_large"
            raise StoreError(f"store.backup_{key}") from unreadable


def _table(part: bytes, entry: Mapping[str, Any]) -> pa.Table:
    """Return the rows of one table; raise ValueError where they are not those that the manifest says."""
    if _digest(part) != entry["sha256"]:
        raise ValueError("other bytes")
    file = pq.ParquetFile(pa.BufferReader(part))
    metadata = file.metadata
    if metadata.num_rows != entry["rows"] or metadata.num_rows > MOST_ROWS:
        raise ValueError("other rows")
    return file.read().replace_schema_metadata(None)


def _frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(types_mapper=_WITH_GAPS.get)
    return frame


def _brought_up(tables: Mapping[str, pa.Table], version: int) -> Mapping[str, pd.DataFrame]:
    """Return the tables of an earlier version as the present one has them, by the steps that a database takes."""
    engine = create_engine("duckdb:///:memory:")
    kinds = {arrow: kind for kind, arrow in _TYPES}
    with transaction(engine) as connection:
        create_earlier_state(connection, version)
        for name, rows in tables.items():
            columns = [Column(field.name, kinds[field.type]()) for field in rows.schema]
            old = Table(name, MetaData(), *columns)
            old.create(connection)
            insert_frame(connection, old, _frame(rows))
        migrate(connection, version)
        frames = everything(connection)
    engine.dispose()
    return frames
