"""The workbook of a report: contents first, whole tables, charts of published numbers, no formulas."""

import io
import re
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from evaluation.exhibits import Exhibit, Report, Section
from evaluation.findings import Words
from evaluation.measures import FEW
from evaluation.render.workbook import workbook

from .conftest import MakeReport, share
from .opened import parts


@pytest.fixture(scope="module")
def content(report: Report, words: Words) -> bytes:
    return workbook(report, words)


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def _rows(sheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def _table(book: Workbook, number: int, words: Words) -> list[dict[str, object]]:
    """Return the rows of the table of an exhibit by the names of their columns."""
    (sheet,) = (each for each in book if each.title.startswith(f"{number} "))
    top = int(re.sub(r"\D", "", sheet.freeze_panes)) - 2
    heading, *rows = _rows(sheet)[top:]
    until = heading.index(None) if None in heading else len(heading)
    found = [dict(zip(heading[:until], row, strict=False)) for row in rows]
    return found[: next((place for place, row in enumerate(found) if not any(row.values())), len(found))]


def test_contents_stand_first_and_lead_to_every_exhibit(book: Workbook, report: Report, words: Words) -> None:
    contents = book.worksheets[0]
    assert contents.title == words.t("files.contents")
    links = {cell.hyperlink.location for row in contents.iter_rows() for cell in row if cell.hyperlink}
    assert links == {f"'{sheet.title}'!A1" for sheet in book.worksheets[1:]}
    shown = [exhibit.title for section in report.sections for exhibit in section.exhibits]
    assert set(shown) <= {cell for row in _rows(contents) for cell in row}


def test_a_figure_is_a_number_with_its_n_interval_and_notes(book: Workbook, words: Words) -> None:
    rated, closed = _table(book, 3, words)
    wanted = {"n": 10, "value": 0.8, "low": 0.6, "high": 1, "dont_know": 1}
    assert {name: rated[words.t(f"charts.column_{name}")] for name in wanted} == pytest.approx(wanted)
    assert closed[words.t("charts.column_note")] == "Alle 5 ihmistä: ei näytetä"
    assert not [value for value in closed.values() if isinstance(value, int | float)]


def test_a_range_of_people_is_told_in_words_and_never_as_one_number(book: Workbook, words: Words) -> None:
    registered, completed = _table(book, 1, words)
    assert registered[words.t("charts.column_count")] == 14
    assert completed[words.t("charts.column_count")] == "12–13"
    assert not isinstance(completed[words.t("charts.column_value")], float)


def test_charts_draw_published_numbers_only(content: bytes) -> None:
    charts = {name: text for name, text in parts("book", content) if re.search(r"charts/chart\d+\.xml$", name)}
    drawn = [set(re.findall(r"<c:v>([\d.]+)</c:v>", charts[name])) for name in sorted(charts)]
    assert drawn == [{"14", "12"}, {"0.2", "0.8"}, {"0.8"}, {"1", "3", "6"}]


def test_nothing_is_hidden_and_nothing_is_computed(content: bytes, book: Workbook) -> None:
    assert all(sheet.sheet_state == "visible" for sheet in book)
    assert not any(each.hidden for sheet in book for each in (*sheet.column_dimensions.values(),))
    told = dict(parts("book", content))
    assert not [name for name, text in told.items() if "hidden=" in text or "veryHidden" in text or "<f>" in text]
    assert not [name for name in told if "externalLink" in name or "comments" in name]


def test_what_looks_like_a_formula_stays_a_text(made_report: MakeReport, make, words: Words) -> None:
    rated = make("satisfaction.favourable", [share(0.5, level="cohort", cohort="=1+1", item="sat_access"),
                                             share(0.6, level="cohort", cohort="@x", item="sat_access")])  # fmt: skip
    sections = (
        Section("comparison", "=HYPERLINK(1)", ("=2+2", "+3", "https://x.fi"), (Exhibit("table", "-1", words, rated),)),
    )
    book = load_workbook(io.BytesIO(workbook(made_report(subject="=1+1", sections=sections), words)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {"=1+1", "=2+2", "+3", "@x"} <= {cell.value for cell in cells}
    assert {cell.hyperlink.location.endswith("!A1") for cell in cells if cell.hyperlink} == {True}


def test_nobody_is_named_in_the_properties(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert re.search(r"<dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>", core)
    assert "2018-12-03" in core


def test_columns_are_wide_enough_to_be_read(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        widths = [each.width for each in sheet.column_dimensions.values() if each.width]
        assert all(9 <= width <= 120 for width in widths), sheet.title


def test_a_table_of_withheld_rows_alone_has_no_chart(made_report: MakeReport, make, words: Words) -> None:
    closed = make("satisfaction.favourable", [{"item": "sat_usefulness", "reason": FEW}])
    sections = (Section("satisfaction", "Mitä", (), (Exhibit("favourable", "Myönteiset", words, closed),)),)
    content = workbook(made_report(sections=sections), words)
    assert not [name for name, _ in parts("book", content) if "charts/" in name]
