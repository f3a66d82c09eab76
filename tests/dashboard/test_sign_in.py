"""What the pages show to whom: nothing before signing in, then what each role may see, whatever the address says."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from google.protobuf.text_format import MessageToString
from streamlit.testing.v1 import AppTest

from evaluation.access import Role
from evaluation.bundled_files import SAMPLE_DATA
from evaluation.dashboard.navigation import PAGES
from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.intake import read_draft
from evaluation.settings import settings_file
from evaluation.store import open_store
from tests.dashboard.shown import charts, counted, figures

pytestmark = pytest.mark.thorough

T = Translator("fi")
HERS, OTHER, PRACTICE_OF_OTHER = "Nokia", "Tampere", "fyrkkaa"
PEOPLE = {
    Role.VIEWER: {"email": "veera@nokia.example", "email_verified": True, "name": "Veera"},
    Role.CONTRIBUTOR: {"roles": ["palaute-nokia"], "name": "Tuomas"},
    Role.COORDINATOR: {"roles": ["koordinaattorit"], "name": "Kaisa"},
    Role.ADMINISTRATOR: {"sub": "4f1c", "name": "Yrjö"},
}
RULES = """
people:
  veera@nokia.example: {role: viewer, municipalities: [Nokia]}
  4f1c: {role: administrator}
groups:
  palaute-nokia: {role: contributor, municipalities: [Nokia]}
  koordinaattorit: {role: coordinator}
"""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Visit = Callable[..., AppTest]


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, clean_environment: str) -> Path:
    path = tmp_path / "access.yaml"
    path.write_text(RULES, encoding="utf-8")
    monkeypatch.setenv("EVALUATION_ACCESS", str(path))
    return path


@pytest.fixture(scope="module")
def two_towns(tmp_path_factory: pytest.TempPathFactory, empty_database: Path, library: Library) -> Path:
    """Give the file of a database with the end forms of two municipalities, to be copied."""
    path = Path(shutil.copy(empty_database, tmp_path_factory.mktemp("towns") / "towns.duckdb"))
    store = open_store(f"duckdb:///{path.as_posix()}")
    for name in ("solmut_auki_asiakkaan_loppukysely.xlsx", "fyrkkaa_asiakkaan_loppukysely.xlsx"):
        store.accept(read_draft((SAMPLE_DATA / name).read_bytes(), name, library))
    return path


@pytest.fixture
def sample(rules: Path, two_towns: Path, clean_environment: str) -> str:
    """Put a copy of it where the toolkit looks."""
    shutil.copy(two_towns, clean_environment.removeprefix("duckdb:///"))
    return clean_environment


def _visit(page: str, role: Role | None, language: str = "fi", **more: object) -> AppTest:
    """Open ``page`` as somebody of ``role``; None for somebody who is not signed in."""
    script = f"from evaluation.dashboard.navigation import run\nrun({page!r})"
    app = AppTest.from_string(script, default_timeout=60)
    app.secrets["auth"] = {"redirect_uri": "http://127.0.0.1/oauth2callback", "cookie_secret": "x" * 32}
    claims = {"is_logged_in": True, "sub": "somebody", "iat": time.time() - 60}
    app.user = {**claims, **PEOPLE[role], **more} if role else {"is_logged_in": False, **more}
    app.query_params["lang"] = language
    return app


def _said(app: AppTest) -> str:
    """Return everything that is sent to the browser: texts, labels, options, tables, drawings."""
    nodes = [node.proto for part in (app.main, app.sidebar) for node in part if node.proto is not None]
    drawn = [json.dumps(chart, ensure_ascii=False) for chart in charts(app)]
    return "\n".join([*(MessageToString(proto, as_utf8=True) for proto in nodes), *drawn])


def _titles(app: AppTest) -> list[str]:
    return [title.value for title in app.title]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_shown_before_signing_in(sample: str, page: str) -> None:
    app = _visit(page, None)
    app.query_params["municipality"] = OTHER
    app.run()
    assert not app.exception
    assert _titles(app) == [T("dashboard.title")]
    assert [button.key for button in app.button] == ["sign_in"]
    assert not [*app.info, *app.metric, *app.multiselect, *app.selectbox, *app.dataframe, *charts(app)]
    for name in (HERS, OTHER, "Veera", T("dashboard.page_overview")):
        assert name not in _said(app)


@pytest.mark.parametrize(
    "claims", [{"iat": 1.0}, {"iat": None}, {"is_logged_in": "true"}], ids=["old", "undated", "odd"]
)
def test_a_sign_in_that_has_ended_shows_nothing(sample: str, claims: dict[str, object]) -> None:
    app = _visit("settings", Role.ADMINISTRATOR, **claims).run()
    assert [button.key for button in app.button] == ["sign_in"]
    assert _titles(app) == [T("dashboard.title")]


# What the server does when somebody presses the way out, in a process of its own.
SIGN_OUT = """
import json, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from evaluation.access import load_rules, person_of
from evaluation.dashboard import sign_outs
from evaluation.definitions import load_library
rules, url, claims = sys.argv[1:]
rules = load_rules(Path(rules), load_library())
sign_outs.end(person_of(json.loads(claims), rules, datetime.now(UTC), timedelta(hours=10)), url)
"""


def test_a_sign_in_that_was_ended_in_another_process_shows_nothing(sample: str, rules: Path) -> None:
    ended = {"iat": time.time() - 60, "nonce": "first"}
    claims = {"is_logged_in": True, "sub": "4f1c", **ended}
    command = [sys.executable, "-c", SIGN_OUT, str(rules), sample, json.dumps(claims)]
    subprocess.run(command, check=True, capture_output=True)
    app = _visit("settings", Role.ADMINISTRATOR, **ended).run()
    assert [button.key for button in app.button] == ["sign_in"]
    again = _visit("settings", Role.ADMINISTRATOR, **ended | {"nonce": "second"}).run()
    assert T("dashboard.page_settings") in _titles(again)
    assert [each.actor for each in open_store(sample).trail(deeds=["signed_out"])] == ["4f1c"]


def test_somebody_who_stands_nowhere_gets_a_sentence_and_the_way_out(sample: str) -> None:
    app = _visit("overview", Role.VIEWER, email_verified=False).run()
    assert [button.key for button in app.button] == ["sign_out"]
    assert T("access.nobody", who="Veera, somebody") in app.warning[0].value
    refused = [each for each in open_store(sample).trail() if each.deed == "sign_in_refused"]
    app.run()
    assert [(each.actor, each.deed) for each in refused] == [("somebody", "sign_in_refused")]
    assert len(open_store(sample).trail(deeds=["sign_in_refused"])) == 1, "once, however often the page is opened"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CONTRIBUTOR, Role.COORDINATOR])
def test_a_page_that_the_role_is_not_for_says_so_and_nothing_else(sample: str, role: Role) -> None:
    closed = [name for name, (_, least) in PAGES.items() if role < least]
    assert closed
    for page in closed:
        app = _visit(page, role).run()
        assert not app.exception
        assert _titles(app) == [T(f"dashboard.page_{page}")]
        assert [warning.value for warning in app.warning] == [T("access.role_refused")]
        assert [button.key for button in app.button] == ["sign_out"]
        assert not [*app.info, *app.metric, *app.selectbox, *app.dataframe, *charts(app)]
        assert not app.get("file_uploader")


@pytest.mark.parametrize("page", ["comparison", "import_page", "own_practices_page", "texts_page", "settings"])
def test_a_page_is_bounded_by_itself_and_not_by_the_menu_alone(sample: str, page: str) -> None:
    """The page is run as if the menu had let it through."""
    app = _visit("start", Role.VIEWER)
    shown = f"from evaluation.dashboard.pages import {page}\n{page}.show()"
    bare = AppTest.from_string(shown, default_timeout=60)
    bare.secrets, bare.user = app.secrets, app.user
    bare.run()
    assert bare.exception
    assert not [*bare.title, *bare.get("file_uploader"), *bare.button]


@pytest.mark.parametrize(
    "page", ["practice", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("start", "overview", "trend"))]
)
def test_another_municipality_in_the_address_shows_nothing_of_it(sample: str, page: str) -> None:
    app = _visit(page, Role.VIEWER)
    app.query_params["municipality"] = OTHER
    app.query_params["practice"] = PRACTICE_OF_OTHER
    app.run()
    assert not app.exception
    said = _said(app)
    assert HERS in said or page == "start"
    assert not re.search(rf"{OTHER}|{PRACTICE_OF_OTHER}|Fyrkkaa", said)


@pytest.mark.parametrize(
    "role", [Role.VIEWER, pytest.param(Role.CONTRIBUTOR, marks=pytest.mark.thorough), *list(Role)[2:]]
)
def test_each_role_sees_the_municipalities_that_are_its_own(sample: str, role: Role) -> None:
    app = _visit("start", role).run()
    assert not app.exception
    towns = next(metric.value for metric in app.metric if metric.label == T("dashboard.count_municipalities"))
    assert towns == ("1" if role < Role.COORDINATOR else "2")
    steps = {button.key.removeprefix("next_") for button in app.button if str(button.key).startswith("next_")}
    open_pages = {name for name, (_, least) in PAGES.items() if role >= least}
    assert steps == open_pages & {"overview", "practice", "comparison", "import", "forms"}


def test_what_one_person_was_shown_is_not_given_to_another(sample: str) -> None:
    """One after the other, in both orders: what is kept for the next reading is kept by right."""
    for role in (Role.ADMINISTRATOR, Role.VIEWER, Role.COORDINATOR, Role.CONTRIBUTOR, Role.ADMINISTRATOR, Role.VIEWER):
        said = _said(_visit("overview", role).run())
        assert (OTHER in said) is (role >= Role.COORDINATOR)
        assert HERS in said


def test_a_contributor_is_told_that_a_file_of_others_cannot_be_saved(rules: Path, clean_environment: str) -> None:
    name = "sisu_asiakkaan_loppukysely.xlsx"
    app = _visit("import", Role.CONTRIBUTOR).run()
    app.file_uploader[0].set_value((name, (SAMPLE_DATA / name).read_bytes(), XLSX)).run()
    assert not app.exception
    assert figures(app) == counted(people=7, saved=0, rejected=8)
    assert app.button(key="accept").disabled
    assert "Lempäälä" in _said(app)
    assert open_store(clean_environment).contents().empty


def test_a_right_that_is_taken_away_ends_at_the_next_press(sample: str, rules: Path) -> None:
    app = _visit("overview", Role.VIEWER).run()
    assert app.metric
    rules.write_text(RULES.replace("veera@", "heikki@"), encoding="utf-8")
    app.run()
    assert not app.metric
    assert [button.key for button in app.button] == ["sign_out"]


def test_signing_out_ends_the_sign_in_in_every_tab_and_for_whoever_copied_it(sample: str) -> None:
    claims = {"nonce": "first", "iat": time.time() - 60}
    here, other_tab = (_visit("start", Role.VIEWER, **claims).run() for _ in range(2))
    later = _visit("start", Role.VIEWER, **{**claims, "nonce": "second"}).run()
    here.button(key="sign_out").click().run()
    for app in (other_tab, later):
        app.run()
    assert [button.key for button in other_tab.button] == ["sign_in"]
    assert not other_tab.metric
    assert later.metric, "signed in anew"


def test_a_fault_in_the_file_of_roles_shows_nothing_to_anybody(sample: str, rules: Path) -> None:
    rules.write_text(RULES.replace("Nokia", "Nokkia"), encoding="utf-8")
    app = _visit("start", Role.ADMINISTRATOR).run()
    assert [warning.value for warning in app.warning] == [T("access.rules_broken")]
    assert not app.metric


def test_a_setting_is_kept_by_nobody_but_an_administrator(rules: Path, clean_environment: str) -> None:
    script = "from evaluation.dashboard import resources\nresources.look()\nresources.keep('threshold', 3)"
    for role in Role:
        app = AppTest.from_string(script, default_timeout=60)
        asked = _visit("start", role)
        app.secrets, app.user = asked.secrets, asked.user
        app.run()
        kept = settings_file(clean_environment)
        assert kept is not None
        assert bool(app.exception) is (role < Role.ADMINISTRATOR) is not kept.exists()


def test_sign_in_without_a_file_of_roles_shows_nothing(clean_environment: str) -> None:
    app = _visit("start", Role.ADMINISTRATOR).run()
    assert T("access.half", missing="EVALUATION\\_ACCESS") in app.warning[0].value
    assert not app.metric


def test_a_file_of_roles_without_sign_in_shows_nothing(rules: Path) -> None:
    app = _visit("start", None)
    app.secrets = {}
    app.run()
    assert "EVALUATION" in app.warning[0].value
    assert not app.metric


@pytest.mark.parametrize(("without", "shown"), [(None, False), ("yes", True)])
def test_started_by_itself_it_shows_nothing_to_others_without_sign_in(
    sample: str, monkeypatch: pytest.MonkeyPatch, without: str | None, shown: bool
) -> None:
    """As ``streamlit run app.py --server.address 0.0.0.0`` does, past the command that would refuse."""
    monkeypatch.delenv("EVALUATION_ACCESS")
    if without:
        monkeypatch.setenv("EVALUATION_WITHOUT_SIGN_IN", without)
    script = """
import streamlit as st
from streamlit import config
from evaluation.dashboard.navigation import run
before = st.get_option("server.address")
config.set_option("server.address", None)
try:
    run("start")
finally:
    config.set_option("server.address", before)
"""
    app = AppTest.from_string(script, default_timeout=60).run()
    assert not app.exception
    assert bool(app.metric) is shown
    assert (T("access.open_without") in [warning.value for warning in app.warning]) is not shown
