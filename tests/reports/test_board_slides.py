"""The slides for a board: few, each title a finding, and every chart still to be had in the deck of all charts."""

import io
from datetime import date

import pytest
from pptx import Presentation

from evaluation.definitions import Library
from evaluation.exhibits import practice_report
from evaluation.findings import Words
from evaluation.i18n import Translator
from evaluation.measures import Evidence
from evaluation.render.board_slides import slides
from evaluation.render.slides import all_slides
from tests.conftest import EVERY_LANGUAGE

MOST = 8
LONGEST_TITLE = 200


def _decks(evidence: Evidence, library: Library, practice: str, language: str) -> tuple[list, list]:
    words = Words(library, Translator(language))
    report = practice_report(evidence, (), library, practice, words, date(2018, 12, 3), synthetic=True)
    return tuple(list(Presentation(io.BytesIO(make(report, words))).slides) for make in (slides, all_slides))  # type: ignore[return-value]


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_no_practice_has_more_than_eight(sample_evidence: Evidence, library: Library, language: str) -> None:
    for practice in ("sisu", "fyrkkaa", "asumisneuvonta", "yksilollinen"):
        few, every = _decks(sample_evidence, library, practice, language)
        assert 4 <= len(few) <= MOST
        assert len(few) < len(every)
        assert all(0 < len(slide.shapes.title.text) <= LONGEST_TITLE for slide in few)
        numbers = [[shape.text_frame.text for shape in slide.shapes if shape.has_text_frame][-1] for slide in few[1:]]
        assert numbers == [str(number) for number in range(2, len(few) + 1)]


def test_the_second_slide_says_the_three_answers_under_the_surest(sample_evidence: Evidence, library: Library) -> None:
    t = Translator("fi")
    few, _ = _decks(sample_evidence, library, "sisu", "fi")
    assert few[1].shapes.title.text == t("card.balance_better").rstrip(".")
    said = [shape.text_frame.text for shape in few[1].shapes if shape.has_text_frame]
    assert [figure for text in said for figure in text.split("\n") if "/" in figure and len(figure) < 8] == [
        "8 / 12", "6 / 7", "6 / 7",
    ]  # fmt: skip
    assert t("common.synthetic") in said[-2]


def test_its_charts_are_charts_of_the_deck_of_all(sample_evidence: Evidence, library: Library) -> None:
    few, every = _decks(sample_evidence, library, "fyrkkaa", "fi")
    names = [{shape.name for slide in deck for shape in slide.shapes if shape.has_chart} for deck in (few, every)]
    assert names[0] < names[1]
    assert len(names[0]) == 3, "reached, satisfied, changed"


def test_nobody_is_told_aloud_what_only_an_analyst_wants(sample_evidence: Evidence, library: Library) -> None:
    few, _ = _decks(sample_evidence, library, "sisu", "fi")
    notes = [slide.notes_slide.notes_text_frame.text for slide in few[:-1] if slide.has_notes_slide]
    assert notes
    assert not any("Wilcoxon" in text or "\t" in text or len(text.split()) > 120 for text in notes)
