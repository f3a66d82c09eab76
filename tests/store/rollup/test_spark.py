"""Every cube is the same frame on Spark, DuckDB and PostgreSQL. Run by themselves: ``pytest -m spark -n 0``."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from evaluation.cli import main
from evaluation.definitions import Library
from evaluation.measures import Policy, publish
from evaluation.measures.unit_counts import cube_definitions
from evaluation.store import Selection, Snapshot, Store, open_store
from evaluation.store.rollup import Export, read_export
from evaluation.store.rollup.counting import different_people
from evaluation.store.rollup.spark import HERE, fetch_spark, show_exports, spark_session
from evaluation.store.snapshot import count_cubes

from .alike import assert_alike
from .conftest import Awkward, Exporting

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Spark leaves sockets and loops to the end of the process.
pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]
ROOT = Path(__file__).parents[3]

CountOnSpark = Callable[..., Snapshot]


@pytest.fixture(scope="module")
def session() -> Iterator["SparkSession"]:
    with spark_session() as made:
        yield made


@pytest.fixture(scope="module")
def count_on_spark(session: "SparkSession", library: Library) -> CountOnSpark:
    def count(*exports: Export, selection: Selection | None = None) -> Snapshot:
        show_exports(session, exports)
        fetch = partial(fetch_spark, session)
        return count_cubes(fetch, cube_definitions(library), selection or Selection(), different_people(exports))

    return count


def _on_every_engine(
    store: Store, cluster, exported: Exporting, count_on_spark: CountOnSpark, library: Library
) -> Snapshot:
    """Return what Spark counts of the store, once PostgreSQL and DuckDB have counted the same."""
    asked, copy = cube_definitions(library), open_store(cluster.new_database())
    store.copy_to(copy)
    on_duckdb, on_spark = store.snapshot(asked), count_on_spark(read_export(exported(copy).folder))
    assert_alike(on_duckdb, copy.snapshot(asked))
    assert_alike(on_duckdb, on_spark)
    return on_spark


def test_the_sample_data_count_the_same_and_publish_the_same(
    sample_store: Store, cluster, exported: Exporting, count_on_spark: CountOnSpark, library: Library
) -> None:
    on_spark = _on_every_engine(sample_store, cluster, exported, count_on_spark, library)
    tables = [publish(each, library, Selection(), Policy()).rows() for each in (sample_store, on_spark)]
    assert tables[0] == tables[1] != []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_awkward_data_count_the_same(
    seed: int, awkward: Awkward, cluster, exported: Exporting, count_on_spark: CountOnSpark, library: Library
) -> None:
    _on_every_engine(awkward(seed), cluster, exported, count_on_spark, library)


def test_an_empty_database_counts_the_same(
    cluster, exported: Exporting, count_on_spark: CountOnSpark, library: Library
) -> None:
    _on_every_engine(open_store("duckdb:///:memory:"), cluster, exported, count_on_spark, library)


def test_a_selection_with_marks_of_quotation_counts_the_same(
    awkward: Awkward, exported: Exporting, count_on_spark: CountOnSpark, library: Library
) -> None:
    place = "L'Å\\'ö \\n"
    store = awkward(1, place)
    awkward(2, "Tampere", store)
    chosen = Selection(practices=("sisu",), municipalities=(place,), roles=("client",))
    on_spark = count_on_spark(exported(store), selection=chosen)
    assert_alike(store.snapshot(cube_definitions(library), chosen), on_spark)
    assert not on_spark.cubes["answers"].empty


def test_two_counties_count_as_one_database_that_holds_both(
    awkward: Awkward, exported: Exporting, count_on_spark: CountOnSpark, library: Library
) -> None:
    both, places = open_store("duckdb:///:memory:"), {1: "Äänekoski", 2: "Tampere"}
    exports = [exported(awkward(seed, place), place) for seed, place in places.items()]
    for seed, place in places.items():
        awkward(seed, place, both)
    assert_alike(both.snapshot(cube_definitions(library)), count_on_spark(*exports))


def test_spark_listens_to_this_machine_only(session: "SparkSession", count_on_spark, awkward, exported) -> None:
    count_on_spark(exported(awkward(1)))
    own = psutil.Process()
    java = [each for each in own.children(recursive=True) if "java" in each.name()]
    held = [link for process in (own, *java) for link in process.net_connections("inet")]
    assert java
    assert held
    assert {link.laddr.ip.removeprefix("::ffff:") for link in held} == {HERE}
    assert {link.raddr.ip.removeprefix("::ffff:") for link in held if link.raddr} <= {HERE}


def test_the_command_publishes_on_spark_what_it_does_on_duckdb(
    sample_store: Store, store: Store, draft, exported: Exporting, clean_environment: str, tmp_path: Path
) -> None:
    clients = [
        {
            "participant": f"P{number}",
            "timing": timing,
            "answers": {"state_mood": 2 + number % 3},
            "municipality": "Espoo",
        }
        for number in range(7)
        for timing in ("start", "end")
    ]
    store.accept(draft(*clients))
    named = ((sample_store, "keski ä [1]"), (store, "{pirha} *"))
    folders = [str(exported(each, name).folder) for each, name in named]
    command = ["roll-up", *folders, "-o"]
    # In a process of its own: it ends its Spark.
    program = [sys.executable, "-m", "evaluation", *command, str(tmp_path / "spark")]
    subprocess.run(program, cwd=ROOT, env=os.environ, check=True, capture_output=True)
    assert main([*command, str(tmp_path / "duckdb"), "--engine", "duckdb"]) == 0
    packages = [zipfile.ZipFile(tmp_path / engine / "data-package.zip") for engine in ("spark", "duckdb")]
    read = [{name: each.read(name) for name in each.namelist()} for each in packages]
    assert read[0] == read[1]
    assert b"Espoo" in read[0]["data/change-paired.csv"]
    pages = [(tmp_path / engine / "comparison.html").read_bytes() for engine in ("spark", "duckdb")]
    assert pages[0] == pages[1]
