"""Searching for a participant code in the tables, the bytes of the file and backups, telling where it is, no more."""

import mmap
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import Column, Connection, Engine, func, select

from evaluation.store.engine import database_file, unfinished_files
from evaluation.store.schema import audit, definitions, imports, mappings, open_answers, responses
from evaluation.store.trail import Entry, entries
from evaluation.store.upkeep.backup import Backup
from evaluation.store.upkeep.facts import is_distinctive, mention, tidy

Place = Literal["participant", "text", "file", "source", "definition", "trail"]

# What takes the answers out of the database so that they can be read elsewhere, codes and all.
COPIES = ("backup", "copied_out")
_PLACES: tuple[tuple[Place, Column[str]], ...] = (
    ("participant", responses.c.participant),
    ("text", open_answers.c.text),
    ("file", imports.c.file),
    ("source", mappings.c.source),
    ("definition", definitions.c.document),
)


@dataclass(frozen=True)
class CodeOccurrence:
    """That a code stands in one kind of place, and how many times."""

    place: Place
    times: int


def search_store(connection: Connection, code: str) -> tuple[CodeOccurrence, ...]:
    """Tell where ``code`` stands in the tables, the trail among them."""

    def text_counts(column: Column[str]) -> Mapping[str, int]:
        return {str(text): int(n) for text, n in connection.execute(select(column, func.count()).group_by(column))}

    hits = [CodeOccurrence(place, _times(place, text_counts(column), code)) for place, column in _PLACES]
    trail = sum(_times("trail", text_counts(column), code) for column in (audit.c.actor, audit.c.subject))
    return tuple(hit for hit in (*hits, CodeOccurrence("trail", trail)) if hit.times)


def search_backup(saved: Backup, code: str) -> tuple[CodeOccurrence, ...]:
    """Tell where ``code`` stands in a backup."""
    hits = []
    for place, column in _PLACES:
        counted = saved.frames[column.table.name][column.name].dropna().value_counts()
        times = _times(place, {str(text): int(n) for text, n in counted.items()}, code)
        if times:
            hits.append(CodeOccurrence(place, times))
    return tuple(hits)


def _times(place: Place, texts: Mapping[str, int], code: str) -> int:
    wanted = tidy(code)
    if place == "participant":
        return texts.get(wanted, 0)
    if not is_distinctive(wanted):
        return 0
    return sum(n for text, n in texts.items() if mention(wanted).search(text))


def files_of(engine: Engine) -> tuple[Path, ...]:
    """Return the files of a DuckDB database: itself, its log, and what an interrupted remaking has left."""
    file = database_file(engine)
    if file is None:
        return ()
    beside = (file, file.with_name(f"{file.name}.wal"), *unfinished_files(file))
    return tuple(path for path in beside if path.exists())


def left_unfinished(url: str) -> tuple[Path, ...]:
    """Return what an interrupted remaking of the DuckDB file at ``url`` has left, which its next opening deletes."""
    path = url.removeprefix("duckdb:///")
    return () if path == url else tuple(file for file in unfinished_files(Path(path)) if file.exists())


def count_in_file(file: Path, code: str) -> int:
    """Count the places of a file in which ``code`` stands as a word, deleted or not."""
    wanted = tidy(code)
    if not is_distinctive(wanted):
        return 0
    word = re.compile(rb"(?<![0-9A-Za-z])" + re.escape(wanted.encode()) + rb"(?![0-9A-Za-z])")
    if not file.stat().st_size:
        return 0
    with file.open("rb") as source, mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return sum(1 for _ in word.finditer(content))


def copies_with(connection: Connection, code: str) -> tuple[Entry, ...]:
    """Return the backups and copies that were made while ``code`` was stored, the latest first.

    That is since the first of the imports which hold it now.
    """
    wanted = tidy(code)
    numbers = set(connection.scalars(select(responses.c.import_id).where(responses.c.participant == wanted)))
    if is_distinctive(wanted):
        for number, text in (imports.c.import_id, imports.c.file), (open_answers.c.import_id, open_answers.c.text):
            rows = connection.execute(select(number, text))
            numbers |= {import_id for import_id, content in rows if mention(wanted).search(content)}
    made = select(imports.c.import_id, imports.c.accepted_at)
    days = [day for number, day in connection.execute(made) if number in numbers]
    return entries(connection, min(days), COPIES) if days else ()
