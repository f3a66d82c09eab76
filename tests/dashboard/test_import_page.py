"""The import page as a worker goes through it: what is missing is asked, what is chosen is read, saved and kept."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from evaluation.cli import main
from evaluation.dashboard.importing.choices import EVERY_FILE, LATER, LEAVE_OUT, NO, NO_ANSWER, STORED, YES, choice_key
from evaluation.dashboard.importing.workbench import take_over
from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.intake import open_file
from evaluation.store import Selection, open_store
from tests.conftest import EVERY_LANGUAGE
from tests.dashboard.shown import workbenches

pytestmark = pytest.mark.thorough

CORPUS = Path(__file__).parents[1] / "corpus" / "files"
T = Translator("fi")
Table = Callable[..., bytes]


def _page(language: str = "fi") -> AppTest:
    script = "from evaluation.dashboard.navigation import run\nrun('import')"
    app = AppTest.from_string(script, default_timeout=60)
    app.query_params["lang"] = language
    return app.run()


def _drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in files]).run()
    assert not app.exception
    return app


def _mark(content: bytes) -> str:
    return open_file(content, "").sha256[:16]


def _practice(app: AppTest, practice: str, mark: str = EVERY_FILE) -> None:
    app.selectbox(key=choice_key(mark, "place", "practice")).set_value(practice).run()
    assert not app.exception


def _items(app: AppTest) -> Iterator[dict[str, Any]]:
    """Yield everything that can be chosen on the workbenches."""
    for bench in workbenches(app):
        columns = bench["columns"] or {"rows": [], "folded": []}
        yield from columns["rows"]
        yield from (row for fold in columns["folded"] for row in fold["rows"])
        yield from (item for group in bench["boxes"] for item in group["items"] if "name" in item)


def _item(app: AppTest, key: str) -> dict[str, Any]:
    return next(item for item in _items(app) if item["name"] == key)


def _apply(app: AppTest, chosen: dict[str, str]) -> None:
    """Choose on the workbench, where all of it must be offered, and take it over as a press does."""
    for key, value in chosen.items():
        item = _item(app, key)
        offered = [each[0] for each in item["options"]] if "options" in item else None
        assert offered is None or value in offered
        kept: dict[Any, Any] = {}
        take_over({key: value}, key.split("\x1f")[1], kept)
        app.session_state[key] = kept[key]
    app.run()
    assert not app.exception


def _saved(app: AppTest) -> int:
    """Return how many forms will be saved."""
    found = [figure for bench in workbenches(app) for figure in bench["figures"] if "tallennetaan" in figure[1]]
    return sum(int(figure[0]) for figure in found)


def _accept(app: AppTest) -> None:
    app.button(key="accept").click().run()
    assert not app.exception


def _told(app: AppTest) -> str:
    return "\n".join(str(each.value) for kind in (app.markdown, app.caption) for each in kind)


def _texts(library: Library, *items: str) -> list[str]:
    return [library.items[item].text["fi"] for item in items]


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_a_file_that_does_not_tell_is_asked_its_practice_and_then_its_form(
    clean_environment: str, language: str
) -> None:
    content = (CORPUS / "40_unclear_form.xlsx").read_bytes()
    app, t = _drop(_page(language), ("kysely.xlsx", content)), Translator(language)
    assert app.button(key="accept").disabled
    assert t("importing.first_answer", what=t("importing.hold_practice")) in _told(app).replace("\\", "")
    _practice(app, "sisu")
    assert app.button(key="accept").disabled
    assert t("dashboard.answer_first") in _told(app)
    app.selectbox(key=choice_key(EVERY_FILE, "place", "questionnaire")).set_value("client_start").run()
    assert t.plural("importing.count_start", 2) in _told(app)
    _accept(app)
    stored = open_store(clean_environment).contents()
    assert list(stored[["practice", "questionnaire", "responses"]].itertuples(index=False, name=None)) == [
        ("sisu", "client_start", 2)
    ]


def test_what_is_chosen_for_all_files_holds_for_each_until_they_are_saved(clean_environment: str) -> None:
    names = ("36_misspelt.xlsx", "34_cp1252_semicolon.csv")
    files = [(name, (CORPUS / name).read_bytes()) for name in names]
    app = _drop(_page(), *files)
    assert app.button(key="accept").disabled
    own = choice_key(_mark(files[0][1]), "place", "practice")
    app.selectbox(key=own).set_value("sisu").run()
    _practice(app, "neuvonta")
    assert app.session_state[own] == "sisu"
    _accept(app)
    stored = open_store(clean_environment).contents()
    assert dict(zip(stored["practice"], stored["responses"], strict=True)) == {"sisu": 3, "neuvonta": 3}
    outcome = _told(app)
    assert all(name.replace("_", r"\_") in outcome for name in names)


def test_a_csv_of_windows_is_read_with_its_letters(clean_environment: str) -> None:
    content = (CORPUS / "34_cp1252_semicolon.csv").read_bytes()
    assert "ä".encode("cp1252") in content
    app = _drop(_page(), ("palaute.csv", content))
    _practice(app, "neuvonta")
    assert _saved(app) == 3


def test_a_template_that_tells_everything_is_saved_by_one_press(clean_environment: str) -> None:
    app = _drop(_page(), ("sisu.xlsx", (CORPUS / "18_title_rows_sisu.xlsx").read_bytes()))
    (municipality,) = app.selectbox
    assert municipality.placeholder == T("importing.assumed", value="Lempäälä"), (
        "nothing else is asked: the file tells it"
    )
    _accept(app)
    assert int(open_store(clean_environment).contents()["responses"].sum()) == 3


def test_columns_are_corrected_saved_and_offered_for_the_next_file(
    clean_environment: str, library: Library, table: Table
) -> None:
    heading = ("Tunniste", *_texts(library, "sat_usefulness", "recommend"), "Fiilis", "Sää")
    content = table(heading, ("A1", 4, 9, 3, "sade"), ("A2", 5, 10, 4, "pouta"), sheet="Loppukysely")
    app, mark = _drop(_page(), ("loppu.xlsx", content)), _mark(content)
    _practice(app, "sisu")
    mood, weather = (choice_key(mark, "column", name) for name in ("fiilis", "sää"))
    _apply(app, {mood: "state_mood", weather: LEAVE_OUT})
    assert _item(app, mood)["value"] == "state_mood", "a choice once made stays in its place"
    _accept(app)
    store = open_store(clean_environment)
    assert int(store.contents()["responses"].sum()) == 2

    second = table(heading, ("A3", 4, 9, 2, "sade"), sheet="Loppukysely")
    again, mark = _drop(_page(), ("loppu2.xlsx", second)), _mark(second)
    _practice(again, "sisu")
    remembered = _item(again, choice_key(mark, "column", "fiilis"))
    assert (remembered["value"], remembered["note"]) == ("state_mood", T("importing.note_remembered"))
    assert choice_key(mark, "column", "fiilis") not in again.session_state, "remembered is not said anew"
    _accept(again)
    assert int(open_store(clean_environment).contents()["responses"].sum()) == 3


def test_a_misspelt_heading_is_a_suggestion_that_is_named_and_can_be_corrected(
    clean_environment: str, library: Library
) -> None:
    content = (CORPUS / "36_misspelt.xlsx").read_bytes()
    app, mark = _drop(_page(), ("kirjoitusvirhe.xlsx", content)), _mark(content)
    _practice(app, "sisu")
    key = choice_key(mark, "column", "miten voit mielialasi puolest tällä hetkelä?")
    item = _item(app, key)
    assert (item["value"], item["note"], item["suggested"]) == ("state_mood", T("importing.suggestion"), True)
    _accept(app)
    mood = library.items["state_mood"].text["fi"]
    heading = "Miten voit mielialasi puolest tällä hetkelä?"
    assert T("importing.outcome_taken", heading=heading, item=mood) in _told(app).replace("\\", "")
    undone = _drop(_page(), ("kirjoitusvirhe2.xlsx", content + b" "))
    _practice(undone, "sisu")
    second = choice_key(_mark(content + b" "), "column", "miten voit mielialasi puolest tällä hetkelä?")
    _apply(undone, {second: LEAVE_OUT})
    assert _item(undone, second)["note"] == T("importing.note_chosen")


def test_an_unknown_answer_is_left_empty_by_a_suggestion_until_it_is_explained_and_then_remembered(
    clean_environment: str, library: Library, table: Table
) -> None:
    heading = ("Tunniste", *_texts(library, "sat_usefulness", "sat_arrangements", "recommend"))
    content = table(heading, ("A1", "jees", "jees", 9), ("A2", 4, 4, 8), sheet="Loppukysely")
    app, mark = _drop(_page(), ("loppu.xlsx", content)), _mark(content)
    _practice(app, "sisu")
    assert _saved(app) == 2
    key = choice_key(mark, "answer", str(library.items["sat_usefulness"].scale), "jees")
    item = _item(app, key)
    assert (item["value"], item["suggested"]) == (NO_ANSWER, True), "the safest is preselected"
    assert item["options"][0] == [NO_ANSWER, T("dashboard.suggested", answer=T("importing.empty"))]
    _apply(app, {key: "5"})
    assert _item(app, key)["value"] == "5"
    _accept(app)
    answers = open_store(clean_environment).answer_counts(Selection())
    assert set(answers[answers["item"] == "sat_usefulness"]["value"]) == {4, 5}

    second = table(heading, ("A3", "jees", 4, 9), sheet="Loppukysely")
    again, mark = _drop(_page(), ("loppu2.xlsx", second)), _mark(second)
    _practice(again, "sisu")
    assert _saved(again) == 1
    assert _item(again, choice_key(mark, "answer", str(library.items["sat_usefulness"].scale), "jees"))["value"] == "5"


def test_the_receipt_names_every_answer_that_was_left_empty_by_a_suggestion(
    clean_environment: str, library: Library, table: Table
) -> None:
    heading = ("Tunniste", *_texts(library, "sat_usefulness", "recommend"))
    content = table(heading, ("A1", "joo!", 9), ("A2", 4, 8), sheet="Loppukysely")
    app = _drop(_page(), ("loppu.xlsx", content))
    _practice(app, "sisu")
    _accept(app)
    item = library.items["sat_usefulness"].short["fi"]
    places = T.plural("importing.places", 1)
    told = T("importing.outcome_emptied", cell="B2", answer="joo!", item=item, places=places)
    assert told in _told(app).replace("\\", "")
    answers = open_store(clean_environment).answer_counts(Selection())
    assert answers[answers["item"] == "sat_usefulness"]["n"].sum() == 1


def test_two_forms_of_one_person_hold_back_saving_until_it_is_said_which_holds(clean_environment: str) -> None:
    content = (CORPUS / "31_same_code_twice.xlsx").read_bytes()
    app = _drop(_page(), ("kahdesti.xlsx", content))
    _practice(app, "sisu")
    assert app.button(key="accept").disabled
    (asked,) = [item for item in _items(app) if item.get("waiting") and "\x1fdecision\x1f" in item["name"]]
    assert asked["value"] == "", "nothing is likelier than the other"
    _apply(app, {asked["name"]: asked["options"][-1][0]})
    assert not app.button(key="accept").disabled
    _accept(app)
    assert int(open_store(clean_environment).contents()["responses"].sum()) >= 2


def test_near_codes_are_joined_only_where_the_worker_says_so(clean_environment: str) -> None:
    content = (CORPUS / "32_near_codes.xlsx").read_bytes()
    app, mark = _drop(_page(), ("tunnisteet.xlsx", content)), _mark(content)
    _practice(app, "sisu")
    same = choice_key(mark, "same", "PONGO21")
    assert _item(app, same)["value"] == NO
    _apply(app, {same: YES})
    assert _item(app, same)["value"] == YES, "what was joined can still be seen"
    _accept(app)
    pairs = open_store(clean_environment).pair_counts(Selection())
    assert pairs[pairs["item"] == "state_mood"]["n"].sum() == 3


def test_hidden_rows_are_left_out_when_the_worker_says_so(clean_environment: str) -> None:
    content = (CORPUS / "26_hidden.xlsx").read_bytes()
    app, mark = _drop(_page(), ("piilossa.xlsx", content)), _mark(content)
    _practice(app, "sisu")
    before = _saved(app)
    _apply(app, {choice_key(mark, "hidden"): YES})
    aside = [figure for figure in workbenches(app)[0]["figures"] if "jätetään pois" in figure[1]]
    assert _saved(app) == before - int(aside[0][0])


def test_a_day_that_the_file_does_not_tell_is_asked_once_for_all_rows(
    clean_environment: str, library: Library, table: Table
) -> None:
    content = table(_texts(library, "session_useful", "session_heard"), (5, 4), (3, 4), sheet="Kertapalaute")
    app, mark = _drop(_page(), ("kerta.xlsx", content)), _mark(content)
    _practice(app, "sisu")
    assert _saved(app) == 0
    _apply(app, {choice_key(mark, "day"): "2018-05-03"})
    assert app.session_state[choice_key(mark, "day")] == datetime.date(2018, 5, 3)
    assert _saved(app) == 2
    _accept(app)
    dates = open_store(clean_environment).cohort_dates(Selection())
    assert [str(day)[:10] for day in dates["first_on"]] == ["2018-05-03"]


def test_an_order_of_dates_that_cannot_be_told_is_asked(clean_environment: str) -> None:
    content = (CORPUS / "29_days_undecided.xlsx").read_bytes()
    app, mark = _drop(_page(), ("paivat.xlsx", content)), _mark(content)
    _practice(app, "sisu")
    key = choice_key(mark, "dates")
    item = _item(app, key)
    assert [text for _, text in item["options"]] == [
        T("dashboard.dates_dm", day="3.4.2018"),
        T("dashboard.dates_md", day="4.3.2018"),
    ]
    assert (item["value"], item["suggested"]) == ("", False)
    assert _saved(app) == 0
    _apply(app, {key: "md"})
    assert _saved(app) == 3
    assert _item(app, key)["value"] == "md"


def test_a_municipality_is_asked_where_the_practice_has_several(
    clean_environment: str, library: Library, table: Table
) -> None:
    content = table(_texts(library, "family_useful", "family_heard"), (4, 5))
    app = _drop(_page(), ("perheet.xlsx", content))
    _practice(app, "lape")
    key = choice_key(EVERY_FILE, "place", "municipality")
    options = app.selectbox(key=key).options
    assert (options[:2], len(options)) == (["Parkano", "Kihniö"], 309)
    assert "Tampere (Tammerfors)" in options
    assert T("importing.hold_municipality") in _told(app)
    app.selectbox(key=key).set_value("Kihniö").run()
    assert _saved(app) == 1
    _practice(app, "sisu")
    assert _saved(app) == 1, "a practice runs in any municipality"


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_a_file_with_remarks_can_be_taken_back_with_them_marked(clean_environment: str, language: str) -> None:
    content = (CORPUS / "01_entry_sisu_start.xlsx").read_bytes()
    app, t = _drop(_page(language), ("sisu.xlsx", content)), Translator(language)
    assert t("dashboard.download_commented") in [button.label for button in app.get("download_button")]


def test_a_file_dropped_twice_is_shown_once(clean_environment: str) -> None:
    content = (CORPUS / "01_entry_sisu_start.xlsx").read_bytes()
    app = _drop(_page(), ("sisu.xlsx", content), ("sisu (1).xlsx", content))
    assert len(workbenches(app)) == 1
    assert T("dashboard.same_file_again", files=r"sisu \(1\).xlsx") in _told(app)


def test_a_form_may_take_the_place_of_one_that_was_saved_before(
    clean_environment: str, library: Library, table: Table
) -> None:
    heading = ("Tunniste", *_texts(library, "sat_usefulness", "recommend"))
    first = table(heading, ("A1", 2, 5), sheet="Loppukysely")
    second = table(heading, ("A1", 4, 9), ("A2", 5, 8), sheet="Loppukysely")
    for name, content in (("eka.xlsx", first), ("toka.xlsx", second)):
        app = _drop(_page(), (name, content))
        _practice(app, "sisu")
        if content is first:
            _accept(app)
    assert _saved(app) == 1
    (which,) = [item for item in _items(app) if "table" in item]
    assert which["options"][0] == [LATER, T("dashboard.decide_later")]
    assert "eka.xlsx" in which["options"][1][1]
    _apply(app, {which["name"]: STORED})
    assert _saved(app) == 1, "the one that was saved stays"
    _apply(app, {which["name"]: "2 Loppukysely"})
    assert _saved(app) == 2
    _accept(app)
    answers = open_store(clean_environment).answer_counts(Selection())
    useful = answers[answers["item"] == "sat_usefulness"]
    assert sorted(zip(useful["value"], useful["n"], strict=True)) == [(4, 1), (5, 1)]


def test_each_import_is_undone_where_it_is_listed(clean_environment: str) -> None:
    app = _page()
    for name in ("36_misspelt.xlsx", "01_entry_sisu_start.xlsx"):
        assert main(["import", str(CORPUS / name), "--practice", "sisu", "--database", clean_environment]) in (0, 1)
    app.run()
    for left, number in ((1, 2), (0, 1)):
        app.button(key=f"undo_yes_past_{number}").click().run()
        assert not app.exception
        assert len(open_store(clean_environment).imports()) == left
    assert T("dashboard.no_imports") in _told(app)


def test_stopping_forgets_the_file_and_what_was_chosen(clean_environment: str) -> None:
    content = (CORPUS / "36_misspelt.xlsx").read_bytes()
    app, mark = _drop(_page(), ("a.xlsx", content)), _mark(content)
    _practice(app, "sisu")
    _apply(app, {choice_key(mark, "column", "osallisuus"): LEAVE_OUT})
    app.button(key="import_stop").click().run()
    assert not app.exception
    assert workbenches(app) == []
    assert choice_key(mark, "column", "osallisuus") not in app.session_state
    assert open_store(clean_environment).imports() == ()


def test_what_the_browser_sends_is_taken_over_for_its_own_file_alone() -> None:
    kept: dict[Any, Any] = {}
    own, other = choice_key("a" * 16, "same", "A1"), choice_key("b" * 16, "same", "A1")
    take_over({own: YES, other: YES, "kept": "x", choice_key("a" * 16, "day"): "no day"}, "a" * 16, kept)
    assert kept == {own: True, choice_key("a" * 16, "day"): None}
