"""The page for contributors, the recipes in it and the reference pages are in step with the code."""

import argparse
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.cli.parser import MODULES, SETTING_UP, command_parser
from evaluation.cli.report_commands import FORMATS
from evaluation.dashboard.navigation import PAGES
from evaluation.i18n import Translator, languages
from evaluation.intake.layouts import LAYOUTS
from evaluation.measures import REGISTRY
from evaluation.settings import KEEP_MONTHS, LANGUAGE, PRACTICES, THRESHOLD

ROOT = Path(__file__).parents[1]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    path for folder in (ROOT, ROOT / "docs", ROOT / "questionnaires", ROOT / "sample_data", ROOT / "tests")
    for path in folder.glob("*.md" if folder != ROOT / "tests" else "**/*.md")
)  # fmt: skip
RECIPES = (
    "practice", "questionnaire", "scale", "layout", "measure", "chart", "page", "report format", "language", "message",
    "command", "setting",
)  # fmt: skip
OF_EVERY_COMMAND = {"-h", "--help", "--definitions", "--database", "--lang"}


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def _section(text: str, heading: str) -> str:
    """Return what stands under ``heading`` until the next heading of any level."""
    match = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"no section {heading!r}"
    return match[1]


# --- the page for contributors


def _named_paths() -> Iterator[str]:
    """Yield every path in backticks of every page, with what differs (``<name>``) as a pattern."""
    folders = "evaluation|tests|docs|questionnaires|sample_data|benchmarks"
    for page in DOCUMENTS:
        for text in re.findall(rf"`((?:{folders})/[^`\s:*]*)`", page.read_text(encoding="utf-8")):
            yield re.sub(r"<[^>]+>", "*", text)


@pytest.mark.parametrize("path", sorted(set(_named_paths())))
def test_every_path_that_a_page_names_is_there(path: str) -> None:
    assert list(ROOT.glob(path)), path


def test_every_room_stands_in_the_table_with_tests_that_are_there() -> None:
    row = re.compile(r"^\| `([\w./]+)` \|.*\| `pytest (?:-m \w+ )?(tests[\w./]*)` \|$", re.MULTILINE)
    table = dict(row.findall(CONTRIBUTING))
    packages = {path.parent.name for path in (ROOT / "evaluation").glob("*/__init__.py")}
    rooms = packages | {path.name for path in (ROOT / "evaluation").glob("[!_]*.py")}
    assert rooms == {Path(name).name for name in table if name.startswith("evaluation/")}
    assert [tests for tests in table.values() if not (ROOT / tests).exists()] == []


@pytest.mark.parametrize("recipe", RECIPES)
def test_there_is_a_recipe_with_steps_for_everything_that_is_added(recipe: str) -> None:
    steps = re.findall(r"^\d\. ", _section(CONTRIBUTING, f"A {recipe}"), re.MULTILINE)
    assert len(steps) >= 2


# --- the reference pages


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__module__.rpartition(".")[2])
def test_a_layout_stands_in_the_table_of_layouts(layout) -> None:
    name = layout.__globals__["NAME"]
    assert f"| `{name}` |" in _page("import.md"), name


def _tables_of_statistics() -> set[str]:
    """Return the tables that the page describes; ``.openings`` goes on from the name before it."""
    named: set[str] = set()
    for row in re.findall(r"^\| (`\w+\.\w+`.*?) \|", _page("statistics.md"), re.MULTILINE):
        family = ""
        for name in re.findall(r"`([\w]*\.\w+)`", row):
            family = name.partition(".")[0] or family
            named.add(f"{family}.{name.partition('.')[2]}")
    return named


@pytest.mark.parametrize("name", REGISTRY)
def test_a_published_table_stands_in_the_statistics(name: str) -> None:
    assert name in _tables_of_statistics()


def _commands() -> dict[str, argparse.ArgumentParser]:
    parser = command_parser(Translator("en"), MODULES)
    (actions,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return dict(actions.choices)


@pytest.mark.parametrize("name", [*SETTING_UP, *MODULES])
def test_a_command_is_described_with_every_option_and_what_it_prints(name: str) -> None:
    section = _section(_page("commands.md"), f"`{name}`")
    actions = [action for action in _commands()[name]._actions if action.help != argparse.SUPPRESS]
    options = {option for action in actions for option in action.option_strings} - OF_EVERY_COMMAND
    assert sorted(option for option in options if not re.search(rf"{option}(?![\w-])", section)) == []
    assert re.search(r"\b[Pp]rints?\b", section)


def test_no_command_is_described_that_is_not_there() -> None:
    assert set(re.findall(r"^### `(.+)`$", _page("commands.md"), re.MULTILINE)) == {*SETTING_UP, *MODULES}


@pytest.mark.parametrize("name", [THRESHOLD, LANGUAGE, KEEP_MONTHS, PRACTICES])
def test_a_setting_stands_in_the_table_of_settings(name: str) -> None:
    assert f"`EVALUATION_{name.upper()}`" in _page("settings.md")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_report_format_has_its_section(ending: str) -> None:
    assert re.search(rf"^#+ .*`\.{ending}`", _page("reports.md"), re.MULTILINE)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_in_the_table_of_pages(name: str) -> None:
    assert f"| {Translator('fi')(f'dashboard.page_{name}')} |" in _page("pages.md")


def test_every_package_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    names = {re.split(r"[\[<>=; ]", name)[0] for name in wanted}
    first_cells = re.findall(r"^\| ([\w, -]+) \|", _page("dependencies.md"), re.MULTILINE)
    explained = {name.strip() for cell in first_cells for name in cell.split(",")}
    assert sorted(names - explained) == []


def test_the_pages_say_which_languages_there_are() -> None:
    assert "|".join(languages()) in _page("commands.md")


def test_the_readme_is_short_and_its_pictures_are_small() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", text)
    assert len(text.splitlines()) < 120
    assert len(pictures) == 2
    assert all((ROOT / picture).stat().st_size < 300_000 for picture in pictures)


# --- links


def _anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as hosts of repositories make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if "://" not in link and not (target.exists() and (not anchor or anchor in _anchors(target))):
            broken.append(link)
    assert broken == []
