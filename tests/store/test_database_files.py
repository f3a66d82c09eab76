"""The file of a DuckDB database: what a killed program has left beside it, and where it has gone."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from evaluation.cli import main
from evaluation.i18n import Translator
from evaluation.store import Store, StoreError, health_of, left_unfinished, open_store, unpack


def _file(url: str) -> Path:
    return Path(url.removeprefix("duckdb:///"))


def test_nothing_takes_the_place_of_a_file_that_is_gone(clean_environment: str) -> None:
    store, path = open_store(clean_environment), _file(clean_environment)
    before = store.data_version()
    moved = path.rename(path.with_name("elsewhere"))
    for call in (Store.data_version, Store.contents, Store.delete_everything):
        with pytest.raises(StoreError) as refused:
            call(store)
        assert (refused.value.key, refused.value.values["file"]) == ("store.file_gone", path)
    assert not path.exists()
    moved.rename(path)
    assert store.data_version() == before


def test_a_folder_that_is_gone_is_the_same(clean_environment: str, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    path = shutil.move(_file(clean_environment), folder / "own.duckdb")
    store = open_store(f"duckdb:///{path.as_posix()}")
    folder.rename(tmp_path / "away")
    with pytest.raises(StoreError, match="file_gone"):
        store.contents()
    (tmp_path / "away").rename(folder)
    assert store.contents().empty


def _leave_unfinished(url: str) -> tuple[Path, Path]:
    """Leave what a program leaves that is killed while it writes the file anew: a copy with a code, and its log."""
    path = _file(url)
    copy, log = path.with_name(f"{path.name}.new"), path.with_name(f"{path.name}.new.wal")
    copy.write_bytes(path.read_bytes() + b"\0ASIAKAS-0417\0")
    log.write_bytes(b"\0ASIAKAS-0417\0 ASIAKAS-0417\0")
    return copy, log


def test_what_a_killed_program_left_is_deleted_when_the_database_is_opened(clean_environment: str) -> None:
    left = _leave_unfinished(clean_environment)
    assert left_unfinished(clean_environment) == left
    open_store(clean_environment)
    assert left_unfinished(clean_environment) == ()


def test_a_copy_whose_database_is_gone_is_left_alone(clean_environment: str) -> None:
    copy, _ = _leave_unfinished(clean_environment)
    _file(clean_environment).unlink()
    open_store(clean_environment)
    assert copy.exists(), "it may be all that there is"


def test_the_search_for_a_code_finds_what_was_left_and_says_that_it_is_deleted(clean_environment: str, capsys) -> None:
    t, left = Translator("fi"), _leave_unfinished(clean_environment)
    assert main(["find-code", "ASIAKAS-0417"]) == 1
    lines = capsys.readouterr().out.splitlines()
    for file, times in zip(left, (1, 2), strict=True):
        assert t("audit.found_bytes", file=file.name, n=times) in lines
        assert t("audit.left_deleted", file=file.name) in lines
    assert main(["find-code", "ASIAKAS-0417"]) == 0


@pytest.mark.parametrize("share", [0.0, 0.002, 0.3])
def test_a_file_that_was_cut_short_is_a_sentence(clean_environment: str, share: float) -> None:
    path = _file(clean_environment)
    os.truncate(path, int(path.stat().st_size * share))
    with pytest.raises(StoreError) as refused:
        open_store(clean_environment).delete_everything()
    assert (refused.value.key, refused.value.values["file"]) == ("store.damaged", path)


def test_a_file_that_may_not_be_written_is_read(clean_environment: str, draft, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(clean_environment).accept(draft({"participant": "A1", "answers": {"state_mood": 2}}))
    _file(clean_environment).chmod(0o444)
    # Whoever runs the tests may write every file there is.
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    store = open_store(clean_environment)
    assert len(store.imports()) == 1
    assert unpack(store.backup(date(2026, 11, 30))).forms == 1
    for change in (lambda: store.undo(1), store.delete_everything):
        with pytest.raises(StoreError) as refused:
            change()
        assert refused.value.key == "store.read_only"
    assert health_of(clean_environment).well
    monkeypatch.undo()
    assert len(open_store(clean_environment).trail()) == 1, "the backup could not be noted"
