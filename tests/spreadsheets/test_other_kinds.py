"""Old Excel files and OpenDocument sheets, as LibreOffice writes them: see files/README.md."""

from datetime import date, datetime
from pathlib import Path

import pytest

from evaluation.spreadsheets import CellFault, Unreadable, read_workbook

FILES = Path(__file__).parent / "files"


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_cells_of_other_kinds_are_read_at_their_addresses(kind: str) -> None:
    book = read_workbook((FILES / f"office.{kind}").read_bytes(), f"office.{kind}")
    sheet, hidden = book.sheets
    assert (book.format, book.engine, book.remarks) == (kind, "calamine", ())
    assert [(sheet.name, sheet.hidden), (hidden.name, hidden.hidden)] == [("Vastaukset", False), ("piilossa", True)]
    assert sheet.row(2)[2:] == ("Tunniste", "Arvio", "Päivä", "Laskettu", "Virhe", "Kello")
    assert sheet.row(3)[2:] == ("A1", 4, date(2018, 4, 3), 8, CellFault("#DIV/0!"), "14:30")
    assert sheet.row(4)[2:] == ("  A2 ", True, datetime(2018, 4, 3, 9, 5), None, CellFault("#N/A"), 0.5)  # noqa: DTZ001
    assert sheet.cell(6, 2) == "yhteensä"


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_hidden_rows_formulas_and_merged_ranges_of_other_kinds_are_said(kind: str) -> None:
    sheet = read_workbook((FILES / f"office.{kind}").read_bytes()).sheets[0]
    assert sheet.hidden_rows == {4}
    assert sheet.merged == ((6, 2, 6, 4),)
    assert sheet.formulas >= {(3, 5), (3, 6), (4, 5), (4, 6)}


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_damaged_files_of_other_kinds_are_refused_or_read_but_never_crash(kind: str) -> None:
    content = (FILES / f"office.{kind}").read_bytes()
    codes = set()
    for at in range(0, len(content), 97):
        try:
            read_workbook(content[:at] + b"\xff\x00\x7f\xff" + content[at + 4 :], f"a.{kind}")
        except Unreadable as refused:
            codes.add(refused.code)
    assert codes <= {"damaged_workbook", "not_a_workbook", "too_large", "password_protected"}
    assert "damaged_workbook" in codes
