"""The import page as a worker goes through it: what is missing is asked, what is chosen is read, saved and kept."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from evaluation.cli import main
from evaluation.dashboard.importing.choices import EVERY_FILE, LEAVE_OUT, STORED, choice_key
from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.intake import open_file
from evaluation.store import Selection, open_store
from tests.conftest import EVERY_LANGUAGE

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


def _set(app: AppTest, kind: str, key: str, value: object) -> None:
    """Answer the question with this key, which must be on the page."""
    found = next(element for element in getattr(app, kind) if element.key == key)
    found.set_value(value).run()
    assert not app.exception


def _counts(app: AppTest) -> dict[str, int]:
    return {metric.label: int(metric.value) for metric in app.metric}


def _saved(app: AppTest) -> int:
    return _counts(app)[T("dashboard.receipt_accepted")]


def _accept(app: AppTest) -> None:
    app.button(key="accept").click().run()
    assert not app.exception


def _captions(app: AppTest) -> str:
    return "\n".join(str(caption.value) for caption in app.caption)


def _texts(library: Library, *items: str) -> list[str]:
    return [library.items[item].text["fi"] for item in items]


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_a_file_that_does_not_tell_is_asked_its_practice_and_then_its_form(
    clean_environment: str, language: str
) -> None:
    content = (CORPUS / "40_unclear_form.xlsx").read_bytes()
    app, mark, t = _drop(_page(language), ("kysely.xlsx", content)), _mark(content), Translator(language)
    asked = [box.label for box in app.selectbox if box.key and box.key.endswith("practice") and mark in box.key]
    assert asked == [t("charts.column_practice")]
    _set(app, "selectbox", choice_key(mark, "place", "practice"), "sisu")
    assert [metric.value for metric in app.metric] == ["2", "0", "2"]
    assert t("dashboard.answer_first") in _captions(app)
    _set(app, "selectbox", choice_key(mark, "place", "questionnaire"), "client_start")
    assert [metric.value for metric in app.metric] == ["2", "2", "0"]
    _accept(app)
    stored = open_store(clean_environment).contents()
    assert list(stored[["practice", "questionnaire", "responses"]].itertuples(index=False, name=None)) == [
        ("sisu", "client_start", 2)
    ]


def test_what_is_chosen_for_all_files_holds_for_each_until_they_are_saved(clean_environment: str) -> None:
    names = ("31_same_code_twice.xlsx", "34_cp1252_semicolon.csv")
    files = [(name, (CORPUS / name).read_bytes()) for name in names]
    app = _drop(_page(), *files)
    assert app.button(key="accept").disabled
    everyone = choice_key(EVERY_FILE, "place", "practice")
    _set(app, "selectbox", everyone, "neuvonta")
    own = choice_key(_mark(files[0][1]), "place", "practice")
    _set(app, "selectbox", own, "sisu")
    _accept(app)
    stored = open_store(clean_environment).contents()
    assert dict(zip(stored["practice"], stored["responses"], strict=True)) == {"sisu": 2, "neuvonta": 3}
    outcome = "\n".join(str(each.value) for each in app.markdown)
    assert all(name.replace("_", r"\_") in outcome for name in names)
    assert T.plural("dashboard.outcome_rejected", 2).split(":")[0] in outcome
    again = _drop(app, ("uusi.csv", files[1][1] + b" "))
    assert again.session_state[everyone] is None, "the next files may be of another practice"


def test_a_csv_of_windows_is_read_with_its_letters(clean_environment: str) -> None:
    content = (CORPUS / "34_cp1252_semicolon.csv").read_bytes()
    assert "ä".encode("cp1252") in content
    app = _drop(_page(), ("palaute.csv", content))
    _set(app, "selectbox", choice_key(_mark(content), "place", "practice"), "neuvonta")
    counts = _counts(app)
    assert counts[T("dashboard.receipt_rows")] == _saved(app) == 3


def test_columns_are_corrected_saved_and_offered_for_the_next_file(
    clean_environment: str, library: Library, table: Table
) -> None:
    heading = ("Tunniste", *_texts(library, "sat_usefulness", "recommend"), "Fiilis", "Sää")
    content = table(heading, ("A1", 4, 9, 3, "sade"), ("A2", 5, 10, 4, "pouta"), sheet="Loppukysely")
    app, mark = _drop(_page(), ("loppu.xlsx", content)), _mark(content)
    _set(app, "selectbox", choice_key(mark, "place", "practice"), "sisu")
    mood, weather = (choice_key(mark, "column", name) for name in ("fiilis", "sää"))
    _set(app, "selectbox", mood, "state_mood")
    _set(app, "selectbox", weather, LEAVE_OUT)
    assert app.selectbox(key=mood).value == "state_mood", "a choice once made stays in its place"
    _accept(app)
    store = open_store(clean_environment)
    assert int(store.contents()["responses"].sum()) == 2

    second = table(heading, ("A3", 4, 9, 2, "sade"), sheet="Loppukysely")
    again, mark = _drop(_page(), ("loppu2.xlsx", second)), _mark(second)
    _set(again, "selectbox", choice_key(mark, "place", "practice"), "sisu")
    remembered = T("dashboard.column_remembered", what=library.items["state_mood"].text["fi"])
    assert remembered in _captions(again)
    assert again.selectbox(key=choice_key(mark, "column", "fiilis")).value is None, "remembered is not said anew"
    _accept(again)
    assert int(open_store(clean_environment).contents()["responses"].sum()) == 3


def test_a_misspelt_heading_is_read_by_likeness_and_can_be_corrected(clean_environment: str, library: Library) -> None:
    content = (CORPUS / "36_misspelt.xlsx").read_bytes()
    app, mark = _drop(_page(), ("kirjoitusvirhe.xlsx", content)), _mark(content)
    _set(app, "selectbox", choice_key(mark, "place", "practice"), "sisu")
    mood = library.items["state_mood"].text["fi"]
    likeness = T("dashboard.column_similar", item=mood, score=T.percent(0.977))
    assert likeness in _captions(app)
    key = choice_key(mark, "column", "miten voit mielialasi puolest tällä hetkelä?")
    options = app.selectbox(key=key).options
    assert options[0] == T("dashboard.likeness", item=mood, score=T.percent(0.977))
    assert options[-1] == T("dashboard.leave_out")
    _set(app, "selectbox", key, LEAVE_OUT)
    assert likeness not in _captions(app)
    assert T("dashboard.column_chosen", what=T("dashboard.leave_out")) in _captions(app)


def test_an_unknown_answer_is_explained_and_remembered(clean_environment: str, library: Library, table: Table) -> None:
    heading = ("Tunniste", *_texts(library, "sat_usefulness", "sat_arrangements", "recommend"))
    content = table(heading, ("A1", "jees", "jees", 9), ("A2", 4, 4, 8), sheet="Loppukysely")
    app, mark = _drop(_page(), ("loppu.xlsx", content)), _mark(content)
    _set(app, "selectbox", choice_key(mark, "place", "practice"), "sisu")
    assert _saved(app) == 1
    scale = str(library.items["sat_usefulness"].scale)
    key = choice_key(mark, "answer", scale, "jees")
    question = app.selectbox(key=key)
    assert question.value is None, "nothing is chosen for the worker"
    assert question.label == T.plural("dashboard.answer_questions", 2, answer="jees", items="2", item="")
    _set(app, "selectbox", key, "5")
    assert _saved(app) == 2
    assert app.selectbox(key=key).value == "5"
    _accept(app)

    second = table(heading, ("A3", "jees", 4, 9), sheet="Loppukysely")
    again, mark = _drop(_page(), ("loppu2.xlsx", second)), _mark(second)
    _set(again, "selectbox", choice_key(mark, "place", "practice"), "sisu")
    assert _saved(again) == 1
    assert T.plural("dashboard.recalled_title", 1) in [fold.label for fold in again.expander]


def test_of_two_forms_of_one_person_the_chosen_one_is_saved(clean_environment: str) -> None:
    content = (CORPUS / "31_same_code_twice.xlsx").read_bytes()
    app, mark = _drop(_page(), ("kahdesti.xlsx", content)), _mark(content)
    _set(app, "selectbox", choice_key(mark, "place", "practice"), "sisu")
    assert _saved(app) == 2
    (which,) = [radio for radio in app.radio if radio.label == T("dashboard.which_holds")]
    assert which.options[0] == T("dashboard.decide_later")
    assert len(which.options) == 3
    _set(app, "radio", str(which.key), "6 Loppukysely")
    counts = _counts(app)
    assert _saved(app) == 3
    assert counts[T("dashboard.receipt_rows")] == 5 == sum(list(counts.values())[1:])
    _accept(app)
    assert int(open_store(clean_environment).contents()["responses"].sum()) == 3


def test_near_codes_are_joined_only_where_the_worker_says_so(clean_environment: str) -> None:
    content = (CORPUS / "32_near_codes.xlsx").read_bytes()
    app, mark = _drop(_page(), ("tunnisteet.xlsx", content)), _mark(content)
    _set(app, "selectbox", choice_key(mark, "place", "practice"), "sisu")
    labels = [box.label for box in app.checkbox]
    assert T("dashboard.same_person", code="PONGO21", nearest="PONGO1") in labels
    assert T("dashboard.ignore_case") in labels
    _set(app, "checkbox", choice_key(mark, "same", "PONGO21"), True)
    _set(app, "checkbox", choice_key(mark, "case"), True)
    assert app.checkbox(key=choice_key(mark, "same", "PONGO21")).value, "what was joined can still be seen"
    _accept(app)
    pairs = open_store(clean_environment).pair_counts(Selection())
    assert pairs[pairs["item"] == "state_mood"]["n"].sum() == 3


def test_hidden_rows_are_left_out_when_the_worker_says_so(clean_environment: str) -> None:
    content = (CORPUS / "26_hidden.xlsx").read_bytes()
    app, mark = _drop(_page(), ("piilossa.xlsx", content)), _mark(content)
    _set(app, "selectbox", choice_key(mark, "place", "practice"), "sisu")
    before = _saved(app)
    _set(app, "checkbox", choice_key(mark, "hidden"), True)
    counts = _counts(app)
    assert counts[T("dashboard.receipt_set_aside")] > 0
    assert _saved(app) == before - counts[T("dashboard.receipt_set_aside")]
    assert counts[T("dashboard.receipt_rows")] == sum(list(counts.values())[1:])


def test_a_day_that_the_file_does_not_tell_is_asked_once_for_all_rows(
    clean_environment: str, library: Library, table: Table
) -> None:
    content = table(_texts(library, "session_useful", "session_heard"), (5, 4), (3, 4), sheet="Kertapalaute")
    app, mark = _drop(_page(), ("kerta.xlsx", content)), _mark(content)
    _set(app, "selectbox", choice_key(mark, "place", "practice"), "sisu")
    assert _saved(app) == 0
    _set(app, "date_input", choice_key(mark, "day"), datetime.date(2018, 5, 3))
    assert _saved(app) == 2
    _accept(app)
    dates = open_store(clean_environment).cohort_dates(Selection())
    assert [str(day)[:10] for day in dates["first_on"]] == ["2018-05-03"]


def test_an_order_of_dates_that_cannot_be_told_is_asked(clean_environment: str) -> None:
    content = (CORPUS / "29_days_undecided.xlsx").read_bytes()
    app, mark = _drop(_page(), ("paivat.xlsx", content)), _mark(content)
    _set(app, "selectbox", choice_key(mark, "place", "practice"), "sisu")
    key = choice_key(mark, "dates")
    assert app.radio(key=key).options == [
        T("dashboard.dates_dm", day="3.4.2018"),
        T("dashboard.dates_md", day="4.3.2018"),
    ]
    assert app.radio(key=key).value is None
    assert _saved(app) == 0
    _set(app, "radio", key, "md")
    assert _saved(app) == 3
    assert app.radio(key=key).value == "md"


def test_a_municipality_is_asked_where_the_practice_has_several(
    clean_environment: str, library: Library, table: Table
) -> None:
    content = table(_texts(library, "family_useful", "family_heard"), (4, 5))
    app, mark = _drop(_page(), ("perheet.xlsx", content)), _mark(content)
    _set(app, "selectbox", choice_key(mark, "place", "practice"), "lape")
    key = choice_key(mark, "place", "municipality")
    assert app.selectbox(key=key).options == ["Parkano", "Kihniö"]
    _set(app, "selectbox", key, "Kihniö")
    assert _saved(app) == 1
    _set(app, "selectbox", choice_key(mark, "place", "practice"), "sisu")
    assert not app.exception, "a municipality that the other practice has not is forgotten"


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_a_file_with_remarks_can_be_taken_back_with_them_marked(clean_environment: str, language: str) -> None:
    content = (CORPUS / "01_entry_sisu_start.xlsx").read_bytes()
    app, t = _drop(_page(language), ("sisu.xlsx", content)), Translator(language)
    assert t("dashboard.download_commented") in [button.label for button in app.get("download_button")]
    errors = [str(each.value) for each in app.markdown if t("dashboard.problems_error") in str(each.value)]
    assert len(errors) == 1
    assert errors[0].count("\n- ") == 2


def test_a_file_dropped_twice_is_shown_once(clean_environment: str) -> None:
    content = (CORPUS / "01_entry_sisu_start.xlsx").read_bytes()
    app = _drop(_page(), ("sisu.xlsx", content), ("sisu (1).xlsx", content))
    assert len(app.metric) == 3
    assert T("dashboard.same_file_again", files=r"sisu \(1\).xlsx") in _captions(app)


def test_a_form_may_take_the_place_of_one_that_was_saved_before(
    clean_environment: str, library: Library, table: Table
) -> None:
    heading = ("Tunniste", *_texts(library, "sat_usefulness", "recommend"))
    first = table(heading, ("A1", 2, 5), sheet="Loppukysely")
    second = table(heading, ("A1", 4, 9), ("A2", 5, 8), sheet="Loppukysely")
    for name, content in (("eka.xlsx", first), ("toka.xlsx", second)):
        app = _drop(_page(), (name, content))
        _set(app, "selectbox", choice_key(_mark(content), "place", "practice"), "sisu")
        if content is first:
            _accept(app)
    assert _saved(app) == 1
    (which,) = [radio for radio in app.radio if radio.label == T("dashboard.which_holds")]
    assert which.options[0] == T("dashboard.decide_later")
    assert "eka.xlsx" in which.options[1]
    _set(app, "radio", str(which.key), STORED)
    assert _saved(app) == 1, "the one that was saved stays"
    _set(app, "radio", str(which.key), "2 Loppukysely")
    assert _saved(app) == 2
    _accept(app)
    answers = open_store(clean_environment).answer_counts(Selection())
    useful = answers[answers["item"] == "sat_usefulness"]
    assert sorted(zip(useful["value"], useful["n"], strict=True)) == [(4, 1), (5, 1)]


def test_the_import_just_made_is_the_one_that_is_offered_to_be_undone(clean_environment: str) -> None:
    app = _page()
    for number, name in enumerate(("36_misspelt.xlsx", "01_entry_sisu_start.xlsx"), 1):
        assert main(["import", str(CORPUS / name), "--practice", "sisu", "--database", clean_environment]) in (0, 1)
        app.run()
        assert app.selectbox[-1].label == T("dashboard.undo_choose")
        assert app.selectbox[-1].value == number
