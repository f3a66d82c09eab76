"""The definitions that came with an import may go with it, unless anything else needs them."""

from pathlib import Path

import pytest

from evaluation.definitions_of_imports import definitions_of
from evaluation.own_definitions import DefinitionDraft, save_drafts
from evaluation.store import Store, StoreError, open_store
from tests.store.conftest import MakeDraft, draft  # noqa: F401 - a fixture
from tests.test_own_definitions import ALL_THREE, FORM_BODY, PRACTICE_BODY, SCALE_BODY

ALL_KEYS = {("practice", "own_practice"), ("questionnaire", "own_form"), ("scale", "own")}
FORM_WITH_SCALE = {**FORM_BODY, "id": "other_form", "items": [{**FORM_BODY["items"][0], "id": "other_item"}]}


@pytest.fixture
def store(tmp_path: Path, draft: MakeDraft) -> Store:  # noqa: F811
    store = open_store(f"duckdb:///{(tmp_path / 'own.duckdb').as_posix()}")
    imported = store.accept(draft({"participant": "A1", "questionnaire": "own_form", "timing": "once"}))
    assert imported.import_id == 1
    save_drafts(store, None, ALL_THREE, made_by_import=1)
    return store


def test_all_that_came_with_an_import_may_go_with_it(store: Store) -> None:
    keys = definitions_of(store, None, 1)
    assert set(keys) == ALL_KEYS
    with pytest.raises(StoreError):
        store.remove_definitions(keys)
    store.undo(1)
    store.remove_definitions(keys)
    assert store.definitions() == ()


def test_an_import_that_made_nothing_takes_nothing(store: Store) -> None:
    assert definitions_of(store, None, 2) == ()


def test_what_another_import_answers_stays_with_all_that_it_needs(store: Store, draft: MakeDraft) -> None:  # noqa: F811
    form = {"participant": "B1", "questionnaire": "own_form", "timing": "once"}
    store.accept(draft(form, file="toinen.xlsx"))
    assert definitions_of(store, None, 1) == (("practice", "own_practice"),)


def test_a_changed_definition_stays(store: Store) -> None:
    save_drafts(store, None, [DefinitionDraft("practice", PRACTICE_BODY | {"name": {"fi": "Uusi nimi"}})])
    assert set(definitions_of(store, None, 1)) == ALL_KEYS - {("practice", "own_practice")}


@pytest.mark.parametrize(
    ("more", "stays"),
    [
        (DefinitionDraft("questionnaire", FORM_WITH_SCALE), {("scale", "own")}),
        (
            DefinitionDraft("practice", PRACTICE_BODY | {"id": "another", "questionnaires": ["own_form"]}),
            {("questionnaire", "own_form"), ("scale", "own")},
        ),
        (DefinitionDraft("scale", SCALE_BODY | {"id": "unlike"}), set()),
    ],
    ids=["a form with the scale", "a practice with the form", "nothing"],
)
def test_what_something_else_builds_on_stays(store: Store, more: DefinitionDraft, stays: set[tuple[str, str]]) -> None:
    save_drafts(store, None, [more])
    assert set(definitions_of(store, None, 1)) == ALL_KEYS - stays
