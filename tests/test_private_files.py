"""Files with answers are their owner's alone, whatever the machine's usual mode of new files."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.cli import main
from evaluation.private_files import close_to_others, make_folder, only_private, write_whole
from evaluation.settings import Settings
from evaluation.store import open_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")


@pytest.fixture(autouse=True, params=[0o000, 0o022])
def _usual_mode(request) -> Iterator[None]:
    """Let new files be readable by others, as most machines do, and writable, as few do."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def _open_to_others(folder: Path) -> list[str]:
    """Return what in ``folder`` others can open."""
    return [str(path) for path in folder.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]


def test_whatever_the_toolkit_makes_of_answers_is_private(tmp_path: Path, monkeypatch, fill) -> None:
    monkeypatch.delenv("EVALUATION_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home" / "data"))
    open_store(Settings.from_environment().database)
    for command in (["backup", "-o", "backup.zip"], ["export-parquet", "--yes", "-o", "exports/county"]):
        assert main(command) == 0
    Settings.from_environment().keep("threshold", 6)
    names = {path.name for path in tmp_path.rglob("*")}
    assert {"evaluation", "evaluation.duckdb", "evaluation.settings.json", "backup.zip", "county"} <= names
    assert not _open_to_others(tmp_path)


def test_a_database_of_before_is_closed_to_others_when_it_is_opened(clean_environment: str, tmp_path: Path) -> None:
    path = Path(clean_environment.removeprefix("duckdb:///"))
    path.chmod(0o664)
    tmp_path.chmod(0o755)
    open_store(clean_environment)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755, "a folder that somebody made stays as it is"


def test_a_file_that_is_written_anew_is_closed_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.pptx"
    path.write_bytes(b"before")
    path.chmod(0o666)
    write_whole(path, b"after")
    assert path.read_bytes() == b"after"
    assert not _open_to_others(tmp_path)
    assert list(tmp_path.iterdir()) == [path]


def test_no_file_is_written_through_a_link_that_somebody_laid(tmp_path: Path) -> None:
    (tmp_path / "trap.zip.part").symlink_to(tmp_path / "elsewhere")
    write_whole(tmp_path / "trap.zip", b"answers")
    assert not (tmp_path / "elsewhere").exists()


def test_folders_are_private_from_the_first_that_was_missing(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there").chmod(0o755)
    make_folder(tmp_path / "there" / "a" / "b")
    assert _open_to_others(tmp_path) == [str(tmp_path / "there")]


@pytest.mark.parametrize(("mode", "left"), [(0o666, 0o600), (0o444, 0o400), (0o755, 0o700), (0o600, 0o600)])
def test_only_the_rights_of_others_are_taken_off(tmp_path: Path, mode: int, left: int) -> None:
    path = tmp_path / "a"
    path.touch()
    path.chmod(mode)
    close_to_others(path)
    assert stat.S_IMODE(path.stat().st_mode) == left


def test_what_libraries_write_meanwhile_is_private(tmp_path: Path) -> None:
    with only_private():
        (tmp_path / "log").touch()
    assert not _open_to_others(tmp_path)
