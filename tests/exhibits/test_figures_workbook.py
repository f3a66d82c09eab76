"""The figures of a chart as a workbook: in the reader's words, numbers as numbers, and nothing that is withheld."""

import io

import pytest
from openpyxl import load_workbook

from evaluation.findings import Words
from evaluation.measures import FEW, Evidence
from evaluation.render.figures_workbook import figures_workbook

from .conftest import Make, share


def _rows(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_figure_has_its_n_interval_and_method(make: Make, words: Words) -> None:
    rated = make("satisfaction.favourable", [share(0.5, item="sat_usefulness", favourable=5, dont_know=1)])
    rows = _rows(figures_workbook([rated], words, "Tyytyväisyys", ["Lähde."]))
    assert [row[0] for row in rows[:3]] == ["Tyytyväisyys", "Lähde.", None]
    told = dict(zip(rows[3], rows[4], strict=True))
    wanted = {"n": 10, "value": 0.5, "low": 0.3, "high": 0.7, "dont_know": 1}
    assert {name: told[words.t(f"charts.column_{name}")] for name in wanted} == wanted
    assert told[words.t("charts.column_method")] == words.t("charts.method_wilson")


def test_a_withheld_row_says_why_and_has_no_figure(make: Make, words: Words) -> None:
    closed = make("satisfaction.favourable", [{"item": "sat_usefulness", "reason": FEW}])
    cells = _rows(figures_workbook([closed], words, "Tyytyväisyys"))[-1]
    assert words.too_few(closed) in cells
    assert not [cell for cell in cells if isinstance(cell, int | float)]


def test_a_name_that_looks_like_a_formula_stays_a_text(make: Make, words: Words) -> None:
    rated = make("satisfaction.favourable", [share(0.5, level="cohort", cohort='=HYPERLINK("x")', item="sat_access")])
    sheet = load_workbook(io.BytesIO(figures_workbook([rated], words, "=1+1"))).worksheets[0]
    texts = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"}
    assert '=HYPERLINK("x")' in [cell.value for cell in texts]


@pytest.mark.thorough
def test_every_published_table_can_be_taken_away(sample_evidence: Evidence, words: Words) -> None:
    for published in sample_evidence.tables.values():
        sheet = load_workbook(io.BytesIO(figures_workbook([published], words, "Kaikki"))).worksheets[0]
        assert sheet.max_row == len(published.frame) + 3 or published.empty, published.measure
