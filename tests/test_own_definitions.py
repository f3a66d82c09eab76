"""Definitions are checked before they are saved in a database: nothing that was asked is ever changed in place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.bundled_files import QUESTIONNAIRES
from evaluation.definitions import DefinitionsRefused
from evaluation.definitions.definition_files import documents_of
from evaluation.i18n import Translator, languages
from evaluation.own_definitions import DefinitionDraft, inspection_of, save_documents, save_drafts
from evaluation.store import Store, open_store
from tests.definitions.test_loader import FORM, PRACTICE, SCALE

SCALE_BODY = {"id": "own"} | yaml.safe_load(SCALE)["scales"]["own"]
FORM_BODY = yaml.safe_load(FORM.replace("scale: agreement5", "scale: own"))["questionnaire"]
PRACTICE_BODY = {"id": "own_practice"} | yaml.safe_load(PRACTICE)["practices"]["own_practice"]
ALL_THREE = [
    DefinitionDraft("practice", PRACTICE_BODY | {"questionnaires": ["client_end", "own_form"]}),
    DefinitionDraft("questionnaire", FORM_BODY),
    DefinitionDraft("scale", SCALE_BODY),
]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"duckdb:///{(tmp_path / 'own.duckdb').as_posix()}")


def reworded(text: str) -> dict[str, Any]:
    (item,) = FORM_BODY["items"]
    return FORM_BODY | {"items": [item | {"text": {"fi": text}}]}


def test_a_scale_a_questionnaire_and_a_practice_are_saved_at_once_and_read(store: Store) -> None:
    saved = save_drafts(store, None, ALL_THREE)
    assert [(document.kind, document.id, document.version) for document in saved] == [
        ("practice", "own_practice", 1), ("questionnaire", "own_form", 1), ("scale", "own", 1),
    ]  # fmt: skip
    inspected = inspection_of(store, None)
    assert inspected.faults == ()
    (form,) = [
        form
        for form in inspected.library.forms_of(inspected.library.practices["own_practice"])
        if form.id == "own_form"
    ]
    assert form.items[0].scale == "own"
    assert save_drafts(store, None, ALL_THREE) == (), "nothing has changed"


def test_what_is_built_in_already_is_not_copied_into_the_database(store: Store) -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in QUESTIONNAIRES.glob("*.yaml")}
    assert save_documents(store, None, documents_of(files)) == ()
    files["mine.yaml"] = SCALE
    assert [document.id for document in save_documents(store, None, documents_of(files))] == ["own"]


def test_a_changed_questionnaire_is_the_next_version_and_the_one_before_stays(store: Store) -> None:
    save_drafts(store, None, ALL_THREE)
    (second,) = save_drafts(store, None, [DefinitionDraft("questionnaire", reworded("Kysymys kaksi"))])
    assert second.version == 2
    library = inspection_of(store, None).library
    assert library.questionnaire("own_form").items[0].text["fi"] == "Kysymys kaksi"
    assert library.questionnaire("own_form", 1).items[0].text["fi"] == "Kysymys yksi"


def test_a_changed_built_in_questionnaire_is_its_next_version(store: Store) -> None:
    session = Path("questionnaires/session_feedback.yaml").read_text(encoding="utf-8").replace("hyötyä.", "iloa.")
    (saved,) = save_drafts(store, None, [DefinitionDraft("questionnaire", yaml.safe_load(session)["questionnaire"])])
    assert saved.version == 2
    assert inspection_of(store, None).faults == ()


@pytest.mark.parametrize(
    "change",
    [
        {"label": {"fi": "Aivan toinen"}, "code": 2, "class": "favourable"},
        {"label": SCALE_BODY["values"][1]["label"], "code": 3, "class": "favourable"},
    ],
    ids=["label", "code"],
)
def test_a_scale_that_was_asked_with_does_not_change(store: Store, change: dict[str, Any]) -> None:
    save_drafts(store, None, ALL_THREE)
    changed = SCALE_BODY | {"values": [SCALE_BODY["values"][0], change]}
    with pytest.raises(DefinitionsRefused) as refused:
        save_drafts(store, None, [DefinitionDraft("scale", changed)])
    assert [problem.code for problem in refused.value.problems] == ["questionnaire_would_change"]
    for language in languages():
        assert "own_form" in refused.value.message(Translator(language))
    assert len(store.definitions()) == 3


def test_a_translation_and_another_way_to_write_an_answer_may_be_added_later(store: Store) -> None:
    values = [{**value, "label": {"fi": value["label"]["fi"]}} for value in SCALE_BODY["values"]]
    save_drafts(store, None, [DefinitionDraft("scale", SCALE_BODY | {"values": values}), ALL_THREE[1]])
    later = [{**value, "aliases": [f"vaihtoehto {value['code']}"]} for value in SCALE_BODY["values"]]
    (saved,) = save_drafts(store, None, [DefinitionDraft("scale", SCALE_BODY | {"values": later})])
    assert saved.version == 2
    assert inspection_of(store, None).library.scales["own"].values[0].label["sv"] == "Inte bra"


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (DefinitionDraft("questionnaire", FORM_BODY), "unknown_scale"),
        (DefinitionDraft("practice", PRACTICE_BODY | {"type": "club"}), "unknown_type"),
        (DefinitionDraft("practice", PRACTICE_BODY | {"id": "Oma käytäntö"}), "wrong_id"),
        (DefinitionDraft("scale", SCALE_BODY | {"values": []}), "wrong_list"),
        (DefinitionDraft("dimension", {"id": "luck", "family": "change", "label": {}}), "no_text"),
    ],
)
def test_what_makes_no_sense_is_not_saved(store: Store, draft: DefinitionDraft, code: str) -> None:
    with pytest.raises(DefinitionsRefused) as refused:
        save_drafts(store, None, [draft])
    assert [problem.code for problem in refused.value.problems] == [code]
    assert store.definitions() == ()
