"""Frames of rows into a database and out of it, and lists to select by, in the fastest way of the engine."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pandas as pd
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Connection,
    Executable,
    FromClause,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    func,
    literal,
    select,
)


def insert_frame(connection: Connection, table: Table, frame: pd.DataFrame) -> None:
    """Insert the rows of ``frame``, whose columns are named as those of ``table``, in the open transaction."""
    if frame.empty:
        return
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    # Row by row through SQLAlchemy would take thirty times as long.
    if is_server(connection):
        _copied_in(connection, f'COPY "{table.name}" ({columns}) FROM STDIN', table, frame)
        return
    with _registered(connection, "incoming", frame) as driver:
        driver.execute(f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM incoming')  # noqa: S608


def _copied_in(connection: Connection, statement: str, table: Table, frame: pd.DataFrame) -> None:
    """Send the rows of ``frame`` to a server; numbers that gaps have made fractions are whole again."""
    split = [name for name in frame if isinstance(table.c[str(name)].type, Integer) and frame[name].dtype.kind == "f"]
    rows = frame.astype(dict.fromkeys(split, "Int64")).astype(object)
    rows = rows.where(rows.notna(), None)
    driver: Any = connection.connection.dbapi_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows.itertuples(index=False, name=None):
            copy.write_row(row)


def fetch_frame(connection: Connection, statement: Executable) -> pd.DataFrame:
    """Return the rows of ``statement`` as a frame with plain Python dates and missing values as None or NaN."""
    with connection.execute(statement) as result:
        if is_server(connection):
            return _fetched_rows(result.cursor)
        return _fetched_whole(result.cursor)


_WIDE = {**dict.fromkeys(("int8", "int16", "int32"), "int64"), **dict.fromkeys(("Int8", "Int16", "Int32"), "Int64")}


def _fetched_whole(cursor: Any) -> pd.DataFrame:
    """Fetch from DuckDB at once: tuple by tuple through SQLAlchemy would take twenty times as long."""
    dates = [name for name, kind, *_ in cursor.description if kind == "DATE"]
    frame: pd.DataFrame = cursor.df()
    for name in dates:
        days = frame[name].dt.date.astype(object)
        frame[name] = days.where(days.notna(), None)
    return frame.astype({name: _WIDE[str(kind)] for name, kind in frame.dtypes.items() if str(kind) in _WIDE})


# The kinds of columns as PostgreSQL numbers them, and as DuckDB would give them, without gaps and with.
_KINDS = {
    **dict.fromkeys((20, 21, 23), ("int64", "Int64")),
    16: ("bool", "boolean"),
    **dict.fromkeys((25, 1043), ("str", "str")),
    1114: ("datetime64[us]", "datetime64[us]"),
}


def _fetched_rows(cursor: Any) -> pd.DataFrame:
    """Fetch from a server, with the kinds of columns that DuckDB gives."""
    names = [column.name for column in cursor.description]
    frame = pd.DataFrame(cursor.fetchall(), columns=names, dtype=object)
    kinds = {
        column.name: _KINDS[column.type_code][int(frame[column.name].isna().any())]
        for column in cursor.description
        if column.type_code in _KINDS
    }
    return frame.astype(kinds)


@contextmanager
def listed(connection: Connection, marks: pd.Series) -> Iterator[Select[tuple[str]]]:
    """Give a statement that selects ``marks``, texts or whole numbers, to be used inside ``in_``; there may be many."""
    if is_server(connection):
        kind = BigInteger if marks.dtype.kind == "i" else String
        yield select(func.unnest(literal(marks.tolist(), ARRAY(kind))).label("mark"))
        return
    with _registered(connection, _listed.name, pd.DataFrame({"mark": marks.to_numpy()})):
        yield select(_listed.c.mark)


@contextmanager
def listed_forms(connection: Connection, forms: pd.DataFrame, more: str | None = None) -> Iterator[FromClause]:
    """Give stored forms (import_id, response_no), however many they are, as a table to join with.

    ``more`` names a further column of whole numbers.
    """
    names = ["import_id", "response_no", *([more] if more else [])]
    rows = forms[names].astype("int64")
    if is_server(connection):
        lists = [func.unnest(literal(rows[name].tolist(), ARRAY(BigInteger))).label(name) for name in names]
        yield select(*lists).subquery("listed_forms")
        return
    listed_rows = Table("listed_forms", MetaData(), *(Column(name, BigInteger) for name in names))
    with _registered(connection, listed_rows.name, rows):
        yield listed_rows


@contextmanager
def listed_columns(connection: Connection, frame: pd.DataFrame) -> Iterator[Mapping[str, Select[Any]]]:
    """Give for every column of ``frame``, of texts or whole numbers, a statement that selects its values; see listed.

    Missing values are left out.
    """
    kinds = {str(name): BigInteger if frame[name].dtype.kind == "i" else String for name in frame}
    if is_server(connection):
        values = {name: literal(frame[name].dropna().unique().tolist(), ARRAY(kind)) for name, kind in kinds.items()}
        yield {name: select(func.unnest(marks).label("mark")) for name, marks in values.items()}
        return
    if not kinds:
        yield {}
        return
    table = Table("listed_columns", MetaData(), *(Column(name, kind) for name, kind in kinds.items()))
    with _registered(connection, table.name, frame):
        yield {name: select(table.c[name]).where(table.c[name].is_not(None)) for name in kinds}


_listed = Table("listed_marks", MetaData(), Column("mark", String))


@contextmanager
def _registered(connection: Connection, name: str, frame: pd.DataFrame) -> Iterator[Any]:
    """Let statements read ``frame`` as a table of that name.

    Where a statement fails the transaction takes no more statements; the next frame takes the name over.
    """
    driver = connection.connection.dbapi_connection
    driver.register(name, frame)  # type: ignore[union-attr]
    yield driver
    driver.unregister(name)  # type: ignore[union-attr]


DUCKDB, POSTGRESQL = "duckdb", "postgresql"


def is_server(connection: Connection) -> bool:
    """Say whether the database is on a server, where several programs work at once."""
    return connection.dialect.name == POSTGRESQL
