"""Definitions move from one database to another as files, with their versions, and nothing else gets in."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.dashboard.own_practices.saving_practices import drafts_of
from evaluation.definitions import DefinitionDocument, DefinitionsRefused, Library
from evaluation.definitions.definition_files import (
    MOST_FILES,
    documents_of,
    files_in,
    files_of,
    name_of,
    zip_of,
)
from evaluation.definitions.own_forms import OwnForm, own_forms
from evaluation.definitions.practice_documents import PracticeDraft, draft_of_type, practice_draft
from evaluation.definitions.question_documents import QuestionDraft
from evaluation.own_definitions import inspection_of, new_documents, save_documents, save_drafts
from evaluation.store import Store, StoreError, open_store

WELCOME = QuestionDraft("Tunsin itseni tervetulleeksi.", "scale", "satisfaction", "agreement5")
MOOD = QuestionDraft("Millainen mielialasi on?", "scale", "state", "state5_good")
COMPANY = QuestionDraft("Saitko juttuseuraa?", "scale", "satisfaction", "yes_favourable")
DONE = QuestionDraft("Mitä teit?", "choices", "participation", options=("Join kahvia", "Pelasin", "Muu"))


def _library(store: Store) -> Library:
    found = inspection_of(store, None)
    assert found.faults == ()
    return found.library


def _define(store: Store, draft: PracticeDraft, *forms: OwnForm) -> str:
    practice, drafts = drafts_of(draft, forms, _library(store), "fi")
    save_drafts(store, None, drafts)
    return practice


@pytest.fixture
def county(library: Library) -> Store:
    """Give a toolkit with an open café whose form has two versions, a group that pairs, and one that has ended."""
    store = open_store("duckdb:///:memory:")
    every = frozenset(library.questionnaire_ids)
    cafe = replace(draft_of_type(library, "meeting_place", every), name="Kahvila Kipinä", municipalities=("Akaa",))
    _define(store, cafe, OwnForm("client", "visit", (WELCOME, COMPANY)))
    now = _library(store)
    (form,) = own_forms([now.questionnaire("kahvila_kipina_visit")], "fi")
    longer = replace(form, questions=(*form.questions, DONE))
    _define(store, practice_draft(now.practices["kahvila_kipina"], "fi"), longer)
    group = replace(draft_of_type(library, "group", every), name="Voimaryhmä", municipalities=("Nokia", "Tampere"))
    _define(store, group, OwnForm("client", "end", (MOOD, WELCOME)))
    store.retire_definitions([("practice", "voimaryhma")])
    return store


def test_everything_moves_to_an_empty_toolkit_and_out_of_it_again_as_it_was(county: Store) -> None:
    content = zip_of(files_of(county.definitions()))
    other = open_store("duckdb:///:memory:")
    save_documents(other, None, documents_of(files_in(content, "määritelmät.zip")))
    here, there = _library(county), _library(other)
    assert there.practices == here.practices
    assert there.practices["voimaryhma"].retired
    versions = [{(form.id, form.version): form for form in library.questionnaires} for library in (here, there)]
    assert versions[0] == versions[1]
    assert {form.version for form in there.questionnaires if form.id == "kahvila_kipina_visit"} == {1, 2}
    assert there.scales == here.scales
    assert files_of(other.definitions()) == files_of(county.definitions())


def test_what_is_there_already_is_not_saved_twice(county: Store) -> None:
    before = county.definitions()
    documents = documents_of(files_of(before))
    assert new_documents(county, documents) == ()
    assert save_documents(county, None, documents) == ()
    assert county.definitions() == before


def test_a_practice_that_is_another_here_is_told_to_change_and_gets_a_version_of_its_own(county: Store) -> None:
    files = files_of(county.definitions())
    name = "practice_kahvila_kipina.yaml"
    files[name] = files[name].replace("Akaa", "Valkeakoski")
    (changed,) = save_documents(county, None, documents_of(files))
    assert (name_of(changed, "sv"), changed.version) == ("Kahvila Kipinä", 2)
    assert _library(county).practices["kahvila_kipina"].municipalities == ("Valkeakoski",)


def test_a_version_of_a_form_that_says_something_else_here_is_refused(county: Store) -> None:
    files = files_of(county.definitions())
    name = "questionnaire_kahvila_kipina_visit_1.yaml"
    files[name] = files[name].replace("tervetulleeksi.", "kotoisaksi.")
    before = county.definitions()
    with pytest.raises((StoreError, DefinitionsRefused)):
        save_documents(county, None, documents_of(files))
    assert county.definitions() == before


def test_a_form_without_the_scale_it_needs_is_refused_whole(county: Store) -> None:
    files = {name: text for name, text in files_of(county.definitions()).items() if not name.startswith("scale")}
    other = open_store("duckdb:///:memory:")
    with pytest.raises(DefinitionsRefused) as refused:
        save_documents(other, None, documents_of(files))
    assert "unknown_scale" in {problem.code for problem in refused.value.problems}
    assert other.definitions() == ()


def _zip(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_yaml", ".yaml"), text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_definition_file"),
        (b"PK\x03\x04 broken", "no_definition_file"),
        ("åäö".encode("latin-1"), "no_definition_file"),
        (b"scales: [", "not_yaml"),
        (b"- a list", "not_a_mapping"),
        (b"practices: [sisu]", "section_shape"),
        (b"practices: {sisu: 5}", "section_shape"),
        (b"questionnaire: {id: own}", "wrong_number"),
        (b"colours: {red: 1}", "no_definition_file"),
        (b"a: " + b"x" * 400_000, "yaml_too_large"),
        (_zip(readme_txt="hello"), "no_definition_file"),
        (_zip(own_yaml="x: " + "y" * 2_000_000), "yaml_too_large"),
        (_zip(**{f"f{number}_yaml": "" for number in range(MOST_FILES + 1)}), "no_definition_file"),
    ],
)
def test_what_is_no_definitions_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(DefinitionsRefused) as refused:
        documents_of(files_in(content, "own.zip"))
    assert {problem.code for problem in refused.value.problems} == {code}


def test_a_file_of_several_definitions_written_by_hand_is_taken_apart(tmp_path: Path, library: Library) -> None:
    text = """scales:
  own: {label: {fi: Oma}, better: high, values: [{code: 1, class: unfavourable, label: {fi: Huono}},
        {code: 2, class: favourable, label: {fi: Hyvä}}]}
practices:
  own_place: {name: {fi: Oma paikka}, municipalities: [Akaa], type: meeting_place, questionnaires: [visit_feedback]}
"""
    documents = documents_of(files_in(text.encode(), "own.yaml"))
    assert [document.key for document in documents] == [("scale", "own"), ("practice", "own_place")]
    assert all(isinstance(document, DefinitionDocument) for document in documents)
    store = open_store("duckdb:///:memory:")
    save_documents(store, None, documents)
    assert _library(store).practices["own_place"].name["sv"] == "Oma paikka"
