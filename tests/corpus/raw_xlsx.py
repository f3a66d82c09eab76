"""Workbooks written as bare XML, so that the corpus holds what no spreadsheet library would write."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MACRO_BOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001


@dataclass(frozen=True)
class Formula:
    """A formula with the value Excel had calculated; without one it was never calculated."""

    text: str
    cached: int | float | str | None = None


@dataclass(frozen=True)
class Error:
    """An error cell such as #N/A, with the formula it came of."""

    code: str
    formula: str | None = None


@dataclass(frozen=True)
class Empty:
    """A cell that has a format and nothing in it."""


@dataclass(frozen=True)
class Raw:
    """A sheet: rows of cells and what is said about them."""

    name: str
    rows: Sequence[Sequence[object]]
    dimension: str | None = None
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    merges: Sequence[str] = ()
    state: str = "visible"
    tail: str = ""


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets, and parts of the zip that are no sheets."""

    sheets: Sequence[Raw]
    shared: bool = True
    strict: bool = False
    since_1904: bool = False
    macros: bool = False
    backslashes: bool = False
    parts: Mapping[str, bytes] = field(default_factory=dict)
    relations: str = ""
    types: str = ""
    references: str = ""


def column_letters(number: int) -> str:
    """Return the letters of the column ``number``, counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def save_raw(path: Path, book: Book) -> None:
    """Write ``book`` to ``path``."""
    path.write_bytes(raw_bytes(book))


def raw_bytes(book: Book) -> bytes:
    """Return ``book`` as the bytes of an .xlsx file."""
    main, relations = (STRICT, STRICT_RELATIONS) if book.strict else (TRANSITIONAL, RELATIONS)
    strings: dict[str, int] = {}
    sheets = [_sheet(sheet, book, main, strings) for sheet in book.sheets]
    numbers = range(1, len(sheets) + 1)
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _types(book, numbers),
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": _workbook(book, main, relations),
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in numbers
        )
        + f'<Relationship Id="rId98" Type="{relations}/styles" Target="styles.xml"/>'
        + f'<Relationship Id="rId99" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
        + f"{book.relations}</Relationships>",
        "xl/styles.xml": _styles(main),
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{main}">'
        + "".join(f'<si><t xml:space="preserve">{escape(string)}</t></si>' for string in strings)
        + "</sst>",
        **{f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in zip(numbers, sheets, strict=True)},
        **book.parts,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            # The constructor turns backslashes into slashes; some old writers leave them in.
            entry.filename = name.replace("/", "\\") if book.backslashes else name
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _types(book: Book, numbers: range) -> str:
    kind = MACRO_BOOK if book.macros else f"{CONTENT}.sheet.main+xml"
    override = '<Override PartName="/xl/{0}.xml" ContentType="' + CONTENT + '.{1}+xml"/>'
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/>'
        + "".join(override.format(f"worksheets/sheet{n}", "worksheet") for n in numbers)
        + override.format("styles", "styles")
        + override.format("sharedStrings", "sharedStrings")
        + f"{book.types}</Types>"
    )


def _workbook(book: Book, main: str, relations: str) -> str:
    conformance = ' conformance="strict"' if book.strict else ""
    sheets = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{n}" state="{sheet.state}" r:id="rId{n}"/>'
        for n, sheet in enumerate(book.sheets, 1)
    )
    return (
        f'{HEAD}<workbook xmlns="{main}" xmlns:r="{relations}"{conformance}>'
        f'<workbookPr date1904="{int(book.since_1904)}"/><sheets>{sheets}</sheets>{book.references}</workbook>'
    )


def _styles(main: str) -> str:
    return (
        f'{HEAD}<styleSheet xmlns="{main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="22" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _sheet(sheet: Raw, book: Book, main: str, strings: dict[str, int]) -> str:
    rows = ""
    for number, row in enumerate(sheet.rows, 1):
        hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
        cells = "".join(
            _cell(f"{column_letters(place)}{number}", value, book, strings) for place, value in enumerate(row, 1)
        )
        rows += f'<row r="{number}"{hidden}>{cells}</row>' if cells or hidden else ""
    dimension = f'<dimension ref="{sheet.dimension}"/>' if sheet.dimension else ""
    hidden = "".join(f'<col min="{n}" max="{n}" width="9" hidden="1" customWidth="1"/>' for n in sheet.hidden_columns)
    columns = f"<cols>{hidden}</cols>" if hidden else ""
    merged = "".join(f'<mergeCell ref="{reference}"/>' for reference in sheet.merges)
    merges = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    data = f"<sheetData>{rows}{sheet.tail}</sheetData>"
    return f'{HEAD}<worksheet xmlns="{main}">{dimension}{columns}{data}{merges}</worksheet>'


def _cell(place: str, value: object, book: Book, strings: dict[str, int]) -> str:
    kind, inner = _content(value, book, strings)
    return "" if value is None else f'<c r="{place}"{kind}>{inner}</c>'


def _content(value: object, book: Book, strings: dict[str, int]) -> tuple[str, str]:
    """Return the attributes of the cell that holds ``value``, and what stands in it."""
    kind, inner = ' s="1"', ""
    match value:
        case bool():
            kind, inner = ' t="b"', f"<v>{int(value)}</v>"
        case int() | float():
            kind, inner = "", f"<v>{value}</v>"
        case date():
            kind, inner = _date(value, book.since_1904)
        case Error(code, formula):
            kind, inner = ' t="e"', (f"<f>{escape(formula)}</f>" if formula else "") + f"<v>{code}</v>"
        case Formula(formula, cached):
            kind = ' t="str"' if isinstance(cached, str) else ""
            inner = f"<f>{escape(formula)}</f>" + ("" if cached is None else f"<v>{escape(str(cached))}</v>")
        case str() if book.shared:
            kind, inner = ' t="s"', f"<v>{strings.setdefault(value, len(strings))}</v>"
        case str():
            kind, inner = ' t="inlineStr"', f'<is><t xml:space="preserve">{escape(value)}</t></is>'
    return kind, inner


def _date(value: date, since_1904: bool) -> tuple[str, str]:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    passed = moment - (EPOCH_1904 if since_1904 else EPOCH)
    days = passed.days + passed.seconds / 86400
    return f' s="{2 if passed.seconds else 1}"', f"<v>{days:.10g}</v>"
