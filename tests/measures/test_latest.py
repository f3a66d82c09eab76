"""What changed since the period before, and several practices in one figure."""

import math
from datetime import date

import pytest
from scipy.stats import binomtest, fisher_exact

from evaluation.definitions import Library
from evaluation.intake import read_draft
from evaluation.measures import Overall, Policy, overall_share, people_reached, publish
from evaluation.statistics.proportions import newcombe, wilson
from evaluation.store import Selection, Store
from tests.privacy.attack.worlds import Form, World, stored

GOOD, BAD = 5, 1
PLACES = {"sisu": "Lempäälä", "gruppis": "Huittinen", "musapaja": "Ikaalinen", "asiakas_edella": "Pirkkala"}


@pytest.fixture
def spring_and_autumn(store: Store, library: Library, fill) -> Store:
    """Hold 20 forms of Sisu with 4 good answers, then 20 with 17."""
    for cohort, day, good in (("Kevät 2018", "2018-05-01", 4), ("Syksy 2018", "2018-11-01", 17)):
        rows = [
            {
                "participant": f"{cohort[0]}{number}",
                "answered_on": day,
                "sat_usefulness": GOOD if number < good else BAD,
            }
            for number in range(20)
        ]
        store.accept(read_draft(fill("sisu", "client_end", rows, cohort=cohort), f"{cohort}.xlsx", library))
    return store


def test_the_latest_period_is_compared_with_the_one_before(spring_and_autumn: Store, library: Library) -> None:
    found = publish(spring_and_autumn, library, Selection(), Policy()).table("satisfaction.latest").with_figures
    row = found.iloc[0]
    assert (row["before_period"], row["last_period"]) == ("Kevät 2018", "Syksy 2018")
    assert (row["before"], row["last"], row["n"]) == (0.2, 0.85, 40)
    assert row["value"] == pytest.approx(0.65)
    low, high = newcombe([17], [20], [4], [20])
    assert (row["low"], row["high"]) == pytest.approx((low[0], high[0]))
    assert row["p"] == pytest.approx(float(fisher_exact([[17, 3], [4, 16]]).pvalue))
    assert row["verdict"] == "rising"


def _overall(
    store: Store, library: Library, table: str = "satisfaction.favourable", **wanted: object
) -> Overall | None:
    types = {practice.id: practice.type for practice in library.practices.values()}
    rows = publish(store, library, Selection(), Policy()).table(table).where(**({"level": "practice"} | wanted))
    return overall_share(rows, "favourable", types)


def test_one_question_makes_one_share_of_all_its_answers(spring_and_autumn: Store, library: Library) -> None:
    found = _overall(spring_and_autumn, library)
    assert found is not None
    low, high = wilson([21], [40])
    assert (found.n, found.value, found.low, found.high) == pytest.approx((40, 21 / 40, low[0], high[0]))
    cohorts = _overall(spring_and_autumn, library, level="cohort")
    assert cohorts is not None
    assert (cohorts.n, cohorts.value) == (40, 21 / 40)
    assert math.isnan(cohorts.low), "people of two cohorts may be the same"
    assert _overall(spring_and_autumn, library, practice="no such") is None


def test_practices_of_one_type_are_one_share_and_those_of_several_are_none(library: Library) -> None:
    group = {practice: _forms(practice, "sat_usefulness") for practice in ("sisu", "gruppis", "musapaja")}
    alike = _overall(stored(group["sisu"] + group["gruppis"], library), library)
    assert alike is not None
    ends = binomtest(12, 20).proportion_ci(method="wilson")
    assert (alike.n, alike.value, alike.practices) == (20, 0.6, 2)
    assert (alike.low, alike.high) == pytest.approx((ends.low, ends.high))
    assert _overall(stored(group["sisu"] + group["musapaja"], library), library) is None, "a group and a workshop"
    other = _forms("gruppis", "sat_access")
    assert _overall(stored(group["sisu"] + other, library), library) is None, "two questions"


def test_answers_at_every_visit_are_no_headline(library: Library) -> None:
    assert _overall(stored(_forms("asiakas_edella", "meeting_soon", "meeting_feedback"), library), library) is None


def _forms(practice: str, item: str, form: str = "client_end") -> World:
    """Return six of ten who answered favourably."""
    place = PLACES[practice]
    return tuple(
        Form(
            practice, place, "2018", form, f"{practice}{number}", f"{practice}{number}", date(2018, 1, 1),
            {item: 5 if number < 6 else 1},
        )
        for number in range(10)
    )  # fmt: skip


def test_clients_are_counted_once_and_a_few_not_at_all(spring_and_autumn: Store) -> None:
    cubes = spring_and_autumn.people_counts(Selection()), spring_and_autumn.overlap_counts(Selection())
    assert people_reached(*cubes, Policy()) == 40
    assert people_reached(*cubes, Policy(41)) is None
