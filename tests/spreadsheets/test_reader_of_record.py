"""Streamed cells are those that openpyxl finds with the whole sheet in memory, on every workbook at hand."""

import io
import warnings
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evaluation.spreadsheets import read_workbook

pytestmark = pytest.mark.thorough

TESTS = Path(__file__).parents[1]
FILES = sorted([*TESTS.glob("*/files/*.xls[xm]"), *TESTS.parent.glob("sample_data/sisu_*.xlsx")])


def _whole(content: bytes) -> dict[str, int] | None:
    """Count the filled cells of each sheet by openpyxl in full mode; None for a file that it does not read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(content), data_only=True)
        except Exception:  # noqa: BLE001 - it raises anything at all for a file it does not understand
            return None
    counts = {}
    for sheet in book.worksheets:
        cells = (cell.value for row in sheet.iter_rows() for cell in row)
        counts[sheet.title] = sum(value is not None and str(value).strip() != "" for value in cells)
    return counts


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_cell_is_lost_beside_the_whole_sheet_in_memory(path: Path) -> None:
    content = path.read_bytes()
    if content[:2] != b"PK" or path.name.startswith(("35_", "39_")):
        pytest.skip("refused before any engine sees it, or formatted to the last cell, which takes full mode minutes")
    whole = _whole(content)
    if not whole:
        pytest.skip("openpyxl does not read this file")
    read = read_workbook(content, path.name)
    uncalculated = {
        sheet.name: sum(
            int((column.codes == code).sum())
            for column in sheet.columns
            for code, value in enumerate(column.values)
            if getattr(value, "kind", None) == "formula"
        )
        for sheet in read.sheets
    }
    found = {
        sheet.name: sum(int(column.filled.sum()) for column in sheet.columns) - uncalculated[sheet.name]
        for sheet in read.sheets
    }
    assert found == {name: whole[name] for name in found}
    assert found.keys() == whole.keys()
