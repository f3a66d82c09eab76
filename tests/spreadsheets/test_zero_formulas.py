"""A formula that gives 0 tells an answer only where one has been calculated: never of empty cells."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from evaluation.spreadsheets import CellFault, Workbook, read_workbook

FILES = Path(__file__).parent / "files"
# Rows of the sheet that the formulas point at: a code, a mark, and a number that somebody may have left out.
PAPERS = (("A1", 9, None), ("A2", None, None), ("A3", 0, 0), ("A4", 7, 3))


def _written(
    formulas: Sequence[tuple[str, object]], papers: Sequence[Sequence[object]] = PAPERS, by: str = "excel"
) -> bytes:
    """Return a workbook with formulas and stored results in column A, as Excel saves it or a program writes it."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet, other = book.add_worksheet("Vastaukset"), book.add_worksheet("Omat paperit")
        for row, (formula, value) in enumerate(formulas):
            sheet.write_formula(row, 0, formula, None, value)
        for row, cells in enumerate(papers):
            for column, cell in enumerate(cells):
                if isinstance(cell, tuple):
                    other.write_formula(row, column, cell[0], None, cell[1])
                elif cell is not None:
                    other.write(row, column, cell)
    if by == "program":
        return target.getvalue()
    settled = io.BytesIO()
    with zipfile.ZipFile(target) as written, zipfile.ZipFile(settled, "w") as archive:
        for part in written.infolist():
            archive.writestr(part.filename, re.sub(rb' fullCalcOnLoad="1"', b"", written.read(part)))
    return settled.getvalue()


def _cells(book: Workbook, count: int) -> list[object]:
    return [book.sheets[0].cell(row, 0) for row in range(count)]


@pytest.mark.parametrize(
    "formula",
    [
        "='Omat paperit'!B2", "='Omat paperit'!$B$2", "=F7", "='Omat paperit'!Z99",
        "=VLOOKUP(\"A2\",'Omat paperit'!A2:B2,2,FALSE)", "=IFERROR(VLOOKUP(A9,'Omat paperit'!A1:B2,2,FALSE),0)",
        "=INDEX('Omat paperit'!B1:B2,2)", "=SUM(F2:H2)", "=IF('Omat paperit'!B2=\"\",0,'Omat paperit'!B2)",
        "='Omat paperit'!B2*1", "=N(F7)", "=IFERROR(AVERAGE(F2:H2),0)", "=MAX(F:H)",
    ],
)  # fmt: skip
def test_a_formula_that_points_at_nothing_is_an_empty_cell(formula: str) -> None:
    book = read_workbook(_written([(formula, 0), ("='Omat paperit'!B1", 9)]))
    assert _cells(book, 2) == [None, 9]
    assert book.remarks == ()


def test_a_formula_that_points_at_such_a_formula_is_empty_too() -> None:
    papers = [[("=D1", 0), ("=C1", 0)]]
    book = read_workbook(_written([("='Omat paperit'!B1", 0), ("='Omat paperit'!A1", 0), ("=1", 1)], papers))
    assert _cells(book, 3) == [None, None, 1]


@pytest.mark.parametrize(
    "formula",
    [
        "='Omat paperit'!B3", "='Omat paperit'!B4-7", "=COUNTA(F2:H2)", "=SUM('Omat paperit'!B3:C3)",
        "=COUNTIF('Omat paperit'!B:B,5)", "=0", "=ROUND('Omat paperit'!C4/10,0)", "=IF('Omat paperit'!B1=8,1,0)",
    ],
)  # fmt: skip
def test_a_zero_that_has_been_calculated_stands(formula: str) -> None:
    book = read_workbook(_written([(formula, 0)]))
    assert (_cells(book, 1), book.remarks) == ([0], ())


@pytest.mark.parametrize(
    "formula",
    [
        "=VLOOKUP(A9,'Omat paperit'!A:B,2,FALSE)", "=INDEX('Omat paperit'!B:B,3)", "=vastaus",
        "=INDIRECT(\"F\"&'Omat paperit'!B1)", "=IF('Omat paperit'!B2=\"x\",1,0)",
    ],
)  # fmt: skip
def test_a_zero_that_may_be_an_answer_or_nothing_is_remarked(formula: str) -> None:
    book = read_workbook(_written([("=1", 1), (formula, 0)]))
    assert _cells(book, 2) == [1, 0]
    assert [(remark.code, remark.sheet, remark.values) for remark in book.remarks] == [
        ("formula_zero", "Vastaukset", {"n": 1, "cells": "A2"})
    ]


@pytest.mark.parametrize("formula", ["='Omat paperit'!B1", "='Omat paperit'!A1", "=SUM('Omat paperit'!B4:C4)"])
def test_a_zero_that_contradicts_what_it_points_at_was_never_calculated(formula: str) -> None:
    # Then no other zero of the workbook was, whatever it points at.
    book = read_workbook(_written([(formula, 0), ("='Omat paperit'!B3-1", 0), ("=F7", 0)]))
    assert _cells(book, 3) == [CellFault(formula, "formula"), CellFault("='Omat paperit'!B3-1", "formula"), None]


def test_a_zero_of_a_program_that_leaves_the_calculation_to_excel_is_none() -> None:
    formulas = [("='Omat paperit'!B3", 0), ("=1-1", 0), ("=F7", 0), ("='Omat paperit'!B1", 9)]
    faults = [CellFault(formula, "formula") for formula, _ in formulas[:3]]
    assert _cells(read_workbook(_written(formulas, by="program")), 4) == [*faults, 9]


@pytest.mark.parametrize("kind", ["ods", "xls", "xlsx"])
def test_zeros_that_libreoffice_has_calculated_are_told_apart_in_every_kind(kind: str) -> None:
    """Column A points at 9, nothing and 0 on its own sheet; column B shows 100 %, 80 % and the number 1."""
    sheet = read_workbook((FILES / f"zeros.{kind}").read_bytes(), f"zeros.{kind}").sheets[0]
    assert [sheet.row(row)[:2] for row in range(3)] == [(9, "100 %"), (None, "80 %"), (0, 1)]
