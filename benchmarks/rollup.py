"""Time all count cubes on each engine, and what an export for a roll-up takes, by the number of answers.

Usage: python -m benchmarks.rollup [answers ...] [--in FOLDER] [--up-to WAY=ANSWERS]…
(default: 100000 1000000 10000000 50000000; databases are made in FOLDER, by default a temporary one;
``--up-to postgresql=1000000`` leaves PostgreSQL out beyond a million, ``--up-to spark=0`` Spark)

For each number of answers a DuckDB file is made as benchmarks.measures makes it, beyond ten million by laying further
people beside those it made. Each way runs in a process of its own, so that its peak of memory (with Java's) is its own:

``seconds`` are those of the clock, ``cpu`` those that the process and its Java worked meanwhile: on a busy machine the
second tells more. Of PostgreSQL, whose servers work beside, neither that nor the memory is known.

export      the database written as Parquet, and its size
file        all cubes from the DuckDB file, the quickest of some runs after one that warms up
parquet     all cubes by DuckDB from the export, likewise
spark       all cubes by Spark on two cores: *cold* from its start, *warm* the quicker of two after that
postgresql  all cubes from a PostgreSQL of its own
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import duckdb
import psutil

from benchmarks.measures import fill
from benchmarks.watch import Watch
from evaluation.definitions import Library, load_library
from evaluation.measures.unit_counts import cube_definitions
from evaluation.store import Selection, open_store
from evaluation.store.different_people import DifferentPeople
from evaluation.store.rollup import count_exports, read_export
from evaluation.store.rollup.spark import fetch_spark, show_exports, spark_session
from evaluation.store.snapshot import count_cubes

SIZES = (10**5, 10**6, 10**7, 5 * 10**7)
MADE_AT_ONCE = 10**7
UP_TO = {"export": 10**9, "file": 10**9, "parquet": 10**9, "spark": 10**9, "postgresql": 10**7}
MEBIBYTE = 2**20
Figures = Mapping[str, float]


def make(folder: Path, library: Library, answers: int) -> None:
    """Make a database of about ``answers`` answers in ``folder``."""
    made = min(answers, MADE_AT_ONCE)
    fill(folder / "store.duckdb", library, made)
    with duckdb.connect(str(folder / "store.duckdb")) as connection:
        (forms,) = connection.execute("SELECT max(response_no) + 1 FROM responses").fetchone() or (0,)
        for turn in range(1, answers // made):
            mark, later = f"x{turn}", f"response_no + {turn * forms}"
            connection.execute(
                f"INSERT INTO responses SELECT * REPLACE ({later} AS response_no,"  # noqa: S608
                f" participant || '{mark}' AS participant)"
                f" FROM responses WHERE response_no < {forms}"
            )
            for table in ("answers", "attendances"):
                connection.execute(
                    f"INSERT INTO {table} SELECT * REPLACE ({later} AS response_no) FROM {table}"  # noqa: S608
                    f" WHERE response_no < {forms}"
                )


def _export(folder: Path, library: Library) -> Figures:
    store = open_store(_url(folder))
    spent = _spent(lambda: store.export(folder / "export", library, 5, date(2018, 12, 31)))
    export = read_export(folder / "export")
    size = sum(each.stat().st_size for each in export.folder.iterdir())
    return {**spent, "size": size / MEBIBYTE, "answers": export.manifest.rows["answers"]}


def _file(folder: Path, library: Library) -> Figures:
    store, asked = open_store(_url(folder)), cube_definitions(library)
    return _quickest(lambda: store.snapshot(asked), _times(folder))


def _parquet(folder: Path, library: Library) -> Figures:
    exports, asked = [read_export(folder / "export")], cube_definitions(library)
    return _quickest(lambda: count_exports(exports, asked, "duckdb"), _times(folder))


def _spark(folder: Path, library: Library) -> Figures:
    exports, asked = [read_export(folder / "export")], cube_definitions(library)
    began, worked = time.perf_counter(), _worked()
    with spark_session(memory="6g") as session:
        show_exports(session, exports)

        def count() -> object:
            return count_cubes(lambda statement: fetch_spark(session, statement), asked, Selection(), DifferentPeople())

        count()
        cold = {"cold": time.perf_counter() - began, "cold_cpu": _worked() - worked}
        return {**cold, **min((_spent(count) for _ in range(2)), key=lambda spent: spent["cpu"])}


def _postgresql(folder: Path, library: Library) -> Figures:
    from sqlalchemy import create_engine

    from tests.postgres import running

    with running() as cluster:
        url = cluster.new_database()
        target = open_store(url)
        open_store(_url(folder)).copy_to(target)
        with create_engine(url).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
        return _quickest(lambda: target.snapshot(cube_definitions(library)), _times(folder))


WAYS: Mapping[str, Callable[[Path, Library], Figures]] = {
    "export": _export, "file": _file, "parquet": _parquet, "spark": _spark, "postgresql": _postgresql,
}  # fmt: skip


def _quickest(call: Callable[[], object], times: int) -> Figures:
    """Return what the quickest of some calls took, after one that warms up."""
    call()
    return min((_spent(call) for _ in range(times)), key=lambda spent: spent["seconds"])


def _spent(call: Callable[[], object]) -> Figures:
    began, worked = time.perf_counter(), _worked()
    call()
    return {"seconds": time.perf_counter() - began, "cpu": _worked() - worked}


def _worked() -> float:
    """Return the seconds that this process and its Java have worked so far."""
    own = psutil.Process()
    java = [each for each in own.children(recursive=True) if each.name() == "java"]
    return sum(sum(each.cpu_times()[:2]) for each in (own, *java))


def _times(folder: Path) -> int:
    large = (folder / "store.duckdb").stat().st_size > 100 * MEBIBYTE
    return 2 if large else 5


def _url(folder: Path) -> str:
    return f"duckdb:///{(folder / 'store.duckdb').as_posix()}"


def _child(way: str, folder: Path) -> None:
    with Watch() as watch:
        found = dict(WAYS[way](folder, load_library()))
    # What the servers of PostgreSQL take beside is theirs to say.
    found["memory"] = watch.parent + (watch.child if way == "spark" else 0)
    print(json.dumps(found))


def measure(answers: int, place: Path, up_to: Mapping[str, int]) -> Iterator[str]:
    """Yield a line of figures for each way."""
    with tempfile.TemporaryDirectory(dir=place) as name:
        folder = Path(name)
        command = [sys.executable, "-m", "benchmarks.rollup"]
        if subprocess.run([*command, "--make", str(answers), str(folder)], check=False).returncode:
            yield f"{answers:>11,} answers: the database could not be made"
            return
        size = (folder / "store.duckdb").stat().st_size / MEBIBYTE
        yield f"{answers:>11,} answers: DuckDB file {size:,.0f} MiB; load {os.getloadavg()[0]:.1f}"
        for way in WAYS:
            if answers > up_to[way]:
                continue
            ran = subprocess.run([*command, "--way", way, str(folder)], stdout=subprocess.PIPE, text=True, check=False)
            lines = ran.stdout.splitlines()
            if ran.returncode or not lines:
                yield f"{answers:>11,} {way:<10}: failed"
                continue
            found = json.loads(lines[-1])
            told = ", ".join(f"{key} {value:,.2f}" for key, value in found.items())
            yield f"{answers:>11,} {way:<10}: {told}; load {os.getloadavg()[0]:.1f}"


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("answers", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--in", dest="place", type=Path)
    parser.add_argument("--up-to", action="append", default=[])
    parser.add_argument("--way", nargs=2)
    parser.add_argument("--make", nargs=2)
    options = parser.parse_args()
    if options.make:
        make(Path(options.make[1]), load_library(), int(options.make[0]))
    elif options.way:
        _child(options.way[0], Path(options.way[1]))
    else:
        up_to = UP_TO | {way: int(size) for way, _, size in (each.partition("=") for each in options.up_to)}
        for size in options.answers or SIZES:
            for line in measure(size, options.place or Path(tempfile.gettempdir()), up_to):
                print(line, flush=True)


if __name__ == "__main__":
    main()
