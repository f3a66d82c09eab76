"""What is said to differ is corrected for how much was tested, and who could not say stands beside the share."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from scipy.stats import fisher_exact

from evaluation.definitions import Library
from evaluation.findings import Words
from evaluation.findings.narrative import sentences
from evaluation.findings.verdicts import distances
from evaluation.i18n import Translator
from evaluation.measures import Evidence, Policy, publish
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
    assert list(distances(evidence, PRACTICE, Words(library, Translator("en")))) == []


def test_a_distance_that_stands_the_correction_is_said(library: Library) -> None:
    clients = {"sat_usefulness": [5] * 11 + [1]}
    workers = {"worker_benefit_seen": [5] + [1] * 7}
    evidence = published(filled("client_end", clients) + filled("worker", workers), library)
    rows = evidence.table("conditions.distance").where(level="practice").frame
    assert rows["p"].tolist() == [pytest.approx(fisher_exact([[1, 7], [11, 1]]).pvalue)]
    assert rows["verdict"].tolist() == ["below"]
    assert len(list(distances(evidence, PRACTICE, Words(library, Translator("en"))))) == 1


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
    unsure = words.t("reports.could_not_say", n="13")
    assert [unsure in sentence for sentence in told if words.item("sat_usefulness") in sentence] == [True]
    assert not any(unsure in sentence for sentence in told if words.item("sat_access") in sentence)
