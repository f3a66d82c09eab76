"""The commands of a roll-up: personal data only where their reader says yes; what stands in the way in plain words."""

import csv
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from evaluation.cli import main
from evaluation.i18n import Translator, languages
from evaluation.store import open_store
from tests.store.conftest import draft

pytestmark = pytest.mark.thorough

__all__ = ["draft"]


@pytest.fixture
def county(clean_environment: str, draft) -> str:
    """Give the address of a database with seven clients of one practice."""
    forms = [
        {"participant": f"P{number}", "timing": timing, "answers": {"state_mood": 2 + number % 3}}
        for number in range(7)
        for timing in ("start", "end")
    ]
    open_store(clean_environment).accept(draft(*forms))
    return clean_environment


def test_an_export_is_written_only_where_its_reader_says_yes(county: str, tmp_path: Path, monkeypatch, capsys) -> None:
    command = ["export-parquet", "-o", str(tmp_path / "pirha")]
    monkeypatch.setattr("sys.stdin", io.StringIO("en\n"))
    assert main(command) == 2
    assert Translator("fi")("cli.export_is_personal") in capsys.readouterr().out
    assert not (tmp_path / "pirha").exists()
    monkeypatch.setattr("sys.stdin", io.StringIO("kyllä\n"))
    assert main(command) == 0
    assert (tmp_path / "pirha" / "manifest.json").exists()


def _package(folder: Path) -> dict[str, str]:
    with zipfile.ZipFile(folder / "data-package.zip") as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_counties_are_published_together_at_the_strictest_threshold(
    county: str, tmp_path: Path, monkeypatch, capsys
) -> None:
    lax, strict, out = tmp_path / "lax", tmp_path / "strict", tmp_path / "out"
    assert main(["export-parquet", "-o", str(lax), "--yes"]) == 0
    monkeypatch.setenv("EVALUATION_THRESHOLD", "8")
    empty = f"duckdb:///{(tmp_path / 'other.duckdb').as_posix()}"
    assert main(["export-parquet", "-o", str(strict), "--yes", "--database", empty]) == 0
    monkeypatch.delenv("EVALUATION_THRESHOLD")
    for folders, threshold, withheld in (([lax], 5, "false"), ([lax, strict], 8, "true")):
        assert main(["roll-up", *map(str, folders), "-o", str(out), "--engine", "duckdb"]) == 0
        assert Translator("fi")("cli.roll_up_threshold", threshold=threshold) in capsys.readouterr().out
        package = _package(out)
        assert json.loads(package["datapackage.json"])["threshold"] == threshold
        rows = list(csv.DictReader(package["data/change-paired.csv"].splitlines()))
        assert {row["suppressed"] for row in rows} == {withheld}
    assert (out / "comparison.html").exists()


def test_what_cannot_be_rolled_up_is_said_plainly(county: str, tmp_path: Path, capsys) -> None:
    one, other = str(tmp_path / "one"), str(tmp_path / "other")
    for folder in (one, other):
        main(["export-parquet", "-o", folder, "--yes"])
    capsys.readouterr()
    assert main(["roll-up", one, other, "-o", str(tmp_path / "out"), "--engine", "duckdb", "--lang", "sv"]) == 2
    said = Translator("sv")("store.export_same_municipality", municipality="Lempäälä", one="one", other="other")
    assert capsys.readouterr().err.strip() == said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("language", languages())
def test_without_java_the_command_says_how_to_get_it(
    county: str, tmp_path: Path, monkeypatch, capsys, language: str
) -> None:
    main(["export-parquet", "-o", str(tmp_path / "one"), "--yes"])
    capsys.readouterr()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert main(["roll-up", str(tmp_path / "one"), "-o", str(tmp_path / "out"), "--lang", language]) == 2
    assert capsys.readouterr().err.strip() == Translator(language)("store.java_missing", least=17)


@pytest.mark.parametrize("language", languages())
def test_without_spark_the_command_says_how_to_get_it(
    county: str, tmp_path: Path, monkeypatch, capsys, language: str
) -> None:
    main(["export-parquet", "-o", str(tmp_path / "one"), "--yes"])
    capsys.readouterr()
    for name in ("sqlglot", "pyspark", "pyspark.errors", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert main(["roll-up", str(tmp_path / "one"), "-o", str(tmp_path / "out"), "--lang", language]) == 2
    said = capsys.readouterr().err
    assert "--engine duckdb" in said
    assert 'pip install -e ".[rollup]"' in said
