"""Sentences about differences say what the test allows, and name what bites beside a change."""

import re

import pytest

from evaluation.definitions import Library
from evaluation.findings import Words, compared, limits, responses, sentences, worded
from evaluation.i18n import Translator
from evaluation.intake import read_draft
from evaluation.measures import Evidence, Policy, publish, records
from evaluation.store import Selection, Store
from tests.conftest import EVERY_LANGUAGE


@pytest.fixture
def words(library: Library) -> Words:
    return Words(library, Translator("en"))


@pytest.fixture
def change(store: Store, library: Library, fill):
    """Give a function that takes start and end answers of Sisu in and returns the evidence."""

    def published(item: str, starts: list[int], ends: list[int], told: list[int] | None = None) -> Evidence:
        people = [{"participant": f"A{number}"} for number in range(len(starts))]
        own = [{f"change_{item}": value} for value in told] if told else [{}] * len(ends)
        for form, values, more in (("client_start", starts, [{}] * len(starts)), ("client_end", ends, own)):
            rows = [a | {f"state_{item}": v} | b for a, v, b in zip(people, values, more, strict=False)]
            content = fill("sisu", form, rows, cohort="Kevät 2018")
            assert store.accept(read_draft(content, f"{form}.xlsx", library)).rejected == 0
        return publish(store, library, Selection(), Policy())

    return published


def test_more_than_chance_is_said_only_where_the_test_says_it(sample_evidence: Evidence, words: Words) -> None:
    said = 0
    for practice in words.library.practices:
        told = "\n".join(sentences(sample_evidence, practice, words)["change"])
        for row in records(sample_evidence.table("change.paired").widest(practice).with_figures):
            line = next(each for each in told.splitlines() if words.item(row.item) in each)
            assert ("unlikely to be chance" in line) == (row.p < 0.05)
            said += 1
    assert said > 20


def test_five_who_all_improved_cannot_be_told_from_chance(change, words: Words) -> None:
    evidence = change("mood", [2] * 5, [4] * 5)
    told = sentences(evidence, "sisu", words)["change"]
    assert told[0] == words.t("reports.verdict_not_apart", items="Mood")
    assert any(text.startswith("Mood, start and end by the same people: 5 of 5") for text in told)


def test_a_ceiling_is_named_where_over_half_are_at_the_top(change, words: Words) -> None:
    evidence = change("taking_part", [5, 5, 5, 5, 3, 2, 4] * 2, [5, 5, 4, 5, 4, 3, 5] * 2)
    named = words.t("reports.limit_ceiling", items=words.item("state_taking_part"))
    assert named in limits(evidence, "sisu", words)


def test_regression_to_the_mean_is_named_where_people_started_low(change, words: Words) -> None:
    evidence = change("taking_part", [1, 2, 1, 2, 1, 2, 2, 1] * 2, [3, 3, 2, 4, 3, 3, 4, 3] * 2)
    assert words.t("reports.limit_regression", items=words.item("state_taking_part")) in limits(evidence, "sisu", words)


def test_another_yardstick_is_named_where_own_view_is_far_better(change, words: Words) -> None:
    evidence = change("taking_part", [3] * 12, [3] * 12, told=[5] * 11 + [3])
    assert words.t("reports.limit_shift", items=words.item("state_taking_part")) in limits(evidence, "sisu", words)


def test_leavers_who_stood_elsewhere_are_named(change, words: Words) -> None:
    evidence = change("taking_part", [5] * 10 + [1] * 10, [5] * 10)
    assert words.t("reports.limit_leavers", items=words.item("state_taking_part")) in limits(evidence, "sisu", words)


def test_nothing_is_named_where_nothing_bites(change, words: Words) -> None:
    evidence = change("taking_part", [3, 4, 3, 4, 3, 4, 3, 2], [4, 3, 4, 3, 4, 4, 3, 3])
    told = " ".join(limits(evidence, "sisu", words))
    assert not any(word in told for word in ("best answer", "bad moment", "yardstick", "those who left were"))


def test_units_compared_are_each_in_one_sentence(sample_evidence: Evidence, words: Words) -> None:
    wanted = {"level": "practice", "item": "sat_usefulness", "questionnaire": "client_end"}
    units = sample_evidence.table("satisfaction.favourable").where(**wanted)
    text = " ".join(worded(compared(units, sample_evidence.table("satisfaction.comparison").where(**wanted)), words))
    missing = [words.place(row) for row in records(units.with_figures) if text.count(words.place(row)) != 1]
    assert not missing
    assert "fewer than 10 respondents" in text
    assert "one person may have answered several times" in text


def test_response_is_said_of_the_form_asked_for(sample_evidence: Evidence, words: Words) -> None:
    (text,) = worded(responses(sample_evidence, "fyrkkaa", questionnaire="client_end"), words)
    assert re.search(r"of 39 people registered 34 answered \(87%\)", text)


def test_a_published_row_as_a_line_says_its_form_and_its_verdict(sample_evidence: Evidence, words: Words) -> None:
    lines = {}
    for row in sample_evidence.rows():
        if row["practice"] == "fyrkkaa" and row["level"] == "practice" and not row["suppressed"]:
            lines.setdefault(row["measure"], words.row_line(row))
    assert words.form("client_end") in lines["response_rate"]
    assert lines["paired"].endswith(words.t("charts.verdict_better"))
    assert re.search(r"[+−]\d+ points, ", lines["trend"])
    assert lines["trend"].endswith(words.t("charts.verdict_untested")), "forms without a code may be one person's"


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_no_sentence_has_holes_or_claims_a_cause(sample_evidence: Evidence, library: Library, language: str) -> None:
    words = Words(library, Translator(language))
    for practice in library.practices:
        told = [text for each in sentences(sample_evidence, practice, words).values() for text in each]
        everything = "\n".join([*told, *limits(sample_evidence, practice, words)])
        assert not re.search(r"\b(nan|None|NaN)\b|[{}]", everything)
        assert not re.search(r"\b(impact|vaikuttavuus|ansiosta|tack vare|thanks to)\b", everything.lower())
