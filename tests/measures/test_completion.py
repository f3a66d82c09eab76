"""Who started and completed by the register: numerator and denominator are the same people; the unknown are named."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest
from scipy.stats import binomtest

from evaluation.definitions import Library
from evaluation.findings import Words
from evaluation.findings.glance import glance
from evaluation.findings.key_figures import key_figures
from evaluation.findings.narrative import sentences
from evaluation.i18n import Translator, languages
from evaluation.measures import Evidence, Policy, publish
from evaluation.store import Selection
from tests.privacy.attack.worlds import Form, World, stored

YES, NO = 1, 0
# Of a person: what the register says of completion (None: blank) and the marks of presence by session.
Person = tuple[int | None, dict[int, int]]
CAME, ABSENT, UNMARKED = {1: 1, 2: 0}, {1: 0, 2: 0}, dict[int, int]()


def register(people: Sequence[Person], cohort: str = "2018") -> World:
    return tuple(
        Form(
            "sisu", "Lempäälä", cohort, "attendance_register", code, code, date(int(cohort), 1, 1),
            {} if completed is None else {"completed": completed}, {}, marks,
        )
        for code, (completed, marks) in ((f"{cohort} {number}", person) for number, person in enumerate(people))
    )  # fmt: skip


def published(world: World, library: Library) -> Evidence:
    return publish(stored(world, library), library, Selection(), Policy())


def enrolment(evidence: Evidence, level: str = "practice") -> dict[str, pd.Series]:
    rows = evidence.table("participation.enrolment").where(level=level).frame
    return {row["measure"]: row for _, row in rows.iterrows()}


# People, then started of n, completed of n, and of how many it is not known; None where there is no row.
CASES = {
    "completed without a mark of presence": (
        [(YES, CAME)] * 6 + [(YES, UNMARKED)] * 4, (10, 10), (10, 10), 0,
    ),
    "blanks are not a no": (
        [(YES, CAME)] * 5 + [(None, CAME)] * 5, (10, 10), (5, 5), 5,
    ),
    "who never came is no part of completion": (
        [(YES, CAME)] * 6 + [(NO, CAME)] * 3 + [(NO, ABSENT)] * 3, (9, 12), (6, 9), 0,
    ),
    "never came, and nothing is recorded": (
        [(YES, CAME)] * 5 + [(NO, CAME)] * 4 + [(None, ABSENT)] * 3, (9, 12), (5, 9), 0,
    ),
    "no presence is marked at all": (
        [(YES, UNMARKED)] * 6 + [(NO, UNMARKED)] * 4, None, (6, 10), 0,
    ),
    "no presence, and not all recorded": (
        [(YES, UNMARKED)] * 4 + [(NO, UNMARKED)] * 3 + [(None, UNMARKED)] * 5, None, (4, 7), 5,
    ),
    "completion is recorded of nobody": (
        [(None, CAME)] * 7 + [(None, ABSENT)], (7, 8), None, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_completion_is_of_the_people_of_whom_it_is_known(case: str, library: Library) -> None:
    people, started, completed, unknown = CASES[case]
    found = enrolment(published(register(people), library))
    assert found["registered"]["count"] == len(people)
    for measure, expected in (("started", started), ("completed", completed)):
        if expected is None:
            assert measure not in found
            continue
        row = found[measure]
        assert (row["count"], row["n"]) == expected
        assert row["value"] == pytest.approx(expected[0] / expected[1])
        ends = binomtest(*expected).proportion_ci(method="wilson")
        assert (row["low"], row["high"]) == pytest.approx((ends.low, ends.high))
    if completed is not None:
        assert found["completed"]["unknown"] == unknown


def test_a_total_is_that_of_its_cohorts(library: Library) -> None:
    """One cohort marks presence and leaves completion blank for some, the other marks no presence."""
    first = [(YES, CAME)] * 5 + [(NO, CAME)] * 3 + [(None, CAME)] * 2 + [(None, ABSENT)]
    second = [(YES, UNMARKED)] * 3 + [(NO, UNMARKED)] * 4
    found = enrolment(published(register(first) + register(second, "2019"), library))
    assert found["registered"]["count"] == 18
    assert (found["started"]["count"], found["started"]["n"]) == (10, 11)
    assert (found["completed"]["count"], found["completed"]["n"], found["completed"]["unknown"]) == (8, 15, 2)


@pytest.mark.parametrize("known", [1, 2, 3, 4])
def test_completion_known_of_too_few_is_suppressed(known: int, library: Library) -> None:
    found = enrolment(published(register([(YES, CAME)] * known + [(None, CAME)] * (10 - known)), library))
    assert found["completed"]["suppressed"]
    assert pd.isna(found["completed"]["n"])


@pytest.mark.parametrize("case", CASES)
def test_the_sentence_says_of_how_many_it_is_not_known(case: str, library: Library) -> None:
    people, _, _, unknown = CASES[case]
    figures = published(register(people), library)
    for language, words_of_it in {"fi": "Ei tiedossa", "sv": "Inte känt", "en": "Not known"}.items():
        text = " ".join(sentences(figures, "sisu", Words(library, Translator(language)))["participation"])
        assert (words_of_it in text) == bool(unknown), language


def filled(form: str, codes: Sequence[str | None], cohort: str = "2018", practice: str = "sisu") -> World:
    return tuple(
        Form(
            practice, "Lempäälä", cohort, form, code or f"{cohort} {number}", code, date(int(cohort), 1, 1),
            {"state_mood": 3},
        )
        for number, code in enumerate(codes)
    )  # fmt: skip


def numbered(count: int, prefix: str = "A") -> list[str]:
    return [f"{prefix}{number}" for number in range(count)]


def by_forms(evidence: Evidence, level: str = "practice") -> dict[str, pd.Series]:
    rows = evidence.table("participation.forms").where(level=level).frame
    return {row["questionnaire"]: row for _, row in rows.iterrows()}


def test_without_a_register_the_forms_say_who_started_and_who_came_to_the_end(library: Library) -> None:
    evidence = published(filled("client_start", numbered(11)) + filled("client_end", numbered(8)), library)
    rows = by_forms(evidence)
    assert (rows["client_start"]["measure"], rows["client_start"]["value"]) == ("started_by_form", 11)
    assert (rows["client_end"]["measure"], rows["client_end"]["value"]) == ("ended_by_form", 8)
    for language in languages():
        words = Words(library, Translator(language))
        told = sentences(evidence, "sisu", words)["participation"]
        assert words.t("reports.started_by_form", form=words.form("client_start"), n="11") in told
        assert words.t("reports.ended_by_form", form=words.form("client_end"), n="8") in told
        reach, *_ = key_figures(glance(evidence, ["sisu"], library), words)
        assert (reach.label, reach.figure) == (words.measure("started_by_form"), "11")


def test_with_a_register_the_forms_say_nothing_of_who_started(library: Library) -> None:
    world = filled("client_start", numbered(11)) + register([(YES, CAME)] * 6)
    evidence = published(world, library)
    assert evidence.table("participation.forms").empty
    reach, *_ = key_figures(glance(evidence, ["sisu"], library), Words(library, Translator("en")))
    assert reach.figure == "6"


def test_few_start_forms_are_suppressed_and_the_same_people_are_called_forms(library: Library) -> None:
    few = by_forms(published(filled("client_start", numbered(4)), library), "cohort")["client_start"]
    assert few["suppressed"]
    again = published(filled("client_start", numbered(6)) + filled("client_start", numbered(6), "2019"), library)
    assert (by_forms(again)["client_start"]["n"], by_forms(again)["client_start"]["method"]) == (12, "clusters")
    words = Words(library, Translator("en"))
    assert "one person may have filled in several" in " ".join(sentences(again, "sisu", words)["participation"])
    other = published(filled("client_start", numbered(6)) + filled("client_start", numbered(6, "B"), "2019"), library)
    assert by_forms(other)["client_start"]["method"] == "descriptive"
