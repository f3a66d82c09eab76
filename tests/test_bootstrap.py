"""The two commands before anything is installed: they need nothing but Python, and say what is wrong."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation import bootstrap

ROOT = Path(bootstrap.__file__).resolve().parents[1]


def test_the_first_step_imports_nothing_that_is_not_in_python() -> None:
    for name in ("__main__", "bootstrap", "bundled_files", "__init__"):
        tree = ast.parse((ROOT / "evaluation" / f"{name}.py").read_text(encoding="utf-8"))
        for node in tree.body:
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            assert all(each.split(".")[0] in {*sys.stdlib_module_names, "evaluation"} for each in named), name


def test_without_the_packages_a_command_says_what_to_run_first() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "evaluation", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "evaluation start" in done.stderr


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bootstrap, "LEAST_PYTHON", (4, 0))
    assert bootstrap.start([]) == 2
    assert "3.11" in capsys.readouterr().err


def test_every_version_is_pinned_with_a_fingerprint_and_no_address() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        pins = [line for line in lines if line and not line.startswith((" ", "#"))]
        assert len(pins) > 20
        assert all("==" in line for line in pins)
        assert "://" not in path.read_text(encoding="utf-8")
        assert sum("--hash=sha256:" in line for line in lines) >= len(pins)
