"""A page whose database is away says so in a plain sentence, and is itself again once the database is back."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from evaluation.i18n import Translator
from evaluation.store import engine, open_store
from tests.conftest import EVERY_LANGUAGE
from tests.dashboard.test_pages import PAGES
from tests.postgres import Cluster

pytestmark = pytest.mark.thorough

Away = Callable[[], AbstractContextManager[None]]
HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
# Every page in one language, and one page in the others.
LOOKS = [*((page, "fi") for page in PAGES), ("overview", "sv"), ("overview", "en")]


def _comes_back(page: str, language: str, away: Away) -> str:
    """Look at a page before, while and after its database is away; return what it says meanwhile."""
    app = AppTest.from_string(f"from evaluation.dashboard.navigation import run\nrun({page!r})", default_timeout=120)
    app.query_params["lang"] = language
    titles = [title.value for title in app.run().title]
    with away():
        app.run()
        assert not app.exception
        assert not app.title, "nothing is shown of what may be out of date"
        (said,) = [error.value for error in app.error]
    app.run()
    assert not app.exception
    assert not app.error
    assert [title.value for title in app.title] == titles
    return str(said)


@pytest.mark.parametrize(("page", "language"), LOOKS)
def test_a_file_that_another_program_holds(
    clean_environment: str, page: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(clean_environment.removeprefix("duckdb:///"))
    monkeypatch.setattr(engine, "LOCK_PAUSE", 0)

    @contextmanager
    def away() -> Iterator[None]:
        command = [sys.executable, "-c", HOLD, str(path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline().strip() == b"held"
            yield
            holder.communicate()

    assert _comes_back(page, language, away) == Translator(language)("store.busy")


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_a_file_that_is_moved_away_and_back(clean_environment: str, language: str) -> None:
    path = Path(clean_environment.removeprefix("duckdb:///"))

    @contextmanager
    def away() -> Iterator[None]:
        moved = path.rename(path.with_name("elsewhere"))
        yield
        assert not path.exists(), "an empty database in its place would stand in the way back"
        moved.rename(path)

    assert _comes_back("overview", language, away) == Translator(language)("store.file_gone", file=path)


@pytest.fixture(scope="module")
def on_server(cluster: Cluster, sample_database: str) -> str:
    url = cluster.new_database()
    open_store(sample_database).copy_to(open_store(url))
    return url


@pytest.mark.postgres
@pytest.mark.parametrize("page", PAGES)
def test_a_server_that_stops(
    clean_environment: str, cluster: Cluster, on_server: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALUATION_DATABASE", on_server)

    @contextmanager
    def away() -> Iterator[None]:
        cluster.control("-m", "fast", "stop")
        yield
        cluster.start()

    said = _comes_back(page, "fi", away)
    assert said.startswith(Translator("fi")("store.server_away", reason=""))
