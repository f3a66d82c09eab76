"""A file to take away is made by the right of whoever presses, as it is then: a real server, real sockets."""

import ast
import asyncio
import io
import urllib.request
import zipfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from evaluation.dashboard import components, downloads
from evaluation.i18n import Translator
from tests.serving import SECRETS, Served, cookies, press_download, serving, session

pytestmark = pytest.mark.thorough

T = Translator("fi")
Meanwhile = Callable[["Site", Mapping[str, str]], Awaitable[None]]
BACKUP = T("settings.backup_button")
ADMINISTRATOR = "people:\n  4f1c: {role: administrator}\n"
RULES = {
    "viewer": "people:\n  4f1c: {role: viewer, municipalities: [Nokia]}\n",
    "coordinator": "people:\n  4f1c: {role: coordinator}\n",
    "nobody": "people:\n  another: {role: administrator}\n",
    "a fault": "people:\n  4f1c: {role: boss}\n",
}


@dataclass(frozen=True)
class Site:
    """A server where people sign in, and its file of roles."""

    served: Served
    rules: Path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("downloads")
    (folder / "secrets.toml").write_text(SECRETS.format(origin="https://palaute.kunta.example"), encoding="utf-8")
    (folder / "access.yaml").write_text(ADMINISTRATOR, encoding="utf-8")
    files = {"EVALUATION_SECRETS": str(folder / "secrets.toml"), "EVALUATION_ACCESS": str(folder / "access.yaml")}
    with serving(f"duckdb:///{(folder / 'own.duckdb').as_posix()}", **files) as served:
        yield Site(served, folder / "access.yaml")


@pytest.fixture
def site(running: Site) -> Site:
    """Give the running server, where the one person is an administrator."""
    running.rules.write_text(ADMINISTRATOR, encoding="utf-8")
    return running


@dataclass(frozen=True)
class Pressed:
    """A file that was made by pressing a button: its path ("" where it was refused), and how its address answers."""

    path: str
    status: int
    content: bytes = b""


async def _pressed(
    site: Site,
    label: str = BACKUP,
    page: str = "settings",
    meanwhile: Meanwhile | None = None,
    afterwards: Meanwhile | None = None,
    **fetching: str,
) -> Pressed:
    """Open a page as the administrator, let something happen, press, let something happen, and fetch the file.

    ``fetching``: headers of the request in place of those of the browser in which the page is open.
    """
    known = cookies(site.served.address, sub="4f1c")
    one = await session(site.served, known)
    button = next(each for each in (await one.open(page)).all("download_button") if each.label == label)
    if meanwhile:
        await meanwhile(site, known)
    path = await press_download(one, button)
    if afterwards:
        await afterwards(site, known)
    told = await asyncio.to_thread(_fetch, site, path, fetching or _headers(known)) if path else Pressed("", 0)
    await one.socket.close()
    return told


def _headers(known: Mapping[str, str]) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in known.items())}


def _fetch(site: Site, path: str, headers: Mapping[str, str]) -> Pressed:
    request = urllib.request.Request(f"{site.served.address}{path}", headers=dict(headers))  # noqa: S310 - of this machine
    try:
        with urllib.request.urlopen(request) as told:  # noqa: S310 - as above
            return Pressed(path, told.status, told.read())
    except urllib.error.HTTPError as refused:
        return Pressed(path, refused.code)


def _becomes(rules: str) -> Meanwhile:
    async def change(site: Site, known: Mapping[str, str]) -> None:
        site.rules.write_text(rules, encoding="utf-8")

    return change


async def _signs_out_in_another_tab(site: Site, known: Mapping[str, str]) -> None:
    other = await session(site.served, known)
    button = (await other.open("start")).find("button", T("access.sign_out"))
    await other.choose("trigger_value", button, True)
    await other.socket.close()


def test_who_may_gets_the_file(site: Site) -> None:
    told = asyncio.run(_pressed(site))
    assert told.path.endswith(".zip")
    assert zipfile.ZipFile(io.BytesIO(told.content)).testzip() is None


def test_a_browser_that_asks_for_it_compressed_and_in_parts_gets_all_of_it(site: Site) -> None:
    label, known = T("dashboard.shape_table"), cookies(site.served.address, sub="4f1c")

    async def fetched_twice() -> list[Pressed]:
        one = await session(site.served, known)
        button = next(each for each in (await one.open("forms")).all("download_button") if each.label == label)
        path = await press_download(one, button)
        headers = {"Accept-Encoding": "gzip", "Range": "bytes=0-99", **_headers(known)}
        told = [await asyncio.to_thread(_fetch, site, path, headers) for _ in range(2)]
        await one.socket.close()
        return [*told, await asyncio.to_thread(_fetch, site, path, headers)]

    *within, after = asyncio.run(fetched_twice())
    assert all(zipfile.ZipFile(io.BytesIO(told.content)).testzip() is None for told in within)
    assert after.status == 404, "the file ends with the session in which it was made"


def test_a_file_that_nobody_has_just_made_is_not_handed_out() -> None:
    made = downloads.bound(lambda: b"made under the right of this machine's own user")()
    assert downloads.take(made, {})
    assert not downloads.take(made, {"_streamlit_user": "somebody"})
    assert not downloads.take(b"left in memory by somebody else", {})


def test_another_browser_gets_no_file_by_its_address(site: Site) -> None:
    other = cookies(site.served.address, sub="4f1c")
    assert asyncio.run(_pressed(site, Accept="*/*")).status == 404
    assert asyncio.run(_pressed(site, **_headers(other))).status == 404, "not even the same person, signed in elsewhere"


def test_another_session_cannot_press_a_button_by_its_mark(site: Site) -> None:
    async def pressed_from_elsewhere() -> tuple[str, str]:
        known = cookies(site.served.address, sub="4f1c")
        one, other = await session(site.served, known), await session(site.served, known)
        button = next(each for each in (await one.open("settings")).all("download_button") if each.label == BACKUP)
        await other.open("start")
        told = await press_download(other, button), await press_download(one, button)
        await one.socket.close()
        await other.socket.close()
        return told

    elsewhere, here = asyncio.run(pressed_from_elsewhere())
    assert (elsewhere, here != "") == ("", True)


@pytest.mark.parametrize("role", RULES)
@pytest.mark.parametrize("page", ["settings", "forms"])
def test_a_right_that_was_taken_away_after_the_page_was_drawn_gives_no_file(site: Site, role: str, page: str) -> None:
    label = BACKUP if page == "settings" else T("dashboard.forms_all")
    assert asyncio.run(_pressed(site, label, page)).status == 200
    assert not asyncio.run(_pressed(site, label, page, _becomes(RULES[role]))).path


def test_a_page_left_open_gives_no_file_after_signing_out_in_another_tab(site: Site) -> None:
    assert not asyncio.run(_pressed(site, meanwhile=_signs_out_in_another_tab)).path


@pytest.mark.parametrize("afterwards", [_becomes(RULES["viewer"]), _signs_out_in_another_tab])
def test_a_file_that_was_made_is_not_handed_out_once_the_right_is_gone(site: Site, afterwards: Meanwhile) -> None:
    assert asyncio.run(_pressed(site, afterwards=afterwards)).status == 404


async def _upload(site: Site, known: Mapping[str, str]) -> int:
    """Send a file from a session as the browser does, and return how that is answered."""
    one = await session(site.served, known)
    await one.open("import")
    token = known["_streamlit_xsrf"]
    headers = {**_headers(known), "X-Xsrftoken": token, "Content-Type": "multipart/form-data; boundary=b"}
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na;b\r\n--b--\r\n'
    address = f"{site.served.address}/_stcore/upload_file/{one.session}/any"
    request = urllib.request.Request(address, body, headers, method="PUT")  # noqa: S310 - of this machine
    told = await asyncio.to_thread(_status, request)
    await one.socket.close()
    return told


def _status(request: urllib.request.Request) -> int:
    try:
        with urllib.request.urlopen(request) as told:  # noqa: S310 - of this machine
            return int(told.status)
    except urllib.error.HTTPError as refused:
        return refused.code


@pytest.mark.parametrize(
    ("role", "sub", "status"),
    [
        (ADMINISTRATOR, "4f1c", 204),
        (RULES["viewer"], "4f1c", 403),
        (ADMINISTRATOR, "nobody", 403),
        (ADMINISTRATOR, "", 403),
    ],
)
def test_only_who_may_bring_in_forms_sends_files(site: Site, role: str, sub: str, status: int) -> None:
    site.rules.write_text(role, encoding="utf-8")
    known = cookies(site.served.address, sub=sub)
    if not sub:
        known = {"_streamlit_xsrf": known["_streamlit_xsrf"]}
    assert asyncio.run(_upload(site, known)) == status


def test_no_button_makes_a_file_past_the_check() -> None:
    folder = Path(components.__file__).parent
    calls = [
        (path.name, node.attr)
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "download_button"
    ]
    assert calls == [("components.py", "download_button")]
