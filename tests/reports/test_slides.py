"""The slide file: native charts, three languages, the figures in the notes, and the limits said."""

import io
import re

import pytest
from pptx import Presentation

from evaluation.charts import Words
from evaluation.definitions import Library
from evaluation.i18n import Translator, languages
from evaluation.measures import Evidence, Policy, publish
from evaluation.reports import limits, sentences, slides
from evaluation.store import Selection, open_store

pytestmark = pytest.mark.thorough


def _deck(evidence: Evidence, library: Library, practice: str, language: str = "fi", synthetic: bool = True):
    return Presentation(io.BytesIO(slides(evidence, library, practice, Translator(language), synthetic)))


def _texts(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


@pytest.mark.parametrize("language", languages())
def test_slides_of_every_practice_are_whole(library: Library, sample_evidence: Evidence, language: str) -> None:
    t = Translator(language)
    for practice in library.practices if language == "fi" else ("gruppis", "passeli", "yksilollinen"):
        deck = _deck(sample_evidence, library, practice, language)
        everything = "\n".join(_texts(slide) for slide in deck.slides)
        charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
        assert charts, practice
        assert t.label(library.practices[practice].name.root) in everything
        assert not re.search(r"\b(nan|None)\b", everything), practice
        assert all(t("common.synthetic") in _texts(slide) for slide in deck.slides)
        assert t("reports.limit_control") in everything


def test_charts_can_be_edited_and_hold_the_published_figures(library: Library, sample_evidence: Evidence) -> None:
    deck = _deck(sample_evidence, library, "sisu", "en")
    (slide,) = [s for s in deck.slides if s.shapes.title.text == Translator("en")("reports.enrolment_slide")]
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    (series,) = chart.plots[0].series
    assert list(series.values) == [12, 12, 8]
    assert [label.split("\n")[0] for label in chart.plots[0].categories] == ["Registered", "Started", "Completed"]
    assert chart.part.chart_workbook.xlsx_part is not None


def test_bars_of_change_add_up_to_the_people_asked(library: Library, sample_evidence: Evidence) -> None:
    deck = _deck(sample_evidence, library, "fyrkkaa", "en")
    published = sample_evidence.table("change.paired").widest("fyrkkaa").shown
    (slide,) = [s for s in deck.slides if s.shapes.title.text == Translator("en")("reports.paired_slide")]
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    sums = [sum(values) for values in zip(*(series.values for series in chart.plots[0].series), strict=True)]
    assert sums == published["n"].tolist()


def test_notes_hold_the_figures_as_a_table(library: Library, sample_evidence: Evidence) -> None:
    deck = _deck(sample_evidence, library, "sisu", "en")
    notes = [
        slide.notes_slide.notes_text_frame.text
        for slide in deck.slides
        if any(shape.has_chart for shape in slide.shapes)
    ]
    assert notes
    assert "67%" in notes[0]


def test_nothing_of_a_small_group_is_told(library: Library, sample_store) -> None:
    evidence = publish(sample_store, library, Selection(("sisu",)), Policy(threshold=13))
    deck = _deck(evidence, library, "sisu", "en")
    assert not [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert "fewer than 13" in "\n".join(_texts(slide) for slide in deck.slides)


def test_real_data_has_no_mark_of_sample_data(library: Library, sample_evidence: Evidence) -> None:
    deck = _deck(sample_evidence, library, "sisu", "fi", synthetic=False)
    assert not any(Translator("fi")("common.synthetic") in _texts(slide) for slide in deck.slides)


def test_sentences_tell_the_figures_with_their_interval(library: Library, sample_evidence: Evidence) -> None:
    told = sentences(sample_evidence, "sisu", Words(library, Translator("en")))
    assert any("12" in text and "8" in text and "67%" in text.replace("\u00a0", "") for text in told["participation"])
    assert told["satisfaction"]
    assert told["change"]
    assert not any("impact" in text.lower() or "effect" in text.lower() for texts in told.values() for text in texts)


def test_limits_are_said_even_of_nothing(library: Library) -> None:
    evidence = publish(open_store("duckdb:///:memory:"), library, Selection(), Policy())
    words = Words(library, Translator("en"))
    assert words.t("reports.limit_control") in limits(evidence, "sisu", words)
    assert sentences(evidence, "sisu", words) == dict.fromkeys(
        ("participation", "satisfaction", "change", "conditions"), ()
    )
