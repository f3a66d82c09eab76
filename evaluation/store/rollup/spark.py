"""The count statements on Spark SQL: translated, never rewritten, and their counts as the frames that DuckDB gives.

Spark listens to this machine only, has no web page, and reads files; nothing of it reaches a network.
"""

import os
import re
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
from sqlalchemy import Select
from sqlalchemy.dialects import postgresql

from evaluation.store.errors import StoreError
from evaluation.store.rollup.exports import SHAPES, Export

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from sqlglot import Expression

HERE = "127.0.0.1"
CORES = "local[2]"
LEAST_JAVA = 17
SETTINGS = {
    "spark.driver.bindAddress": HERE,
    "spark.driver.host": HERE,
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.session.timeZone": "UTC",
    # The default of two hundred parts would make two hundred tasks for a handful of counts.
    "spark.sql.shuffle.partitions": "8",
}


@contextmanager
def spark_counts(exports: Sequence[Export]) -> Iterator[Callable[[Select[Any]], pd.DataFrame]]:
    """Give what fetches a count statement over the union of ``exports``, on a Spark that ends afterwards."""
    with spark_session() as session:
        show_exports(session, exports)
        yield partial(fetch_spark, session)


@contextmanager
def spark_session(cores: str = CORES, memory: str = "2g") -> Iterator["SparkSession"]:
    """Give a Spark of this machine; raise StoreError where Spark, its translator or Java is missing."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise StoreError("store.java_missing", least=LEAST_JAVA)
    with tempfile.TemporaryDirectory(prefix="spark-") as folder:
        places = {"spark.local.dir": folder, "spark.sql.warehouse.dir": f"{folder}/warehouse"}
        session = _started(cores, {**SETTINGS, **places, "spark.driver.memory": memory})
        try:
            yield session
        finally:
            session.stop()


def _started(cores: str, settings: Mapping[str, str]) -> "SparkSession":
    os.environ["SPARK_LOCAL_IP"] = HERE
    with warnings.catch_warnings():
        # About frames of pandas, which Spark does not make here.
        warnings.simplefilter("ignore", FutureWarning)
        try:
            import sqlglot  # noqa: F401 - checked before Java starts
            from pyspark.errors import PySparkRuntimeError
            from pyspark.sql import SparkSession
        except ModuleNotFoundError as error:
            raise StoreError("store.spark_missing", module=error.name) from error
        builder = SparkSession.builder.master(cores).appName("evaluation")
        for name, value in settings.items():
            builder = builder.config(name, value)
        try:
            return builder.getOrCreate()
        except PySparkRuntimeError as error:
            raise StoreError("store.java_missing", least=LEAST_JAVA) from error


def show_exports(session: "SparkSession", exports: Sequence[Export]) -> None:
    """Let statements read the union of ``exports`` by the names of the tables."""
    for table in SHAPES:
        files = [_named(export.file(table)) for export in exports]
        session.read.parquet(*files).createOrReplaceTempView(table)


def _named(path: Path) -> str:
    """Return the path for Spark: its letters that would make it a pattern are escaped."""
    name = re.sub(r"([\[\]{}*?\\])", r"\\\1", path.as_posix())
    return f"file:{name}" if name.startswith("/") else f"file:/{name}"


def fetch_spark(session: "SparkSession", statement: Select[Any]) -> pd.DataFrame:
    """Return the rows of a count statement with the kinds of columns that DuckDB gives."""
    return _frame(session.sql(spark_sql(statement)).toArrow())


def spark_sql(statement: Select[Any]) -> str:
    """Return the statement in the SQL of Spark, translated from that of PostgreSQL."""
    import sqlglot

    compiled = statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})  # type: ignore[no-untyped-call]
    tree = sqlglot.parse_one(str(compiled), read="postgres")
    return str(tree.transform(_without_unknown).sql(dialect="spark"))


def _without_unknown(node: "Expression") -> "Expression":
    """Leave out what Spark does not know: it compares words by their bytes anyway, and decides about CTEs itself."""
    from sqlglot import expressions

    if isinstance(node, expressions.Collate) and node.expression.name == "C":
        return node.this
    if isinstance(node, expressions.CTE):
        node.set("materialized", None)
    return node


def _frame(table: pa.Table) -> pd.DataFrame:
    columns = {name: table[name] for name in table.column_names}
    whole = {name for name, values in columns.items() if pa.types.is_integer(values.type)}
    return pd.DataFrame(
        {name: _whole(values) if name in whole else values.to_pandas() for name, values in columns.items()}
    )


def _whole(values: pa.ChunkedArray) -> pd.Series:
    """Return whole numbers as wide as DuckDB's, with gaps only where there are any."""
    wide: pd.Series = values.cast(pa.int64()).to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    return wide if values.null_count else wide.astype("int64")
