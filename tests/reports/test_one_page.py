"""The printed page: always one, readable, accessible, and with nothing on it that is withheld."""

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from evaluation.definitions import Library
from evaluation.exhibits import Exhibit, Report, Section
from evaluation.findings import KeyFigure, Words
from evaluation.i18n import Translator, languages
from evaluation.measures import FEW
from evaluation.render.pdf import one_page

from .conftest import METHOD, MakeReport, share
from .opened import visible

A4 = (595, 842)
LEAST = 9


@pytest.fixture(scope="module")
def content(report: Report, words: Words) -> bytes:
    return one_page(report, words)


def _sizes(content: bytes) -> set[float]:
    """Return the sizes of all text on the page, in points."""
    found: set[float] = set()

    def visit(text, _cm, matrix, _font, size) -> None:
        if text.strip():
            found.add(round(abs(matrix[3] or matrix[1]) * size, 1))

    PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=visit)
    return found


def _alternatives(content: bytes) -> list[str]:
    found, reader = [], PdfReader(io.BytesIO(content))
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        each = waiting.pop()
        each = each.get_object() if isinstance(each, IndirectObject) else each
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            found += [str(each["/Alt"])] if "/Alt" in each else []
            waiting += [each["/K"]] if "/K" in each else []
    return found


def test_it_tells_the_figures_the_sentences_and_what_cannot_be_concluded(content: bytes, words: Words) -> None:
    told = visible("pdf", content)
    for text in (
        "Sisu",
        "80 %",
        "95 %:n luottamusväli 60–100 %, vastauksia 10",
        "Kaikki kertovat jotakin.",
        METHOD,
        "3.12.2018",
    ):
        assert text in told
    assert "12–13 / 14" in told
    assert words.item("state_mood") in told


def test_it_is_one_a4_page_with_title_language_and_tags_and_no_author(content: bytes) -> None:
    reader = PdfReader(io.BytesIO(content))
    (page,) = reader.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fi"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Sisu"
    assert reader.metadata.author is None
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_every_chart_has_its_figures_as_an_alternative_text(content: bytes) -> None:
    told = _alternatives(content)
    assert len(told) == 3
    assert any(
        "1" in text and "3" in text and "6" in text and "2,3\N{NO-BREAK SPACE}→\N{NO-BREAK SPACE}3,5" in text
        for text in told
    )


def test_fonts_are_in_the_file(content: bytes) -> None:
    fonts = PdfReader(io.BytesIO(content)).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        described = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "LiberationSans" in described["/FontName"]
        assert "/FontFile2" in described or "/FontFile3" in described


@pytest.mark.parametrize("times", [1, 6, 60])
def test_however_much_there_is_it_stays_one_page_that_can_be_read(
    made_report: MakeReport, words: Words, times: int
) -> None:
    sentences = tuple(f"{number}. " + "Ihmiset kertoivat monenlaista. " * times for number in range(9))
    key = (KeyFigure("Piti hyödyllisenä", "80 %", "väli 60–100 %, " * times),) * 6
    content = one_page(made_report(sentences, key=key), words)
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    assert min(_sizes(content)) >= LEAST


def test_text_is_never_small(content: bytes) -> None:
    assert min(_sizes(content)) >= LEAST


def test_a_report_of_nothing_is_a_page_all_the_same(made_report: MakeReport, words: Words) -> None:
    content = one_page(made_report(sections=(), key=()), words)
    assert "Sisu" in visible("pdf", content)


def test_withheld_rows_are_named_and_not_drawn(make, made_report: MakeReport, words: Words) -> None:
    rated = make("satisfaction.favourable", [share(0.8, item="sat_usefulness"), {"item": "sat_access", "reason": FEW}])
    sections = (Section("satisfaction", "Mitä", (), (Exhibit("favourable", "Myönteiset", words, rated),)),)
    content = one_page(made_report(sections=sections), words)
    told = f"{words.item('sat_access')}: alle 5 ihmistä: ei näytetä"
    assert told in visible("pdf", content)
    assert visible("pdf", content).count(words.item("sat_access")) == 1
    (alternative,) = _alternatives(content)
    assert alternative.lower().endswith(told.lower())


@pytest.mark.parametrize("language", languages())
def test_the_page_speaks_the_readers_language(made_report: MakeReport, library: Library, language: str) -> None:
    words = Words(library, Translator(language))
    report = made_report(language=language)
    sections = tuple(
        replace(section, exhibits=tuple(replace(exhibit, words=words) for exhibit in section.exhibits))
        for section in report.sections
    )
    told = visible("pdf", one_page(replace(report, sections=sections), words))
    assert words.t("files.one_page_limits") in told
    assert words.t("charts.improved") in told
    assert not re.search(r"\b(nan|None)\b|files\.|charts\.", told)
