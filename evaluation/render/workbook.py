"""A report as an Excel workbook: contents, findings, and a sheet per exhibit with its whole table and a chart."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evaluation.definitions.columns import REPORT_MARK, REPORT_PROPERTY
from evaluation.exhibits.colours import INK, MAIN
from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.plot import Plot, format_in
from evaluation.exhibits.report import Report, Section
from evaluation.findings import Words
from evaluation.measures import Published, records
from evaluation.render.figures_workbook import cells
from evaluation.render.workbook_charts import excel_chart, height_of

NARROWEST, NUMBER_WIDTH, WIDEST, TEXT_WIDTH, LONGEST_NAME = 9, 18, 46, 110, 31
PIXELS_A_ROW, LINE_HEIGHT = 20, 15
Row = list[tuple[str, Any, str]]
# Texts stand a little off the numbers before them.
_AWAY: Mapping[str, Any] = {"align": "left", "indent": 1}


def workbook(report: Report, words: Words) -> bytes:
    """Return ``report`` as an .xlsx: contents first, then findings and open answers, then a sheet per exhibit.

    All is written as text or number, nothing as a formula. What is withheld stands there as words only.
    """
    target = io.BytesIO()
    # Nothing that begins with a sign of a formula or an address becomes one.
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made = datetime(report.day.year, report.day.month, report.day.day, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": report.subject, "created": made})
    book.set_custom_property(REPORT_PROPERTY, REPORT_MARK)
    writer = _Book(book, words)
    exhibits = [(section, exhibit) for section in report.sections for exhibit in section.exhibits]
    names = [_sheet_name(f"{number} {section.title}") for number, (section, _) in enumerate(exhibits, 1)]
    writer.contents(report, list(zip(names, exhibits, strict=True)))
    writer.findings(report)
    if any(section.quotes for section in report.sections):
        writer.voices(report)
    for name, (_, exhibit) in zip(names, exhibits, strict=True):
        writer.exhibit(name, exhibit, report)
    book.close()
    return target.getvalue()


def _sheet_name(name: str) -> str:
    # An apostrophe would end the name where a link or a chart names the sheet.
    return "".join(" " if sign in r"[]:*?/\\'" else sign for sign in name)[:LONGEST_NAME].strip()


@dataclass(frozen=True)
class _Table:
    """A published table as it is written: what is the same in all its rows, its other columns, and its rows."""

    facts: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def _tabulated(published: Published, words: Words) -> _Table:
    """Leave out columns that are empty; what is the same in every row stands once, above the table."""
    rows = [list(cells(published, row, words)) for row in records(published.frame)]
    names = list(dict.fromkeys(name for row in rows for name, _, _ in row))
    values = {name: [value for row in rows for column, value, _ in row if column == name] for name in names}
    item, note = words.t("charts.column_item"), words.t("charts.column_note")
    facts, columns = [], []
    for name in names:
        different = {value for value in values[name] if value not in (None, "")}
        if len(different) == 1 and name not in (item, note) and isinstance(next(iter(different)), str):
            facts.append(f"{name}: {next(iter(different))}")
        elif different:
            columns.append(name)
    return _Table(tuple(facts), tuple(columns), tuple(rows))


class _Book:
    """A workbook in the making, with one look."""

    def __init__(self, book: Workbook, words: Words) -> None:
        self.book, self.words = book, words
        self._formats: dict[tuple[Any, ...], Format] = {}

    def contents(self, report: Report, sheets: Sequence[tuple[str, tuple[Section, Exhibit]]]) -> None:
        t, sheet = self.words.t, self._sheet(self.words.t("files.contents"))
        widths = dict(enumerate((30, 30, 80)))
        self._widths(sheet, widths)
        line = self._heading(sheet, report, report.subject, report.subtitle)
        if report.key:
            heads = ("files.column_key", "files.column_figure", "files.column_ground")
            line = self._head(sheet, line, [t(head) for head in heads], widths)
            for figure in report.key:
                for column, text in enumerate((figure.label, figure.figure, figure.ground)):
                    self._text(sheet, line, column, text, text_wrap=True)
                line += 1
            line += 1
        heads = ("files.column_sheet", "files.column_section", "files.column_shows")
        line = self._head(sheet, line, [t(head) for head in heads], widths)
        voices = [t("files.voices")] if any(section.quotes for section in report.sections) else []
        for name in (t("files.findings"), *voices):
            self._link(sheet, line, name, name)
            line += 1
        for name, (section, exhibit) in sheets:
            self._link(sheet, line, name, name)
            self._text(sheet, line, 1, section.title)
            self._text(sheet, line, 2, exhibit.title, text_wrap=True)
            line += 1

    def findings(self, report: Report) -> None:
        name = self.words.t("files.findings")
        self._prose(name, report, ((section.title, section.sentences) for section in report.sections))

    def voices(self, report: Report) -> None:
        name = self.words.t("files.voices")
        quotes = (quote for section in report.sections for quote in section.quotes)
        self._prose(name, report, ((quote.question, quote.texts) for quote in quotes))

    def exhibit(self, name: str, exhibit: Exhibit, report: Report) -> None:
        """Write a sheet: the whole table under a frozen heading, beside it the chart, below both the other tables."""
        words, sheet = self.words, self._sheet(name)
        table = _tabulated(exhibit.published, words)
        headline = exhibit.headline if exhibit.topic else ""
        top = self._heading(sheet, report, exhibit.title, headline, *table.facts, exhibit.explanation)
        self._link(sheet, top - 1, words.t("files.contents"), f"\N{LEFTWARDS ARROW} {words.t('files.contents')}")
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        widths: dict[int, int] = {}
        line = self._table(sheet, top, table, widths)
        drawn = exhibit.drawn
        if drawn is not None:
            corner = (top, len(table.columns) + 1)
            line = max(line, self._chart(sheet, name, corner, exhibit, drawn, widths))
        for other in exhibit.beside:
            if not other.with_figures.empty:
                beside = _tabulated(other, words)
                facts = [fact for fact in beside.facts if fact not in table.facts]
                self._text(sheet, line + 1, 0, ". ".join(facts), bold=True)
                line = self._table(sheet, line + 2, beside, widths)
        if exhibit.published.frame["suppressed"].any() or exhibit.published.frame["omitted"].any():
            self._text(sheet, line + 1, 0, words.t("files.withheld", threshold=report.threshold))
        self._widths(sheet, widths)

    def _chart(
        self,
        sheet: Worksheet,
        name: str,
        corner: tuple[int, int],
        exhibit: Exhibit,
        drawn: Plot,
        widths: dict[int, int],
    ) -> int:
        """Write a chart, and below it the numbers that it draws; return the line after them."""
        top, left = corner
        first = top + height_of(drawn) // PIXELS_A_ROW + 2
        columns = [(series.label, series.values) for series in drawn.series]
        for series in drawn.series:
            if series.has_intervals:
                heads = [self.words.t(f"files.{way}", name=series.label) for way in ("down", "up")]
                columns += zip(heads, series.reach, strict=True)
        heads = [self.words.t("files.chart_numbers"), *(head for head, _ in columns)]
        widths |= {place: min(max(len(head) + 3, NARROWEST), NUMBER_WIDTH) for place, head in enumerate(heads, left)}
        widths[left] = max(len(text) for text in (heads[0], *drawn.names)) + 2
        self._head(sheet, first, heads, widths, left, numeric=frozenset(heads[1:]))
        for line, category in enumerate(drawn.names, first + 1):
            self._text(sheet, line, left, category)
            for place, (_, values) in enumerate(columns, left + 1):
                value = values[line - first - 1]
                if value is not None:
                    sheet.write_number(line, place, value, self._format(num_format=drawn.number_format))
        chart = excel_chart(self.book, drawn, exhibit.title, (name, first, left), self.words)
        sheet.insert_chart(top, left, chart, {"description": exhibit.alternative_text})
        return first + 1 + len(drawn.categories)

    def _prose(self, name: str, report: Report, parts: Iterator[tuple[str, Sequence[str]]]) -> None:
        sheet = self._sheet(name)
        sheet.set_column(0, 0, TEXT_WIDTH)
        line = self._heading(sheet, report, f"{report.subject}: {name}")
        for title, texts in parts:
            if texts:
                self._text(sheet, line, 0, title, bold=True)
                for number, text in enumerate(texts, line + 1):
                    self._text(sheet, number, 0, text, text_wrap=True)
                    self._height(sheet, number, {0: text}, {0: TEXT_WIDTH})
                line += len(texts) + 2

    def _table(self, sheet: Worksheet, line: int, table: _Table, widths: dict[int, int]) -> int:
        """Write the heading and rows of a table from ``line`` on, and keep the width that the columns need."""
        for column, name in enumerate(table.columns):
            longest = max(len(word) for word in name.split())
            texts = [
                value
                for row in table.rows
                for column_name, value, _ in row
                if column_name == name and isinstance(value, str)
            ]
            needed = max(longest, *(len(text) for text in texts), NARROWEST)
            widths[column] = max(widths.get(column, 0), min(needed + 2, WIDEST))
        worded = {name for row in table.rows for name, value, _ in row if isinstance(value, str) and value}
        line = self._head(sheet, line, table.columns, widths, numeric=frozenset(table.columns) - worded)
        for row in table.rows:
            for name, value, number_format in row:
                if name not in table.columns or value in (None, ""):
                    continue
                column = table.columns.index(name)
                if isinstance(value, str):
                    self._text(sheet, line, column, value, text_wrap=True)
                else:
                    sheet.write_number(line, column, value, self._format(num_format=number_format))
            self._height(sheet, line, {table.columns.index(n): v for n, v, _ in row if n in table.columns}, widths)
            line += 1
        return line

    @staticmethod
    def _height(sheet: Worksheet, line: int, values: Mapping[int, Any], widths: Mapping[int, int]) -> None:
        """Make a row as high as its wrapped texts need: not every program does so by itself."""
        lines = [-(-len(text) // (widths[place] - 1)) for place, text in values.items() if isinstance(text, str)]
        if max(lines, default=1) > 1:
            sheet.set_row(line, LINE_HEIGHT * max(lines))

    def _heading(self, sheet: Worksheet, report: Report, title: str, *facts: str) -> int:
        """Write title and facts, and that the data is made up if it is; return the line after an empty one."""
        t = self.words.t
        self._text(sheet, 0, 0, title, bold=True, font_size=14)
        lines = [text for text in facts if text]
        lines.append(t("reports.cover_day", day=t.date(report.day)))
        if report.synthetic:
            lines.append(t("common.synthetic"))
        self._text(sheet, 1, 0, ". ".join(text.rstrip(".") for text in lines))
        return 3

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        return sheet

    @staticmethod
    def _widths(sheet: Worksheet, widths: Mapping[int, int]) -> None:
        for column, width in widths.items():
            sheet.set_column(column, column, width)

    def _head(
        self,
        sheet: Worksheet,
        line: int,
        names: Sequence[str],
        widths: Mapping[int, int],
        column: int = 0,
        numeric: frozenset[str] = frozenset(),
    ) -> int:
        """Write the heading of a table, those of numbers over their numbers; return the line after it."""
        for number, name in enumerate(names, column):
            side: Mapping[str, Any] = {"align": "right"} if name in numeric else _AWAY if number else {}
            sheet.write_string(line, number, name, self._format(bold=True, text_wrap=True, bottom=1, **side))
        self._height(sheet, line, dict(enumerate(names, column)), widths)
        return line + 1

    def _link(self, sheet: Worksheet, line: int, name: str, text: str) -> None:
        sheet.write_url(line, 0, f"internal:'{name}'!A1", self._format(font_color=MAIN), text)

    def _text(self, sheet: Worksheet, line: int, column: int, text: str, **look: Any) -> None:
        sheet.write_string(line, column, text, self._format(quote_prefix=True, **(_AWAY if column else {}), **look))

    def _format(self, **look: Any) -> Format:
        """Return the format of ``look``, named as XlsxWriter names its properties."""
        if "num_format" in look:
            look["num_format"] = format_in(self.words, look["num_format"])
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_color": INK, "valign": "top"} | look)
        return self._formats[key]
