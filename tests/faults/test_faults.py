"""What goes wrong on purpose: many at once, kills, a full disk, spoilt files; nothing is lost or mixed up."""

import asyncio
import shutil
from pathlib import Path

import pytest

from benchmarks import sessions
from evaluation.definitions import Library
from tests.faults import full, killed, rights, side_by_side, spoilt
from tests.faults.stored import empty_database
from tests.postgres import KINDS

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("kind", KINDS)
def test_processes_and_threads_that_import_at_once_save_each_file_once(kind: str) -> None:
    with empty_database(kind) as url:
        assert side_by_side.run(url, processes=4, threads=4).agree


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_killed_in_the_middle_of_an_import_saves_no_half_and_loses_nothing(kind: str) -> None:
    with empty_database(kind) as url:
        figures = killed.run(url, times=5)
    assert (figures.kills, figures.half, figures.lost) == (5, [], [])
    assert figures.at_work > 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_saves_nothing_in_part_and_all_goes_on_once_there_is_room(kind: str) -> None:
    figures = full.run(kind)
    assert figures.said == ["store.disk_full"] * 3
    assert (figures.half, figures.lost, figures.left, figures.went_on) == ([], [], ["old.zip"], True)


def test_whoever_deletes_a_code_on_a_full_disk_loses_nothing_else() -> None:
    found = full.delete()
    assert {said for said, _, _ in found} >= {"", "store.not_remade_full"}, "there was never too little room, or always"
    assert all(left == (said == "store.disk_full") for said, left, _ in found)
    assert {forms for _, _, forms in found} == {9 * full.FORMS}


def test_spoilt_files_are_saved_as_told_or_not_at_all(library: Library) -> None:
    with empty_database("duckdb") as url:
        figures = spoilt.run(url, 60, library)
    assert (figures.unlike, figures.faults) == ([], [])
    assert figures.outcomes["saved"] > 0


def test_readers_of_the_dashboard_at_once_each_see_what_they_chose_in_their_language(sample_database: str) -> None:
    with sessions.served(sample_database) as port:
        figures = asyncio.run(sessions.visit(port, 8, lambda _: {}))
    assert len(figures.seconds) == 8 * 7
    assert figures.unlike == []


def test_readers_of_different_rights_at_once_are_shown_what_each_alone_is(sample_database: str, tmp_path: Path) -> None:
    database = Path(shutil.copy(sample_database.removeprefix("duckdb:///"), tmp_path / "shared.duckdb"))
    figures = rights.run(8, database, tmp_path, ("coordinator", "viewer0", "viewer1", "stranger"))
    assert len(figures.seconds) == 8 * 11
    assert figures.unlike == []
