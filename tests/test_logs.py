"""The log tells what was done and where something failed, and nothing that anybody wrote or is called."""

import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.logs import place_of

pytestmark = pytest.mark.thorough

SECRETS = ("Meikäläinen", "010190", "QZX-77", "juoppo", "example.fi")

# Every way in which a process of the dashboard writes to its log, with what somebody could have written in each.
PROGRAM = """
import asyncio, io, logging, sys, threading, warnings
from pathlib import Path

from evaluation import logs

logs.set_up()
from openpyxl import Workbook
from streamlit.logger import get_logger
from streamlit.testing.v1 import AppTest

from evaluation.store import open_store

PERSONAL = "Matti Meikäläinen 010190-123A QZX-77 juoppo matti@example.fi"
book = Workbook()
for row in (["Nimi", "Tunniste", "Mieliala"], ["Matti Meikäläinen", "010190-123A", "juoppo"], [PERSONAL, "QZX-77", 3]):
    book.active.append(row)
target = io.BytesIO()
book.save(target)
files = [("Meikäläinen.xlsx", target.getvalue()), ("QZX-77.xlsx", target.getvalue()[:900] + PERSONAL.encode())]

page = "from evaluation.dashboard.navigation import run\\nrun('import')"
app = AppTest.from_string(page, default_timeout=60).run()
app.file_uploader[0].set_value([(*file, "application/octet-stream") for file in files]).run()
assert not app.exception

broken = AppTest.from_string(f"import pandas as pd\\npd.Series([{PERSONAL!r}]).astype(int)", default_timeout=60).run()
assert broken.exception

store = open_store(sys.argv[1]).acting("anna@example.fi")
store.note("report", "sisu pdf", 7)
try:
    raise RuntimeError("behind " + PERSONAL)
except RuntimeError as behind:
    get_logger("streamlit.web").error("Failed: %s", behind, exc_info=True)
    logging.getLogger("uvicorn.error").error(behind)
warnings.warn(PERSONAL)
thread = threading.Thread(target=lambda: int(PERSONAL))
thread.start()
thread.join()


async def failing():
    raise KeyError(PERSONAL)


async def lost():
    task = asyncio.create_task(failing())
    await asyncio.sleep(0)
    del task


asyncio.run(lost())
{}[PERSONAL]
"""


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("logged")
    url = f"duckdb:///{(folder / 'own.duckdb').as_posix()}"
    environment = {"EVALUATION_DATABASE": url, "PATH": "", "HOME": str(folder), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", PROGRAM, url]
    done = subprocess.run(
        command, capture_output=True, check=False, cwd=Path(__file__).parents[1], env=environment, timeout=120
    )
    assert done.returncode == 1
    return (done.stderr + done.stdout).decode()


def test_nothing_that_stands_in_a_file_or_an_error_gets_into_the_log(log: str) -> None:
    assert [word for word in SECRETS if word in log] == []


def test_what_failed_is_told_by_its_kind_and_place(log: str) -> None:
    for kind in ("ValueError", "RuntimeError", "UserWarning", "KeyError"):
        assert kind in log
    assert "scriptrunner/script_runner.py:" in log, "the place of an error"


def test_every_deed_is_a_line_without_who_did_it(log: str) -> None:
    line = next(line for line in log.splitlines() if "deed=report" in line)
    assert line.startswith("time=")
    assert line.endswith("level=INFO deed=report audit=1 count=7")


def test_the_errors_behind_an_error_are_told_too() -> None:
    try:
        try:
            int("Meikäläinen")
        except ValueError as error:
            raise RuntimeError("Meikäläinen") from error
    except RuntimeError as error:
        told = place_of(error)
    assert "Meikäläinen" not in told
    assert told.startswith("RuntimeError at tests/test_logs.py:")
    assert "; after ValueError at tests/test_logs.py:" in told
