"""What is stored goes from one database into another whole, both ways, and never over what is there already."""

import datetime
from dataclasses import replace

import pandas as pd
import pytest

from evaluation.definitions import DefinitionDocument
from evaluation.records import Remembered
from evaluation.store import Selection, Store, StoreError, open_store, unpack
from evaluation.store.engine import transaction
from evaluation.store.upkeep import copying
from tests.postgres import DUCKDB

pytestmark = pytest.mark.thorough

ALL = Selection()


@pytest.fixture
def source(new_database, draft) -> Store:
    store = open_store(new_database())
    day = datetime.date(2018, 1, 4)
    first = {"participant": "A1", "answers": {"state_mood": 2}, "texts": {"wish": "Lisää retkiä"}, "answered_on": day}
    store.accept(draft(first, {"participant": "B1", "answers": {"state_mood": 4}}, {"answers": {"state_mood": 5}}))
    store.accept(draft({"participant": "A1", "answers": {"state_mood": 3}}, file="toka.xlsx"), keep=[("Taul1", 2)])
    register = {"questionnaire": "attendance_register", "timing": "session", "marks": {1: 1, 2: 0}}
    store.accept(draft({"participant": "A1", **register}, file="lista.xlsx"))
    store.remember("a" * 64, Remembered({"nimi": None}, {("state_mood", "ok"): 3}))
    made = DefinitionDocument("scale", "own", 1, "scales: {}", datetime.datetime(2026, 1, 1))  # noqa: DTZ001
    store.save_definitions([made, replace(made, kind="practice", retired=True, made_by_import=2)])
    return store


@pytest.fixture(params=["same kind", "file"])
def target(request, new_database, kind: str, tmp_path) -> Store:
    if request.param == "file":
        return open_store(f"duckdb:///{(tmp_path / 'target.duckdb').as_posix()}")
    return open_store(new_database())


def rows(store: Store) -> dict[str, pd.DataFrame]:
    frames = unpack(store.backup(datetime.date(2018, 5, 3))).frames
    return {name: frame.sort_values(list(frame), ignore_index=True) for name, frame in frames.items()}


def same(one: Store, other: Store) -> bool:
    here, there = rows(one), rows(other)
    return here.keys() == there.keys() and all(frame.equals(there[name]) for name, frame in here.items())


@pytest.mark.parametrize("at_once", [1, 100])
def test_a_copy_holds_the_same_rows_and_goes_on_from_there(
    source: Store, target: Store, draft, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(copying, "FORMS_AT_ONCE", at_once)
    told = {each.table: each.rows for each in source.copy_to(target)}
    assert told == {
        "imports": 3, "responses": 5, "answers": 4, "open_answers": 1, "attendances": 2, "mappings": 2,
        "different_people": 0, "definitions": 2, "publication_units": 0,
    }  # fmt: skip
    assert same(source, target)
    assert target.accept(draft({"participant": "C1"}, file="uusi.xlsx")).import_id == 4
    assert target.undo(2) == 1
    assert sorted(target.answer_counts(ALL)["value"]) == [2, 4, 5], "the form that was replaced counts again"


def test_a_copy_comes_back_as_it_went(source: Store, target: Store, new_database) -> None:
    there = source.copy_to(target)
    home = open_store(new_database())
    assert target.copy_to(home) == there
    assert same(source, home)


def test_a_target_that_holds_anything_is_left_as_it_is_unless_told(source: Store, target: Store, draft) -> None:
    target.accept(draft({"participant": "C1", "answers": {"state_mood": 1}}, file="oma.xlsx"))
    with pytest.raises(StoreError) as refused:
        source.copy_to(target)
    assert refused.value.key == "store.copy_target_holds"
    assert [record.file for record in target.imports()] == ["oma.xlsx"]
    source.copy_to(target, replace=True)
    assert same(source, target)


def test_a_copy_that_does_not_come_out_the_same_is_undone(
    source: Store, target: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing(connection, table, frame) -> None:
        insert_frame(connection, table, frame.replace({"value": {4: 1}}) if table.name == "answers" else frame)

    insert_frame = copying.insert_frame
    monkeypatch.setattr(copying, "insert_frame", losing)
    with pytest.raises(StoreError) as refused:
        source.copy_to(target)
    assert (refused.value.key, refused.value.values) == ("store.copy_differs", {"table": "answers"})
    assert target.imports() == ()


def test_a_database_is_not_copied_into_itself(kept, draft) -> None:
    store = open_store(kept.url)
    store.accept(draft({"participant": "A1"}))
    with pytest.raises(StoreError) as refused:
        store.copy_to(open_store(kept.url), replace=True)
    assert refused.value.key == "store.copy_same"
    assert len(store.imports()) == 1


@pytest.mark.parametrize("kind", [DUCKDB])
def test_what_was_replaced_leaves_no_bytes_in_a_file(source: Store, kept, draft) -> None:
    target = open_store(kept.url)
    target.accept(draft({"participant": "QZX-77"}, file="oma.xlsx"))
    with transaction(target._engine):
        pass
    assert kept.traces("QZX-77") > 0
    source.copy_to(target, replace=True)
    assert kept.traces("QZX-77") == 0
