"""What is said to differ is corrected for how much was tested, and who could not say stands beside the share."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact

from evaluation.definitions import Library
from evaluation.exhibits import practice_report
from evaluation.findings import Words
from evaluation.findings.narrative import sentences
from evaluation.findings.verdicts import distances
from evaluation.i18n import Translator
from evaluation.measures import Evidence, Policy, publish
from evaluation.measures.satisfaction import _beside_the_others
from evaluation.privacy import CELL, PublishableCounts
from evaluation.store import Selection
from tests.privacy.attack.worlds import Form, World, stored

PRACTICE, PLACE = "riihimaki_groups", "Riihimäki"


def filled(form: str, answers: Mapping[str, Sequence[int]], cohort: str = "2018") -> World:
    people = max(len(values) for values in answers.values())
    return tuple(
        Form(
            PRACTICE, PLACE, cohort, form, f"{form} {number}", f"{form} {cohort} {number}", date(int(cohort), 1, 1),
            {item: values[number] for item, values in answers.items() if number < len(values)},
        )
        for number in range(people)
    )  # fmt: skip


def published(world: World, library: Library) -> Evidence:
    return publish(stored(world, library), library, Selection(), Policy())


def test_distances_between_roles_are_corrected_for_the_number_of_them(library: Library) -> None:
    """Two of six workers and nine of ten clients: an interval without nought, and no finding among three."""
    clients = {
        "sat_access": [5] * 6 + [1] * 4, "sat_influence": [5] * 6 + [1] * 4, "sat_usefulness": [5] * 11 + [1],
    }  # fmt: skip
    workers = {
        "worker_reach": [5] * 4 + [1] * 3, "worker_clients_shape": [5] * 4 + [1] * 3,
        "worker_benefit_seen": [5] * 3 + [1] * 4,
    }  # fmt: skip
    evidence = published(filled("client_end", clients) + filled("worker", workers), library)
    rows = evidence.table("conditions.distance").where(level="practice").frame.set_index("item")
    alone = {
        "worker_reach": fisher_exact([[4, 3], [6, 4]]).pvalue,
        "worker_clients_shape": fisher_exact([[4, 3], [6, 4]]).pvalue,
        "worker_benefit_seen": fisher_exact([[3, 4], [11, 1]]).pvalue,
    }
    assert alone["worker_benefit_seen"] < 0.05 < 3 * alone["worker_benefit_seen"]
    assert rows.loc["worker_benefit_seen", "high"] < 0, "its interval alone would make it a finding"
    assert rows.loc["worker_benefit_seen", "p"] == pytest.approx(3 * alone["worker_benefit_seen"])
    assert set(rows["verdict"]) == {"not_apart"}
    assert list(distances(evidence, PRACTICE)) == []


def test_a_distance_that_stands_the_correction_is_said(library: Library) -> None:
    clients = {"sat_usefulness": [5] * 11 + [1]}
    workers = {"worker_benefit_seen": [5] + [1] * 7}
    evidence = published(filled("client_end", clients) + filled("worker", workers), library)
    rows = evidence.table("conditions.distance").where(level="practice").frame
    assert rows["p"].tolist() == [pytest.approx(fisher_exact([[1, 7], [11, 1]]).pvalue)]
    assert rows["verdict"].tolist() == ["below"]
    assert len(list(distances(evidence, PRACTICE))) == 1


def test_the_same_workers_in_two_cohorts_are_not_tested(library: Library) -> None:
    world: World = ()
    for cohort in ("2017", "2018"):
        world += filled("client_end", {"sat_usefulness": [5] * 11 + [1]}, cohort)
        workers = filled("worker", {"worker_benefit_seen": [5] + [1] * 7}, cohort)
        world += tuple(Form(**(vars(form) | {"code": None})) for form in workers)
    rows = published(world, library).table("conditions.distance").where(level="practice").frame
    assert (rows["method"].tolist(), rows["verdict"].tolist()) == (["clusters"], ["untested"])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_who_could_not_say_stands_beside_the_share(language: str, library: Library) -> None:
    """Seven of seven favourable, and thirteen who could not say."""
    world = filled("client_end", {"sat_usefulness": [5] * 7 + [98] * 13, "sat_access": [5] * 20})
    words = Words(library, Translator(language))
    told = sentences(published(world, library), PRACTICE, words)["satisfaction"]
    unsure = words.t("reports.could_not_say", unsure="13")
    assert [unsure in sentence for sentence in told if words.item("sat_usefulness") in sentence] == [True]
    assert not any(unsure in sentence for sentence in told if words.item("sat_access") in sentence)


ASKED = ("sat_access", "sat_arrangements", "sat_encounter", "sat_influence", "sat_usefulness", "sat_group")


def flags(shares: Mapping[str, int], n: int, library: Library) -> set[str]:
    """Return the questions said to be worth developing where so many of n answered favourably."""
    answers = {item: [5] * good + [1] * (n - good) for item, good in shares.items()}
    rows = published(filled("client_end", answers), library).table("satisfaction.favourable")
    shown = rows.where(level="practice").with_figures
    return set(shown.loc[shown["fewer"].astype(bool), "item"])


def test_a_low_share_alone_is_no_reason_to_develop_a_question(library: Library) -> None:
    """Four of seven, 57 %, beside five of seven is chance; so is a form of which every share is low."""
    assert flags(dict.fromkeys(ASKED, 5) | {"sat_group": 4}, 7, library) == set()
    assert flags(dict.fromkeys(ASKED, 2), 7, library) == set()


def test_a_question_far_below_the_others_of_its_form_is_named(library: Library) -> None:
    assert flags(dict.fromkeys(ASKED, 7) | {"sat_group": 2}, 7, library) == {"sat_group"}
    assert flags(dict.fromkeys(ASKED, 18) | {"sat_access": 9}, 20, library) == {"sat_access"}


@pytest.mark.parametrize("people", [5, 7, 10, 20])
@pytest.mark.parametrize("share", [0.5, 0.75, 0.9])
def test_chance_names_a_question_in_few_groups(people: int, share: float, library: Library) -> None:
    groups, questions = 2_000, len(ASKED)
    cells = pd.DataFrame(index=range(groups * questions), columns=CELL, data="")
    cells = cells.assign(
        cohort=np.repeat(np.arange(groups), questions), item=np.tile(ASKED, groups), questionnaire="client_end",
    )  # fmt: skip
    good = np.random.default_rng(people).binomial(people, share, len(cells))
    sums = pd.DataFrame({"cell": range(len(cells)), "favourable": good, "n": people})
    counts = PublishableCounts(pd.DataFrame(), cells)
    fewer = _beside_the_others(counts, sums, np.ones(len(cells)), library)["fewer"]
    assert fewer.reshape(groups, questions).any(axis=1).mean() < 0.08


def test_a_recommendation_is_a_score_and_never_a_favourable_share(library: Library) -> None:
    """All would not recommend it: that is a score of -100 and no question to develop."""
    answers = {item: [5] * 12 for item in ASKED} | {"recommend": [0, 1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 98]}
    evidence = published(filled("client_end", answers), library)
    for table in ("favourable", "comparison", "trend", "latest"):
        assert "recommend" not in set(evidence.table(f"satisfaction.{table}").frame["item"])
    score = evidence.table("satisfaction.recommendation").where(level="practice").frame.iloc[0]
    assert (score["value"], score["n"], score["dont_know"]) == (-1.0, 11, 1)
    assert score["mean_answer"] == pytest.approx(45 / 11)
    spread = evidence.table("satisfaction.distribution").where(level="practice", item="recommend").frame
    assert dict(zip(spread["value_code"], spread["count"], strict=True))[6] == 5
    words = Words(library, Translator("en"))
    report = practice_report(evidence, (), library, PRACTICE, words, date(2019, 1, 1), synthetic=False)
    assert not [section for section in report.sections if section.id == "develop"]
    told = " ".join(sentences(evidence, PRACTICE, words)["satisfaction"])
    assert "The mean on the scale 0–10 is 4.1" in told


def test_all_together_is_the_share_of_everybody(library: Library) -> None:
    """24 of 30, 16 of 23 and 6 of 7 are 46 of 60."""
    world: World = ()
    for practice, place, good, n in (
        ("riihimaki_groups", "Riihimäki", 24, 30), ("sisu", "Lempäälä", 16, 23), ("gruppis", "Huittinen", 6, 7),
    ):  # fmt: skip
        forms = filled("client_end", {"sat_usefulness": [5] * good + [1] * (n - good)})
        world += tuple(Form(**(vars(form) | {"practice": practice, "municipality": place})) for form in forms)
    rows = published(world, library).table("satisfaction.comparison").where(level="practice").frame
    assert rows["whole"].tolist() == pytest.approx([46 / 60] * 3)
