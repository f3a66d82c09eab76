"""The Word document and the plain text of a report."""

import io

import pytest
from docx import Document

from evaluation.exhibits import Exhibit, Report, Section
from evaluation.findings import Words
from evaluation.render.plain_text import plain_text
from evaluation.render.word_document import word_document
from tests.exhibits.conftest import Make, share

from .conftest import METHOD, MakeReport

ITEMS = ("sat_usefulness", "sat_access")


@pytest.fixture(scope="module")
def document(report: Report, words: Words):
    return Document(io.BytesIO(word_document(report, words)))


def test_the_document_has_headings_and_tables_with_a_heading_row(document, report: Report) -> None:
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == [section.title for section in report.sections]
    assert document.tables
    assert all("tblHeader" in table.rows[0]._tr.xml for table in document.tables)


def test_no_table_is_wider_than_the_page(document) -> None:
    page = document.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    for table in document.tables:
        assert sum(cell.width for cell in table.rows[0].cells) <= room


def test_every_part_of_a_broad_table_says_what_its_rows_are_about(document, words: Words) -> None:
    parts = [table for table in document.tables if words.t("charts.column_effect") in _heads(table)]
    assert parts
    assert all(_heads(part)[0] == words.t("charts.column_item") for part in parts)


def test_every_chart_is_a_picture_that_is_described_in_words(document, report: Report, words: Words) -> None:
    drawn = [each for section in report.sections for each in section.exhibits if each.kind != "table"]
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(described) == len(drawn)
    assert any("80\xa0%" in text for text in described)
    assert all(words.item("sat_access") in described[place] for place in (1, 2)), "what is withheld is named"


def test_what_all_rows_say_alike_is_said_once(made_report: MakeReport, make: Make, words: Words) -> None:
    rows = [share(0.8, item=item, favourable=8, dont_know=3, national_theme="usefulness") for item in ITEMS]
    exhibit = Exhibit("favourable", "Myönteiset", words, make("satisfaction.favourable", rows))
    content = word_document(made_report(sections=(Section("satisfaction", "Mitä", exhibits=(exhibit,)),)), words)
    document = Document(io.BytesIO(content))
    (shown,) = document.tables
    assert words.t("charts.column_dont_know") not in _heads(shown)
    assert any(f"{words.t('charts.column_dont_know')}: 3." in text.text for text in document.paragraphs)


def test_what_is_known_of_no_row_is_not_said(made_report: MakeReport, make: Make, words: Words) -> None:
    rows = [
        {"level": "cohort", "cohort": "Kevät", "questionnaire": "attendance_register", "n": 9, "session_no": number,
         "measure": "present_in_session", "value": number + 4, "held_on": None}
        for number in (1, 2)
    ]  # fmt: skip
    exhibit = Exhibit("sessions", "Kerrat", words, make("participation.sessions", rows))
    content = word_document(made_report(sections=(Section("reached", "Keitä", exhibits=(exhibit,)),)), words)
    day = words.t("charts.column_held_on")
    document = Document(io.BytesIO(content))
    assert not [text.text for text in document.paragraphs if text.text.startswith(f"{day}:")]
    assert all(day not in _heads(table) for table in document.tables)


def _heads(table) -> list[str]:
    return [cell.text for cell in table.rows[0].cells]


def test_the_document_names_nobody(document, report: Report) -> None:
    properties = document.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == report.subject


def test_the_text_says_first_what_was_asked_and_then_what_was_found(made_report: MakeReport, words: Words) -> None:
    section = Section(
        "satisfaction", "Mitä mieltä", ("Neljä viidestä.", "Loput eivät."), questions=("Kysyttiin tätä.",)
    )
    told = plain_text(made_report(sections=(section,)), words)
    assert told.index("Kysyttiin tätä.") < told.index("Neljä viidestä. Loput eivät.")


def test_the_text_says_the_limits_each_by_itself(report: Report, words: Words) -> None:
    assert f"- {METHOD}" in plain_text(report, words).splitlines()


def test_no_line_of_the_text_is_long(made_report: MakeReport, words: Words) -> None:
    told = plain_text(made_report(sentences=tuple("Näin moni sanoi näin." for _ in range(40))), words)
    assert max(map(len, told.splitlines())) <= 100
