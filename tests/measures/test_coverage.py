"""Figures say from when they are, of how many cohorts, and how many are left out."""

from datetime import date

import pytest

from evaluation import __version__
from evaluation.definitions import Library
from evaluation.exhibits import methods, practice_report
from evaluation.findings import Words, coverage_text
from evaluation.i18n import Translator
from evaluation.measures import Coverage, Evidence, Policy, publish
from evaluation.store import Selection
from tests.privacy.attack.worlds import Form, World, stored


def cohort(name: str, size: int, day: date | None, practice: str = "sisu", place: str = "Lempäälä") -> World:
    return tuple(
        Form(
            practice, place, name, "client_end", f"{name} {number}", f"{name}{number}", day, {"sat_usefulness": 4},
        )
        for number in range(size)
    )  # fmt: skip


def published(world: World, library: Library, selection: Selection | None = None) -> Evidence:
    return publish(stored(world, library), library, selection or Selection(), Policy())


SPRING, AUTUMN, NEXT = date(2016, 2, 3), date(2016, 10, 5), date(2017, 3, 1)
WORLD = (*cohort("A", 6, SPRING), *cohort("B", 7, AUTUMN), *cohort("C", 2, NEXT))


def test_a_cohort_of_too_few_is_left_out_and_its_days_are_not_told(library: Library) -> None:
    evidence = published(WORLD, library)
    assert evidence.coverage(["sisu"]) == Coverage(2, 1, SPRING, AUTUMN)
    assert evidence.coverage(["gruppis"]) == Coverage(0, 0)


def of_workers(name: str, size: int, day: date) -> World:
    return tuple(
        Form("sisu", "Lempäälä", name, "worker", f"worker {number}", None, day, {"worker_develop": 4})
        for number in range(size)
    )


@pytest.mark.parametrize("size", [2, 6])
def test_a_survey_of_workers_is_no_cohort_of_a_practice_and_none_is_missing_for_it(size: int, library: Library) -> None:
    year = of_workers("2016", size, SPRING)
    coverage = published((*WORLD, *year), library).coverage(["sisu"])
    assert (coverage.cohorts, coverage.left_out) == (2, 1)
    alone = published(year, library).coverage(["sisu"])
    assert (alone.cohorts, alone.left_out) == ((1, 0) if size > 5 else (0, 1)), "of workers alone theirs are counted"


def test_coverage_is_of_what_is_looked_at(library: Library) -> None:
    evidence = published(WORLD, library, Selection(cohorts=("B",)))
    assert evidence.coverage(["sisu"]) == Coverage(1, 0, AUTUMN, AUTUMN)


def test_cohorts_without_days_count_and_have_no_months(library: Library) -> None:
    assert published(cohort("A", 6, None), library).coverage(["sisu"]) == Coverage(1, 0)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fi",
            "Vastaukset: helmikuu 2016 – lokakuu 2016, 2 toteutuskertaa, "
            "1 toteutuskerta puuttuu, koska siinä on liian vähän vastaajia.",
        ),
        (
            "sv",
            "Svar: februari 2016 – oktober 2016, 2 omgångar, 1 omgång saknas eftersom för få har svarat.",
        ),
        (
            "en",
            "Answers: February 2016 – October 2016, 2 cohorts, 1 cohort is left out because too few people answered.",
        ),
    ],
)
def test_the_report_says_from_when_its_answers_are(language: str, text: str, library: Library) -> None:
    words, evidence = Words(library, Translator(language)), published(WORLD, library)
    assert coverage_text(evidence, ["sisu"], words) == text
    report = practice_report(evidence, (), library, "sisu", words, NEXT, synthetic=False)
    assert report.subtitle.endswith(text)


def test_a_report_names_the_methods_it_used_and_what_made_it(library: Library) -> None:
    words = Words(library, Translator("en"))
    text = " ".join(methods(published(WORLD, library), ["sisu"], words))
    assert "Wilson" in text
    assert "Wilcoxon" not in text, "nobody was matched"
    assert "Adjusted" not in text, "nothing was compared"
    assert words.t("reports.method_voices") not in text
    assert f"version {__version__}" in text


def test_a_report_names_the_counties_of_its_places(library: Library) -> None:
    words = Words(library, Translator("fi"))
    assert words.places(("Nokia", "Lempäälä")) == "Lempäälä, Nokia (Pirkanmaan hyvinvointialue)"
    assert words.places(("Helsinki", "Huittinen")) == "Helsinki; Huittinen (Satakunnan hyvinvointialue)"
    swedish = Words(library, Translator("sv"))
    assert swedish.places(("Lempäälä",)) == "Lempäälä (Birkalands välfärdsområde)"
    report = practice_report(published(WORLD, library), (), library, "sisu", words, NEXT, synthetic=False)
    assert "Pirkanmaan hyvinvointialue" in report.subtitle
