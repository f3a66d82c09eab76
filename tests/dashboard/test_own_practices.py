"""A practice made on the page: by whom, with what, changed and retired without touching what is stored."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from evaluation.access import Role
from evaluation.definitions import Library
from evaluation.definitions.definition_files import files_of, zip_of
from evaluation.definitions.practice_documents import practice_body, practice_draft
from evaluation.forms import all_forms
from evaluation.i18n import Translator
from evaluation.own_definitions import DefinitionDraft, inspection_of, save_drafts
from evaluation.store import Store, open_store
from tests.dashboard.test_sign_in import RULES, _visit

T = Translator("fi")
NAME, ID = "Kahvila Kipinä", "kahvila_kipina"


def _open(language: str = "fi") -> AppTest:
    script = "from evaluation.dashboard.navigation import run\nrun('practices')"
    app = AppTest.from_string(script, default_timeout=60)
    app.query_params["lang"] = language
    return app.run()


def _fill(app: AppTest, name: str = NAME, kind: str = "meeting_place", *places: str, turn: int = 1) -> AppTest:
    app.text_input(key=f"practice_name_{turn}").set_value(name)
    app.selectbox(key=f"practice_type_{turn}").set_value(kind)
    app.multiselect(key=f"practice_places_{turn}").set_value(list(places or ("Akaa",)))
    return app.run()


def _add(app: AppTest, text: str, answer: str, options: str = "", tells: str = "", *, turn: int = 1) -> AppTest:
    """Add an own question: its text, the name of the way to answer it, its options and what it tells."""
    app.button(key=f"practice_question_add_{turn}").click().run()
    number = max(int(str(field.key).split("_")[3]) for field in app.text_input if "question_text" in str(field.key))
    app.text_input(key=f"practice_question_text_{number}_{turn}").set_value(text)
    ways = app.selectbox(key=f"practice_question_answer_{number}_{turn}")
    ways.select_index(next(place for place, way in enumerate(ways.options) if way.startswith(answer))).run()
    if options:
        app.text_area(key=f"practice_question_options_{number}_{turn}").set_value(options)
    if tells:
        field = next(
            each for each in app.selectbox if "question_tells" in str(each.key) and f"_{number}_{turn}" in str(each.key)
        )
        field.set_value(tells)
    return app.run()


def _save(app: AppTest, turn: int = 1) -> AppTest:
    app.button(key=f"practice_save_{turn}").click().run()
    assert not app.exception
    return app


def _said(app: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "success", "warning", "error")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def _library(store: Store) -> Library:
    found = inspection_of(store, None)
    assert found.faults == ()
    return found.library


@pytest.fixture
def kept(clean_environment: str) -> Store:
    return open_store(clean_environment)


def test_name_type_and_place_make_a_practice_with_its_forms(kept: Store) -> None:
    app = _save(_fill(_open()))
    assert T("practices.saved", practice=NAME) in _said(app)
    library = _library(kept)
    practice = library.practices[ID]
    assert (practice.name.written, practice.municipalities) == ({"fi": NAME}, ("Akaa",))
    assert practice.questionnaires == ("visit_diary", "visit_feedback", "worker", "partner")
    assert practice.open_door
    assert len(dict(all_forms(library, practice, "fi"))) > len(practice.questionnaires)
    assert [deed.subject for deed in kept.trail(deeds=["definition_made"])] == [f"practice {ID} 1"]


@pytest.mark.parametrize(
    ("name", "kind", "places"), [("", "group", ["Akaa"]), ("Oma", None, ["Akaa"]), ("Oma", "group", [])]
)
def test_what_is_missing_is_said_and_nothing_is_saved(
    kept: Store, name: str, kind: str | None, places: list[str]
) -> None:
    app = _open()
    app.text_input(key="practice_name_1").set_value(name)
    if kind:
        app.selectbox(key="practice_type_1").set_value(kind)
    app.multiselect(key="practice_places_1").set_value(places)
    assert T("practices.needs_all") in _said(_save(app.run()))
    assert kept.definitions() == ()


def test_a_name_that_another_practice_has_is_refused_whatever_its_case(kept: Store) -> None:
    app = _save(_fill(_open(), "sisu", "group"))
    assert T("practices.name_taken", name="sisu") in _said(app)
    assert kept.definitions() == ()


# Text, way to answer, options, what it tells, and what the item becomes.
QUESTIONS = [
    ("Tunsin itseni tervetulleeksi.", "Samaa tai eri mieltä", "", "", ("scale", "agreement5", "satisfaction")),
    ("Kuinka varmasti suosittelet?", "Suosittelu", "", "", ("scale", "recommend10", "satisfaction")),
    ("Kuinka hyvä olo sinulla oli?", "Numero 0–10", "", "", ("scale", "score10", "satisfaction")),
    ("Saitko juttuseuraa?", "Kyllä tai ei", "", "", ("scale", "yes_favourable", "satisfaction")),
    ("Olitko ensimmäistä kertaa?", "Kyllä tai ei", "", "participation", ("scale", "yes_no", "participation")),
    ("Onko olosi nyt parempi kuin ennen?", "Koettu muutos", "", "change", ("scale", "change5", "change")),
    ("Mitä teit?", "Useita", "Join kahvia\nPelasin\n\npelasin\nMuu", "", ("choices", None, "participation")),
    ("Miten tulit?", "Yksi vaihtoehto", "Kävellen\nBussilla", "", ("choice", None, "participation")),
    ("Montako kertaa olet käynyt?", "Lukumäärä", "", "", ("number", None, "participation")),
    ("Ikäryhmä", "Taustatieto", "alle 30\n30 tai yli", "", ("background", None, "background")),
    ("Terveisiä meille", "Omin sanoin", "", "", ("text", None, "satisfaction")),
]


@pytest.mark.thorough
def test_own_questions_of_every_kind_are_saved_with_the_practice(kept: Store) -> None:
    app = _fill(_open())
    for text, answer, options, tells, _ in QUESTIONS:
        app = _add(app, text, answer, options, tells)
    _save(app)
    library = _library(kept)
    names = dict(all_forms(library, library.practices[ID], "fi"))
    assert f"05_{ID}_visit/{ID}_visit.xlsx" in names
    items = library.questionnaire(f"{ID}_visit").items_for(library.practices[ID])
    for (text, _, options, _, wanted), item in zip(QUESTIONS, items, strict=True):
        assert (item.kind, item.scale, item.family) == wanted
        assert item.text.written == {"fi": text}
        lines = {line.casefold(): None for line in options.splitlines() if line}
        assert [option.label["fi"].casefold() for option in item.options.values()] == list(lines)


@pytest.mark.thorough
def test_an_own_state_makes_a_start_and_an_end_form_that_pair(kept: Store) -> None:
    app = _fill(_open(), "Voimaryhmä", "group")
    app = _add(app, "Millainen mielialasi on?", "Kuinka hyvin", "", "state")
    app = _add(app, "Ryhmä oli hyvä.", "Samaa tai eri", "", "satisfaction")
    assert T("practices.asked_twice") in _said(app)
    _save(app)
    library = _library(kept)
    practice = library.practices["voimaryhma"]
    start, end = (library.questionnaire(f"voimaryhma_{timing}") for timing in ("start", "end"))
    assert [item.id for item in start.items_for(practice)] == ["millainen_mielialasi_on"]
    assert [item.id for item in end.items_for(practice)] == ["millainen_mielialasi_on", "ryhma_oli_hyva"]


@pytest.mark.thorough
def test_options_are_needed_where_there_is_something_to_choose(kept: Store) -> None:
    app = _save(_add(_fill(_open()), "Mitä teit?", "Useita", "Kaikkea"))
    assert T("practices.needs_options", question="Mitä teit?") in _said(app)
    assert kept.definitions() == ()


@pytest.mark.thorough
def test_the_same_question_twice_is_named(kept: Store) -> None:
    app = _add(_add(_fill(_open()), "Terveisiä", "Omin sanoin"), "terveisiä ", "Omin sanoin")
    assert T("practices.question_twice", question="terveisiä") in _said(_save(app))
    assert kept.definitions() == ()


def _edit(practice: str = ID) -> AppTest:
    return _open().button(key=f"practice_edit_{practice}").click().run()


def test_a_changed_form_is_a_new_version_and_the_old_one_stays(kept: Store) -> None:
    _save(_add(_fill(_open()), "Tunsin itseni tervetulleeksi.", "Samaa tai eri"))
    before = _library(kept).questionnaire(f"{ID}_visit")
    app = _edit()
    assert app.text_input(key="practice_question_text_1_1").value == "Tunsin itseni tervetulleeksi."
    _save(_add(app, "Terveisiä", "Omin sanoin"))
    library = _library(kept)
    later = library.questionnaire(f"{ID}_visit")
    assert (later.version, len(later.items)) == (2, 2)
    assert library.questionnaire(f"{ID}_visit", 1) == before
    assert later.items[0] == before.items[0]


def test_whether_one_recommends_is_a_recommendation_whatever_the_words(kept: Store) -> None:
    _save(_add(_fill(_open()), "Kertoisitko meistä kaverille?", "Suosittelu"))
    (item,) = _library(kept).questionnaire(f"{ID}_visit").items
    assert (item.national_theme, item.dimension) == ("recommendation", "recommendation")


@pytest.mark.parametrize("same", [True, False])
def test_other_words_are_asked_about(kept: Store, same: bool) -> None:
    _save(_add(_fill(_open()), "Tunsin itseni tervetulleeksi.", "Samaa tai eri"))
    app = _edit()
    app.text_input(key="practice_question_text_1_1").set_value("Oloni oli tervetullut.").run()
    asked = app.segmented_control(key="practice_question_same_1_1")
    assert asked.value == T("practices.question_same"), "the likelier is chosen"
    if not same:
        asked.set_value(T("practices.question_other")).run()
    _save(app)
    (item,) = _library(kept).questionnaire(f"{ID}_visit", 2).items
    assert item.id == ("tunsin_itseni_tervetulleeksi" if same else "oloni_oli_tervetullut")


def test_who_saves_what_another_has_changed_meanwhile_is_told_so_and_replaces_nothing(kept: Store) -> None:
    _save(_fill(_open()))
    first, second = _edit(), _edit()
    first.text_input(key="practice_goals_meeting_place_1").set_value("Yksinäisyys vähenee").run()
    _save(first)
    second.text_input(key="practice_rhythm_meeting_place_1").set_value("Joka päivä").run()
    assert T("practices.changed_meanwhile") in _said(_save(second))
    practice = _library(kept).practices[ID]
    assert [text["fi"] for text in practice.description] == ["Yksinäisyys vähenee"]


def test_texts_are_in_the_language_in_which_the_editor_was_opened(kept: Store) -> None:
    app = _fill(_open("sv"), "Kafé Gnistan")
    app.segmented_control(key="language_switch").set_value("fi").run()
    _save(app)
    assert _library(kept).practices["kafe_gnistan"].name.written == {"sv": "Kafé Gnistan"}


@pytest.mark.thorough
def test_saving_without_a_change_makes_no_version(kept: Store) -> None:
    _save(_add(_fill(_open()), "Tunsin itseni tervetulleeksi.", "Samaa tai eri"))
    before = kept.definitions()
    _save(_edit())
    assert kept.definitions() == before


def test_a_renamed_practice_keeps_its_id_and_a_retired_one_is_offered_no_more(kept: Store) -> None:
    _save(_fill(_open()))
    app = _edit()
    app.text_input(key="practice_name_1").set_value("Kahvila Kipinä ja kirjasto").run()
    _save(app)
    assert _library(kept).practices[ID].name["fi"] == "Kahvila Kipinä ja kirjasto"
    _open().button(key=f"practice_retire_{ID}").click().run()
    assert ID not in _library(kept).current_practices
    app = _open()
    assert T("practices.retired") in _said(app)
    app.button(key=f"practice_retire_{ID}").click().run()
    assert ID in _library(kept).current_practices


@pytest.mark.thorough
def test_a_practice_like_another_asks_what_that_asks(kept: Store, library: Library) -> None:
    app = _open()
    app.selectbox(key="practice_copy_choice").set_value("sisu").run()
    app.button(key="practice_copy").click().run()
    app.text_input(key="practice_name_2").set_value("Oma ryhmä")
    app.multiselect(key="practice_places_2").set_value(["Nokia", "Akaa"])
    _save(app.run(), turn=2)
    made, sisu = _library(kept).practices["oma_ryhma"], library.practices["sisu"]
    assert (made.questionnaires, made.change_dimensions) == (sisu.questionnaires, sisu.change_dimensions)
    assert made.municipalities == ("Nokia", "Akaa")


@pytest.mark.thorough
def test_another_type_brings_its_own_forms(kept: Store) -> None:
    app = _fill(_open())
    app.selectbox(key="practice_type_1").set_value("group").run()
    _save(app)
    assert _library(kept).practices[ID].questionnaires[0] == "client_start"


def test_a_file_of_another_toolkit_is_shown_before_it_is_saved(kept: Store) -> None:
    other = open_store("duckdb:///:memory:")
    draft = replace(practice_draft(_library(kept).practices["sisu"], "fi"), name="Sisu 2")
    save_drafts(other, None, [DefinitionDraft("practice", practice_body(draft, "sisu", "fi"))])
    content = zip_of(files_of(other.definitions()))
    app = _open()
    app.file_uploader[0].set_value(("omat.zip", content, "application/zip")).run()
    assert not app.exception
    assert T("practices.import_new", names=r"Sisu 2 \(käytäntö\)") in _said(app)
    assert kept.definitions() == (), "nothing is saved before it is accepted"
    app.button(key="definitions_import").click().run()
    assert T.plural("practices.imported", 1) in _said(app)
    assert _library(kept).practices["sisu"].name["fi"] == "Sisu 2"


def test_a_file_that_is_no_definitions_is_refused_in_words(kept: Store) -> None:
    app = _open()
    app.file_uploader[0].set_value(("kuva.zip", b"PK no zip", "application/zip")).run()
    assert not app.exception
    assert T("definitions.no_definition_file") in _said(app)


@pytest.fixture
def on_a_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kept: Store) -> Store:
    """Give a database that people sign in to, with a practice that a coordinator has made."""
    rules = tmp_path / "access.yaml"
    rules.write_text(RULES, encoding="utf-8")
    monkeypatch.setenv("EVALUATION_ACCESS", str(rules))
    _save(_fill(_visit("practices", Role.COORDINATOR).run()))
    return kept


def test_a_coordinator_makes_changes_and_retires_and_the_trail_says_who(on_a_server: Store) -> None:
    app = _visit("practices", Role.COORDINATOR).run()
    app.button(key=f"practice_edit_{ID}").click().run()
    app.text_input(key="practice_goals_meeting_place_1").set_value("Yksinäisyys vähenee").run()
    _save(app)
    app.button(key=f"practice_retire_{ID}").click().run()
    assert _library(on_a_server).practices[ID].retired
    deeds = [(entry.actor, entry.deed) for entry in on_a_server.trail() if entry.deed.startswith("definition")]
    actors = {actor for actor, _ in deeds}
    assert [deed for _, deed in deeds][::-1] == ["definition_made", "definition_changed", "definition_retired"]
    assert len(actors) == 1
    assert "" not in actors


def test_a_contributor_sees_practices_and_their_forms_and_changes_nothing(on_a_server: Store) -> None:
    before = on_a_server.definitions()
    app = _visit("practices", Role.CONTRIBUTOR).run()
    assert not app.exception
    assert NAME in _said(app)
    assert {str(button.key) for button in app.button} == {"sign_out", f"practice_open_{ID}"}
    assert not [*app.text_input, *app.selectbox, *app.multiselect, *app.get("file_uploader")]
    script = (
        "from evaluation.dashboard import resources, sign_in\n"
        "from evaluation.definitions.practice_documents import practice_body, practice_draft\n"
        "from evaluation.dashboard.own_practices.saving_practices import set_retired\n"
        "resources.look()\n"
        f"set_retired(resources.library().practices[{ID!r}], True, 'fi')"
    )
    bare = AppTest.from_string(script, default_timeout=60)
    bare.secrets, bare.user = app.secrets, app.user
    assert bare.run().exception, "the store refuses, whatever the page shows"
    assert on_a_server.definitions() == before


@pytest.mark.thorough
def test_a_viewer_does_not_see_the_page(on_a_server: Store) -> None:
    app = _visit("practices", Role.VIEWER).run()
    assert [warning.value for warning in app.warning] == [T("access.role_refused")]
    assert NAME not in _said(app)


def test_another_session_and_another_process_see_a_new_practice_at_once(kept: Store, clean_environment: str) -> None:
    first, second = _open(), _open()
    _save(_fill(first))
    assert NAME in _said(second.run())
    command = [sys.executable, "-m", "evaluation", "check", "--database", clean_environment]
    listed = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    assert ID in listed.stdout
    forms = AppTest.from_string("from evaluation.dashboard.navigation import run\nrun('forms')", default_timeout=60)
    forms.query_params["lang"] = "fi"
    assert NAME in forms.run().selectbox[0].options
