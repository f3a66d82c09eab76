"""Installed as a package and run in an empty folder, the toolkit does all that it does in a source checkout."""

import asyncio
import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.proto.NewSession_pb2 import Config

from benchmarks.client import Shown, reader
from evaluation.bootstrap import pip_for
from evaluation.bundled_files import HOME, IS_INSTALLED, STREAMLIT_SETTINGS
from tests.serving import answers, serving

pytestmark = pytest.mark.thorough

QUOTED = "answer of somebody"
# What Streamlit would do if nobody told it otherwise, or if the user had told it so elsewhere.
LOOSE = '[browser]\ngatherUsageStats = true\n[client]\nshowErrorDetails = "full"\ntoolbarMode = "developer"\n'


@dataclass(frozen=True)
class Installed:
    """An environment that holds the wheel, and an empty folder to work in."""

    python: Path
    package: Path
    folder: Path

    def run(self, *arguments: str | Path, code: int = 0) -> str:
        """Run a command by the script that pip made; return what it printed."""
        script = self.python.with_name("evaluation.exe" if os.name == "nt" else "evaluation")
        # The source must not be found: only what was installed.
        kept = (name for name in os.environ if not name.startswith("EVALUATION_") and name != "PYTHONPATH")
        environment = {name: os.environ[name] for name in kept}
        environment |= {"EVALUATION_DATABASE": self.database, "EVALUATION_LANGUAGE": "en", "PYTHONUTF8": "1"}
        done = subprocess.run(
            [script, *map(str, arguments)],
            cwd=self.folder, env=environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    @property
    def database(self) -> str:
        return f"duckdb:///{(self.folder / 'own.duckdb').as_posix()}"


def _pip(python: Path, *arguments: str | Path) -> None:
    command = pip_for(python)
    assert command is not None
    subprocess.run([*command, *map(str, arguments)], check=True, capture_output=True)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the wheel and install it in an environment that sees the dependencies of this one, but not the source."""
    home = tmp_path_factory.mktemp("installed")
    _pip(Path(sys.executable), "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", home / "wheels", HOME)
    (wheel,) = (home / "wheels").iterdir()
    venv.create(home / "venv", with_pip=False, symlinks=os.name != "nt")
    python = home / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(home / "venv")}))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    _pip(python, "install", "--no-deps", "--no-index", wheel)
    folder = home / "empty"
    folder.mkdir()
    return Installed(python, packages / "evaluation", folder)


def test_these_tests_run_in_a_checkout() -> None:
    assert not IS_INSTALLED


def test_the_definitions_and_the_sample_travel_with_the_package(installed: Installed) -> None:
    printed = installed.run("check")
    assert "16 practices" in printed
    assert "0 questionnaires" not in printed
    assert "74 files" in installed.run("sample")
    tables = json.loads(installed.run("measures", "--json", "--database", _sample(installed)))
    assert len(tables) > 10


def test_a_form_is_made_filled_in_and_reported(installed: Installed, fill) -> None:
    installed.run("template", "--practice", "sisu", "--questionnaire", "client_end", "-o", "form.xlsx")
    assert (installed.folder / "form.xlsx").stat().st_size > 5000
    rows = [{"participant": f"AN{number}", "cohort": "2026", "recommend": 9} for number in range(10, 16)]
    (installed.folder / "end.xlsx").write_bytes(fill("sisu", "client_end", rows))
    assert "6" in installed.run("import", "end.xlsx", "--practice", "sisu")
    for ending in ("pptx", "pdf"):
        installed.run("report", "--practice", "sisu", "-o", f"sisu.{ending}")
        assert (installed.folder / f"sisu.{ending}").stat().st_size > 1000


def test_the_tests_are_said_to_be_in_the_source(installed: Installed) -> None:
    assert "python -m evaluation test" in installed.run("test", code=2)


@pytest.mark.parametrize("command", ["dashboard", "start"])
def test_the_dashboard_is_served_from_an_empty_folder(installed: Installed, command: str) -> None:
    launcher = ("-m", "evaluation") if command == "dashboard" else ("-c", _STARTED)
    with serving(installed.database, launcher=launcher, python=installed.python, folder=installed.folder) as served:
        assert answers(served.address) == 200


# ``start`` takes the options of ``dashboard``; the word that ``serving`` puts first is dropped.
_STARTED = "import sys; sys.argv[1:2] = ['start']; from evaluation.__main__ import main; sys.exit(main())"


def test_it_sends_no_usage_statistics_and_hides_what_errors_say(installed: Installed) -> None:
    """Also where the user's own settings of Streamlit say otherwise: those of the package are the last word."""
    own = installed.folder / "home" / ".streamlit"
    own.mkdir(parents=True)
    (own / "config.toml").write_text(LOOSE, encoding="utf-8")
    (installed.package / "dashboard" / "pages" / "trend.py").write_text(
        f'"""Fails."""\n\n\ndef show() -> None:\n    raise ValueError("{QUOTED}")\n', encoding="utf-8"
    )
    with serving(installed.database, python=installed.python, folder=installed.folder, HOME=str(own.parent)) as served:
        config, shown = asyncio.run(_failing_page(served.port))
    assert not config.gather_usage_stats
    assert config.toolbar_mode == Config.ToolbarMode.MINIMAL
    assert shown.exceptions
    assert QUOTED not in "\n".join(shown.texts)


async def _failing_page(port: int) -> tuple[Config, Shown]:
    """Return what the server told the browser to do, and what it showed of a page that fails."""
    one = await reader(port, {"Accept-Language": "en"})
    async with one.socket:
        await one.open("start")
        return one.settings, await one.open("trend")


def test_the_settings_of_the_checkout_are_those_of_the_package(installed: Installed) -> None:
    carried = installed.package / "bundled" / ".streamlit" / "config.toml"
    assert carried.read_bytes() == STREAMLIT_SETTINGS.read_bytes()
    settings = tomllib.loads(carried.read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"


def _sample(installed: Installed) -> str:
    return installed.database.replace("own.duckdb", "own.sample.duckdb")
