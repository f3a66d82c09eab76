"""Copying all that is stored into another database, of any kind: checked by counts and fingerprints, or undone."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from pandas.util import hash_pandas_object
from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Integer, Select, Table, func, select

from evaluation.store.engine import analyze_tables
from evaluation.store.errors import StoreError
from evaluation.store.frames import fetch_frame, insert_frame
from evaluation.store.schema import imports, responses
from evaluation.store.upkeep.whole_database import TABLES, delete_all_rows

# So many forms with all that belongs to them are in memory at once, or one import if that is larger.
FORMS_AT_ONCE = 100_000
# A fingerprint is a sum over the rows, so that it is the same in whatever order a database returns them.
_BITS = 2**64


@dataclass(frozen=True)
class Copied:
    """How many rows of a table were copied, and their fingerprint: the same in both databases."""

    table: str
    rows: int
    fingerprint: str


def copy_everything(source: Connection, target: Connection) -> tuple[Copied, ...]:
    """Put all that is stored in ``source`` in place of all that is in ``target``, both in an open transaction.

    Raises StoreError when what then stands in the target is not what stands in the source.
    """
    spans = _spans(source)
    delete_all_rows(target, first=spans[-1][1] + 1 if spans else 1)
    copied = []
    for table in TABLES.values():
        for part in _parts(source, table, spans):
            insert_frame(target, table, part)
        copied.append(_summed(source, table, spans))
        if _summed(target, table, spans) != copied[-1] or _size(target, table) != copied[-1].rows:
            raise StoreError("store.copy_differs", table=table.name)
    analyze_tables(target)
    return tuple(copied)


def _spans(connection: Connection) -> list[tuple[int, int]]:
    """Return from which import to which one goes at once."""
    number = imports.c.import_id
    joined = imports.outerjoin(responses, number == responses.c.import_id)
    sizes = select(number, func.count(responses.c.import_id)).select_from(joined).group_by(number).order_by(number)
    spans: list[tuple[int, int]] = []
    filled = FORMS_AT_ONCE
    for import_id, forms in connection.execute(sizes):
        if filled + forms > FORMS_AT_ONCE:
            spans.append((import_id, import_id))
            filled = 0
        spans[-1] = (spans[-1][0], import_id)
        filled += forms
    return spans


def _parts(connection: Connection, table: Table, spans: list[tuple[int, int]]) -> Iterator[pd.DataFrame]:
    """Give the rows of ``table`` by spans of imports; whole where they belong to none."""
    if "import_id" not in table.c:
        yield fetch_frame(connection, select(table))
        return
    for first, last in spans:
        yield fetch_frame(connection, _between(table, first, last))


def _between(table: Table, first: int, last: int) -> Select[tuple[object, ...]]:
    return select(table).where(table.c.import_id.between(first, last))


def _summed(connection: Connection, table: Table, spans: list[tuple[int, int]]) -> Copied:
    rows = total = 0
    for part in _parts(connection, table, spans):
        rows += len(part)
        total += _fingerprint(part, table)
    return Copied(table.name, rows, f"{total % _BITS:016x}")


def _size(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _fingerprint(part: pd.DataFrame, table: Table) -> int:
    alike = pd.DataFrame({column.name: _alike(part[column.name], column) for column in table.columns})
    return int(hash_pandas_object(alike, index=False).to_numpy().sum())


def _alike(values: pd.Series, column: Column[object]) -> pd.Series:
    """Return the values of a column in the one kind that they have whichever database they come from."""
    if isinstance(column.type, Integer | Boolean):
        return values.astype("Int64")
    if isinstance(column.type, Date | DateTime):
        return pd.to_datetime(values).astype("datetime64[us]")
    texts = values.astype(object)
    return texts.where(texts.notna(), None)
