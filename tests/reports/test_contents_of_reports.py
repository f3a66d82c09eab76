"""What the reports hold: only what there is to say, of whom it may be said, in all languages."""

import io
import re
from datetime import date

import pytest
from docx import Document

from evaluation.definitions import Library
from evaluation.exhibits import (
    Report,
    Section,
    comparison_report,
    everything_report,
    municipality_report,
    practice_report,
)
from evaluation.findings import Words
from evaluation.findings.narrative import sentences
from evaluation.i18n import Translator, languages
from evaluation.intake import read_draft
from evaluation.measures import Evidence, Policy, publish, read_open_answers, records, with_everything_released
from evaluation.render.plain_text import plain_text
from evaluation.render.slides import all_slides as slides
from evaluation.render.web_page import web_page
from evaluation.render.word_document import word_document
from evaluation.store import Selection, Store, open_store

from .opened import visible

DAY = date(2018, 12, 3)
HOLES = re.compile(r"\b(nan|None|NaN|NaT)\b|[{}]|\b(reports|charts|common)\.[a-z_]+")


@pytest.fixture
def words(library: Library) -> Words:
    return Words(library, Translator("en"))


def _report(store: Store, library: Library, words: Words, practice: str = "sisu") -> Report:
    evidence = publish(store, library, Selection(), Policy())
    voices = read_open_answers(store, library, Selection(), Policy())
    return practice_report(evidence, voices, library, practice, words, DAY, synthetic=False)


def _give(store: Store, library: Library, content: bytes) -> None:
    assert store.accept(read_draft(content, "answers.xlsx", library)).rejected == 0
    store.decide_texts(with_everything_released(store.written_answers(Selection()), library), publishable=True)


def test_of_nothing_only_the_limits_are_told(library: Library, words: Words) -> None:
    report = _report(open_store("duckdb:///:memory:"), library, words)
    assert [section.id for section in report.sections] == ["method"]
    assert report.key == ()


def test_of_a_group_too_small_no_figure_is_told(store: Store, library: Library, fill, words: Words) -> None:
    rows = [{"participant": f"A{number}", "sat_usefulness": 5} for number in range(4)]
    _give(store, library, fill("sisu", "client_end", rows, cohort="Kevät 2018"))
    report = _report(store, library, words)
    assert report.key == ()
    assert not [exhibit for section in report.sections for exhibit in section.exhibits]


@pytest.fixture(scope="module")
def of_ten(library: Library, fill) -> dict[str, Section]:
    """Give the sections of a report of ten people who found little use in it, and wrote what they would change."""
    store = open_store("duckdb:///:memory:")
    rows = [
        {
            "participant": f"A{number}", "sat_usefulness": 1 if number else 5, "sat_access": 5 if number > 7 else 1,
            "sat_arrangements": 5, "sat_encounter": 5, "sat_influence": 5, "sat_group": 5,
            "best_thing": "Kahvi", "to_improve": "Lisää aikaa",
        }
        for number in range(10)
    ]  # fmt: skip
    _give(store, library, fill("sisu", "client_end", rows, cohort="Kevät 2018"))
    report = _report(store, library, Words(library, Translator("en")))
    return {section.id: section for section in report.sections}


def test_what_should_be_otherwise_stands_under_what_to_develop(of_ten: dict[str, Section]) -> None:
    assert [quotes.texts for quotes in of_ten["voices"].quotes] == [("“Kahvi” (10 times)",)]
    assert [quotes.texts for quotes in of_ten["develop"].quotes] == [("“Lisää aikaa” (10 times)",)]


def test_a_question_with_fewer_favourable_answers_than_the_others_is_named_lowest_first(
    of_ten: dict[str, Section], words: Words
) -> None:
    named = [text for text in of_ten["develop"].sentences if "other questions of the form" in text]
    assert [words.item(item) in text for item, text in zip(("sat_usefulness", "sat_access"), named, strict=True)]


def test_questions_stand_by_theme_of_the_national_feedback_also_one_that_is_withheld(
    store: Store, library: Library, fill, words: Words
) -> None:
    rows = [
        {"participant": f"A{number}", "sat_usefulness": 4, "sat_group": 4, "sat_access": 5 if number < 4 else None}
        for number in range(10)
    ]
    _give(store, library, fill("sisu", "client_end", rows, cohort="Kevät 2018"))
    (section,) = [each for each in _report(store, library, words).sections if each.id == "satisfaction"]
    (themed,) = [each.published for each in section.exhibits if each.title == words.t("charts.national_title")]
    told = dict(zip(themed.frame["item"], themed.frame["suppressed"], strict=True))
    assert list(told.items()) == [("sat_access", True), ("sat_group", False), ("sat_usefulness", False)]
    assert list(themed.with_figures["national_theme"]) == ["safety", "usefulness"]


@pytest.fixture(scope="module")
def everyone(sample_store: Store, library: Library):
    return read_open_answers(sample_store, library, Selection(), Policy())


def _every(evidence: Evidence, voices, library: Library, words: Words):
    for practice in library.practices:
        yield practice_report(evidence, voices, library, practice, words, DAY, synthetic=True)
    yield comparison_report(evidence, library, words, DAY, synthetic=True)
    yield everything_report(evidence, library, words, DAY, synthetic=True)


@pytest.mark.thorough
@pytest.mark.parametrize("language", languages())
def test_no_report_has_holes_or_bare_names_of_messages(
    sample_evidence: Evidence, everyone, library: Library, language: str
) -> None:
    words = Words(library, Translator(language))
    for report in _every(sample_evidence, everyone, library, words):
        assert {"key", "method"} <= {section.id for section in report.sections}
        assert not HOLES.search(plain_text(report, words)), report.subject


@pytest.mark.thorough
@pytest.mark.parametrize("practice", ["sisu", "asumisneuvonta", "lape"])
def test_files_of_a_practice_are_whole(sample_evidence: Evidence, everyone, library: Library, practice: str) -> None:
    words = Words(library, Translator("fi"))
    report = practice_report(sample_evidence, everyone, library, practice, words, DAY, synthetic=True)
    shown = visible("pptx", slides(report, words))
    assert not HOLES.search(shown + visible("html", web_page(report, words).encode()))
    assert all(section.title in shown for section in report.sections if not section.exhibits)
    document = Document(io.BytesIO(word_document(report, words)))
    assert len(document.tables) >= sum(len(section.exhibits) for section in report.sections)


@pytest.mark.thorough
def test_units_compared_are_named_by_what_may_be_said_of_them(
    sample_evidence: Evidence, library: Library, words: Words
) -> None:
    report = comparison_report(sample_evidence, library, words, DAY, synthetic=True)
    (section,) = [each for each in report.sections if each.id == "comparison"]
    for exhibit in section.exhibits:
        said = " ".join(text for text in section.sentences if text.startswith(exhibit.title))
        for compared in exhibit.beside:
            assert all(words.place(row) in said for row in records(compared.with_figures))


def _ratings(code: str, good: int, bad: int, best: int = 5) -> list[dict[str, object]]:
    """Give one rating of usefulness a person, ``best`` or the worst; codes begin with ``code``."""
    values = [best] * good + [1] * bad
    return [{"participant": f"{code}{number}", "sat_usefulness": value} for number, value in enumerate(values)]


@pytest.fixture
def compared(store: Store, library: Library, fill, words: Words):
    """Give a function that takes in ratings by practice and cohort, and returns the report's section of comparisons."""

    def section(groups: dict[tuple[str, str], list[dict[str, object]]]) -> Section:
        for (practice, cohort), rows in groups.items():
            _give(store, library, fill(practice, "client_end", rows, cohort=cohort))
        evidence = publish(store, library, Selection(), Policy())
        report = comparison_report(evidence, library, words, DAY, synthetic=False)
        return next(section for section in report.sections if section.id == "comparison")

    return section


def test_a_comparison_begins_with_how_many_were_tested_and_which_differ(compared, words: Words) -> None:
    section = compared({
        ("sisu", "A"): _ratings("sisu", 19, 1), ("gruppis", "A"): _ratings("gruppis", 2, 18),
    })  # fmt: skip
    (title,) = [exhibit.title for exhibit in section.exhibits]
    assert section.sentences[0] == words.t("reports.compared_some", tested="1", differing=title)
    higher = words.t("reports.compared_higher", places="Sisu, Lempäälä")
    assert f"{title}. {higher}" in section.sentences


def test_units_of_one_comparison_are_each_named_with_their_verdict_or_why_they_have_none(
    compared, words: Words
) -> None:
    section = compared({
        ("sisu", "A"): _ratings("sisu", 8, 6), ("gruppis", "A"): _ratings("gruppis", 7, 7),
        ("ylojarvi_group", "A"): _ratings("kuntoutus", 5, 2),
        ("solmut_auki", "A"): _ratings("solmut", 14, 0),
        ("solmut_auki", "B"): _ratings("solmut", 14, 0, best=4),
    })  # fmt: skip
    assert section.sentences[0] == words.t("reports.compared_none", tested="1")
    texts = " ".join(section.sentences)
    assert "The difference from the others may be due to chance: Gruppis, Huittinen; Sisu, Lempäälä." in texts
    assert "fewer than 10 respondents are not tested: Social rehabilitation group, Ylöjärvi." in texts
    assert "one person may have answered several times: Solmut auki, Nokia." in texts


def test_where_nothing_can_be_tested_the_report_says_so_and_each_comparison_why(compared, words: Words) -> None:
    section = compared({
        ("sisu", "A"): _ratings("sisu", 5, 2), ("gruppis", "A"): _ratings("gruppis", 4, 3),
    })  # fmt: skip
    assert section.sentences[0] == words.t("reports.compared_nothing")
    assert "fewer than 10 respondents" in section.sentences[-1]


@pytest.mark.thorough
@pytest.mark.parametrize("language", languages())
def test_every_comparison_of_the_sample_says_what_was_tested_or_why_not(
    sample_evidence: Evidence, library: Library, language: str
) -> None:
    words = Words(library, Translator(language))
    report = comparison_report(sample_evidence, library, words, DAY, synthetic=True)
    section = next(section for section in report.sections if section.id == "comparison")
    assert all(exhibit.sentences for exhibit in section.exhibits)
    assert section.sentences[0] == words.t("reports.compared_nothing"), "no group of the sample has ten people"


def test_a_municipality_has_its_own_practices_only(sample_store: Store, library: Library, words: Words) -> None:
    evidence = publish(sample_store, library, Selection(municipalities=("Lempäälä",)), Policy())
    report = municipality_report(evidence, library, "Lempäälä", words, DAY, synthetic=True)
    shown = [each.published for section in report.sections for each in section.exhibits]
    practices = {practice for published in shown for practice in published.frame["practice"]}
    assert practices == {each.id for each in library.practices.values() if "Lempäälä" in each.municipalities}


def test_of_one_practice_the_key_figures_are_no_table_too(sample_store: Store, library: Library, words: Words) -> None:
    def first(place: str) -> tuple[Report, Section]:
        evidence = publish(sample_store, library, Selection(municipalities=(place,)), Policy())
        report = municipality_report(evidence, library, place, words, DAY, synthetic=True)
        return report, report.sections[0]

    for place, exhibits in (("Hämeenkyrö", 0), ("Huittinen", 1)):
        report, section = first(place)
        assert section.id == "key"
        assert len(section.exhibits) == exhibits
        assert report.key


@pytest.fixture
def finnish(library: Library) -> Words:
    return Words(library, Translator("fi"))


def test_forms_matched_in_some_cohorts_only_are_said_to_be_of_these(sample_evidence: Evidence, finnish: Words) -> None:
    def matched(practice: str) -> str:
        told = sentences(sample_evidence, practice, finnish)["change"]
        return next(text for text in told if "tunnisteella alkukyselyyn" in text)

    assert "Niillä toteutuskerroilla" in matched("gruppis"), "eleven answered, and six of them in that cohort"
    assert "Niillä toteutuskerroilla" not in matched("musapaja")


def test_that_all_who_registered_started_is_said_so(sample_evidence: Evidence, finnish: Words) -> None:
    assert sentences(sample_evidence, "gruppis", finnish)["participation"][0].endswith("ja he kaikki aloittivat.")


def test_cohorts_of_one_practice_are_not_called_practices_of_people_in_different_situations(
    sample_evidence: Evidence, library: Library, finnish: Words
) -> None:
    def cautions(practice: str) -> str:
        report = practice_report(sample_evidence, (), library, practice, finnish, DAY, synthetic=True)
        return plain_text(report, finnish)

    care, overlap = (" ".join(finnish.t(f"reports.comparison_{name}").split()) for name in ("care", "overlap"))
    told = {practice: " ".join(cautions(practice).split()) for practice in ("musapaja", "gruppis")}
    assert all(overlap in text and "Eroja ei ole testattu: " in text for text in told.values())
    assert [care in told[practice] for practice in ("musapaja", "gruppis")] == [False, True]
