"""Installs a source checkout into a virtual environment and runs it there, with Python's standard library alone.

It uses the active virtual environment, otherwise ``.venv`` in the checkout. So a Python that refuses global installs,
a machine without make and a user without administrator rights all go the same way. ``requirements/`` pins every
version and its fingerprint. Where the toolkit is installed as a package, there is nothing left to install.
"""

import hashlib
import importlib.util
import locale
import os
import subprocess
import sys
import venv
from pathlib import Path

from evaluation.bundled_files import HOME as ROOT
from evaluation.bundled_files import IS_INSTALLED

LEAST_PYTHON = (3, 11)

# The message catalogues need a library that is not installed yet when these are said.
TEXTS = {
    "fi": {
        "old_python": "Tarvitaan Python 3.11 tai uudempi. Tämä on {version}.",
        "installing": "Asennetaan työkalut kansioon {folder}. Ensimmäinen kerta kestää muutaman minuutin.",
        "no_pip": "Pythonista puuttuu asennusohjelma pip. Asenna Python osoitteesta python.org ja yritä uudelleen.",
        "failed": "Asennus keskeytyi. Tarkista verkkoyhteys ja anna sama komento uudelleen.",
        "not_installed": "Työkaluja ei ole vielä asennettu. Anna ensin komento: python -m evaluation start",
        "no_tests": "Testit ovat lähdekoodin mukana, eivät asennetussa paketissa. Hae lähdekoodi ja anna sen kansiossa "
        "komento: python -m evaluation test",
    },
    "sv": {
        "old_python": "Python 3.11 eller nyare behövs. Det här är {version}.",
        "installing": "Verktygen installeras i mappen {folder}. Det tar några minuter, bara första gången.",
        "no_pip": "Installationsprogrammet pip saknas i Python. Installera Python från python.org och försök igen.",
        "failed": "Installationen avbröts. Kontrollera nätförbindelsen och ge samma kommando på nytt.",
        "not_installed": "Verktygen är inte installerade än. Ge först kommandot: python -m evaluation start",
        "no_tests": "Testerna följer med källkoden, inte med det installerade paketet. Hämta källkoden och ge i "
        "dess mapp kommandot: python -m evaluation test",
    },
    "en": {
        "old_python": "Python 3.11 or newer is needed. This is {version}.",
        "installing": "Installing the tools into {folder}. This takes a few minutes, the first time only.",
        "no_pip": "Python's installer pip is missing. Install Python from python.org and try again.",
        "failed": "The installation was interrupted. Check the network connection and give the same command again.",
        "not_installed": "The tools are not installed yet. First give the command: python -m evaluation start",
        "no_tests": "The tests come with the source code, not with the installed package. Get the source and give this "
        "command in its folder: python -m evaluation test",
    },
}


def say(key: str, **values: object) -> str:
    """Return a text of this module in the user's language: Finnish or Swedish where set so, else English."""
    wanted = os.environ.get("EVALUATION_LANGUAGE") or (locale.getlocale()[0] or "en")[:2].lower()
    return TEXTS.get({"fi": "fi", "sv": "sv", "sw": "sv"}.get(wanted[:2], "en"), TEXTS["en"])[key].format(**values)


def installed() -> bool:
    """Tell whether this Python has what the toolkit needs."""
    return all(importlib.util.find_spec(name) for name in ("pandas", "streamlit", "duckdb", "babel"))


def start(arguments: list[str]) -> int:
    """Install if needed, then open the dashboard; return its exit code."""
    python = sys.executable if IS_INSTALLED else _prepare("app")
    return become([python, "-m", "evaluation", "dashboard", *arguments]) if python else 2


def test(arguments: list[str]) -> int:
    """Install if needed, then run the tests (those in a browser where Chromium is found); return pytest's exit code.

    Those that kill processes or start many at once, and those on Spark, are left out: they are run by themselves,
    ``pytest -m faults`` and ``pytest -m spark``.
    """
    if IS_INSTALLED:
        sys.stderr.write(say("no_tests") + "\n")
        return 2
    python = _prepare("test")
    # One more than there are cores: tests in a browser wait more than they count.
    workers = str((os.cpu_count() or 1) + 1)
    command = ["-m", "pytest", "-n", workers, "-m", "not faults and not spark", *arguments]
    return _run([python, *command], cwd=ROOT) if python else 2


def _prepare(name: str) -> str | None:
    """Return the interpreter that has the packages of ``requirements/<name>.txt``; None when that failed."""
    if sys.version_info < LEAST_PYTHON:
        sys.stderr.write(say("old_python", version=sys.version.split()[0]) + "\n")
        return None
    home = Path(sys.prefix) if sys.prefix != sys.base_prefix else ROOT / ".venv"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    requirements = ROOT / "requirements" / f"{name}.txt"
    mark = home / f".evaluation-{name}-{hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]}"
    if mark.exists():
        return str(python)
    sys.stderr.write(say("installing", folder=home) + "\n")
    if not python.exists():
        venv.create(home, with_pip=False, symlinks=os.name != "nt")
    pip = pip_for(python)
    if pip is None:
        sys.stderr.write(say("no_pip") + "\n")
        return None
    quiet = ["install", "--quiet", "--disable-pip-version-check"]
    steps = ([*quiet, "--require-hashes", "-r", str(requirements)], [*quiet, "--no-deps", "-e", str(ROOT)])
    if any(_run([*pip, *step]) for step in steps):
        sys.stderr.write(say("failed") + "\n")
        return None
    mark.touch()
    return str(python)


def pip_for(python: Path) -> list[str] | None:
    """Return the command of a pip that installs for ``python``: its own, one made for it, or this Python's."""
    pip = [str(python), "-m", "pip"]
    if _works([*pip, "--version"]) or _works([str(python), "-m", "ensurepip"]):
        return pip
    ours = [sys.executable, "-m", "pip"]
    return [*ours, "--python", str(python)] if _works([*ours, "--version"]) else None


def _works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def become(command: list[str]) -> int:
    """Run a command that ends whenever this process does; return its exit code where this process outlives it."""
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(command[0], command)  # noqa: S606 - the interpreter that has just been prepared
    # Windows puts no program in place of another, and ends none along with it: the pipe to it tells that it is alone.
    with subprocess.Popen([*command, "--until-input-ends"], stdin=subprocess.PIPE) as running:
        try:
            return running.wait()
        except KeyboardInterrupt:
            return 130


def _run(command: list[str], cwd: Path | None = None) -> int:
    try:
        return subprocess.run(command, cwd=cwd, check=False).returncode
    except KeyboardInterrupt:
        return 130
