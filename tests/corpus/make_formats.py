"""Make the same few answers in every format and disguise a file can come in (34); needs xlwt and odfpy."""

import struct
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from office import convert
from raw_xlsx import CONTENT, HEAD, PACKAGE, RELATIONS, TRANSITIONAL, Book, Formula, Raw, raw_bytes, save_raw
from wording import FOLDER, asked, labels, texts

Rows = list[list[object]]
ITEMS = asked("passeli", "visit_feedback")
ANSWERS = [
    [5, 5, 5, 4, 4, 4, 1, "Hyvää kahvia ja mukavia ihmisiä"],
    [4, 4, 5, 3, 3, 4, 0, "Jono oli pitkä; ei haitannut"],
]
ANSWERS += [[3, 5, 4, 98, 3, 3, 0, None]]
DAYS = [date(2018, 10, 2), date(2018, 10, 2), date(2018, 10, 9)]
MACROS = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"


def table(day: str | None = None) -> Rows:
    """Return the table of three visits in words; days are dates, or text in the way ``day`` says."""
    rows: Rows = [["Päivä", *texts(ITEMS)]]
    for waiting, answers in zip(DAYS, ANSWERS, strict=True):
        rows.append([waiting.strftime(day) if day else waiting, *labels(ITEMS, answers)])
    return rows


def separated(separator: str, rows: Sequence[Sequence[object]], end: str = "\r\n") -> str:
    """Return rows as text, quoting only what holds the separator."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return "".join(separator.join(f'"{c}"' if separator in c else c for c in row) + end for row in cells)


def old_excel() -> None:
    """Two .xls files, by xlwt and by LibreOffice."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Taul1")
    style = xlwt.easyxf(num_format_str="D.M.YYYY")
    for number, row in enumerate(table()):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(number, place, datetime.combine(value, datetime.min.time()), style)
            elif value is not None:
                sheet.write(number, place, value)
    book.save(FOLDER / "34_old_excel_xlwt.xls")
    convert(raw_bytes(Book([Raw("Taul1", table())])), ".xlsx", FOLDER / "34_old_excel_office.xls")


def open_document() -> None:
    """An .ods by odfpy: days typed as dates, numbers as floats, and a promise of a million empty rows."""
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Taulukko1")
    for row, answers in zip(table(), [None, *ANSWERS], strict=True):
        line = TableRow()
        for place, word in enumerate(row):
            value = word if answers is None or place == 0 else answers[place - 1]
            if isinstance(value, date):
                cell = TableCell(valuetype="date", datevalue=value.isoformat())
            elif isinstance(value, int):
                cell = TableCell(valuetype="float", value=value)
            else:
                cell = TableCell(valuetype="string") if value else TableCell()
            if value is not None:
                cell.addElement(P(text=str(value)))
            line.addElement(cell)
        sheet.addElement(line)
    empty = TableRow(numberrowsrepeated=1048572)
    empty.addElement(TableCell(numbercolumnsrepeated=1024))
    sheet.addElement(empty)
    document.spreadsheet.addElement(sheet)
    document.save(str(FOLDER / "34_open_document.ods"))


def _record(kind: int, payload: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = len(payload), b""
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return number + size + payload


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _binary_cell(place: int, value: object) -> bytes:
    if value is None:
        return b""
    if isinstance(value, str):
        return _record(6, struct.pack("<II", place, 0) + _wide(value))
    if isinstance(value, date):
        return _record(5, struct.pack("<IId", place, 1, (value - date(1899, 12, 30)).days))
    return _record(5, struct.pack("<IId", place, 0, float(str(value))))


def binary_workbook() -> None:
    """An .xlsb of bare records: no library writes them."""
    rows = [table()[0], *([day, *answers] for day, answers in zip(DAYS, ANSWERS, strict=True))]
    width = len(rows[0]) - 1
    data = b""
    for number, row in enumerate(rows):
        data += _record(0, struct.pack("<IIHBBBIII", number, 0, 300, 0, 0, 0, 1, 0, width))
        data += b"".join(_binary_cell(place, value) for place, value in enumerate(row))
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width))
    sheet += _record(145) + data + _record(146) + _record(130)
    formats = b"".join(_record(47, struct.pack("<HHHHHBBHH", 0, number, 0, 0, 0, 0, 0, 0, 0x3F)) for number in (0, 14))
    styles = _record(278) + _record(617, struct.pack("<I", 2)) + formats + _record(618) + _record(279)
    bundle = _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Taul1"))
    book = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    kind = "application/vnd.ms-excel."
    types = "".join(
        f'<Override PartName="/xl/{part}.bin" ContentType="{kind}{name}"/>'
        for part, name in (
            ("workbook", "sheet.binary.macroEnabled.main"),
            ("worksheets/sheet1", "worksheet"),
            ("styles", "styles"),
        )
    )
    relation = '<Relationship Id="{0}" Type="' + RELATIONS + '/{1}" Target="{2}"/>'
    around = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{{0}}</Relationships>'
    inner = relation.format("rId1", "worksheet", "worksheets/sheet1.bin") + relation.format(
        "rId2", "styles", "styles.bin"
    )
    with zipfile.ZipFile(FOLDER / "34_binary.xlsb", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="bin" ContentType="{kind}sheet.binary.macroEnabled.main"/>{types}</Types>',
        )
        archive.writestr("_rels/.rels", around.format(relation.format("rId1", "officeDocument", "xl/workbook.bin")))
        archive.writestr("xl/_rels/workbook.bin.rels", around.format(inner))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        archive.writestr("xl/styles.bin", styles)


def separated_text() -> None:
    """Text files as Finnish Excel and others save them."""
    finnish = table("%d.%m.%Y")
    (FOLDER / "34_cp1252_semicolon.csv").write_bytes(separated(";", finnish).encode("cp1252"))
    (FOLDER / "34_tabs.tsv").write_bytes(separated("\t", finnish, "\n").encode("utf-8"))
    (FOLDER / "34_unicode_text.csv").write_bytes(separated("\t", finnish).encode("utf-16"))
    broken = separated(";", finnish).encode("cp1252").replace(b"mukavia", b"mu\x81kavia\x8d")
    (FOLDER / "34_broken_bytes.csv").write_bytes(broken)


def disguised() -> None:
    """Macros, a wrong name, strict XML, backslashes, days since 1904, escaped line ends."""
    plain = Book([Raw("Taul1", table())])
    save_raw(
        FOLDER / "34_macros.xlsm",
        Book(
            plain.sheets,
            macros=True,
            parts={"xl/vbaProject.bin": bytes.fromhex("d0cf11e0a1b11ae1") + b"not a real project" * 8},
            types='<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>',
            relations=f'<Relationship Id="rId50" Type="{MACROS}" Target="vbaProject.bin"/>',
        ),
    )
    save_raw(FOLDER / "34_named_old.xls", plain)
    save_raw(FOLDER / "34_strict.xlsx", Book(plain.sheets, strict=True))
    save_raw(FOLDER / "34_backslashes.xlsx", Book(plain.sheets, backslashes=True))
    save_raw(FOLDER / "34_since_1904.xlsx", Book(plain.sheets, since_1904=True))
    escaped = table()
    escaped[0][1] = str(escaped[0][1]).replace(" ", "_x000D_\n", 1)
    save_raw(FOLDER / "34_escaped_line_end.xlsx", Book([Raw("Taul1", escaped)], shared=False))


def linked() -> None:
    """A link to another workbook, whose value Excel had kept."""
    rows = table()
    rows[1][1] = Formula("[1]Taul1!B2", str(rows[1][1]))
    part = "xl/externalLinks/externalLink1.xml"
    link = f'<externalLink xmlns="{TRANSITIONAL}" xmlns:r="{RELATIONS}"><externalBook r:id="rId1"/></externalLink>'
    kind, place = f"{RELATIONS}/externalLinkPath", "file:///K:/vanha.xlsx"
    target = f'<Relationship Id="rId1" Type="{kind}" Target="{place}" TargetMode="External"/>'
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{target}</Relationships>'
    book = Book(
        [Raw("Taul1", rows)],
        parts={
            part: f"{HEAD}{link}".encode(),
            "xl/externalLinks/_rels/externalLink1.xml.rels": f"{HEAD}{relations}".encode(),
        },
        types=f'<Override PartName="/{part}" ContentType="{CONTENT}.externalLink+xml"/>',
        relations=f'<Relationship Id="rId50" Type="{RELATIONS}/externalLink" Target="{part.removeprefix("xl/")}"/>',
        references='<externalReferences><externalReference r:id="rId50"/></externalReferences>',
    )
    save_raw(FOLDER / "34_external_link.xlsx", book)


if __name__ == "__main__":
    for make in (old_excel, open_document, binary_workbook, separated_text, disguised, linked):
        make()
