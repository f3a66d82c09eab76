"""Definitions made on a page are kept as they were written, version by version, and every change is in the trail."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from evaluation.definitions import DefinitionDocument
from evaluation.store import Store, StoreError, open_store, unpack

MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001 - as databases keep it
SCALE = DefinitionDocument("scale", "own", 1, "scales: {own: {label: {fi: Öinen 'lainaus'}}}", MOMENT)
FORM = DefinitionDocument("questionnaire", "client_start", 7, "questionnaire: {}", MOMENT, made_by_import=3)


@pytest.fixture
def store(kept) -> Store:
    return open_store(kept.url)


def test_documents_come_back_as_they_were_written_under_the_name_of_whoever_made_them(store: Store) -> None:
    before = store.data_version()
    store.acting("anna").save_definitions([SCALE, FORM])
    assert store.data_version() != before, "other processes read them anew"
    assert set(store.definitions()) == {replace(SCALE, created_by="anna"), replace(FORM, created_by="anna")}


def test_no_version_is_written_over(store: Store) -> None:
    store.save_definitions([SCALE])
    other = replace(SCALE, id="other")
    with pytest.raises(StoreError) as refused:
        store.save_definitions([other, replace(SCALE, document="scales: {}")])
    assert refused.value.key == "store.definition_taken"
    assert store.definitions() == (SCALE,), "all or nothing"
    store.save_definitions([replace(SCALE, version=2, document="scales: {}")])
    assert [document.version for document in store.definitions()] == [1, 2]


def test_retiring_and_reinstating_touch_nothing_else(store: Store) -> None:
    store.save_definitions([SCALE, replace(SCALE, version=2), FORM])
    store.retire_definitions([SCALE.key])
    store.retire_definitions([SCALE.key])
    assert {document.key: document.retired for document in store.definitions()} == {SCALE.key: True, FORM.key: False}
    store.retire_definitions([SCALE.key], retired=False)
    assert set(store.definitions()) == {SCALE, replace(SCALE, version=2), FORM}


@pytest.mark.parametrize(("kind", "name"), [("questionnaire", "client_start"), ("practice", "sisu")])
def test_what_answers_are_stored_of_is_not_removed(store: Store, draft, kind, name: str) -> None:
    store.save_definitions([replace(FORM, kind=kind, id=name), SCALE])
    store.accept(draft({"participant": "A1"}))
    with pytest.raises(StoreError) as refused:
        store.remove_definitions([SCALE.key, (kind, name)])
    assert (refused.value.key, refused.value.values["forms"]) == ("store.definition_in_use", 1)
    assert len(store.definitions()) == 2
    store.undo(1)
    store.remove_definitions([SCALE.key, (kind, name), ("scale", "nowhere")])
    assert store.definitions() == ()


def test_every_change_is_in_the_trail(store: Store) -> None:
    anna = store.acting("anna")
    anna.save_definitions([SCALE])
    anna.save_definitions([replace(SCALE, version=2)])
    anna.retire_definitions([SCALE.key])
    anna.retire_definitions([SCALE.key], retired=False)
    anna.remove_definitions([SCALE.key])
    told = [(entry.actor, entry.deed, entry.subject) for entry in reversed(store.trail())]
    assert told == [
        ("anna", "definition_made", "scale own 1"),
        ("anna", "definition_changed", "scale own 2"),
        ("anna", "definition_retired", "scale own"),
        ("anna", "definition_reinstated", "scale own"),
        ("anna", "definition_removed", "scale own"),
    ]


def test_no_id_of_a_definition_or_a_question_is_ever_free_again(store: Store) -> None:
    text = "questionnaire:\n  id: kahvila\n  items:\n  - id: viihdyitko\n    kind: text\n  - id: 'mita_teit'\n"
    form = replace(FORM, id="kahvila", version=1, document=text)
    store.save_definitions([SCALE, form])
    assert store.spent_ids() == {"own", "kahvila"}, "its questions are its own as long as it is there"
    store.remove_definitions([form.key])
    assert store.spent_ids() == {"own", "kahvila", "viihdyitko", "mita_teit"}
    store.delete_everything()
    assert store.spent_ids() == {"own", "kahvila", "viihdyitko", "mita_teit"}


def test_a_backup_holds_them_and_deleting_everything_takes_them_away(store: Store) -> None:
    store.save_definitions([SCALE, FORM])
    saved = unpack(store.backup(date(2026, 5, 1)))
    store.delete_everything()
    assert store.definitions() == ()
    store.restore(saved)
    assert set(store.definitions()) == {SCALE, FORM}
