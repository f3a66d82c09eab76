"""Every page as the reader runs it: with sample data, with nothing, in each language; and the road of an upload."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.cli import main
from evaluation.definitions import Library
from evaluation.findings import Words
from evaluation.forms import shapes_of
from evaluation.i18n import Translator
from evaluation.intake import read_draft
from evaluation.store import Store, open_store
from tests.cli.test_definition_commands import CAFE, CAFE_FORM, CAFE_LABELS
from tests.conftest import EVERY_LANGUAGE
from tests.dashboard.shown import counted, figures

PAGES = ("start", "overview", "practice", "comparison", "trend", "import", "forms", "practices", "texts", "settings")
# Pages that have nothing to show of an empty database.
OF_ANSWERS = ("start", "overview", "practice", "comparison", "trend")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
T = Translator("fi")


def _open(page: str, language: str = "fi", **query: str) -> AppTest:
    """Run the dashboard with ``page`` at its bare address: AppTest knows no other."""
    script = f"from evaluation.dashboard.navigation import run\nrun({page!r})"
    app = AppTest.from_string(script, default_timeout=60)
    app.query_params["lang"] = language
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch, clean_environment: str, sample_database: str) -> None:
    monkeypatch.setenv("EVALUATION_DATABASE", sample_database)


def _bar(app: AppTest) -> str:
    """Return what the bar under the header says; nothing where there is none."""
    return "".join(str(part.proto.body) for part in app.get("html") if 'role="status"' in str(part.proto.body))


def _said(app: AppTest) -> str:
    """Return everything a page says in words."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "success", "warning", "error")
    texts = [str(element.value) for kind in kinds for element in app.get(kind)]
    texts += [element.label for kind in ("button", "selectbox", "multiselect", "expander") for element in app.get(kind)]
    texts += [frame.value.to_string() for frame in app.dataframe]
    return "\n".join(texts)


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_the_sample_in_every_language(sample: None, page: str, language: str) -> None:
    app = _open(page, language)
    assert not app.exception
    said = _said(app)
    t = Translator(language)
    assert t("common.synthetic") in _bar(app), "sample data is marked wherever it is shown"
    assert not re.search(r"\b(nan|NaN|None|NaT)\b", said)
    rooms = "dashboard|charts|reports|common|forms|problems|settings|framework"
    assert not re.search(rf"\b({rooms})\.[a-z_]+\b", said), "a key is not a text"


def test_who_came_by_a_link_in_a_language_goes_on_in_it_on_pages_whose_address_says_nothing(
    clean_environment: str,
) -> None:
    app = _open("start", "sv")
    app.query_params.clear()
    assert [title.value for title in app.run().title] == [Translator("sv")("dashboard.title")]


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_an_empty_database_says_how_to_begin(clean_environment: str, page: str, language: str) -> None:
    app = _open(page, language)
    assert not app.exception
    t = Translator(language)
    assert not _bar(app), "nothing is sample data yet"
    if page in OF_ANSWERS:
        labels = [button.label for button in app.button]
        wanted = ("try_button", "begin_forms_button", "begin_import_button")
        assert labels == [t(f"dashboard.{name}") for name in wanted]


@pytest.mark.parametrize(
    ("practice", "language"),
    [("gruppis", "fi"), ("asumisneuvonta", "sv"), *(
        pytest.param(*each, marks=pytest.mark.thorough) for each in (("passeli", "en"), ("lape", "fi")))],
)  # fmt: skip
def test_the_page_of_a_practice_draws_its_families(
    sample: None, library: Library, practice: str, language: str
) -> None:
    t = Translator(language)
    app = _open("practice", language, practice=practice)
    assert app.title[0].value == t.label(library.practices[practice].name.root)
    parts = [tab.label for tab in app.tabs]
    families = [t(f"common.family_{name}") for name in ("participation", "satisfaction", "change")]
    assert [part for part in parts if part in families] == families
    for part in parts:
        app = _open("practice", language, practice=practice, part=part)
        assert not app.exception
        assert not re.search(r"\b(nan|NaN|None|NaT)\b", _said(app))
    assert t("reports.limit_control") in _said(app), "the last part says what cannot be concluded"


def test_the_card_says_the_three_answers_of_a_practice_before_everything_else(sample: None) -> None:
    app = _open("practice", practice="sisu")
    (card,) = [str(part.proto.body) for part in app.get("html") if 'class="answers"' in str(part.proto.body)]
    assert re.findall(r'class="figure">([^<]+)<small> ([^<]+)<', card) == [("8", "/ 12"), ("6", "/ 7"), ("6", "/ 7")]
    assert card.count('<i class="good">') == 8 + 6 + 6
    assert card.count('<i class="bad">') == 4, "those who did not come to the end"
    assert T("card.balance_better") in card
    assert T("card.foot") in card


def test_choosing_a_run_of_a_small_group_says_what_it_is_shown_with(sample: None) -> None:
    app = _open("practice", practice="yksilollinen")
    app.multiselect(key="w_cohort").set_value(["2017"]).run()
    assert not app.exception
    assert T("dashboard.merged", units="2016 + 2017; 2016 + 2017 + 2018") in [caption.value for caption in app.caption]


def _upload(app: AppTest, name: str, content: bytes) -> AppTest:
    return app.file_uploader[0].set_value((name, content, XLSX)).run()


@pytest.mark.thorough
def test_an_upload_is_seen_accepted_recognised_and_taken_back(clean_environment: str) -> None:
    name = "sisu_asiakkaan_loppukysely.xlsx"
    content = (SAMPLE_DATA / name).read_bytes()
    app = _upload(_open("import"), name, content)
    assert not app.exception
    # One of the eight wrote no code, so seven are known as people.
    assert figures(app) == counted(people=7, saved=8)
    assert _rows(clean_environment) == 0, "nothing is saved before it is accepted"
    app.button(key="accept").click().run()
    assert not app.exception
    assert _rows(clean_environment) == 8
    assert T.plural("dashboard.saved", 8) in _said(app)

    again = _upload(_open("import"), name, content)
    assert figures(again) == counted(people=7, saved=0, duplicates=8)
    assert again.button(key="accept").disabled

    back = _open("import")
    back.button(key="undo_yes_past_1").click().run()
    assert not back.exception
    assert _rows(clean_environment) == 0


def _rows(url: str) -> int:
    store: Store = open_store(url)
    return int(store.contents()["responses"].sum())


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_a_file_that_is_no_workbook_is_refused_in_words(clean_environment: str, language: str) -> None:
    app = _upload(_open("import", language), "palaute.xlsx", "Hyvä ryhmä, kiitos!".encode())
    assert not app.exception
    assert Translator(language)("dashboard.layout_refused") in _said(app)
    assert Translator(language)("dashboard.problems_error") in _said(app)
    assert app.button(key="accept").disabled
    assert _rows(clean_environment) == 0


def test_every_form_of_a_practice_is_offered_in_every_shape_it_has(sample: None, library: Library) -> None:
    practice = library.practices["sisu"]
    app = _open("forms", practice="sisu")
    shapes = [T(f"dashboard.shape_{shape.id}") for form in library.forms_of(practice) for shape in shapes_of(form)]
    offered = [button.label for button in app.get("download_button")]
    assert offered == [T("dashboard.forms_all"), T("dashboard.forms_run"), *shapes]


def test_the_switch_of_language_changes_the_page(sample: None) -> None:
    app = _open("start")
    app.segmented_control(key="language_switch").set_value("sv").run()
    assert not app.exception
    assert app.title[0].value == Translator("sv")("dashboard.title")


def test_filters_come_from_the_address_and_lead_back_to_it(sample: None) -> None:
    app = _open("comparison", type="group", municipality="Riihimäki")
    app.session_state["comparison_fold"] = True
    app.run()
    assert app.multiselect(key="w_type").value == ["group"]
    assert app.multiselect(key="w_municipality").value == ["Riihimäki"]
    assert "Lempäälä" not in app.dataframe[0].value.to_string()
    app.multiselect(key="w_municipality").set_value([]).run()
    assert "municipality" not in app.query_params
    assert app.query_params["type"] == "group"
    assert "Lempäälä" in app.dataframe[0].value.to_string()


def test_a_year_narrows_the_overview_to_what_ran_in_it(sample: None) -> None:
    whole, part = _open("overview"), _open("overview", year="2016")
    assert not part.exception
    assert len(part.dataframe[0].value) < len(whole.dataframe[0].value)


def test_what_people_wrote_is_shown_of_large_groups_only(sample: None) -> None:
    part = T("dashboard.voices_title")
    large, small = (_open("practice", practice=practice, part=part) for practice in ("fyrkkaa", "sisu"))
    assert "Ohjaajat kuuntelivat." in _said(large)
    assert T("dashboard.voices_none", n=10) in _said(small)


def test_an_order_by_value_is_given_with_a_caution(sample: None) -> None:
    app = _open("comparison", order="value")
    assert T("dashboard.order_caution") in [warning.value for warning in app.warning]
    assert not _open("comparison").warning


def test_a_broken_definition_is_told_with_its_file_and_stops_no_page(
    clean_environment: str, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    (tmp_path / "practices.yaml").write_text("practices:\n  - id: 7\n", encoding="utf-8")
    monkeypatch.setenv("EVALUATION_DEFINITIONS", str(tmp_path))
    app = _open("overview")
    assert not app.exception
    assert "practices.yaml" in app.warning[0].value
    assert not app.error
    assert app.title


def test_a_practice_whose_questions_are_all_its_own_stands_in_the_overview(clean_environment: str, tmp_path) -> None:
    (tmp_path / "cafe").mkdir()
    (tmp_path / "cafe" / "one.yaml").write_text(CAFE, encoding="utf-8")
    (tmp_path / "cafe" / "two.yaml").write_text(CAFE_FORM, encoding="utf-8")
    rows = [f"KK{number:02};{CAFE_LABELS[number % 4]}" for number in range(14)]
    heading = "Tunniste;Kuinka paljon sait kahvilasta seuraa?"
    (tmp_path / "kipina.csv").write_text("\n".join([heading, *rows]), encoding="utf-8")
    assert main(["definitions", "import", str(tmp_path / "cafe")]) == 0
    assert main(["import", str(tmp_path / "kipina.csv"), "--practice", "kahvila_kipina", "--cohort", "Syksy 2026"]) == 0
    app = _open("overview")
    assert not app.exception
    assert "Kahvila Kipinä" in app.dataframe[0].value.to_string()


@pytest.mark.parametrize(
    ("language", "name"), [("fi", "Satakunnan hyvinvointialue"), ("sv", "Satakunta välfärdsområde")]
)
def test_a_county_narrows_the_overview_to_its_municipalities(sample: None, language: str, name: str) -> None:
    app = _open("overview", language, county="SA")
    county = app.multiselect(key="w_county")
    assert county.value == ["SA"]
    assert name in county.options
    assert "Tampere" not in _said(app)


def test_practices_that_nobody_here_runs_are_examples_that_one_asks_for(
    clean_environment: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = len(_open("forms").selectbox(key="w_practice").options)
    assert every == 16, "where none is in use all are offered"
    sisu = SAMPLE_DATA / "sisu_asiakkaan_loppukysely.xlsx"
    open_store(clean_environment).accept(read_draft(sisu.read_bytes(), sisu.name, library))
    app = _open("forms")
    assert app.selectbox(key="w_practice").options == ["Sisu"]
    app.toggle(key="forms_examples").set_value(True).run()
    assert len(app.selectbox(key="w_practice").options) == 16
    monkeypatch.setenv("EVALUATION_PRACTICES", "musapaja, passeli")
    assert _open("forms").selectbox(key="w_practice").options == ["Musapaja", "Passeli", "Sisu"]
    monkeypatch.setenv("EVALUATION_PRACTICES", "all")
    assert len(_open("forms").selectbox(key="w_practice").options) == 16


def test_the_practices_picked_in_the_settings_are_kept(clean_environment: str) -> None:
    app = _open("settings")
    app.multiselect(key="settings_practices").set_value(["musapaja"]).run()
    assert not app.exception
    assert _open("forms").selectbox(key="w_practice").options == ["Musapaja"]


def test_counties_stand_side_by_side_where_there_are_several(sample: None) -> None:
    app = _open("comparison")
    assert Translator("fi")("reports.by_county") in [heading.value for heading in app.subheader]
    assert {"Satakunnan hyvinvointialue:", "Kanta-Hämeen hyvinvointialue:"} <= set(
        re.findall(r"- (\S+ hyvinvointialue:)", _said(app))
    )
    app = _open("comparison", county="SA")
    assert Translator("fi")("reports.by_county") not in [heading.value for heading in app.subheader]


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_counties_are_compared_by_their_practices_of_one_type(sample: None, library: Library, language: str) -> None:
    words = Words(library, Translator(language))
    app = _open("comparison", language, between="counties-group")
    assert not app.exception
    assert app.selectbox(key="w_between").value == "counties-group"
    said = _said(app)
    assert words.t("reports.counties_care") in said
    assert words.county("KH") in said
    # Of one county there is nothing to compare it with.
    app = _open("comparison", language, between="counties-group", county="PI")
    assert app.selectbox(key="w_between").value == ""
    assert words.t("reports.counties_care") not in _said(app)
