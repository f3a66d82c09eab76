"""A large sheet read by calamine has the same cells as openpyxl finds in it."""

import io
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.spreadsheets import Workbook, reader

pytestmark = pytest.mark.thorough

FORMATS = {datetime: "d.m.yyyy hh:mm:ss", date: "d.m.yyyy", timedelta: "[h]:mm"}
texts = st.text(
    st.characters(codec="utf-8", exclude_characters="_\r", exclude_categories=["Cc", "Cs", "Cn"]), max_size=12
)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda number: round(number, 6)),
    texts,
    st.sampled_from(
        ["Täysin samaa mieltä", " reuna ", "N/A", "007", "TRUE", "rivi\nvaihto", "#N/A", "  ", "\xa0", " \u2003\u3000"]
    ),
    st.dates(date(1904, 1, 2), date(2100, 1, 1)),
    st.datetimes(datetime(1904, 1, 2), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),  # noqa: DTZ001
    st.integers(1, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
    st.sampled_from([("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ("=A1", ""), ("=A1&A2", "tulos"), ("=2*2", 4)]),
)
tables = st.lists(st.lists(values, max_size=6), max_size=12)


def _written(rows: list[list[object]], since_1904: bool) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"date_1904": since_1904}) as book:
        formats = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
        page = book.add_worksheet()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, tuple):
                    page.write_formula(row, column, cell[0], None, cell[1])
                elif isinstance(cell, str):
                    page.write_string(row, column, cell)
                elif type(cell) in FORMATS:
                    page.write_datetime(row, column, cell, formats[type(cell)])
                elif cell is not None:
                    page.write(row, column, cell)
    return target.getvalue()


def _both(content: bytes) -> tuple[Workbook, Workbook]:
    small = reader.read_content(content, "a.xlsx", lambda _: None)
    with pytest.MonkeyPatch.context() as limits:
        limits.setattr(reader, "SMALL_SHEET_BYTES", 0)
        large = reader.read_content(content, "a.xlsx", lambda _: None)
    return small, large


def _cells(book: Workbook) -> list[object]:
    return [
        [(type(cell), cell) for cell in sheet.row(row)] for sheet in book.sheets for row in range(sheet.height)
    ]  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(tables, st.booleans())
def test_both_engines_find_the_same_cells(rows: list[list[object]], since_1904: bool) -> None:
    small, large = _both(_written(rows, since_1904))
    before_calendar = since_1904 and any(isinstance(cell, date) and cell.year < 1905 for row in rows for cell in row)
    assert small.engine == "openpyxl"
    assert large.engine == "calamine" or before_calendar
    assert _cells(small) == _cells(large)
    assert not small.remarks
    for first, second in zip(small.sheets, large.sheets, strict=True):
        assert (first.height, first.width, first.formulas) == (second.height, second.width, second.formulas)


@pytest.mark.parametrize(
    ("data", "strings"),
    [
        ('<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>', ["<si><t>  reuna </t></si>", "<si><t>b</t></si>"]),
        ('<c r="A1" t="inlineStr"><is><t> reuna </t></is></c><c r="B1"><v>5</v></c>', []),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> reuna </t></is></c><c r="B1"><v>5</v></c>', []),
        ('<c r="A1"><f>B1</f></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="b"><v>1</v></c>', []),
        (
            '<c r="A1" t="str"><f>B1</f><v> </v></c><c r="B1"><v>1</v></c><c r="C1"><v></v></c><c r="D1"><v>2</v></c>',
            [],
        ),
        ("<c><f>B1</f></c><c><v>5</v></c>", []),
    ],
)
def test_what_calamine_would_change_is_read_as_openpyxl_reads_it(raw, data: str, strings: list[str]) -> None:
    small, large = _both(raw(f'<row r="1" hidden="1">{data}</row>', strings, after="<mergeCells/>"))
    assert _cells(small) == _cells(large)
    assert small.sheets[0].hidden_rows == large.sheets[0].hidden_rows == {0}


def test_large_sheet_is_read_whole_by_the_fast_engine() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for row in range(30_000):
            page.write_row(row, 0, [row, row % 5 == 0, f"vastaus {row}", "Täysin samaa mieltä", row / 4] * 4)
    book = reader.read_content(target.getvalue(), "a.xlsx", lambda _: None)
    sheet = book.sheets[0]
    assert (book.engine, sheet.height, sheet.width) == ("calamine", 30_000, 20)
    assert sheet.row(29_999)[:5] == (29_999, False, "vastaus 29999", "Täysin samaa mieltä", 7499.75)
    assert len(sheet.columns[3].values) == 1
