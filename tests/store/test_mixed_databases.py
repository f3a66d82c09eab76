"""A database of before, in which sample and own answers stood together: the sample's go, what is own stays whole.

``fixtures/mixed_version_3.duckdb.gz`` was made by the toolkit when its tables were of version 3, from sample workbooks
and from templates filled in by a program: own forms in whose place the sample's were taken, the other way round, and
both in turn, a register, a remembered heading and a trail.
"""

import gzip
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from evaluation.store import OWN, Selection, Store, StoreError, open_store, unpack
from evaluation.store.schema import VERSION

FIXTURE = Path(__file__).parent / "fixtures" / "mixed_version_3.duckdb.gz"
ALL = Selection()
OWN_FILES = ["oma_lista.xlsx", "oma_loppu_2.xlsx", "oma_alku.xlsx", "oma_loppu.xlsx"]
TABLES = ("imports", "responses", "answers", "open_answers", "attendances", "mappings")
# The forms of own files, and those of the sample workbooks.
OWN_FORMS, SAMPLE_FORMS = 15, 142


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Give the file of such a database."""
    path = tmp_path / "own.duckdb"
    with gzip.open(FIXTURE) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)
    return path


def opened(path: Path) -> Store:
    return open_store(f"duckdb:///{path.as_posix()}")


def asked(path: Path, statement: str) -> list[tuple[object, ...]]:
    with create_engine(f"duckdb:///{path.as_posix()}", poolclass=NullPool).begin() as connection:
        result = connection.execute(text(statement))
        return [tuple(row) for row in result] if result.returns_rows else []


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.zip"))


def test_the_answers_of_the_sample_are_gone_and_own_ones_counted_as_before(mixed: Path) -> None:
    store = opened(mixed)
    assert store.kind() == OWN
    assert [record.file for record in store.imports()] == OWN_FILES
    contents = store.contents().groupby("questionnaire")["responses"].sum().to_dict()
    assert contents == {"attendance_register": 6, "client_end": 4, "client_start": 4}
    moods = store.answer_counts(ALL).query("item == 'state_mood'")
    assert sorted(zip(moods["value"], moods["n"], strict=True)) == [(1, 1), (2, 1), (3, 1), (5, 1)]
    assert set(store.written_answers(ALL)["text"]) == {"Oma sana."}
    assert store.remembered(["k" * 64])["k" * 64].columns == {"nimi": None}
    assert not asked(mixed, "SELECT 1 FROM information_schema.columns WHERE column_name = 'synthetic'")


def test_an_own_form_that_a_form_of_the_sample_had_replaced_counts_again(mixed: Path) -> None:
    """Unless an own form came after both: then that one goes on in the place of the first."""
    asked(mixed, "DELETE FROM responses WHERE import_id = 9 AND participant = 'A3'")
    asked(mixed, "UPDATE responses SET superseded_by = NULL, person_key = superseded_key, superseded_key = NULL "
                 "WHERE import_id = 3 AND participant = 'A3'")  # fmt: skip
    store = opened(mixed)
    assert store.use_of("A3").forms == 1
    assert asked(mixed, "SELECT import_id, superseded_by, superseded_key IS NULL, person_key IS NULL "
                        "FROM responses WHERE participant = 'A3'") == [(1, None, True, False)]  # fmt: skip


def test_of_three_in_turn_the_last_own_form_stays_in_the_place_of_the_first(mixed: Path) -> None:
    store = opened(mixed)
    statement = "SELECT import_id, superseded_by FROM responses WHERE participant = 'A3' ORDER BY import_id"
    assert asked(mixed, statement) == [(1, 9), (9, None)]
    store.undo(9)
    assert asked(mixed, statement) == [(1, None)]


def test_a_longer_turn_of_sample_and_own_forms_keeps_the_own_ones_in_order(mixed: Path) -> None:
    """Own, sample, sample, own: both of the sample are left out at once."""
    asked(mixed, "UPDATE responses SET superseded_by = 4 WHERE import_id = 3 AND participant = 'A3'")
    asked(mixed, "INSERT INTO responses SELECT 4, 999, practice, municipality, cohort, role, questionnaire, version, "
                 "timing, participant, answered_on, 'between', NULL, counted, 9, superseded_key "
                 "FROM responses WHERE import_id = 3 AND participant = 'A3'")  # fmt: skip
    opened(mixed)
    statement = "SELECT import_id, superseded_by FROM responses WHERE participant = 'A3' ORDER BY import_id"
    assert asked(mixed, statement) == [(1, 9), (9, None)]


def test_it_is_backed_up_by_itself_before_and_the_trail_says_both(mixed: Path) -> None:
    store = opened(mixed)
    (made,) = backups(mixed)
    trail = store.trail()
    assert [(entry.deed, entry.count) for entry in trail[:2]] == [
        ("backup", OWN_FORMS + SAMPLE_FORMS), ("samples_removed", SAMPLE_FORMS),
    ]  # fmt: skip
    assert "tables=3" in trail[0].subject
    assert made.stat().st_mode & 0o077 == 0, "others on the machine cannot read it"
    opened(mixed)
    assert backups(mixed) == [made], "once"


def test_that_backup_holds_every_row_as_it_was_and_can_be_restored(mixed: Path) -> None:
    before = {name: asked(mixed, f"SELECT count(*) FROM {name}")[0][0] for name in TABLES}  # noqa: S608
    store = opened(mixed)
    (made,) = backups(mixed)
    with zipfile.ZipFile(made) as archive:
        told = json.loads(archive.read("manifest.json"))["tables"]
    assert {name: said["rows"] for name, said in told.items()} == before
    saved = unpack(made.read_bytes())
    assert (saved.kind, saved.forms) == (OWN, OWN_FORMS), "read now, what was the sample's is left out of it too"
    store.restore(saved)
    assert [record.file for record in store.imports()] == OWN_FILES


def test_where_the_backup_cannot_be_written_nothing_is_changed(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from evaluation.store.upkeep import safety_backup

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(safety_backup, "write_whole", full)
    with pytest.raises(StoreError) as refused:
        opened(mixed)
    assert refused.value.key == "store.no_safety_backup"
    assert asked(mixed, "SELECT schema_version FROM state") == [(3,)]
    assert asked(mixed, "SELECT count(*) FROM imports WHERE synthetic") == [(6,)]
    assert not backups(mixed)


def test_a_second_attempt_of_a_day_writes_over_no_other_backup(mixed: Path) -> None:
    raw = mixed.read_bytes()
    opened(mixed)
    mixed.write_bytes(raw)
    opened(mixed)
    assert len(backups(mixed)) == 1, "the same rows are kept once"
    mixed.write_bytes(raw)
    asked(mixed, "DELETE FROM mappings")
    opened(mixed)
    assert len(backups(mixed)) == 2


def test_a_database_of_the_sample_alone_is_an_empty_one_of_ones_own(mixed: Path) -> None:
    for table in ("attendances", "open_answers", "answers", "responses", "imports"):
        asked(mixed, f"DELETE FROM {table} WHERE import_id IN (1, 8, 9, 10)")  # noqa: S608
    store = opened(mixed)
    assert (store.kind(), store.facts().forms, store.facts().imports) == (OWN, 0, 0)


def test_a_database_without_sample_rows_keeps_its_mark_of_the_data(mixed: Path) -> None:
    for table in ("attendances", "open_answers", "answers", "responses", "imports"):
        asked(mixed, f"DELETE FROM {table} WHERE import_id NOT IN (10)")  # noqa: S608
    ((mark,),) = asked(mixed, "SELECT data_version FROM state")
    store = opened(mixed)
    assert store.data_version() == mark
    assert next(entry.deed for entry in store.trail()) == "backup"
    assert asked(mixed, "SELECT schema_version, kind FROM state") == [(VERSION, OWN)]
