"""A code that was erased is looked for where it could be left: tables, the bytes of the file, backups made before."""

import datetime

import pytest
from sqlalchemy import update

from evaluation.records import Remembered
from evaluation.store import Store, count_in_file, open_store, search_backup, unpack
from evaluation.store.engine import transaction
from evaluation.store.schema import imports
from tests.postgres import DUCKDB

CODE = "QZX-77"
DAY = datetime.date(2018, 5, 3)


@pytest.fixture
def filled(kept, draft) -> Store:
    store = open_store(kept.url)
    others = {"participant": "A1", "texts": {"wish": f"Kuin {CODE.lower()}, ei QZX-778"}}
    store.accept(draft({"participant": CODE, "answers": {"state_mood": 2}}, others, file=f"{CODE}_alku.xlsx"))
    store.remember("a" * 64, Remembered({f"{CODE} tunti 1".casefold(): None}))
    return store


def places(store: Store, code: str = CODE) -> dict[str, int]:
    return {each.place: each.times for each in store.search(code)}


def test_a_code_is_found_in_every_place_and_after_it_is_forgotten_in_none(filled: Store) -> None:
    before = unpack(filled.backup(DAY))
    assert places(filled) == {"participant": 1, "text": 1, "file": 1, "source": 1}
    assert {each.place: each.times for each in search_backup(before, CODE)} == places(filled)
    filled.forget(CODE)
    assert places(filled) == {}
    assert search_backup(unpack(filled.backup(DAY)), CODE) == ()
    assert search_backup(before, CODE), "what was saved before still holds it"


def test_a_code_that_stands_in_the_trail_is_found_there(store: Store) -> None:
    store.acting(f"{CODE}@example.fi").note("package")
    assert places(store) == {"trail": 1}


def test_a_common_code_is_looked_for_among_codes_only(store: Store, draft) -> None:
    store.accept(draft({"participant": "7", "texts": {"wish": "7 retkeä"}}))
    assert places(store, " 7 ") == {"participant": 1}
    assert places(store, "") == {}


@pytest.mark.parametrize("kind", [DUCKDB])
def test_the_bytes_of_the_file_hold_what_is_deleted_until_it_is_made_anew(filled: Store) -> None:
    assert sum(count_in_file(file, CODE) for file in filled.files()) > 0
    filled.undo(1)
    assert places(filled) == {"source": 1}
    assert sum(count_in_file(file, CODE) for file in filled.files()) > 0, "deleted, and still there"
    filled.delete_everything()
    assert sum(count_in_file(file, CODE) for file in filled.files()) == 0


def test_the_backups_and_copies_made_while_a_code_was_stored_are_told(store: Store, new_database, draft) -> None:
    store.backup(DAY, "varmuuskopio.zip")
    store.accept(draft({"participant": CODE}, {"participant": "A1"}))
    store.accept(draft({"participant": "B1", "texts": {"wish": f"Kuin {CODE}"}}, file="toka.xlsx"))
    later = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0) + datetime.timedelta(hours=1)
    _import_at(store, 1, later)
    _import_at(store, 2, later)
    assert store.copies_with(CODE) == (), "the backup was made before"
    _import_at(store, 2, later - datetime.timedelta(hours=2))
    store.backup(DAY, "backup.zip")
    store.copy_to(open_store(new_database()))
    assert [entry.deed for entry in store.copies_with(CODE)] == ["copied_out", "backup", "backup"]
    assert [entry.deed for entry in store.copies_with("B1")] == ["copied_out", "backup", "backup"]
    assert store.copies_with("A1") == ()
    assert store.copies_with("nobody") == ()


def _import_at(store: Store, number: int, moment: datetime.datetime) -> None:
    with transaction(store._engine, writing=True) as connection:
        connection.execute(update(imports).where(imports.c.import_id == number).values(accepted_at=moment))
