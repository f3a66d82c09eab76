"""An export: the tables that the count cubes read, as Parquet, with a manifest; and which exports go together.

``responses`` has a row a form and nothing that reveals who filled it or when it was saved; replaced forms are left out,
so that ``superseded_by`` is empty. ``import_id`` is one random number for a whole export, so that forms of two exports
never meet, and files of several may be read as one table. The publication units are those of the county: by them its
figures are published, there and together with those of others.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from evaluation.definitions import Library
from evaluation.definitions.questionnaire_lock import fingerprint
from evaluation.store.different_people import DifferentPeople
from evaluation.store.errors import StoreError

KIND, VERSION = "evaluation-export", 4
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
    "publication_units": pa.schema([
        *((name, TEXT) for name in ("kind", "practice", "municipality", "role", "questionnaire", "cohort")),
        ("unit", WHOLE), ("threshold", WHOLE), ("first_on", DAY), ("last_on", DAY), ("place_of", TEXT),
    ]),
}  # fmt: skip


@dataclass(frozen=True)
class Manifest:
    """The description of an export.

    ``questionnaires`` has the fingerprints of questionnaires by "id:version"; ``practices`` the types of practices;
    ``rows`` and ``files`` the number of rows and the SHA-256 by table. ``different`` is where cohorts or days are of
    different people.
    """

    made_on: date
    threshold: int
    synthetic: bool
    municipalities: tuple[str, ...]
    practices: Mapping[str, str]
    questionnaires: Mapping[str, str]
    rows: Mapping[str, int]
    files: Mapping[str, str]
    different: DifferentPeople

    def to_json(self) -> str:
        """Return the text of the manifest's file."""
        manifest = {"kind": KIND, "version": VERSION} | asdict(self) | {"made_on": self.made_on.isoformat()}
        return json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


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
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["kind"] != KIND:
            raise StoreError("store.no_export", folder=folder)
        if content["version"] != VERSION:
            raise StoreError("store.export_version", folder=folder, found=content["version"], known=VERSION)
        export = Export(folder.resolve(), _manifest(content))
        whole = all(mark == file_mark(export.file(table)) for table, mark in export.manifest.files.items())
    except FileNotFoundError as error:
        raise StoreError("store.no_export", folder=folder) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError("store.export_broken", folder=folder) from error
    if not whole or export.manifest.files.keys() != SHAPES.keys():
        raise StoreError("store.export_broken", folder=folder)
    return export


def _manifest(content: Mapping[str, Any]) -> Manifest:
    return Manifest(
        made_on=date.fromisoformat(content["made_on"]),
        threshold=int(content["threshold"]),
        synthetic=bool(content["synthetic"]),
        municipalities=tuple(content["municipalities"]),
        practices=dict(content["practices"]),
        questionnaires=dict(content["questionnaires"]),
        rows={name: int(number) for name, number in content["rows"].items()},
        files=dict(content["files"]),
        different=DifferentPeople(
            **{
                spans: tuple((str(practice), str(municipality)) for practice, municipality in places)
                for spans, places in content["different"].items()
            }
        ),
    )


def file_mark(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_together(exports: Sequence[Export], library: Library) -> None:
    """Raise StoreError where the union of ``exports`` would not count what ``library`` says.

    A municipality may be in one export only, for two forms of one person could not be recognised as such. Practices and
    the items of questionnaires must be those of the library. The sample is made up, and is never counted together with
    real answers.
    """
    sample = [export for export in exports if export.manifest.synthetic]
    if sample and len(sample) < len(exports):
        raise StoreError("store.exports_mixed", folder=sample[0].folder.name)
    by_municipality: dict[str, Export] = {}
    for export in exports:
        for municipality in export.manifest.municipalities:
            other = by_municipality.setdefault(municipality, export)
            if other is not export:
                places = {"one": other.folder.name, "other": export.folder.name}
                raise StoreError("store.export_same_municipality", municipality=municipality, **places)
        _check_definitions(export, library)


def _check_definitions(export: Export, library: Library) -> None:
    folder = export.folder.name
    for practice, kind in export.manifest.practices.items():
        known = library.practices.get(practice)
        if known is None or known.type != kind:
            raise StoreError("store.export_other_practice", folder=folder, practice=practice)
    for name, mark in export.manifest.questionnaires.items():
        questionnaire, _, version = name.rpartition(":")
        values = {"folder": folder, "questionnaire": questionnaire, "version": version}
        try:
            form = library.questionnaire(questionnaire, int(version))
        except KeyError as error:
            raise StoreError("store.export_unknown_form", **values) from error
        if fingerprint(form, library) != mark:
            raise StoreError("store.export_other_form", **values)


def versions_beside(exports: Sequence[Export]) -> Mapping[str, tuple[int, ...]]:
    """Return the questionnaires of which there is more than one version, with their versions."""
    versions: dict[str, set[int]] = {}
    for export in exports:
        for name in export.manifest.questionnaires:
            questionnaire, _, version = name.rpartition(":")
            versions.setdefault(questionnaire, set()).add(int(version))
    return {form: tuple(sorted(several)) for form, several in sorted(versions.items()) if len(several) > 1}


def strictest_threshold(exports: Sequence[Export], threshold: int) -> int:
    """Return the greatest of the counties' thresholds and ``threshold``: what is published together keeps to it."""
    return max(threshold, *(export.manifest.threshold for export in exports))
