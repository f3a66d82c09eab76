"""Signing in, in a real browser and against a provider on this machine: what nobody, four roles and a stranger see."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from evaluation.i18n import Translator
from evaluation.store import open_store
from tests.browser.conftest import launched, settled, visiting
from tests.browser.provider import PEOPLE, Signed, signed

pytestmark = pytest.mark.browser

T = Translator("fi")
HERS, OTHER, OTHERS_PRACTICE = "Nokia", "Tampere", "Fyrkkaa"
MENU = {
    "viewer": ("start", "overview", "practice", "trend", "forms"),
    "contributor": ("start", "overview", "practice", "trend", "import", "forms", "practices"),
    "coordinator": ("start", "overview", "practice", "comparison", "trend", "import", "forms", "practices"),
    "administrator": (
        "start",
        "overview",
        "practice",
        "comparison",
        "trend",
        "import",
        "forms",
        "practices",
        "settings",
    ),
}
# The provider's own page asks for its look elsewhere; nothing else on this machine may ask for anything.
INSIDE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, sample_database: str) -> Path:
    """Give a copy of the sample data: signing in is written down in it."""
    made = tmp_path_factory.mktemp("signed") / "own.duckdb"
    return Path(shutil.copy(sample_database.removeprefix("duckdb:///"), made))


@pytest.fixture(scope="module")
def served(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signed]:
    with signed(database, tmp_path_factory.mktemp("settings")) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched(INSIDE) as started:
        yield started


@pytest.fixture
def visitor(served: Signed, browser: Browser) -> Iterator[Page]:
    """Open a browser of somebody who has not been here; see that the dashboard asks for nothing elsewhere."""
    asked: list[tuple[str, str]] = []
    with visiting(browser) as page:
        page.on("request", lambda request: asked.append((request.frame.url, request.url)))
        yield page
    of_ours = {url for asker, url in asked if asker.startswith(served.address) and url.startswith(("http", "ws"))}
    assert of_ours
    assert all(url.startswith((f"{served.address}/", f"{served.provider}/")) for url in of_ours)


def _goes(page: Page, served: Signed, path: str) -> None:
    # The first page is at the bare address.
    page.goto(f"{served.address}/{path.removeprefix('start')}")
    settled(page)


def _signs_in(page: Page, served: Signed, who: str) -> None:
    _goes(page, served, "")
    page.get_by_role("button", name=T("access.sign_in_button")).click()
    page.locator("input[name=sub]").fill(who)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{served.address}/**")
    settled(page)


def _signs_out(page: Page, served: Signed) -> None:
    page.get_by_role("button", name=T("access.sign_out")).click()
    # The provider asks whether its own session is to end too.
    page.get_by_role("button", name="End session").click()
    page.wait_for_url(f"{served.address}/**")
    settled(page)


def _all(page: Page) -> str:
    """Return everything the browser holds of a page, drawings and their hidden texts with it."""
    return page.content()


def test_nothing_is_there_before_signing_in_at_any_address(visitor: Page, served: Signed) -> None:
    for path in ("", *MENU["administrator"][1:], f"practice?municipality={OTHER}", "no-such-page"):
        visitor.goto(f"{served.address}/{path}")
        expect(visitor.get_by_role("button", name=T("access.sign_in_button"))).to_be_visible()
        held = _all(visitor)
        names = [T(f"dashboard.page_{name}") for name in MENU["administrator"]]
        assert not [name for name in (HERS, OTHER, OTHERS_PRACTICE, *names) if f">{name}<" in held]
        assert visitor.get_by_test_id("stMetric").count() == 0
        assert visitor.get_by_test_id("stMultiSelect").count() == 0


@pytest.mark.parametrize("who", MENU)
def test_a_role_signs_in_sees_what_it_may_and_signs_out(visitor: Page, served: Signed, who: str) -> None:
    _signs_in(visitor, served, who)
    menu = visitor.get_by_test_id("stTopNavLink").all_inner_texts()
    assert [name.strip() for name in menu] == [T(f"dashboard.page_{name}") for name in MENU[who]]
    towns = visitor.get_by_test_id("stMetric").filter(has_text=T("dashboard.count_municipalities"))
    assert towns.inner_text().split()[-1] == ("1" if who in ("viewer", "contributor") else "14")
    for name in MENU["administrator"]:
        _goes(visitor, served, name)
        refused = visitor.get_by_text(T("access.role_refused"))
        expect(refused).to_have_count(0 if name in MENU[who] else 1)
        if name not in MENU[who]:
            assert visitor.get_by_test_id("stFileUploader").count() == 0
            assert visitor.get_by_test_id("stNumberInput").count() == 0
    visitor.get_by_role("button", name=str(PEOPLE[who]["name"])).click()
    _signs_out(visitor, served)
    expect(visitor.get_by_role("button", name=T("access.sign_in_button"))).to_be_visible()
    _goes(visitor, served, "overview")
    assert HERS not in visitor.inner_text("body")


def test_a_viewer_who_types_another_municipality_gets_nothing_of_it(visitor: Page, served: Signed) -> None:
    _signs_in(visitor, served, "viewer")
    for name in ("overview", "practice", "trend", "start", "import", "settings"):
        _goes(visitor, served, f"{name}?municipality={OTHER}&practice=fyrkkaa")
        held = _all(visitor)
        assert OTHER not in held
        assert OTHERS_PRACTICE not in held
    _goes(visitor, served, f"practice?municipality={OTHER}")
    assert HERS in _all(visitor)


def test_a_coordinator_sees_the_municipality_that_a_viewer_did_not(visitor: Page, served: Signed) -> None:
    _signs_in(visitor, served, "coordinator")
    _goes(visitor, served, f"practice?municipality={OTHER}&practice=fyrkkaa")
    assert OTHER in _all(visitor)
    assert OTHERS_PRACTICE in _all(visitor)


def test_a_stranger_with_an_unverified_address_gets_a_sentence(visitor: Page, served: Signed, database: Path) -> None:
    _signs_in(visitor, served, "stranger")
    expect(visitor.get_by_text("Olli Outo, stranger")).to_be_visible()
    assert visitor.get_by_test_id("stTopNavLink").count() == 0
    assert HERS not in visitor.inner_text("body")
    _signs_out(visitor, served)
    refused = open_store(f"duckdb:///{database.as_posix()}").trail(deeds=["sign_in_refused"])
    assert [entry.actor for entry in refused] == ["stranger"]


def test_whoever_turns_back_at_the_provider_is_not_signed_in(visitor: Page, served: Signed) -> None:
    _goes(visitor, served, "")
    visitor.get_by_role("button", name=T("access.sign_in_button")).click()
    visitor.get_by_role("button", name="Deny").click()
    visitor.wait_for_url(f"{served.address}/**")
    expect(visitor.get_by_role("button", name=T("access.sign_in_button"))).to_be_visible()


def test_a_page_left_open_downloads_until_the_person_signs_out_in_another_tab(visitor: Page, served: Signed) -> None:
    _signs_in(visitor, served, "administrator")
    _goes(visitor, served, "settings")
    button = visitor.get_by_role("button", name=T("settings.backup_button"))
    with visitor.expect_download() as made:
        button.click()
    assert made.value.path().read_bytes().startswith(b"PK")
    other = visitor.context.new_page()
    _goes(other, served, "start")
    other.get_by_role("button", name=str(PEOPLE["administrator"]["name"])).click()
    _signs_out(other, served)
    fetched: list[str] = []
    visitor.on("download", lambda download: fetched.append(download.url))
    button.click()
    expect(visitor.get_by_text(T("framework.no_file"))).to_be_visible()
    assert not fetched
