"""Streamed cells are those that openpyxl finds with the whole sheet in memory, on every workbook at hand."""

import io
import re
import warnings
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.spreadsheets import read_workbook

pytestmark = pytest.mark.thorough

TESTS = Path(__file__).parents[1]
FILES = sorted([*TESTS.glob("*/files/*.xls[xm]"), *TESTS.parent.glob("sample_data/sisu_*.xlsx")])


def _whole(content: bytes) -> dict[str, int] | None:
    """Count the cells of each sheet with a value or a formula, by openpyxl in full mode; None where it cannot read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(content), data_only=True)
            formulas = load_workbook(io.BytesIO(content))
        except Exception:  # noqa: BLE001 - it raises anything at all for a file it does not understand
            return None
    counts = {}
    for sheet in book.worksheets:
        written = formulas[sheet.title]
        cells = (cell for row in sheet.iter_rows() for cell in row)
        counts[sheet.title] = sum(_is_filled(cell.value, written[cell.coordinate].value, written) for cell in cells)
    return counts


def _is_filled(value: object, written: object, sheet: Worksheet) -> bool:
    """A formula never calculated is no empty cell; one that points at an empty cell is, whatever zero it shows."""
    if isinstance(written, str) and re.fullmatch(r"=[A-Z]+\d+", written):
        return sheet[written[1:]].value is not None
    return str("" if value is None else value).strip() != "" or (value is None and written is not None)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_cell_is_lost_beside_the_whole_sheet_in_memory(path: Path) -> None:
    content = path.read_bytes()
    if content[:2] != b"PK" or path.name.startswith(("35_", "39_")):
        pytest.skip("refused before any engine sees it, or formatted to the last cell, which takes full mode minutes")
    whole = _whole(content)
    if not whole:
        pytest.skip("openpyxl does not read this file")
    read = read_workbook(content, path.name)
    actual = {sheet.name: sum(int(column.filled.sum()) for column in sheet.columns) for sheet in read.sheets}
    assert actual == {name: whole[name] for name in actual}
    assert actual.keys() == whole.keys()
