"""What changed since the period before, and several practices in one figure."""

import pytest
from scipy.stats import fisher_exact

from evaluation.definitions import Library
from evaluation.intake import read_draft
from evaluation.measures import Policy, overall_share, people_reached, publish
from evaluation.statistics.proportions import newcombe, wilson
from evaluation.store import Selection, Store

GOOD, BAD = 5, 1


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


def test_several_rows_make_one_share_of_all_their_answers(spring_and_autumn: Store, library: Library) -> None:
    rows = publish(spring_and_autumn, library, Selection(), Policy()).table("satisfaction.favourable")
    found = overall_share(rows.where(level="cohort"), "favourable")
    assert found is not None
    low, high = wilson([21], [40])
    assert (found.n, found.value, found.low, found.high) == pytest.approx((40, 21 / 40, low[0], high[0]))
    assert overall_share(rows.where(practice="no such"), "favourable") is None


def test_clients_are_counted_once_and_a_few_not_at_all(spring_and_autumn: Store) -> None:
    cubes = spring_and_autumn.people_counts(Selection()), spring_and_autumn.overlap_counts(Selection())
    assert people_reached(*cubes, Policy()) == 40
    assert people_reached(*cubes, Policy(41)) is None
