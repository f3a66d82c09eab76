"""Rooms and modules of the package import each other one way only."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "evaluation"

MAY_IMPORT = {
    "bundled_files": set(),
    "i18n": {"printable"},
    "logs": set(),
    "private_files": set(),
    "settings": {"private_files", "i18n"},
    "kept_keys": {"private_files", "settings"},
    "name_key": {"kept_keys", "settings"},
    "records": {"i18n"},
    "codes": set(),
    "printable": set(),
    "guard": set(),
    "definitions": {"bundled_files", "i18n"},
    "spreadsheets": set(),
    "intake": {"guard", "definitions", "spreadsheets", "records", "codes", "i18n"},
    "proposals": {"definitions", "spreadsheets", "intake", "i18n"},
    "forms": {"definitions", "i18n"},
    "store": {"private_files", "definitions", "spreadsheets", "records", "codes", "i18n"},
    "statistics": set(),
    "privacy": {"guard", "printable", "definitions", "store", "statistics"},
    "measures": {"definitions", "store", "privacy", "statistics", "i18n"},
    "findings": {"__version__", "printable", "definitions", "measures", "i18n"},
    "exhibits": {"definitions", "measures", "findings", "i18n"},
    "render": {"__version__", "definitions", "measures", "findings", "exhibits", "i18n"},
    "own_definitions": {"definitions", "store", "i18n"},
    "definitions_of_imports": {"definitions", "store"},
    "importing": {"definitions", "intake", "store", "records"},
    "own_questions": {"definitions", "intake", "proposals", "records", "spreadsheets"},
    "changed_questions": {"definitions", "intake", "own_questions", "proposals", "records"},
    "access": {"definitions", "store", "records", "settings", "i18n"},
    "samples": {"bundled_files", "definitions", "intake", "measures", "store", "records", "i18n"},
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
# Modules that import others of the package inside functions, and why.
IMPORTS_LATE = {
    "__main__": "start installs what the command line needs",
    "cli": "a command imports what it needs, so that check and --help start at once",
    "spreadsheets/child.py": "the process that opens untrusted files limits itself before it loads what reads them",
    "spreadsheets/reader.py": "only what reads the file's own format is loaded",
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


def _module(path: Path) -> str:
    """Return the name of a module, as others import it."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _graph() -> Mapping[str, set[str]]:
    """Return the modules that every module imports, at its top or inside a function."""
    names = set(map(_module, MODULES))
    return {
        _module(path): {name if name in names else name.rpartition(".")[0] for name in _imports(path)} & names
        for path in MODULES
    }


def _inside_functions(path: Path) -> Iterator[str]:
    """Yield the modules of the package that functions import."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("evaluation"):
                    yield str(node.module)


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


def test_no_module_imports_itself_by_way_of_others() -> None:
    try:
        tuple(TopologicalSorter(_graph()).static_order())
    except CycleError as error:
        pytest.fail(f"modules import each other in a circle: {' <- '.join(error.args[1])}")


def test_a_circle_of_imports_is_caught_also_where_a_function_closes_it() -> None:
    late = PACKAGE / "cli" / "measures_command.py"
    assert {"evaluation.store", "evaluation.measures"} <= set(_inside_functions(late)) & _graph()[_module(late)]
    with pytest.raises(CycleError):
        tuple(TopologicalSorter({**_graph(), "evaluation.records": {"evaluation.store.store"}}).static_order())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_functions_import_nothing_of_the_package_without_a_reason(path: Path) -> None:
    late = set(_inside_functions(path))
    assert not late or {_room(path), path.relative_to(PACKAGE).as_posix()} & IMPORTS_LATE.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_but_the_edges_imports_the_dashboard_or_the_command_line(path: Path) -> None:
    if _room(path) not in EDGES:
        assert not _rooms_imported(path) & EDGES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_says_its_purpose_and_stays_readable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 400
