"""The rooms of the package import each other one way only."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "evaluation"

MAY_IMPORT = {
    "bundled_files": set(),
    "i18n": set(),
    "logs": set(),
    "settings": {"i18n"},
    "name_key": {"settings"},
    "records": {"i18n"},
    "codes": set(),
    "definitions": {"bundled_files", "i18n"},
    "spreadsheets": set(),
    "intake": {"definitions", "spreadsheets", "records", "codes", "i18n"},
    "proposals": {"definitions", "spreadsheets", "intake", "i18n"},
    "forms": {"definitions", "i18n"},
    "store": {"definitions", "records", "codes", "i18n"},
    "statistics": set(),
    "privacy": {"definitions", "store", "statistics"},
    "measures": {"definitions", "store", "privacy", "statistics", "i18n"},
    "findings": {"definitions", "measures", "i18n"},
    "exhibits": {"definitions", "measures", "findings", "i18n"},
    "render": {"definitions", "measures", "findings", "exhibits", "i18n"},
    "importing": {"definitions", "intake", "store", "records"},
    "access": {"definitions", "store", "records", "settings", "i18n"},
    "samples": {"bundled_files", "definitions", "intake", "store", "records", "i18n"},
}
EDGES = {"dashboard", "cli", "bootstrap", "__main__", "__init__"}
FORBIDDEN_LIBRARIES = {
    "definitions": {"pandas", "streamlit", "sqlalchemy", "duckdb"},
    "spreadsheets": {"pandas", "streamlit", "sqlalchemy", "duckdb"},
    "intake": {"streamlit", "sqlalchemy", "duckdb"},
    "proposals": {"pandas", "streamlit", "sqlalchemy", "duckdb"},
    "forms": {"streamlit", "sqlalchemy", "duckdb"},
    "store": {"streamlit", "plotly"},
    "statistics": {"pandas", "streamlit", "plotly", "sqlalchemy", "duckdb"},
    "privacy": {"streamlit", "plotly", "sqlalchemy", "duckdb"},
    "measures": {"streamlit", "plotly", "sqlalchemy", "duckdb"},
    "findings": {"streamlit", "plotly", "sqlalchemy", "duckdb"},
    "exhibits": {"streamlit", "plotly", "sqlalchemy", "duckdb"},
    "render": {"streamlit", "sqlalchemy", "duckdb"},
    "access": {"streamlit", "sqlalchemy", "duckdb"},
    "dashboard": {"sqlalchemy", "duckdb"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _rooms_imported(path: Path) -> set[str]:
    return {name.split(".")[1] for name in _imports(path) if name.startswith("evaluation.")}


def test_every_room_is_named_in_the_rules() -> None:
    assert {_room(path) for path in MODULES} <= MAY_IMPORT.keys() | EDGES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_imports_only_what_its_room_may(path: Path) -> None:
    room = _room(path)
    libraries = {name.split(".")[0] for name in _imports(path)}
    assert not libraries & FORBIDDEN_LIBRARIES.get(room, set())
    if room not in EDGES:
        assert _rooms_imported(path) <= MAY_IMPORT[room] | {room}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_but_the_edges_imports_the_dashboard_or_the_command_line(path: Path) -> None:
    if _room(path) not in EDGES:
        assert not _rooms_imported(path) & EDGES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_says_its_purpose_and_stays_readable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 400
