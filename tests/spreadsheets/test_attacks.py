"""Files made to exhaust or to spy: each ends as one refusal or is read, and the child's memory stays bounded."""

import io
import struct
import zipfile
from collections.abc import Iterator

import pytest

from evaluation.spreadsheets import Unreadable, isolation, read_workbook
from evaluation.spreadsheets.limits import CHILD_MEMORY, MEBIBYTE

pytestmark = pytest.mark.thorough

ROWS = 1_000_000
CELLS = "".join(f'<c r="{letter}1" s="0"/>' for letter in "ABCDEFGH")
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
SPY = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """Hold the child that served the test to its limit; what it took at its most is what it remembers."""
    yield
    assert all(child.peak < CHILD_MEMORY + 200 * MEBIBYTE for child in isolation._idle)


def _refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_workbook(content, "a.xlsx")
    return refused.value.code


def _streamed(content: bytes, name: str, begin: str, piece: str, times: int, end: str) -> bytes:
    """Write a part of many like pieces into an archive without ever holding it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for other in source.namelist():
            if other != name:
                archive.writestr(other, source.read(other))
        with archive.open(name, "w", force_zip64=True) as part:
            part.write(begin.encode())
            block = (piece * 1000).encode()
            for _ in range(times // 1000):
                part.write(block)
            part.write(end.encode())
    return target.getvalue()


def _lying(content: bytes, size: int) -> bytes:
    """Let the directory claim that the largest part unpacks to ``size`` bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = max(archive.infolist(), key=lambda entry: entry.file_size)
    true, false = struct.pack("<II", part.compress_size, part.file_size), struct.pack("<II", part.compress_size, size)
    return content.replace(true, false)


SHEET = "xl/worksheets/sheet1.xml"
BEGIN, END = f'<?xml version="1.0"?><worksheet {MAIN}><sheetData>', "</sheetData></worksheet>"


def test_small_file_that_unpacks_to_hundreds_of_megabytes_is_too_large(raw) -> None:
    bomb = _streamed(raw(), SHEET, BEGIN, '<row r="1"><c r="A1"><v>1</v></c></row>', 7_000_000, END)
    assert len(bomb) < 2 * MEBIBYTE
    assert _refusal(bomb) == "too_large"


@pytest.mark.parametrize("claimed", [1000, 30 * MEBIBYTE])
def test_directory_that_claims_less_than_it_unpacks_to_does_not_help(raw, claimed: int) -> None:
    bomb = _streamed(raw(), SHEET, BEGIN, '<row r="1"><c r="A1"><v>1</v></c></row>', 7_000_000, END)
    assert _refusal(_lying(bomb, claimed)) in {"too_large", "damaged_workbook"}


def test_sheet_hidden_under_another_name_is_no_way_around_the_limits(raw) -> None:
    bomb = _streamed(raw(), "xl/theme/theme1.xml", "<a>", "<b/>", 60_000_000, "</a>")
    assert _refusal(bomb) == "too_large"


@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_workbook_with_entities_that_multiply_is_refused(raw, name: str) -> None:
    element = {SHEET: "worksheet", "xl/sharedStrings.xml": "sst"}.get(name, "a")
    data = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    bomb = raw(data, ["<si><t>a</t></si>"], parts={name: f"{LAUGHS}<{element} {MAIN}><si><t>&j;</t></si></{element}>"})
    assert _refusal(bomb) == "damaged_workbook"


@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_workbook_with_entities_from_other_files_is_refused(raw, name: str) -> None:
    element = {SHEET: "worksheet", "xl/workbook.xml": "workbook"}.get(name, "sst")
    inside = {
        SHEET: '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData>',
        "xl/sharedStrings.xml": "<si><t>&a;</t></si>",
    }.get(name, "&a;")
    data = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    spy = raw(data, parts={name: f"{SPY}<{element} {MAIN}>{inside}</{element}>"})
    assert _refusal(spy) == "damaged_workbook"


def test_million_empty_formatted_rows_do_not_count(raw) -> None:
    rows = "".join(f'<row r="{row}" s="1" customFormat="1" ht="20"/>' for row in range(2, ROWS))
    book = read_workbook(raw('<row r="1"><c r="A1"><v>1</v></c></row>' + rows), "a.xlsx")
    assert (book.sheets[0].height, book.sheets[0].width) == (1, 1)
    assert not book.remarks


def test_empty_formatted_cells_to_the_end_of_the_sheet_do_not_count(raw) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="T{row}" s="0"/></row>' for row in range(2, ROWS // 2))
    book = read_workbook(raw('<row r="1"><c r="A1"><v>1</v></c></row>' + rows), "a.xlsx")
    assert (book.sheets[0].height, book.sheets[0].width) == (1, 1)


def test_large_sheet_with_a_cell_in_the_last_corner_is_refused(raw) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 250_000))
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert _refusal(raw(rows + far)) == "too_large"


@pytest.mark.parametrize("row", ["1048577", "4294967296", "0099999999999999999999"])
def test_row_beyond_the_end_of_any_sheet_is_refused_at_once(raw, row: str) -> None:
    assert _refusal(raw(f'<row r="1"><c><v>1</v></c></row><row r="{row}"><c><v>2</v></c></row>')) == "damaged_workbook"


def test_fifty_thousand_merged_ranges_are_read(raw) -> None:
    merged = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 50_001))
    after = f'<mergeCells count="50000">{merged}</mergeCells>'
    data = '<row r="50000"><c r="A50000"><v>1</v></c><c r="C50000"><v>2</v></c></row>'
    assert len(read_workbook(raw(data, after=after), "a.xlsx").sheets[0].merged) == 50_000


def test_archive_of_thousands_of_parts_is_too_large(raw) -> None:
    assert _refusal(raw(parts={f"xl/media/{number}.xml": "<a/>" for number in range(2500)})) == "too_large"


def test_millions_of_shared_texts_are_too_large(raw) -> None:
    begin, end = f'<?xml version="1.0"?><sst {MAIN}>', "</sst>"
    texts = "".join(f"<si><t>{number}</t></si>" for number in range(0, 1_000_000, 1009))
    assert _refusal(_streamed(raw(), "xl/sharedStrings.xml", begin, texts, 4000, end)) == "too_large"


def test_workbook_of_very_many_sheets_is_too_large(raw) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheets = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 20_000))
    workbook = f'<?xml version="1.0"?><workbook {MAIN} xmlns:r="{office}"><sheets>{sheets}</sheets></workbook>'
    assert _refusal(raw(parts={"xl/workbook.xml": workbook})) == "too_large"


def test_next_file_is_read_after_an_attack(raw) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 250_000))
    assert _refusal(raw(rows + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')) == "too_large"
    assert read_workbook(raw('<row r="1"><c r="A1"><v>1</v></c></row>')).sheets[0].cell(0, 0) == 1
