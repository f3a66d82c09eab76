"""People who take part several times are counted once where counts are taken for people; forms are called forms."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations_with_replacement

import pandas as pd
import pytest
from scipy.stats import binomtest, wilcoxon

from evaluation.definitions import Library
from evaluation.findings import Words
from evaluation.findings.narrative import limits, questions, sentences
from evaluation.i18n import Translator
from evaluation.measures import Evidence, Policy, publish
from evaluation.privacy.repeated_people import greatest_squares
from evaluation.statistics.proportions import wilson
from evaluation.store import Selection
from tests.privacy.attack.worlds import Form, World, stored

PLACES = {"sisu": "Lempäälä", "gruppis": "Huittinen", "asiakas_edella": "Pirkkala"}


def forms(
    questionnaire: str,
    item: str,
    values: Sequence[int],
    codes: Sequence[str | None],
    cohort: str = "2016",
    practice: str = "sisu",
) -> World:
    return tuple(
        Form(
            practice, PLACES[practice], cohort, questionnaire, code or f"{cohort} {number}", code,
            date(int(cohort), 1, 1), {item: value},
        )
        for number, (value, code) in enumerate(zip(values, codes, strict=True))
    )  # fmt: skip


def published(world: World, library: Library) -> Evidence:
    return publish(stored(world, library), library, Selection(), Policy())


def row(evidence: Evidence, table: str, level: str = "practice", **wanted: object) -> pd.Series:
    found = evidence.table(table).where(level=level, **wanted).frame
    assert len(found) == 1, found
    return found.iloc[0]


def numbered(prefix: str, count: int, first: int = 0) -> list[str | None]:
    return [f"{prefix}{number}" for number in range(first, first + count)]


def two_cohorts(codes: Sequence[str | None], later: Sequence[str | None]) -> World:
    """Everybody goes from worst to best, in two cohorts."""
    world: World = ()
    for cohort, people in (("2016", codes), ("2017", later)):
        world += forms("client_start", "state_mood", [1] * len(people), people, cohort)
        world += forms("client_end", "state_mood", [5] * len(people), people, cohort)
    return world


def test_five_people_in_two_cohorts_are_not_tested_as_ten(library: Library) -> None:
    five = numbered("A", 5)
    evidence = published(two_cohorts(five, five), library)
    for cohort in ("2016", "2017"):
        alone = row(evidence, "change.paired", "cohort", cohort=cohort)
        assert alone["p"] == pytest.approx(wilcoxon([4] * 5).pvalue) == 0.0625
        assert (alone["method"], alone["verdict"]) == ("wilson", "not_apart")
    total = row(evidence, "change.paired")
    assert (total["n"], total["improved"], total["method"], total["verdict"]) == (10, 10, "clusters", "untested")
    assert pd.isna(total["p"])
    ends = binomtest(5, 5).proportion_ci(method="wilson")
    assert (total["low"], total["high"]) == pytest.approx((ends.low, ends.high))


def test_ten_people_of_two_cohorts_are_tested_as_ten(library: Library) -> None:
    total = row(published(two_cohorts(numbered("A", 5), numbered("B", 5)), library), "change.paired")
    assert total["p"] == pytest.approx(wilcoxon([4] * 10).pvalue)
    assert (total["method"], total["verdict"]) == ("wilson", "better")
    assert total["low"] == pytest.approx(binomtest(10, 10).proportion_ci(method="wilson").low)


def test_the_sentence_speaks_of_pairs_of_forms(library: Library) -> None:
    words = Words(library, Translator("fi"))
    five = numbered("A", 5)
    again = " ".join(sentences(published(two_cohorts(five, five), library), "sisu", words)["change"])
    assert "10\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}10 lomakeparissa vastattiin lopussa paremmin" in again
    assert "Sama ihminen on voinut olla mukana monta kertaa" in again
    once = " ".join(sentences(published(two_cohorts(five, numbered("B", 5)), library), "sisu", words)["change"])
    assert "10\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}10 vastasi lopussa paremmin" in once


# Codes of three cohorts of six forms, and how many different people 18 forms are worth at least.
WORTH = {
    "all different": ([numbered("A", 6), numbered("B", 6), numbered("C", 6)], 18.0),
    "the same six": ([numbered("A", 6)] * 3, 6.0),
    "nobody has a code": ([[None] * 6] * 3, 6.0),
    # 17 people, one form more, of one who may have filled two: but m² grows most with three forms of one in two.
    "one comes again": ([numbered("A", 6), [*numbered("B", 5), "A0"], numbered("C", 6)], 18**2 / (17 + 1 * 4)),
    "one has no code": ([numbered("A", 6), numbered("B", 6), [*numbered("C", 5), None]], 18**2 / (17 + 1 * 4)),
    "three come again": ([numbered("A", 6), numbered("A", 6, 3), numbered("C", 6)], 18**2 / (15 + 3 * 4)),
}  # fmt: skip


@pytest.mark.parametrize("case", WORTH)
def test_an_interval_is_of_as_many_different_people_as_there_are_at_least(case: str, library: Library) -> None:
    cohorts, people = WORTH[case]
    values = [5, 5, 5, 4, 2, 1]
    world: World = ()
    for year, codes in enumerate(cohorts):
        world += forms("client_end", "sat_usefulness", values, codes, str(2016 + year))
    evidence = published(world, library)
    total = row(evidence, "satisfaction.favourable")
    assert (total["favourable"], total["n"], total["value"]) == (12, 18, pytest.approx(2 / 3))
    low, high = wilson([people * 2 / 3], [people])
    assert (total["low"], total["high"]) == pytest.approx((low[0], high[0]))
    assert total["method"] == ("wilson" if people == 18 else "clusters")
    cohort = row(evidence, "satisfaction.favourable", "cohort", cohort="2016")
    ends = binomtest(4, 6).proportion_ci(method="wilson")
    assert cohort["method"] == "wilson"
    assert (cohort["low"], cohort["high"]) == pytest.approx((ends.low, ends.high))
    assert evidence.table("satisfaction.comparison").empty == (people < 18), "cohorts that may share people"
    for table in ("satisfaction.trend", "satisfaction.latest"):
        change = row(evidence, table)
        assert change["value"] == 0
        assert change["verdict"] == ("not_apart" if people == 18 else "untested")
        assert (pd.isna(change["p"]), pd.isna(change["low"])) == (people < 18, people < 18)


@pytest.mark.parametrize("cohorts", [1, 2, 3, 4])
def test_no_way_to_share_forms_among_people_is_worth_less(cohorts: int) -> None:
    for people in range(1, 6):
        shares = list(combinations_with_replacement(range(1, cohorts + 1), people))
        for total in {sum(share) for share in shares}:
            greatest = max(sum(m * m for m in share) for share in shares if sum(share) == total)
            bound = int(greatest_squares(*(pd.Series([number]).to_numpy() for number in (total, people, cohorts)))[0])
            assert greatest <= bound <= greatest + cohorts**2 / 4


def test_a_practice_whose_people_may_repeat_is_not_compared_with_others(library: Library) -> None:
    world: World = ()
    for practice, good in (("sisu", 12), ("gruppis", 3)):
        for year in ("2016", "2017"):
            values = [5] * (good // 2 + good % 2) + [1] * (7 - good // 2 - good % 2)
            world += forms("client_end", "sat_usefulness", values, numbered(f"{practice}{year}", 7), year, practice)
    compared = published(world, library).table("satisfaction.comparison").where(level="practice")
    assert set(compared.frame["practice"]) == {"sisu", "gruppis"}
    again = tuple(form for form in world if form.practice != "gruppis")
    for year in ("2016", "2017"):
        again += forms("client_end", "sat_usefulness", [5, 1, 1, 1, 1, 1, 5], [None] * 7, year, "gruppis")
    assert published(again, library).table("satisfaction.comparison").where(level="practice").empty


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_reports_say_forms_where_people_may_repeat(language: str, library: Library) -> None:
    world = forms("client_end", "sat_usefulness", [5] * 6, [None] * 6)
    world += forms("client_end", "sat_usefulness", [5] * 6, [None] * 6, "2017")
    words, evidence = Words(library, Translator(language)), published(world, library)
    told = " ".join(sentences(evidence, "sisu", words)["satisfaction"])
    form = {
        "fi": "12\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}12 lomakkeella",
        "sv": "på 12 av 12 blanketter",
        "en": "on 12 of 12 forms",
    }[language]
    assert form in told
    assert words.t("reports.limit_clusters") in limits(evidence, "sisu", words)
    assert words.t("reports.limit_clusters") not in limits(published(world[:6], library), "sisu", words)


def test_matched_people_are_counted_whatever_they_answered(library: Library) -> None:
    """Ten codes match, and everybody skips one of two questions: five answered each."""
    codes = numbered("A", 10)
    world: World = ()
    for item, half in (("state_mood", codes[:5]), ("state_taking_part", codes[5:])):
        world += forms("client_start", item, [2] * 5, half)
        world += forms("client_end", item, [3] * 5, half)
    matched = row(published(world, library), "change.matched")
    assert (matched["count"], matched["n"], matched["value"]) == (10, 10, 1.0)


def test_forms_after_each_meeting_are_called_forms_and_have_no_interval(library: Library) -> None:
    world: World = ()
    for day in range(1, 5):
        world += tuple(
            Form(
                "asiakas_edella", "Pirkkala", "2018", "meeting_feedback", f"{day} {number}", None, date(2018, 1, day),
                {"meeting_soon": 5 if number < 4 else 1},
            )
            for number in range(6)
        )  # fmt: skip
    evidence = published(world, library)
    share = row(evidence, "satisfaction.favourable")
    assert (share["n"], share["favourable"], share["method"]) == (24, 16, "answers")
    assert pd.isna(share["low"])
    assert pd.isna(share["high"])
    words = Words(library, Translator("en"))
    told = " ".join(questions(evidence, "satisfaction", "asiakas_edella", words))
    assert "Forms that answer a question: 24" in told
    assert "People" not in told
