"""What the tests of the command line share: a database of their own, and running a command."""

import io
import sys
from pathlib import Path

import pytest

from evaluation.cli import main


@pytest.fixture(autouse=True)
def _own_database(clean_environment: str) -> None:
    """Keep every test to a database of its own."""


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]):
    """Give a function that runs a command and returns its exit code, output and errors."""

    def said(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(each) for each in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return said


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch):
    """Give a function that says what the user types when a command asks."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))
