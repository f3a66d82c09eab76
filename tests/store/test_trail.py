"""Who did what and when is written down with the deed itself, outlives what it was done to, and is never changed."""

import datetime
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from evaluation.i18n import Translator, languages
from evaluation.records import Remembered
from evaluation.store import DEEDS, Store, UnknownImportError, as_csv, database, open_store, unpack
from evaluation.store.upkeep.backup import backup_subject, plain_name
from evaluation.store.upkeep.safety_backup import FOLDER
from tests.postgres import MAKER, POSTGRESQL

DAY = datetime.date(2018, 5, 3)
CODE = "QZX-77"
FORM = {"participant": CODE, "answers": {"state_mood": 2}, "texts": {"wish": "Lisää retkiä"}}


def told(store: Store) -> list[tuple[str, str, str, int]]:
    return [(entry.actor, entry.deed, entry.subject, entry.count) for entry in reversed(store.trail())]


def test_every_deed_stands_under_who_did_it_and_in_order(store: Store, draft) -> None:
    anna, bo = store.acting("anna"), store.acting("bo")
    assert anna.accept(draft(FORM, {"participant": "A1"})).import_id == 1
    bo.accept(draft({"participant": "S1"}, file="malli.xlsx"))
    bo.remember("a" * 64, Remembered({"nimi": None}, {("state_mood", "ok"): 3}))
    anna.undo(2)
    anna.forget(CODE)
    content = anna.backup(DAY)
    bo.undo(1)
    bo.restore(unpack(content))
    anna.delete_everything()
    bo.note("report", "practice sisu pdf")
    assert told(store) == [
        ("anna", "imported", "1", 2),
        ("bo", "imported", "2", 1),
        ("bo", "remembered", "a" * 12, 2),
        ("anna", "undone", "2", 1),
        ("anna", "forgotten", "", 1),
        ("anna", "backup", backup_subject("", content), 1),
        ("bo", "undone", "1", 1),
        ("bo", "restored", "2018-05-03", 1),
        ("anna", "emptied", "", 1),
        ("bo", "report", "practice sisu pdf", 0),
    ]
    assert [entry.number for entry in store.trail()] == list(range(10, 0, -1))


def test_the_trail_is_told_of_some_deeds_and_from_a_moment_on(store: Store, draft) -> None:
    store.accept(draft(FORM))
    store.note("package")
    assert [entry.deed for entry in store.trail(deeds=["package"])] == ["package"]
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    hour = datetime.timedelta(hours=1)
    assert len(store.trail(since=now - hour)) == 2
    assert store.trail(since=now + hour) == ()


def test_an_import_knows_who_made_it_also_after_a_backup_and_a_copy(store: Store, new_database, draft) -> None:
    store.acting("anna").accept(draft(FORM))
    assert [record.actor for record in store.imports()] == ["anna"]
    store.restore(unpack(store.backup(DAY)))
    target = open_store(new_database())
    store.copy_to(target.acting("bo"))
    assert [record.actor for record in (*store.imports(), *target.imports())] == ["anna", "anna"]
    assert [entry.deed for entry in store.trail()] == ["copied_out", "restored", "backup", "imported"]
    assert [(entry.actor, entry.deed, entry.count) for entry in target.trail()] == [("bo", "copied_in", 1)]


def test_a_copy_and_a_restore_leave_the_trail_of_the_database_they_fill(store: Store, new_database, draft) -> None:
    target = open_store(new_database())
    target.accept(draft({"participant": "C1"}, file="oma.xlsx"))
    store.accept(draft(FORM))
    store.copy_to(target, replace=True)
    assert [entry.deed for entry in target.trail()] == ["copied_in", "imported"]


def test_what_changes_nothing_leaves_no_entry(store: Store, draft) -> None:
    store.accept(draft(FORM))
    store.accept(draft(FORM))
    store.preview(draft({"participant": "B1"}))
    with pytest.raises(UnknownImportError):
        store.undo(99)
    assert [entry.deed for entry in store.trail()] == ["imported"]


def test_a_deed_that_cannot_be_written_down_is_not_done(store: Store, draft, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(connection, *noted) -> int:
        raise OSError("no room")

    store.accept(draft(FORM))
    monkeypatch.setattr(database, "record", fails)
    for deed in (
        lambda: store.accept(draft({"participant": "B1"})),
        lambda: store.undo(1),
        lambda: store.forget(CODE),
        store.delete_everything,
    ):
        with pytest.raises(OSError, match="no room"):
            deed()
    assert store.facts().forms == 1


def test_nothing_of_people_stands_in_the_trail(store: Store, draft) -> None:
    store.accept(draft(FORM, file=f"{CODE}_Virtanen.xlsx"))
    store.forget(CODE)
    store.undo(1)
    assert not any(word in repr(store.trail()) for word in (CODE, "Virtanen", "retki"))


def test_the_name_of_a_backup_is_kept_only_as_far_as_it_can_be_nobodys() -> None:
    assert plain_name("varmuuskopio_2026-11-25.zip") == "varmuuskopio_2026-11-25.zip"
    assert plain_name("Virtanen QZX-77 backup 20261125.zip") == "… …-… backup 20261125.zip"
    assert plain_name("backup_7.zip\n=cmd") == "backup_….zip………"


def test_what_is_taken_out_of_the_database_stands_in_the_trail(store: Store, new_database, draft) -> None:
    store.accept(draft(FORM))
    content = store.backup(DAY, "varmuuskopio_2018-05-03.zip")
    store.pseudonymous_answers()
    store.copy_to(open_store(new_database()))
    copied, answers, backup, _ = store.trail()
    assert (copied.deed, copied.count) == ("copied_out", 1)
    assert (answers.deed, answers.count) == ("answers_file", 1)
    assert (backup.deed, backup.subject) == ("backup", backup_subject("varmuuskopio_2018-05-03.zip", content))


def test_a_table_of_the_trail_holds_no_formula(store: Store) -> None:
    store.acting("=HYPERLINK(1)").note("package")
    heads, row = as_csv(store.trail()).splitlines()
    assert heads == "number,done_at,actor,deed,subject,count"
    assert row.split(",")[2] == "'=HYPERLINK(1)"


def test_every_deed_has_a_name_in_every_language() -> None:
    assert all(Translator(language)(f"audit.deed_{deed}") for deed in DEEDS for language in languages())


def test_the_trail_stays_in_a_file_that_is_remade_and_opened_again(kept, draft) -> None:
    store = open_store(kept.url)
    store.accept(draft(FORM))
    store.forget(CODE)
    store.delete_everything()
    again = open_store(kept.url)
    again.note("package")
    assert [entry.deed for entry in again.trail()] == ["package", "emptied", "forgotten", "imported"]
    assert [entry.number for entry in again.trail()] == [4, 3, 2, 1]
    assert kept.traces(CODE) == 0


@pytest.mark.parametrize("kind", [POSTGRESQL])
@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'bo'", "DELETE FROM audit", "TRUNCATE audit"])
@pytest.mark.parametrize("version", ["new", "brought up"])
def test_a_server_refuses_to_change_the_trail(
    kept, draft, statement: str, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(kept.url, poolclass=NullPool)
    monkeypatch.setenv(FOLDER, str(tmp_path))
    if version == "brought up":
        from tests.store.test_migrations import VERSION_2, run

        run(kept.url, VERSION_2)
    store = open_store(kept.url)
    store.acting("anna").accept(draft({"participant": "B1"}))
    with pytest.raises(DBAPIError, match="only added to"), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    before = [("", "backup")] if version == "brought up" else []
    assert [(entry.actor, entry.deed) for entry in store.trail()] == [("anna", "imported"), *before]


@pytest.mark.parametrize("kind", [POSTGRESQL])
def test_an_administrator_can_take_the_trail_out_of_the_hands_of_the_toolkits_own_role(kept, cluster, draft) -> None:
    store = open_store(kept.url)
    store.acting("anna").accept(draft(FORM))
    name = make_url(kept.url).database
    recipe = Path(__file__).parents[2] / "docs" / "deployment" / "trail.sql"
    command = ["psql", "-v", "ON_ERROR_STOP=1", "-h", cluster.folder, "-U", MAKER, "-d", name, "-f", recipe]
    subprocess.run(command, check=True, capture_output=True)
    engine = create_engine(kept.url, poolclass=NullPool)
    for statement in (
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "DROP TABLE audit",
        "DROP FUNCTION audit_is_only_added_to CASCADE",
        "DROP SCHEMA public CASCADE",
        "DELETE FROM audit",
    ):
        with pytest.raises(DBAPIError, match=r"owner|permission|only added to"), engine.begin() as connection:
            connection.exec_driver_sql(statement)
    again = open_store(kept.url)
    again.restore(unpack(again.backup(DAY)))
    again.forget(CODE)
    again.delete_everything()
    again.accept(draft(FORM))
    deeds = ["imported", "emptied", "forgotten", "restored", "backup", "imported"]
    assert [entry.deed for entry in again.trail()] == deeds
