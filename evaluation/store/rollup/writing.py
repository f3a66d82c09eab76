"""Writes an export: practice by practice, under pseudonyms whose key is forgotten, in an order that reveals nothing."""

import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, Select, Table, select

from evaluation.definitions import Library
from evaluation.definitions.questionnaire_lock import fingerprint
from evaluation.private_files import close_to_others, make_folder
from evaluation.store.counts import same_response
from evaluation.store.decided_units import decided_units
from evaluation.store.different_people import stated
from evaluation.store.errors import StoreError
from evaluation.store.frames import fetch_frame
from evaluation.store.kinds import SAMPLE, kind_of
from evaluation.store.pseudonyms import new_key, pseudonym
from evaluation.store.rollup.exports import MANIFEST, SHAPES, Export, Manifest, file_mark, table_file
from evaluation.store.schema import answers, attendances, publication_units, responses
from evaluation.store.selection import Selection
from evaluation.store.working_people import WORKING_ROLES

# Of two hundred thousand people in one place, two fall together in one of a thousand million exports.
DIGEST_BYTES = 8
SCOPE = ["practice", "municipality", "role", "participant"]
KEY = ["import_id", "response_no"]
ROWS_AT_ONCE = 1_000_000
LIVE = responses.c.superseded_by.is_(None)


def write_export(connection: Connection, folder: Path, library: Library, threshold: int, day: date) -> Export:
    """Write all that the count cubes read into ``folder``, which must be new or empty, all of it or nothing.

    A participant code becomes a keyed hash of practice, municipality, role and code, that of those who do the work of
    role and code: equal codes stay equal where the statements compare them, and nowhere else. The key is forgotten, so
    that nobody can link two exports.
    Open answers, names of files, times of import, rows, versions and marks of forms are left out.

    Args:
        connection: an open transaction, so that all tables are of one moment.
        folder: where the export is put.
        library: the definitions of which the answers are; raises StoreError where they lack what is stored.
        threshold: the least number of people of whom the county publishes.
        day: the day of the export.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError("store.export_not_empty", folder=folder)
    practices, fingerprints, municipalities = _described(connection, library)
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    make_folder(fresh)
    try:
        rows = _write_tables(connection, fresh, practices)
        manifest = Manifest(
            made_on=day,
            threshold=threshold,
            synthetic=kind_of(connection) == SAMPLE,
            municipalities=municipalities,
            practices=practices,
            questionnaires=fingerprints,
            rows=rows,
            files={table: file_mark(table_file(fresh, table)) for table in SHAPES},
            different=stated(connection),
        )
        (fresh / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
        for path in fresh.iterdir():
            close_to_others(path)
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Export(folder.resolve(), manifest)


def _described(
    connection: Connection, library: Library
) -> tuple[Mapping[str, str], Mapping[str, str], tuple[str, ...]]:
    """Return the types of the practices, the fingerprints of the questionnaires and the municipalities in the store."""
    names = [responses.c[name] for name in ("practice", "municipality", "questionnaire", "version")]
    stored = list(connection.execute(select(*names).where(LIVE).distinct()))
    practices, fingerprints = {}, {}
    for practice, _, questionnaire, version in stored:
        try:
            practices[practice] = library.practices[practice].type
            form = library.questionnaire(questionnaire, version)
        except KeyError as error:
            unknown = {"practice": practice, "questionnaire": questionnaire, "version": version}
            raise StoreError("store.export_unknown", **unknown) from error
        fingerprints[f"{questionnaire}:{version}"] = fingerprint(form, library)
    return practices, fingerprints, tuple(sorted({row.municipality for row in stored}))


def _write_tables(connection: Connection, folder: Path, practices: Mapping[str, str]) -> Mapping[str, int]:
    key, first, rows = new_key(), 0, dict.fromkeys(SHAPES, 0)
    import_id = secrets.randbits(62)
    with ExitStack() as opened:
        writers = {
            table: opened.enter_context(pq.ParquetWriter(table_file(folder, table), shape, compression="zstd"))
            for table, shape in SHAPES.items()
        }
        for practice in sorted(practices):
            for table, frame in _of_practice(connection, practice, key, first):
                made = pa.Table.from_pandas(frame.assign(import_id=import_id), SHAPES[table], preserve_index=False)
                writers[table].write_table(made.replace_schema_metadata(None), row_group_size=ROWS_AT_ONCE)
                rows[table] += len(frame)
            first = rows["responses"]
    return rows


def _of_practice(connection: Connection, practice: str, key: bytes, first: int) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables of a practice, forms numbered anew from ``first`` on."""
    of_practice = (LIVE, responses.c.practice == practice)
    columns = [responses.c[name] for name in SHAPES["responses"].names]
    forms = _shuffled(fetch_frame(connection, select(*columns).where(*of_practice)))
    numbers = forms[KEY].assign(number=np.arange(first, first + len(forms), dtype="int32"))
    yield "responses", forms.assign(response_no=numbers["number"], participant=_pseudonyms(forms, key))
    for table in (answers, attendances):
        stored = fetch_frame(connection, _belonging(table).where(*of_practice)).merge(numbers, on=KEY)
        renamed = stored.drop(columns="response_no").rename(columns={"number": "response_no"})
        yield table.name, renamed.sort_values(SHAPES[table.name].names[1:3], ignore_index=True)
    units = fetch_frame(connection, decided_units(Selection(practices=(practice,))))
    yield publication_units.name, units.sort_values(SHAPES[publication_units.name].names[:6], ignore_index=True)


def _belonging(table: Table) -> Select[tuple[object, ...]]:
    return select(table).select_from(responses.join(table, same_response(responses, table)))


def _shuffled(forms: pd.DataFrame) -> pd.DataFrame:
    """Return the forms by cohort, those of a cohort in random order: the order of storing reveals who came when."""
    chance = np.random.default_rng(secrets.randbits(128))
    order = ["municipality", "cohort", "questionnaire", "chance"]
    return forms.assign(chance=chance.permutation(len(forms))).sort_values(order, ignore_index=True)


def _pseudonyms(forms: pd.DataFrame, key: bytes) -> pd.Series:
    coded = forms.loc[forms["participant"].notna(), SCOPE]
    # Who works in two practices counts once in what is published of them together.
    coded.loc[coded["role"].isin(WORKING_ROLES), ["practice", "municipality"]] = ""
    people = zip(*(coded[name] for name in SCOPE), strict=True)
    named = pd.Series([pseudonym(key, DIGEST_BYTES, *names) for names in people], index=coded.index, dtype=object)
    return named.reindex(forms.index)
