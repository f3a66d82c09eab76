"""An export: the tables that the count cubes read, as Parquet, and a manifest that says what they are.

``responses`` has a row a form and nothing that tells who filled it or when it was saved; forms in whose place another
was taken are left out, so that ``superseded_by`` is empty. ``import_id`` is one number of chance for a whole export, so
that forms of two exports never meet, and files of several may be read as one table.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from evaluation.store.errors import StoreError

KIND, VERSION = "evaluation-export", 1
MANIFEST = "manifest.json"
TEXT, WHOLE, WIDE, DAY = pa.string(), pa.int32(), pa.int64(), pa.date32()
KEY = [("import_id", WIDE), ("response_no", WHOLE)]
SHAPES: Mapping[str, pa.Schema] = {
    "responses": pa.schema([
        *KEY,
        *((name, TEXT) for name in ("practice", "municipality", "cohort", "role", "questionnaire", "timing")),
        ("participant", TEXT), ("answered_on", DAY), ("counted", pa.bool_()), ("superseded_by", WIDE),
    ]),
    "answers": pa.schema([*KEY, ("item", TEXT), ("value", WHOLE)]),
    "attendances": pa.schema([
        *KEY, ("session_no", WHOLE), ("held_on", DAY), ("mark", pa.int16()),
    ]),
}  # fmt: skip


@dataclass(frozen=True)
class Manifest:
    """What an export says of itself.

    ``questionnaires`` gives, by "id:version", the mark of what was asked; ``practices`` the type of each practice;
    ``rows`` and ``files`` the number of rows and the SHA-256 of each table.
    """

    made_on: date
    threshold: int
    synthetic: bool
    municipalities: tuple[str, ...]
    practices: Mapping[str, str]
    questionnaires: Mapping[str, str]
    rows: Mapping[str, int]
    files: Mapping[str, str]

    def to_json(self) -> str:
        """Return the text of the manifest's file."""
        said = {"kind": KIND, "version": VERSION} | asdict(self) | {"made_on": self.made_on.isoformat()}
        return json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


@dataclass(frozen=True)
class Export:
    """One export as it lies in its folder."""

    folder: Path
    manifest: Manifest

    def file(self, table: str) -> Path:
        """Return the file of a table."""
        return table_file(self.folder, table)


def table_file(folder: Path, table: str) -> Path:
    """Return where an export in ``folder`` keeps a table."""
    return folder / f"{table}.parquet"


def read_export(folder: Path) -> Export:
    """Return the export in ``folder``.

    Raises StoreError where there is none, where another version of the toolkit made it, and where its files are not
    those that it was made with.
    """
    path = folder / MANIFEST
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["kind"] != KIND:
            raise StoreError("store.no_export", folder=folder)
        if said["version"] != VERSION:
            raise StoreError("store.export_version", folder=folder, found=said["version"], known=VERSION)
        export = Export(folder.resolve(), _manifest(said))
        whole = all(mark == file_mark(export.file(table)) for table, mark in export.manifest.files.items())
    except FileNotFoundError as error:
        raise StoreError("store.no_export", folder=folder) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError("store.export_broken", folder=folder) from error
    if not whole or export.manifest.files.keys() != SHAPES.keys():
        raise StoreError("store.export_broken", folder=folder)
    return export


def _manifest(said: Mapping[str, Any]) -> Manifest:
    return Manifest(
        made_on=date.fromisoformat(said["made_on"]),
        threshold=int(said["threshold"]),
        synthetic=bool(said["synthetic"]),
        municipalities=tuple(said["municipalities"]),
        practices=dict(said["practices"]),
        questionnaires=dict(said["questionnaires"]),
        rows={name: int(number) for name, number in said["rows"].items()},
        files=dict(said["files"]),
    )


def file_mark(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
