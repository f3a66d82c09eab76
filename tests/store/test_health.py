"""How a database is can be asked by a machine, which changes nothing by asking."""

from pathlib import Path

import pytest

from evaluation.store import Health, health_of, open_store
from evaluation.store.schema import VERSION
from tests.store.test_migrations import VERSION_2, run


def test_a_database_that_is_open_to_work_is_well_and_one_not_yet_made_is_not(kept) -> None:
    assert health_of(kept.url) == Health("empty")
    open_store(kept.url)
    assert health_of(kept.url) == Health("ready", VERSION)
    assert health_of(kept.url).well


def test_asking_makes_no_file(tmp_path: Path) -> None:
    assert not health_of(f"duckdb:///{tmp_path.as_posix()}/none.duckdb").well
    assert list(tmp_path.iterdir()) == []


def test_other_versions_and_missing_tables_are_told_and_left_as_they_are(kept) -> None:
    run(kept.url, VERSION_2)
    assert health_of(kept.url) == Health("older", 2)
    assert health_of(kept.url) == Health("older", 2)
    open_store(kept.url)
    run(kept.url, "DROP TABLE mappings")
    assert health_of(kept.url) == Health("incomplete", VERSION)
    run(kept.url, "UPDATE state SET schema_version = 99")
    assert health_of(kept.url) == Health("newer", 99)


@pytest.mark.thorough
def test_what_is_no_database_is_damaged_and_what_does_not_answer_is_away(tmp_path: Path) -> None:
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"Matti" * 1000)
    assert health_of(f"duckdb:///{broken.as_posix()}") == Health("damaged")
    assert health_of("postgresql+psycopg://nobody@127.0.0.1:1/none") == Health("away")
    assert health_of("nothing") == Health("away")
