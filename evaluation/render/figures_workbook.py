"""The figures of a chart as a workbook: a row a published row, in the reader's words, numbers as numbers."""

import io
import math
from collections.abc import Iterable, Iterator
from numbers import Real
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.definitions.columns import REPORT_MARK, REPORT_PROPERTY
from evaluation.exhibits.table_columns import cell as cell_text
from evaluation.findings.finding import in_range
from evaluation.findings.words import Words
from evaluation.measures import REGISTRY, Format, Published, records

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST, LONGEST_SHEET_NAME = 60, 31
PERCENT, DECIMAL, WHOLE = "0 %", "0.0", "0"
Content = str | float | None


def figures_workbook(tables: Iterable[Published], words: Words, title: str, notes: Iterable[str] = ()) -> bytes:
    """Return a workbook with the rows of ``tables``, a sheet per table, and ``notes`` below the title."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, published in enumerate(tables, 1):
        names = [words.measure(str(measure)) for measure in published.frame["measure"].head(1)]
        sheet = book.create_sheet(_sheet_name(" ".join([str(number), *names])))
        _write(sheet, published, words, (title, *notes))
    book.custom_doc_props.append(  # type: ignore[attr-defined]
        StringProperty(name=REPORT_PROPERTY, value=REPORT_MARK)
    )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _sheet_name(name: str) -> str:
    return "".join(" " if sign in r"[]:*?/\\" else sign for sign in name)[:LONGEST_SHEET_NAME]


def _write(sheet: Worksheet, published: Published, words: Words, heading: tuple[str, ...]) -> None:
    for line, text in enumerate(heading, 1):
        _put(sheet, line, 1, text)
        sheet.cell(line, 1).font = Font(bold=line == 1)
    top = len(heading) + 2
    rows = [list(cells(published, row, words)) for row in records(published.frame)]
    names = list(dict.fromkeys(name for row in rows for name, _, _ in row))
    with_values = {name for row in rows for name, value, _ in row if value not in (None, "")}
    filled = [name for name in names if name in with_values]
    for column, name in enumerate(filled, 1):
        _put(sheet, top, column, name)
        sheet.cell(top, column).font = Font(bold=True)
        sheet.cell(top, column).alignment = Alignment(wrap_text=True, vertical="top")
    widths = {column: len(name) for column, name in enumerate(filled, 1)}
    for line, row in enumerate(rows, top + 1):
        for name, value, number_format in row:
            if name in filled and value not in (None, ""):
                column = filled.index(name) + 1
                _put(sheet, line, column, value, number_format)
                widths[column] = max(widths[column], len(str(value)) if isinstance(value, str) else 8)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(width + 2, WIDEST)
    sheet.freeze_panes = sheet.cell(top + 1, 1).coordinate


def _put(sheet: Worksheet, line: int, column: int, value: Content, number_format: str = "") -> None:
    """Write a value; text stays text, whatever sign it begins with."""
    cell = sheet.cell(line, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value
        cell.number_format = number_format


def cells(published: Published, row: Any, words: Words) -> Iterator[tuple[str, Content, str]]:
    """Yield column, value and number format of one row: whom it is about, the figures, how they were made, notes."""
    t = words.t
    yield t("charts.column_practice"), words.whose(row), ""
    yield t("charts.column_municipality"), words.municipality(row.municipality), ""
    yield t("charts.column_cohort"), words.cohort(row.cohort), ""
    yield t("charts.column_role"), words.role(row.role), ""
    yield t("charts.column_form"), words.form(row.questionnaire), ""
    yield t("charts.column_item"), words.item(row.item) if row.item else "", ""
    yield t("charts.column_measure"), words.measure(row.measure), ""
    if row.suppressed:
        yield t("charts.column_note"), words.withheld(published, row.reason), ""
        return
    kind = _format(str(row.measure))
    for name in REGISTRY[published.measure].reader_columns:
        if name in ("form", "interval", "range"):
            continue
        heading = t(f"charts.column_{name}")
        value = getattr(row, name, None)
        if isinstance(value, Real) and name not in ("value_code", "occasion") and not _told_in_words(name, row):
            number_format = kind if _as_value(name) else _column_format(name)
            yield heading, _number(value), number_format
        elif name == "answer" or value is not None:
            yield heading, cell_text(name, words, row), ""
    for name in ("low", "high"):
        yield t(f"charts.column_{name}"), _number(getattr(row, name)), kind
    yield t("charts.column_method"), t(f"charts.method_{row.method}"), ""
    yield t("charts.column_note"), t("charts.note_omitted", units=t.number(row.omitted)) if row.omitted else "", ""


def _number(value: Any) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def _told_in_words(name: str, row: Any) -> bool:
    return name in ("value", "count") and in_range(row)


def _as_value(name: str) -> bool:
    return REGISTRY.columns[name].format is Format.AS_VALUE


def _format(measure: str) -> str:
    format_ = REGISTRY.figures[measure]
    if format_ is Format.COUNT:
        return WHOLE
    return DECIMAL if format_ in (Format.MEAN, Format.STEP) else PERCENT


_DECIMALS = frozenset({Format.MEAN, Format.DECIMAL, Format.SIGNED, Format.ESTIMATE})


def _column_format(name: str) -> str:
    format_ = REGISTRY.columns[name].format
    if format_ in (Format.SHARE, Format.POINTS):
        return PERCENT
    return "0.00" if format_ in _DECIMALS else WHOLE
