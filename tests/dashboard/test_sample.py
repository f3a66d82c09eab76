"""To the sample and back: a database of its own, made at one press, marked on every page, and nothing comes into it."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.dashboard.navigation import PAGES
from evaluation.samples import is_missing, is_ready, sample_url
from evaluation.store import OWN, SAMPLE, open_store
from tests.dashboard.test_pages import T, _bar, _open, _said, _upload

pytestmark = pytest.mark.thorough


@pytest.fixture
def both(clean_environment: str, sample_database: str) -> str:
    """Give the address of a database of one's own beside which the sample's lies."""
    shutil.copy(sample_database.removeprefix("duckdb:///"), sample_url(clean_environment).removeprefix("duckdb:///"))
    return clean_environment


def _switched(app: AppTest, kind: str) -> AppTest:
    return app.segmented_control(key="data_switch").set_value(kind).run()


def test_from_nothing_the_sample_is_one_press_away_and_so_is_the_way_back(clean_environment: str) -> None:
    app = _open("start")
    assert not _bar(app)
    app.button(key="try_sample").click().run(timeout=120)
    assert not app.exception
    assert T("common.synthetic") in _bar(app)
    assert app.metric[0].value == "16"
    assert is_ready(open_store(sample_url(clean_environment)))
    app.button(key="sample_leave").click().run()
    assert not app.exception
    assert not _bar(app)
    assert not app.metric
    assert open_store(clean_environment).facts().forms == 0
    assert app.segmented_control(key="data_switch").value == OWN


def test_the_switch_goes_there_and_back_and_the_address_says_so(both: str) -> None:
    app = _open("overview")
    assert app.segmented_control(key="data_switch").value == OWN
    _switched(app, SAMPLE)
    assert not app.exception
    assert T("common.synthetic") in _bar(app)
    assert app.query_params["data"] == SAMPLE
    _switched(app, OWN)
    assert not _bar(app)
    assert "data" not in app.query_params


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_sample_says_that_it_is_made_up(both: str, page: str) -> None:
    app = _open(page, data=SAMPLE)
    assert not app.exception
    assert T("common.synthetic") in _bar(app)
    assert T("dashboard.sample_leave") in [button.label for button in app.button]
    assert not _bar(_open(page)), "own answers are never called made up"


def test_whoever_comes_by_a_link_to_the_sample_finds_it_made(clean_environment: str) -> None:
    app = _open("practice", data=SAMPLE, practice="sisu")
    assert not app.exception
    assert app.title[0].value == "Sisu"
    assert not is_missing(sample_url(clean_environment))


def test_an_unknown_kind_of_data_is_ones_own(both: str) -> None:
    for said in ("own", "kaikki", ""):
        assert not _bar(_open("overview", data=said))


def test_nothing_is_imported_while_the_sample_is_open_and_the_page_leads_to_own_data(both: str) -> None:
    app = _open("import", data=SAMPLE)
    assert not app.file_uploader
    assert T("dashboard.sample_no_import") in _said(app)
    app.button(key="sample_leave_page").click().run()
    assert not app.exception
    assert not _bar(app)
    name = "sisu_asiakkaan_loppukysely.xlsx"
    _upload(app, name, (SAMPLE_DATA / name).read_bytes())
    app.button(key="accept").click().run()
    assert not app.exception
    assert open_store(both).facts().forms == 8
    assert open_store(sample_url(both)).facts().forms == 2429


def test_settings_are_of_own_data(both: str) -> None:
    app = _open("settings", data=SAMPLE)
    assert T("dashboard.sample_no_settings") in _said(app)
    assert not app.number_input
    app.button(key="sample_leave_page").click().run()
    assert app.number_input(key="settings_threshold").value == 5


def test_no_figure_mixes_both(both: str, fill) -> None:
    """Own answers of one group only: what is shown of it is the same before the sample was opened and after."""
    rows = [{"participant": f"OM{n}", "cohort": "Kevät 2026", "recommend": n} for n in range(4, 10)]
    app = _upload(_open("import"), "oma.xlsx", fill("sisu", "client_end", rows))
    app.button(key="accept").click().run()
    before = [metric.value for metric in _open("start").metric]
    assert before[0] == "1"
    app = _open("start", data=SAMPLE)
    assert next(metric.value for metric in app.metric) == "16"
    _switched(app, OWN)
    assert [metric.value for metric in app.metric] == before
    _switched(app, SAMPLE)
    assert next(metric.value for metric in app.metric) == "16"
    assert "Kevät 2026" not in _said(_open("practice", data=SAMPLE, practice="sisu"))


def test_a_sample_of_an_earlier_version_is_made_anew(both: str) -> None:
    store = open_store(sample_url(both))
    store.undo(1)
    assert not is_ready(store)
    app = _open("start", data=SAMPLE)
    assert not app.exception
    assert is_ready(open_store(sample_url(both)))


def test_own_answers_in_the_place_of_the_sample_are_not_shown_as_made_up(both: str, clean_environment: str) -> None:
    place = Path(sample_url(both).removeprefix("duckdb:///"))
    place.unlink()
    store = open_store(sample_url(both))
    store.remember("k" * 64, _said_of_headings())
    app = _open("overview", data=SAMPLE)
    assert not app.exception
    assert [error.value for error in app.error] == [T("store.holds_own")]
    assert not app.metric


def _said_of_headings():
    from evaluation.records import Remembered

    return Remembered(columns={"nimi": None})


def test_a_database_that_is_itself_the_samples_has_the_bar_and_nothing_to_switch_to(
    clean_environment: str, sample_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALUATION_DATABASE", sample_database)
    app = _open("overview")
    assert T("common.synthetic") in _bar(app)
    assert not [each for each in app.get("button_group") if each.key == "data_switch"]
    assert "sample_leave" not in [button.key for button in app.button]
    assert T("dashboard.sample_no_import") in _said(_open("import"))
