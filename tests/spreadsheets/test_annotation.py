"""The workbook that goes back to the worker reads like the original, with comments where there are problems."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter

from evaluation.spreadsheets import ORIGIN_MARK, ORIGIN_SHEET, CellNote, Sheet, Summary, annotate, read_workbook

SUMMARY = Summary("Huomautukset", ("Vakavuus", "Solu"), (("virhe", "Taul1!B2"), ("=1+1", "+358")))
NOTE = CellNote("Taul1", "B2", "Kirjoita luku 1–5.", "error")


def _same(first: Sheet, second: Sheet) -> bool:
    return (
        (first.height, first.width, first.hidden) == (second.height, second.width, second.hidden)
        and (first.hidden_rows, first.hidden_columns) == (second.hidden_rows, second.hidden_columns)
        and set(first.merged) == set(second.merged)
        and all(first.row(row) == second.row(row) for row in range(first.height))
        and all(
            type(cell) is type(other)
            for row in range(first.height)
            for cell, other in zip(first.row(row), second.row(row), strict=True)
        )
    )


def _workbook() -> bytes:
    """Write what may stand in a worker's workbook, results of formulas among it."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("Taul1")
        day = book.add_format({"num_format": "d.m.yyyy"})
        moment = book.add_format({"num_format": "d.m.yyyy hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        page.write_row(0, 0, ["Tunniste", "Arvio", "Päivä", "Hetki", "Kello", "Laskettu", "Muuta"])
        page.write_row(1, 0, ["A1", 4])
        page.write_datetime(1, 2, datetime(2018, 4, 3), day)  # noqa: DTZ001
        page.write_datetime(1, 3, datetime(2018, 4, 3, 14, 30, 5), moment)  # noqa: DTZ001
        page.write_datetime(1, 4, datetime(2018, 4, 3, 9, 5).time(), clock)  # noqa: DTZ001
        page.write_formula(1, 5, "=B2*2", None, 8)
        page.write_string(1, 6, "=ei kaava")
        page.write_row(2, 0, ["  A2 ", True, "_x000D_", "rivi\nvaihto"])
        page.write_formula(2, 4, '=IF(B3,"a&<b","")', None, "a&<b")
        page.write_formula(2, 5, '=IF(B3,"","x")', None, "")
        page.write_formula(3, 5, "=1/0", None, "#DIV/0!")
        page.write_formula(4, 5, "=C2", day, 43193)
        page.write_formula(5, 5, "=TRUE()", None, True)
        page.write_comment(1, 1, "Oma muistiinpano")
        page.merge_range(7, 0, 7, 2, "yhteensä")
        page.set_row(2, None, None, {"hidden": True})
        book.add_worksheet("lista").hide()
    return target.getvalue()


def test_annotated_workbook_reads_like_the_original_apart_from_what_was_added() -> None:
    content = _workbook()
    before = read_workbook(content, "a.xlsx")
    after = read_workbook(annotate(content, "a.xlsx", [NOTE], SUMMARY), "a.xlsx")
    summary, *sheets, origin = after.sheets
    assert (summary.name, origin.name, origin.hidden) == ("Huomautukset", ORIGIN_SHEET, True)
    assert [sheet.name for sheet in sheets] == [sheet.name for sheet in before.sheets]
    assert all(_same(first, second) for first, second in zip(before.sheets, sheets, strict=True))
    assert sheets[0].formulas == before.sheets[0].formulas


def test_origin_tells_file_fingerprint_and_the_name_of_the_summary() -> None:
    content = _workbook()
    book = openpyxl.load_workbook(io.BytesIO(annotate(content, "kevät.xlsx", [NOTE], SUMMARY)))
    origin = book[ORIGIN_SHEET]
    assert origin.sheet_state == "veryHidden"
    assert origin["A1"].value == ORIGIN_MARK
    assert [origin.cell(row, 2).value for row in (1, 3)] == ["kevät.xlsx", "Huomautukset"]
    assert len(origin["B2"].value) == 64


def test_comment_stands_at_its_cell_below_the_one_that_was_there() -> None:
    notes = [NOTE, CellNote("Taul1", "B2", "Toinen syy.", "notice"), CellNote("Taul1", "B8", "Summa.", "warning")]
    page = openpyxl.load_workbook(io.BytesIO(annotate(_workbook(), "a.xlsx", notes, SUMMARY)))["Taul1"]
    text = page["B2"].comment.text
    assert text.index("Oma muistiinpano") < text.index("Kirjoita luku 1–5.") < text.index("Toinen syy.")
    assert page["B2"].fill.fill_type == "lightUp"
    assert page["A8"].comment.text == "Summa."


def test_annotating_again_replaces_the_comments_of_before() -> None:
    first = annotate(_workbook(), "a.xlsx", [NOTE, CellNote("Taul1", "A2", "Vanha.", "notice")], SUMMARY)
    again = annotate(first, "a.xlsx", [NOTE], SUMMARY)
    book = openpyxl.load_workbook(io.BytesIO(again))
    assert book.sheetnames == ["Huomautukset", "Taul1", "lista", ORIGIN_SHEET]
    assert book["Taul1"]["A2"].comment is None
    assert book["Taul1"]["A2"].fill.fill_type is None
    assert book["Taul1"]["B2"].comment.text.count("Kirjoita luku") == 1
    assert "Oma muistiinpano" in book["Taul1"]["B2"].comment.text


def test_summary_is_text_and_takes_a_free_name() -> None:
    content = annotate(_workbook(), "a.xlsx", [], Summary("Lista", SUMMARY.headings, SUMMARY.rows))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames[0] == "Lista 2"
    page = book["Lista 2"]
    assert [(cell.value, cell.data_type) for cell in page[5]] == [("=1+1", "s"), ("+358", "s")]


@pytest.mark.parametrize("typed", ["=1+1", "+358 40", "-", "@huomio", "#N/A", " reuna", "007", "a\x0bb"])
def test_text_of_other_kinds_stays_text_that_nothing_executes(typed: str) -> None:
    content = f'Tunniste;Arvio\nA1;"{typed}"\n'.encode()
    made = annotate(content, "kevät.csv", [CellNote("kevät", "B2", "Ei luku.", "error")], SUMMARY)
    page = openpyxl.load_workbook(io.BytesIO(made))["kevät"]
    assert page["B2"].data_type == "s"
    assert page["B2"].comment.text == "Ei luku."
    assert read_workbook(made, "a.xlsx").sheets[1].row(1) == ("A1", typed)


def test_macros_and_links_are_not_written_back(changed) -> None:
    content = changed(_workbook(), {"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": b"<a/>"})
    with zipfile.ZipFile(io.BytesIO(annotate(content, "a.xlsm", [NOTE], SUMMARY))) as archive:
        assert not [name for name in archive.namelist() if "vba" in name or "externalLink" in name]


def test_formula_never_calculated_stays_one() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Taul1"
    book.active.append([1, "=A1+1", date(2018, 4, 3)])
    target = io.BytesIO()
    book.save(target)
    made = read_workbook(annotate(target.getvalue(), "a.xlsx", [], SUMMARY), "a.xlsx")
    assert made.sheets[1].cell(0, 1) == read_workbook(target.getvalue()).sheets[0].cell(0, 1)


def test_note_at_a_sheet_that_is_not_there_is_left_to_the_summary() -> None:
    made = annotate(_workbook(), "a.xlsx", [CellNote("Poissa", "A1", "x", "error")], SUMMARY)
    assert "Poissa" not in openpyxl.load_workbook(io.BytesIO(made)).sheetnames
