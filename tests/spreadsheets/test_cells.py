"""Every cell of an .xlsx comes back as it stands in the file, at its own address."""

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter

from evaluation.spreadsheets import CellFault, Content, Sheet, Workbook, read_workbook


def _saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _rows(sheet: Sheet) -> list[tuple[Content | None, ...]]:
    return [sheet.row(row) for row in range(sheet.height)]


def _only(book: Workbook) -> Sheet:
    assert len(book.sheets) == 1
    return book.sheets[0]


def _read_one(value: object, number_format: str | None = None) -> Content | None:
    book = openpyxl.Workbook()
    book.active["A1"] = value
    if number_format:
        book.active["A1"].number_format = number_format
    return _only(read_workbook(_saved(book))).cell(0, 0)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("N/A", "N/A"),
        ("None", "None"),
        ("007", "007"),
        ("1E5", "1E5"),
        ("-", "-"),
        ("+ optiot", "+ optiot"),
        ("  edges kept ", "  edges kept "),
        ("4 375\u00a0", "4 375\u00a0"),
        ("line\nbreak", "line\nbreak"),
        ("line_x000D_\nbreak", "line\nbreak"),
        ("   ", None),
        (5, 5),
        (5.0, 5),
        (0.1, 0.1),
        (True, True),
        (False, False),
        (1, 1),
        (datetime(2018, 4, 3, 14, 30, 5), datetime(2018, 4, 3, 14, 30, 5)),  # noqa: DTZ001
        (datetime(2018, 4, 3), date(2018, 4, 3)),  # noqa: DTZ001
        (date(2018, 4, 3), date(2018, 4, 3)),
        (time(14, 30), "14:30"),
        (time(14, 30, 5), "14:30:05"),
        (timedelta(hours=26, minutes=5), "26:05"),
    ],
)
def test_cell_is_read_as_it_was_written(written: object, read: object) -> None:
    actual = _read_one(written)
    assert actual == read
    assert type(actual) is type(read)


@pytest.mark.parametrize(
    ("value", "number_format", "read"),
    [
        (0.1, "0 %", "10 %"),
        (1, "0%", "100 %"),
        (0.8, "0.00%", "80 %"),
        (1 / 3, '0.0 "osuus" %', "33.33 %"),
        (0, "0%", "0 %"),
        (4, "[Red]0%;-0%", "400 %"),
        (4, '0 "%"', 4),
        (4, "0\\%", 4),
        (0.1, "0.0", 0.1),
        ("80 %", "0%", "80 %"),
        (True, "0%", True),
        (None, "0%", None),
    ],
)
def test_a_number_shown_as_per_cent_is_what_is_seen(value: object, number_format: str, read: object) -> None:
    content = _read_one(value, number_format)
    assert (type(content), content) == (type(read), read)


def test_only_the_cells_in_the_format_are_per_cents() -> None:
    book = openpyxl.Workbook()
    for value in (1, 0.8, 1, 4):
        book.active.append([value, value])
    book.active["A1"].number_format = book.active["A2"].number_format = "0%"
    sheet = _only(read_workbook(_saved(book)))
    assert _rows(sheet) == [("100 %", 1), ("80 %", 0.8), (1, 1), (4, 4)]
    assert len(sheet.columns[0].values) == 4


def test_per_cents_of_large_workbooks_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        percent = book.add_format({"num_format": "0%"})
        book.add_worksheet().write_column(0, 0, [1, 0.5], percent)
    from evaluation.spreadsheets import reader

    monkeypatch.setattr(reader, "OPENPYXL_CELLS", 0)
    book_read = reader.read_content(target.getvalue(), "a.xlsx", lambda _: None)
    assert book_read.engine == "calamine"
    assert _rows(_only(book_read)) == [("100 %",), ("50 %",)]


def test_true_and_one_stay_apart_in_one_column() -> None:
    book = openpyxl.Workbook()
    for value in (1, True, 1.0, False, 0, "1"):
        book.active.append([value])
    column = _only(read_workbook(_saved(book))).columns[0]
    cells = [column.cell(row) for row in range(6)]
    assert [(type(cell), cell) for cell in cells] == [
        (int, 1), (bool, True), (int, 1), (bool, False), (int, 0), (str, "1"),
    ]  # fmt: skip
    assert len(column.values) == 5


@pytest.mark.parametrize("since_1904", [False, True])
def test_dates_are_the_same_in_both_calendars_of_excel(since_1904: bool) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"date_1904": since_1904}) as book:
        day = book.add_format({"num_format": "d.m.yyyy"})
        book.add_worksheet().write_datetime(0, 0, datetime(2018, 4, 3), day)  # noqa: DTZ001
    assert _only(read_workbook(target.getvalue())).cell(0, 0) == date(2018, 4, 3)


def test_addresses_are_those_of_the_file_when_the_first_rows_and_columns_are_empty() -> None:
    book = openpyxl.Workbook()
    book.active["C5"] = "answer"
    sheet = _only(read_workbook(_saved(book)))
    assert sheet.cell(4, 2) == "answer"
    assert (sheet.height, sheet.width) == (5, 3)


@pytest.mark.parametrize("claimed", ["A1", "A1:XFD1048576"])
def test_size_written_in_the_file_is_not_believed(raw, claimed: str) -> None:
    data = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="C{row}"><v>5</v></c></row>' for row in (1, 2, 3)
    )
    sheet = _only(read_workbook(raw(data, before=f'<dimension ref="{claimed}"/>')))
    assert _rows(sheet) == [(1, None, 5), (2, None, 5), (3, None, 5)]


def test_cell_in_the_last_corner_of_excel_is_read_without_room_for_all_between(raw) -> None:
    data = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )  # fmt: skip
    sheet = _only(read_workbook(raw(data)))
    assert sheet.cell(0, 0) == 1
    assert sheet.cell(1_048_575, 16_383) == 2
    assert len({id(column.codes) for column in sheet.columns}) == 3


def test_error_cell_is_a_fault_and_no_missing_answer(raw) -> None:
    data = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    book = read_workbook(raw(data))
    assert _rows(_only(book)) == [(CellFault("#N/A"), CellFault("#DIV/0!"))]
    assert not book.remarks


def test_text_that_looks_like_an_error_is_text() -> None:
    book = openpyxl.Workbook()
    book.active["A1"].value = "#N/A"
    book.active["A1"].data_type = "s"
    assert _only(read_workbook(_saved(book))).cell(0, 0) == "#N/A"


def test_formula_never_calculated_is_a_fault_with_its_text() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 4
    book.active["B2"] = '=IF(A1<5,"a & b","c")'
    sheet = _only(read_workbook(_saved(book)))
    assert sheet.cell(1, 1) == CellFault('=IF(A1<5,"a & b","c")', "formula")
    assert (1, 1) in sheet.formulas


def test_formula_calculated_to_an_empty_text_is_an_empty_cell(raw) -> None:
    data = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><v>2</v></c></row>'
    sheet = _only(read_workbook(raw(data)))
    assert sheet.row(0) == (1, None, 2)
    assert sheet.formulas == {(0, 1)}


def test_results_of_formulas_are_told_apart_from_typed_values(raw) -> None:
    data = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>4</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>6</v></c><c r="B2"><v>3</v></c></row>'
    )
    sheet = _only(read_workbook(raw(data)))
    assert _rows(sheet) == [(4, 2), (6, 3)]
    assert sheet.formulas == {(0, 0), (1, 0)}


def test_cells_without_addresses_stand_in_their_order(raw) -> None:
    data = "<row><c><v>1</v></c><c><f>A1+1</f></c><c t='e'><v>#N/A</v></c></row><row><c><v>3</v></c></row>"
    sheet = _only(read_workbook(raw(data)))
    assert _rows(sheet) == [(1, CellFault("=A1+1", "formula"), CellFault("#N/A")), (3, None, None)]


def test_sheet_with_prefixed_names_and_single_quotes_is_searched_all_the_same(raw) -> None:
    sheet = (
        "<?xml version='1.0'?><x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        "<x:sheetData><x:row r='1' hidden='1'><x:c r='A1' t='e'><x:v>#N/A</x:v></x:c>"
        "<x:c r='B1'><x:f>A1</x:f></x:c></x:row></x:sheetData></x:worksheet>"
    )
    actual = _only(read_workbook(raw(parts={"xl/worksheets/sheet1.xml": sheet})))
    assert actual.row(0) == (CellFault("#N/A"), CellFault("=A1", "formula"))
    assert actual.hidden_rows == {0}


def test_hidden_rows_columns_and_sheets_are_read_and_said() -> None:
    book = openpyxl.Workbook()
    for row in range(1, 5):
        book.active.append([row, row * 10, row * 100, row * 1000])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    for title, state in (("piilossa", "hidden"), ("syvällä", "veryHidden")):
        other = book.create_sheet(title)
        other["A1"] = "x"
        other.sheet_state = state
    first, *others = read_workbook(_saved(book)).sheets
    assert (first.height, first.hidden_rows, first.hidden_columns) == (4, {2}, {1})
    assert [(sheet.name, sheet.hidden) for sheet in others] == [("piilossa", True), ("syvällä", True)]
    assert not first.hidden


def test_merged_ranges_are_said_and_hold_their_value_once() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Kevät"
    book.active["D2"] = 1
    book.active.merge_cells("A1:C1")
    sheet = _only(read_workbook(_saved(book)))
    assert sheet.merged == ((0, 0, 0, 2),)
    assert sheet.row(0) == ("Kevät", None, None, None)


def test_chart_sheets_are_no_sheets() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("Vastaukset")
        page.write_column(0, 0, [1, 2, 3])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Vastaukset!$A$1:$A$3"})
        book.add_chartsheet("Kuva").set_chart(chart)
    assert [sheet.name for sheet in read_workbook(target.getvalue()).sheets] == ["Vastaukset"]


def test_sheets_of_excel_4_macros_are_no_sheets(raw) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="M" sheetId="1" r:id="m"/>'
        '<sheet name="Taul1" sheetId="2" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        '<Relationship Id="m" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"'
        ' Target="macrosheets/sheet1.xml"/>'
        f'<Relationship Id="s" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/macrosheets/sheet1.xml": f'<xm:macrosheet xmlns:xm="{main}"><sheetData><row r="1"><c r="A1"><f>EXEC("")</f>'
        "<v>1</v></c></row></sheetData></xm:macrosheet>",
    }
    book = read_workbook(raw('<row r="1"><c r="A1"><v>7</v></c></row>', parts=parts))
    assert [(sheet.name, sheet.cell(0, 0)) for sheet in book.sheets] == [("Taul1", 7)]


def test_link_without_text_is_an_empty_cell() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet()
        page.write(0, 0, 1)
        page.write_url(0, 1, "https://example.org", string="sivu")
        page.write_blank(0, 2, None)
    assert _only(read_workbook(target.getvalue())).row(0) == (1, "sivu")


def test_text_written_in_several_styles_is_one_text(raw) -> None:
    strings = ["<si><r><t>Täysin </t></r><r><rPr><b/></rPr><t>eri</t></r></si>", "<si><t/></si>", "<si><t> </t></si>"]
    data = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
    book = read_workbook(raw(data, strings))
    assert _only(book).row(0) == ("Täysin eri",)
    assert not book.remarks
