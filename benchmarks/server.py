"""Times cubes and imports on PostgreSQL, asked in several ways: ``python -m benchmarks.server [ANSWERS]``.

as asked    statistics gathered, statements not compiled (JIT), no index but those of the keys
compiled    the same with the server compiling statements, as it does by default
indexes     as asked, and with indexes on what the statements join and choose by
unknown     as asked, but before the server has looked at its tables

For each: all count cubes of one practice and of everything, judging and saving a file of a hundred forms, undoing it.
Statements that take longer than a minute are given up.
"""

import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from benchmarks.measures import ONE, fill
from evaluation.definitions import load_library
from evaluation.measures.unit_counts import cube_definitions
from evaluation.store import Selection, Store, open_store
from evaluation.store.different_people import DifferentPeople
from evaluation.store.engine import transaction
from evaluation.store.frames import fetch_frame
from evaluation.store.snapshot import CubeDefinitions, cube_statements
from evaluation.store.upkeep import copying
from tests.faults.drafts import draft
from tests.postgres import running

INDEXES = (
    "CREATE INDEX ON answers (import_id, response_no)",
    "CREATE INDEX ON attendances (import_id, response_no)",
    "CREATE INDEX ON responses (practice, municipality)",
    "CREATE INDEX ON responses (participant)",
)
RUNS = 2
_numbers = count()


def measure(store: Store, asked: CubeDefinitions, name: str, *before: str) -> None:
    """Print the figures of one way of asking; ``before`` is said first in every transaction that counts."""
    said = []
    for what, selection in (("one practice", ONE), ("everything", Selection())):
        statements = cube_statements(asked, selection, DifferentPeople())
        cubes = {cube: _time(store, statement, before) for cube, statement in statements.items()}
        slowest = max(cubes, key=cubes.__getitem__)
        said.append(f"{what} {sum(cubes.values()):.1f} s (slowest: {slowest} {cubes[slowest]:.1f})")
    file = draft(next(_numbers), 100)
    for what, call in (("judging", store.preview), ("saving", store.accept)):
        began = time.perf_counter()
        call(file)
        said.append(f"{what} {time.perf_counter() - began:.2f} s")
    last = store.imports()[0].import_id
    began = time.perf_counter()
    store.undo(last)
    print(f"{name:<9}: {', '.join(said)}, undoing {time.perf_counter() - began:.2f} s", flush=True)


def _time(store: Store, statement: object, before: tuple[str, ...]) -> float:
    found = []
    for _ in range(RUNS):
        began = time.perf_counter()
        try:
            with transaction(store._engine) as connection:
                for each in ("SET LOCAL statement_timeout = '60s'", *before):
                    connection.execute(text(each))
                fetch_frame(connection, statement)
        except DBAPIError:
            return 60.0
        found.append(time.perf_counter() - began)
    return min(found)


def main() -> None:
    """Print the figures."""
    answers = int(sys.argv[1]) if len(sys.argv) > 1 else 10**6
    library = load_library()
    asked = cube_definitions(library)
    with tempfile.TemporaryDirectory() as folder, running() as cluster:
        path = Path(folder) / "made.duckdb"
        fill(path, library, answers)
        store = open_store(cluster.new_database())
        open_store(f"duckdb:///{path.as_posix()}").copy_to(store)
        measure(store, asked, "as asked")
        measure(store, asked, "compiled", "SET LOCAL jit = on")
        with transaction(store._engine, writing=True) as connection:
            for index in INDEXES:
                connection.execute(text(index))
        measure(store, asked, "indexes")
        fresh = open_store(cluster.new_database())
        with transaction(fresh._engine, writing=True) as connection:
            # What is kept up by itself would look at the tables in the middle of the measurement.
            for table in ("answers", "responses", "attendances"):
                connection.execute(text(f"ALTER TABLE {table} SET (autovacuum_enabled = false)"))
        with patch.object(copying, "analyze_tables"):
            open_store(f"duckdb:///{path.as_posix()}").copy_to(fresh)
        measure(fresh, asked, "unknown")


if __name__ == "__main__":
    main()
