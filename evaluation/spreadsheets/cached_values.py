"""The results of formulas put back into a workbook that openpyxl wrote, which writes formulas without them."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape

from openpyxl import Workbook as Book
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import to_excel

from evaluation.spreadsheets.model import CellFault, Content, Sheet, Workbook
from evaluation.spreadsheets.xlsx_marks import Marks

_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)>(<f\b[^>]*?(?:/>|>.*?</f>))<v\s*(?:/>|></v>)</c>', re.DOTALL)


def with_cached_values(content: bytes, source: Workbook, marks: Mapping[str, Marks], book: Book) -> bytes:
    """Return ``content`` (``book`` as openpyxl wrote it) with the results that stood in ``source``.

    Without them a formula would read as one that was never calculated. ``marks`` tell which results were empty.
    """
    known = {sheet.name: sheet for sheet in source.sheets if marks.get(sheet.name) and marks[sheet.name].formulas}
    if not known:
        return content
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as written,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        changed = {
            sheet.path.lstrip("/"): known[sheet.title] for sheet in book.worksheets if sheet.title in known
        }  # fmt: skip
        for part in written.infolist():
            text = written.read(part)
            if part.filename in changed:
                sheet = changed[part.filename]
                text = _filled_in(text.decode("utf-8"), sheet, marks[sheet.name], book).encode("utf-8")
            archive.writestr(part.filename, text)
    return target.getvalue()


def _filled_in(text: str, sheet: Sheet, marks: Marks, book: Book) -> str:
    def result(found: re.Match[str]) -> str:
        place, attributes, formula = found.groups()
        row, column = coordinate_to_tuple(place)
        cell = (row - 1, column - 1)
        content = sheet.cell(*cell)
        never = isinstance(content, CellFault) and content.kind == "formula"
        if never or cell in marks.uncalculated or cell not in marks.formulas:
            return found[0]
        kind, value = _result(_as_number(content) if cell in marks.percent else content, book)
        return f'<c r="{place}"{attributes} t="{kind}">{formula}<v>{value}</v></c>'

    return _FORMULA.sub(result, text)


def _as_number(content: Content | None) -> Content | None:
    """Return the number of a per cent that is read as the text it is shown as."""
    return float(content.removesuffix(" %")) / 100 if isinstance(content, str) and content.endswith(" %") else content


def _result(content: Content | None, book: Book) -> tuple[str, str]:
    """Return the type and the text of a result as they stand in the XML of a sheet."""
    if content is None:
        return "str", ""
    if isinstance(content, bool):
        return "b", str(int(content))
    if isinstance(content, CellFault):
        return "e", escape(content.text)
    if isinstance(content, date):
        return "n", str(to_excel(content, book.epoch))  # type: ignore[no-untyped-call]
    if isinstance(content, str):
        return "str", escape(content)
    return "n", repr(content)
