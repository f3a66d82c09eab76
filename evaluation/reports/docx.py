"""A report as a Word document: headings, sentences, key figures and tables, to be gone on with."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from evaluation.charts import Words
from evaluation.charts.theme import MAIN, QUIET
from evaluation.reports.content import Exhibit, KeyFigure, Report, Section
from evaluation.reports.tables import Table, leaves_out, tables

LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
MOST_COLUMNS = 6
ROOM, SUBJECT = Cm(16.6), Cm(5)


def word_document(report: Report, words: Words) -> bytes:
    """Return a .docx of ``report``, whose tables have heading rows and whose properties name nobody."""
    document = Document()
    _set_look(document, report.language)
    document.add_heading(report.subject, 0)
    document.add_paragraph(report.subtitle)
    made = words.t("reports.cover_day", day=words.t.date(report.day))
    _quiet(document, "  ".join((made, words.t("common.synthetic"))) if report.synthetic else made)
    for section in report.sections:
        document.add_heading(section.title, 1)
        for figure in report.key if section.id == "key" else ():
            _key(document, figure)
        _section(document, section, words)
    _name_nobody(document, report)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _key(document: Any, figure: KeyFigure) -> None:
    paragraph = document.add_paragraph()
    number = paragraph.add_run(figure.figure)
    number.font.size, number.font.bold, number.font.color.rgb = Pt(20), True, RGBColor.from_string(MAIN[1:])
    paragraph.add_run(f"  {figure.label} ({figure.ground})")


def _section(document: Any, section: Section, words: Words) -> None:
    for text in section.asked:
        document.add_paragraph(text)
    _list(document, section.general)
    for quotes in section.quotes:
        document.add_heading(quotes.question, 2)
        _list(document, quotes.texts)
    for exhibit in section.exhibits:
        document.add_heading(exhibit.title, 2)
        _list(document, section.said_of(exhibit))
        _exhibit(document, exhibit, words)


def _list(document: Any, texts: Sequence[str]) -> None:
    for text in texts:
        document.add_paragraph(text, "List Bullet")


def _exhibit(document: Any, exhibit: Exhibit, words: Words) -> None:
    """Add the tables of an exhibit, in parts that an upright page has room for."""
    for each in tables(exhibit, words):
        for places in _broken(each):
            _table(document, each, places)
    if leaves_out(exhibit):
        _quiet(document, words.t("reports.left_out", threshold=exhibit.published.threshold))


def _broken(told: Table) -> Iterator[list[int]]:
    """Yield the columns of a part, each begun with what the rows are about."""
    subjects = list(range(told.subjects))
    figures = list(range(told.subjects, len(told.heads)))
    parts = -(-len(figures) // (MOST_COLUMNS - told.subjects))
    size = -(-len(figures) // max(1, parts))
    for start in range(0, len(figures), size or 1):
        yield [*subjects, *figures[start : start + size]]


def _table(document: Any, told: Table, places: Sequence[int]) -> None:
    every = (told.heads, *told.rows)
    shown = document.add_table(len(every), len(places), "Light List Accent 1")
    shown.autofit = False
    subject = SUBJECT if told.subjects == 1 else SUBJECT * 2 // 3
    other = (ROOM - told.subjects * subject) // max(1, len(places) - told.subjects)
    for column, place in enumerate(places):
        shown.columns[column].width = subject if place < told.subjects else other
    for number, row in enumerate(every):
        for column, place in enumerate(places):
            cell = shown.cell(number, column)
            cell.width = subject if place < told.subjects else other
            cell.text = row[place]
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(9)
    _repeat_heading(shown.rows[0])
    document.add_paragraph()


def _repeat_heading(row: Any) -> None:
    """Mark a row as the heading, which Word repeats on every page and reads aloud with the cells."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _quiet(document: Any, text: str) -> None:
    run = document.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(QUIET[1:])


def _set_look(document: Any, language: str) -> None:
    """Set the page to A4, the language of the text, and the colour of headings."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        font = document.styles[name].font
        font.name = "Calibri"
        document.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:asciiTheme"), "minorHAnsi")
        if name != "Normal":
            font.color.rgb = RGBColor.from_string(MAIN[1:])
    spoken = document.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:lang')}")
    spoken.set(qn("w:val"), LANGUAGES[language])


def _name_nobody(document: Any, report: Report) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by, properties.comments = report.subject, "", "", ""
    properties.created = properties.modified = datetime.combine(report.day, time())
