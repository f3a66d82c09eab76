"""docs/import.md is in step: every layout, code, option and limit stands in it, and its example does what it says."""

import io
import json
import re
from pathlib import Path

import pytest
import xlsxwriter

from evaluation.cli import main
from evaluation.i18n.translator import CATALOGUES
from evaluation.intake import layouts
from evaluation.spreadsheets import limits
from evaluation.store import open_store

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")


def test_every_layout_is_described() -> None:
    named = {layout.__globals__["NAME"] for layout in layouts.LAYOUTS}
    assert {name for name in named if f"| `{name}` |" not in TEXT} == set()


def test_every_code_that_is_said_of_a_file_is_listed() -> None:
    catalogue = (CATALOGUES / "en" / "problems.po").read_text(encoding="utf-8")
    codes = re.findall(r'^msgid "problems\.(\w+)"', catalogue, re.MULTILINE)
    assert len(codes) > 60
    assert [code for code in codes if f"`{code}`" not in TEXT] == []


def test_the_limits_are_those_of_the_code() -> None:
    mebibytes = (limits.MOST_FILE_BYTES, limits.MOST_UNPACKED_BYTES, limits.CHILD_MEMORY)
    figures = [f"| {size // limits.MEBIBYTE:,} MB |" for size in mebibytes]
    figures += [
        f"{limits.MOST_RATIO} : 1",
        f"| {limits.MOST_PARTS:,} |",
        f"{limits.MOST_CELLS:,} (",
        f"{limits.MOST_GRID:,})",
    ]
    figures += [f"| {limits.MOST_SHEETS}; {limits.MOST_SHARED_STRINGS:,}; {limits.MOST_MERGED:,} |"]
    figures += [
        f"{limits.SECONDS:.0f} s and {limits.SECONDS_A_MEBIBYTE:.0f} s for each MB",
        f"{limits.OPENPYXL_CELLS:,} cells",
    ]
    assert [figure for figure in figures if figure not in TEXT] == []


def test_every_option_of_import_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    options = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out)) - {
        "--help",
        "--definitions",
        "--database",
        "--lang",
    }
    commands = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert "--mapping" in options
    assert [option for option in sorted(options) if option not in commands] == []


def test_the_example_of_a_mapping_file_is_taken_as_it_says(
    tmp_path: Path, clean_environment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its headings, answers, codes and the form to keep are those of this workbook."""
    example = re.search(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert example
    mapping = tmp_path / "mapping.json"
    mapping.write_text(example[1], encoding="utf-8")
    rows = (
        ("Tunniste", "Fiilis lopussa", "Porukka", "Muistiinpano"),
        ("K1", "ihan jees", 2, "soita"),
        ("K7", "Hyvin", 3, None),
        ("K07", "Erittäin hyvin", 1, None),
        ("K2", "kysytään myöhemmin", 4, None),
    )
    (tmp_path / "loppu.xlsx").write_bytes(workbook("Loppukysely", rows))
    command = ["import", str(tmp_path / "loppu.xlsx"), "--practice", "sisu", "--cohort", "2018"]
    command += ["--questionnaire", "client_end", "--mapping", str(mapping), "--json"]
    main(command)
    receipt = json.loads(capsys.readouterr().out)["files"][0]
    assert (receipt["rows"], receipt["accepted"], receipt["duplicates"], receipt["rejected"]) == (4, 3, 1, 0)
    assert [column["target"] for column in receipt["columns"]] == [
        "participant",
        "state_mood",
        "state_social_relations",
        None,
    ]
    assert {key for key in (*receipt, *receipt["columns"][0]) if f"`{key}`" not in TEXT} == set()
    assert len(open_store(clean_environment).imports()) == 1


def workbook(name: str, rows: tuple[tuple[object, ...], ...]) -> bytes:
    """Return a workbook of one sheet."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()
