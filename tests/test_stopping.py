"""What ends the command ends the server: nobody is answered any more, however it was stopped."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import ROOT, Served, answers, cookies, serving, session

pytestmark = pytest.mark.thorough

# What ``evaluation start`` does once everything is installed.
START = (
    "import sys; from evaluation.bootstrap import become; become([sys.executable, '-m', 'evaluation', *sys.argv[1:]])"
)

PARENT = """
import subprocess, sys
with subprocess.Popen([sys.executable, '-m', 'evaluation', *sys.argv[1:]], stdin=subprocess.PIPE) as child:
    child.wait()
"""


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"duckdb:///{(tmp_path / 'own.duckdb').as_posix()}"


def _ends(served: Served) -> None:
    """See that the process ends, and that nobody answers at its address."""
    served.process.wait(timeout=30)
    assert answers(served.address) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"])
def test_a_signal_to_the_command_stops_its_server(database: str, name: str) -> None:
    with serving(database) as served:
        assert answers(served.address) == 200
        served.process.send_signal(getattr(signal, name))
        _ends(served)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_it_stops_while_somebody_has_a_page_open(database: str) -> None:
    async def read_and_stop(served: Served) -> None:
        one = await session(served, {"_streamlit_xsrf": cookies(served.address)["_streamlit_xsrf"]})
        await one.open("start")
        served.process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(_ends, served)

    with serving(database) as served:
        asyncio.run(read_and_stop(served))


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_first_command_is_the_server_too(database: str) -> None:
    with serving(database, launcher=("-c", START)) as served:
        served.process.send_signal(signal.SIGTERM)
        _ends(served)


def test_it_ends_with_the_program_that_started_it(database: str) -> None:
    """As on Windows, where one program does not take another's place: its end is that of the pipe between them."""
    with serving(database, "--until-input-ends", launcher=("-c", PARENT)) as served:
        assert answers(served.address) == 200
        served.process.kill()
        # The server is not a child of this process: it has ended when its end of the pipe is closed.
        assert served.process.stdout is not None
        served.process.stdout.read()
        _ends(served)


def test_a_port_that_is_taken_is_an_exit_code(database: str) -> None:
    with serving(database) as served:
        line = [sys.executable, "-m", "evaluation", "dashboard", "--database", database, "--port", str(served.port)]
        done = subprocess.run(line, cwd=ROOT, capture_output=True, timeout=60, check=False)
        assert done.returncode == 1
