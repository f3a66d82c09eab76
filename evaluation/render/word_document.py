"""A report as a Word document: headings, sentences, key figures, charts and tables, to be gone on with."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from evaluation.exhibits.colours import MAIN, QUIET
from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.exhibit_tables import Table
from evaluation.exhibits.report import Report, Section
from evaluation.findings import KeyFigure, Words
from evaluation.render.office_theme import with_own_colours
from evaluation.render.pictures import Picture, pictures
from evaluation.render.word_tables import ROOM, broken, compact

LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
MOST_ROWS = 40
# The blue of the styles that python-docx comes with.
FOREIGN = "4F81BD"


def word_document(report: Report, words: Words) -> bytes:
    """Return a .docx of ``report``, whose tables have heading rows and whose properties name nobody."""
    document = Document()
    _set_look(document, report.language)
    document.add_heading(report.subject, 0)
    document.add_paragraph(report.subtitle)
    made = words.t("reports.cover_day", day=words.t.date(report.day))
    _quiet(document, "  ".join((made, words.t("common.synthetic"))) if report.synthetic else made)
    drawn = pictures([exhibit for section in report.sections for exhibit in section.exhibits], words)
    drawings = iter(drawn)
    for section in report.sections:
        document.add_heading(section.title, 1)
        for figure in report.key if section.id == "key" else ():
            _key(document, figure)
        _section(document, section, drawings, words)
    _name_nobody(document, report)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _key(document: Any, figure: KeyFigure) -> None:
    paragraph = document.add_paragraph()
    number = paragraph.add_run(figure.figure)
    number.font.size, number.font.bold, number.font.color.rgb = Pt(20), True, RGBColor.from_string(MAIN[1:])
    paragraph.add_run(f"  {figure.label} ({figure.ground})")


def _section(document: Any, section: Section, drawings: Iterator[Picture | None], words: Words) -> None:
    for text in section.questions:
        document.add_paragraph(text)
    _list(document, section.general)
    for quotes in section.quotes:
        document.add_heading(quotes.question, 2)
        _list(document, quotes.texts)
    for exhibit in section.exhibits:
        document.add_heading(exhibit.headline, 2)
        _topic(document, exhibit.topic)
        _list(document, exhibit.sentences)
        _picture(document, next(drawings))
        _exhibit(document, exhibit, words)


def _topic(document: Any, topic: str) -> None:
    """Add what an exhibit is about as a small line."""
    if topic:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run(topic)
        run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(QUIET[1:])


def _picture(document: Any, picture: Picture | None) -> None:
    if picture is None:
        return
    shape = document.add_picture(io.BytesIO(picture.png), width=ROOM)
    shape._inline.docPr.set("descr", picture.alternative_text)


def _list(document: Any, texts: Sequence[str]) -> None:
    for text in texts:
        document.add_paragraph(text, "List Bullet")


def _exhibit(document: Any, exhibit: Exhibit, words: Words) -> None:
    """Add the tables of an exhibit, in parts that an upright page has room for."""
    # All that stands behind a glance is a dozen columns, which no upright page has room for.
    tables = compact(exhibit.tables, words) if exhibit.summary_table is None else [exhibit.summary_table]
    for table in tables:
        if len(table.rows) > MOST_ROWS:
            _quiet(document, words.t("reports.long_table", rows=words.t.number(len(table.rows))))
            continue
        narrow, facts = _gathered(table, words)
        for widths in broken(narrow):
            _table(document, narrow, widths)
        if facts:
            _quiet(document, facts)
    if exhibit.explanation:
        _quiet(document, f"{exhibit.explanation}.")
    if exhibit.leaves_out:
        _quiet(document, words.t("reports.left_out", threshold=exhibit.published.threshold))


def _gathered(table: Table, words: Words) -> tuple[Table, str]:
    """Say once, below the table, what all its rows say alike; of what is known of none say nothing."""
    places, facts = [], []
    for place, head in enumerate(table.heads):
        texts = {row[place] for row in table.rows}
        alike = len(table.rows) > 1 and len(texts) == 1 and place >= table.subjects
        if alike and head != words.t("charts.column_n"):
            text = texts.pop()
            facts += [f"{head}: {text}."] if text != words.t("common.not_available") else []
        else:
            places.append(place)
    heads, *rows = (tuple(row[place] for place in places) for row in (table.heads, *table.rows))
    return Table(heads, tuple(rows), table.subjects), " ".join(facts)


def _table(document: Any, table: Table, widths: Mapping[int, int]) -> None:
    every = (table.heads, *table.rows)
    grid = document.add_table(len(every), len(widths), "Light List Accent 1")
    grid.autofit = False
    for column, (place, width) in enumerate(widths.items()):
        grid.columns[column].width = width
        for number, row in enumerate(every):
            cell = grid.cell(number, column)
            cell.width = width
            cell.text = row[place]
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(9)
    _repeat_heading(grid.rows[0])
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
    theme = document.part.part_related_by(RT.THEME)
    theme._blob = with_own_colours(theme.blob)
    # Styles of tables also say the colour by itself, for programs that know no themes.
    for element in document.styles.element.iter():
        for name, value in element.attrib.items():
            if value == FOREIGN:
                element.set(name, MAIN[1:])
    spoken = document.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:lang')}")
    spoken.set(qn("w:val"), LANGUAGES[language])


def _name_nobody(document: Any, report: Report) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by, properties.comments = report.subject, "", "", ""
    properties.created = properties.modified = datetime.combine(report.day, time())
