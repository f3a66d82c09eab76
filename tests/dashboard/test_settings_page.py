"""The settings page: what is set there holds everywhere, and what is deleted there is gone."""

import datetime
import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.cli import main
from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.intake import read_draft
from evaluation.samples import fill_with_sample, is_missing, sample_url
from evaluation.settings import LANGUAGE, THRESHOLD, SettingRefused, Settings, preferred_language
from evaluation.store import open_store
from tests.conftest import EVERY_LANGUAGE

pytestmark = pytest.mark.thorough

T = Translator("fi")
END_FORMS = SAMPLE_DATA / "sisu_asiakkaan_loppukysely.xlsx"


def _open(language: str | None = "fi") -> AppTest:
    app = AppTest.from_string("from evaluation.dashboard.navigation import run\nrun('settings')", default_timeout=60)
    if language:
        app.query_params["lang"] = language
    return app.run()


def _said(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "success", "warning", "error")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


@pytest.fixture(scope="module")
def some_sample(tmp_path_factory: pytest.TempPathFactory, empty_database: Path, library: Library) -> Path:
    """Give the file of a database with the end forms of one sample workbook, to be copied."""
    path = Path(shutil.copy(empty_database, tmp_path_factory.mktemp("some") / "some.duckdb"))
    store = open_store(f"duckdb:///{path.as_posix()}")
    store.accept(read_draft(END_FORMS.read_bytes(), END_FORMS.name, library))
    return path


@pytest.fixture
def database(clean_environment: str, some_sample: Path) -> str:
    shutil.copy(some_sample, clean_environment.removeprefix("duckdb:///"))
    return clean_environment


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_the_page_stands_in_every_language_with_its_dangers_last(database: str, language: str) -> None:
    app = _open(language)
    assert not app.exception
    t = Translator(language)
    headings = [each.value for each in (*app.subheader, *app.header)]
    wanted = ("privacy", "language", "practices", "place", "backup", "restore", "audit", "code", "keep", "delete")
    assert headings == [t(f"settings.{name}_title") for name in wanted]
    assert database.removeprefix("duckdb:///").rsplit("/", 1)[-1] in _said(app).replace("\\", "")


def test_a_threshold_chosen_on_the_page_holds_for_dashboard_and_command_line(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    app = _open()
    assert app.number_input(key="settings_threshold").value == 5
    app.number_input(key="settings_threshold").set_value(10)
    app.button(key="save_threshold").click().run()
    assert T("settings.privacy_saved", threshold=10) in _said(app)
    assert Settings.from_environment().threshold == 10
    assert main(["measures", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows
    assert all(row["suppressed"] for row in rows), "eight people are fewer than ten"
    assert _open().number_input(key="settings_threshold").value == 10


def test_what_the_environment_says_goes_before_and_cannot_be_changed(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Settings.from_environment().keep(THRESHOLD, 7)
    monkeypatch.setenv("EVALUATION_THRESHOLD", "12")
    monkeypatch.setenv("EVALUATION_LANGUAGE", "sv")
    monkeypatch.setenv("EVALUATION_KEEP_MONTHS", "60")
    settings = Settings.from_environment()
    assert (settings.threshold, settings.language, settings.keep_months) == (12, "sv", 60)
    with pytest.raises(SettingRefused):
        settings.keep(THRESHOLD, 5)
    app = _open()
    assert T("settings.privacy_fixed", threshold=12) in _said(app)
    assert T("settings.language_fixed") in _said(app)
    assert T("settings.keep_fixed", months=60) in _said(app)
    assert not app.number_input
    assert not app.radio


def test_a_language_chosen_on_the_page_is_that_of_the_next_visit(database: str) -> None:
    app = _open(None)
    app.radio(key="settings_language").set_value("sv").run()
    assert app.title[0].value == Translator("sv")("dashboard.page_settings")
    assert _open(None).title[0].value == Translator("sv")("dashboard.page_settings")
    assert preferred_language() == "sv"


@pytest.mark.parametrize("text", ["{", "[]", '{"threshold": 2}', '{"threshold": "many"}', '{"language": "xx"}'])
def test_settings_that_cannot_be_read_are_said_and_not_guessed(database: str, text: str) -> None:
    Path(database.removeprefix("duckdb:///")).with_suffix(".settings.json").write_text(text, encoding="utf-8")
    with pytest.raises(SettingRefused):
        Settings.from_environment()
    app = _open(None)
    assert not app.exception
    assert app.error


def test_a_folder_that_nobody_may_write_to_is_said(database: str) -> None:
    path = Path(database.removeprefix("duckdb:///")).with_suffix(".settings.json.part")
    path.mkdir()
    app = _open()
    app.button(key="save_threshold").click().run()
    assert not app.exception
    assert path.stem in app.error[0].value


def test_a_threshold_or_language_that_cannot_hold_is_not_kept(database: str) -> None:
    for name, value in ((THRESHOLD, 2), (LANGUAGE, "xx")):
        with pytest.raises(SettingRefused):
            Settings.from_environment().keep(name, value)
    assert Settings.from_environment().threshold == 5


def test_a_backup_is_shown_before_it_replaces_anything(database: str) -> None:
    store = open_store(database)
    saved = store.backup(datetime.date(2018, 5, 3))
    store.undo(1)
    app = _open()
    app.file_uploader[0].set_value(("kopio.zip", saved, "application/zip")).run()
    assert T("settings.backup_holds", day="3.5.2018", forms="8", imports="1") in _said(app)
    assert T("settings.backup_replaces", forms="0", imports="0") in _said(app)
    assert store.facts().forms == 0
    app.button(key="restore_yes").click().run()
    assert T.plural("settings.restored", 8) in _said(app)
    assert store.facts().forms == 8


def test_a_file_that_is_no_backup_is_refused_in_words(database: str) -> None:
    app = _open()
    app.file_uploader[0].set_value(("palaute.xlsx", END_FORMS.read_bytes(), "application/zip")).run()
    assert [error.value for error in app.error] == [T("store.backup_foreign")]
    assert open_store(database).facts().forms == 8


def test_a_code_is_shown_by_its_places_then_forgotten(database: str) -> None:
    store, code = open_store(database), "A1"
    app = _open()
    assert not [button for button in app.button if button.key == "forget"]
    app.text_input(key="code_0").set_value(code).run()
    assert T.plural("settings.code_forms", 1, code=code) in _said(app)
    assert "Sisu" in _said(app)
    assert store.facts().forms == 8, "nothing is deleted before it is confirmed"
    app.button(key="forget").click().run()
    assert T("settings.code_elsewhere") in _said(app)
    assert store.facts().forms == 7
    app.text_input(key="code_1").set_value(code).run()
    assert T("settings.code_unknown", code=code) in _said(app)


def test_a_code_of_several_runs_is_forgotten_where_it_is_ticked(database: str, library: Library) -> None:
    store = open_store(database)
    other = SAMPLE_DATA / "gruppis_asiakkaan_loppukysely.xlsx"
    store.accept(read_draft(other.read_bytes(), other.name, library))
    app = _open()
    app.text_input(key="code_0").set_value("A1").run()
    assert not [button for button in app.button if button.key == "forget"], "nothing is chosen for the worker"
    (own,) = (box for box in app.checkbox if "Sisu" in box.label)
    own.check().run()
    app.button(key="forget").click().run()
    assert "sisu" not in {place.practice for place in store.use_of("A1").places}
    assert store.use_of("A1").forms > 0


def test_the_database_of_the_sample_goes_in_one_click_and_own_answers_stay(database: str) -> None:
    url = sample_url(database)
    fill_with_sample(open_store(url))
    app = _open()
    assert T("settings.sample_title") in _said(app)
    app.button(key="remove_sample").click().run()
    assert T("settings.sample_removed") in _said(app)
    assert "remove_sample" not in [button.key for button in app.button]
    assert is_missing(url)
    assert open_store(database).facts().forms == 8


def test_a_backup_of_the_sample_is_not_offered_in_place_of_own_answers(database: str, tmp_path: Path) -> None:
    sample = open_store(f"duckdb:///{(tmp_path / 'malli.duckdb').as_posix()}")
    fill_with_sample(sample)
    app = _open()
    app.file_uploader(key="restore_0").set_value(
        ("malli.zip", sample.backup(datetime.date(2026, 11, 30)), "application/zip")
    )
    app.run()
    assert [error.value for error in app.error] == [T("store.sample_into_own")]
    assert "restore_yes" not in [button.key for button in app.button]
    assert open_store(database).facts().forms == 8


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_everything_is_deleted_only_after_its_word(database: str, language: str) -> None:
    t, app = Translator(language), _open(language)
    app.text_input(key="all_0").set_value("x")
    app.button(key="delete_all").click().run()
    assert t("settings.all_unsure", word=t("settings.delete_word")) in _said(app)
    assert open_store(database).facts().forms == 8
    app.text_input(key="all_0").set_value(t("settings.delete_word"))
    app.button(key="delete_all").click().run()
    assert t("settings.emptied") in _said(app)
    assert open_store(database).facts().forms == 0


def test_old_answers_go_after_they_were_shown_and_a_word_was_typed(database: str) -> None:
    app = _open()
    app.number_input(key="settings_keep").set_value(24)
    app.button(key="save_keep").click().run()
    assert Settings.from_environment().keep_months == 24
    app.button(key="retire_show").click().run()
    assert T.plural("settings.retire_due", 8, day="").split(" päivää")[0] in _said(app)
    turn = app.session_state["deleting_round"]
    app.button(key="retire").click().run()
    assert T("settings.all_unsure", word=T("settings.retire_word")) in _said(app)
    assert open_store(database).facts().forms == 8
    app.text_input(key=f"retire_{turn}").set_value(T("settings.retire_word"))
    app.button(key="retire").click().run()
    assert T.plural("settings.retired", 8) in _said(app)
    assert open_store(database).facts().forms == 0
    told = [entry.deed for entry in open_store(database).trail()]
    assert told[:2] == ["retired", "setting"]
