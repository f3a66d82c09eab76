"""Shares, differences of shares and net shares against published values and other implementations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evaluation.statistics.nps import net_interval, net_share
from evaluation.statistics.proportions import newcombe, wilson

# Newcombe (1998), Stat Med 17:857–872, table I, method 3.
WILSON = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("successes", "total", "low", "high"), WILSON)
def test_published_intervals_of_a_share_are_met(successes: int, total: int, low: float, high: float) -> None:
    found = wilson([successes], [total])
    assert np.round([found[0][0], found[1][0]], 4).tolist() == [low, high]


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_it_equals_scipys_interval_for_any_counts(counts: tuple[int, int]) -> None:
    successes, total = counts
    expected = binomtest(successes, total).proportion_ci(0.95, method="wilson")
    low, high = wilson([successes], [total])
    assert low[0] == pytest.approx(expected.low, abs=1e-12)
    assert high[0] == pytest.approx(expected.high, abs=1e-12)


def test_a_share_of_nothing_has_no_interval() -> None:
    low, high = wilson([0, 5], [0, 5])
    assert np.isnan(low).tolist() == [True, False]
    assert high[1] == 1.0


# Newcombe (1998), Stat Med 17:873–890, table II, method 10, examples (a) to (h).
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
]


@pytest.mark.parametrize(("x", "n", "y", "m", "low", "high"), NEWCOMBE)
def test_published_intervals_of_a_difference_are_met(x: int, n: int, y: int, m: int, low: float, high: float) -> None:
    found = newcombe([x], [n], [y], [m])
    assert [round(found[0][0], 4), round(found[1][0], 4)] == [low, high]


# statsmodels 0.14, confint_proportions_2indep(…, method="newcomb", compare="diff").
STATSMODELS = [
    (7, 9, 3, 8, -0.05293395115707372, 0.6891311028962168),
    (30, 41, 12, 33, 0.14051315322104851, 0.54833317801075),
    (0, 6, 3, 7, -0.7495416354723428, 0.046245198673940446),
    (5, 5, 8, 9, -0.33284400078022364, 0.43499970557665624),
]


@pytest.mark.parametrize(("x", "n", "y", "m", "low", "high"), STATSMODELS)
def test_differences_equal_those_of_statsmodels(x: int, n: int, y: int, m: int, low: float, high: float) -> None:
    found = newcombe([x], [n], [y], [m])
    assert found[0][0] == pytest.approx(low, abs=1e-9)
    assert found[1][0] == pytest.approx(high, abs=1e-9)


def test_the_published_lower_limit_of_a_net_share_is_met() -> None:
    """Tango (1998), Stat Med 17:891–908, section 6.1: 0 and 1 discordant of 44, 90 % interval from −0.096."""
    low, _ = net_interval([0], [1], [44], level=0.9)
    assert round(low[0], 3) == -0.096


def _likelihood_ratio_free_score(b: int, c: int, n: int, delta: float) -> float:
    """Return the score statistic, the restricted estimate found by trying many values of it (another algorithm)."""
    q = np.linspace(max(0.0, -delta), (1 - delta) / 2, 400_001)[1:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = ((b, q + delta), (c, q), (n - b - c, 1 - 2 * q - delta))
        loglik = sum(np.where(count > 0, count * np.log(p), 0.0) for count, p in terms)
    best = q[int(np.argmax(loglik))]
    return float((b - c - n * delta) / np.sqrt(n * (2 * best + delta * (1 - delta))))


@pytest.mark.parametrize(("b", "c", "n"), [(40, 20, 160), (7, 1, 21), (4, 2, 9), (3, 3, 12), (9, 2, 30)])
def test_ends_of_a_net_share_are_where_the_score_test_just_rejects(b: int, c: int, n: int) -> None:
    """No published table at hand: the ends are put into the score test with a restricted estimate found by search."""
    low, high = net_interval([b], [c], [n])
    assert _likelihood_ratio_free_score(b, c, n, float(low[0])) == pytest.approx(1.959964, abs=2e-3)
    assert _likelihood_ratio_free_score(b, c, n, float(high[0])) == pytest.approx(-1.959964, abs=2e-3)


@pytest.mark.parametrize(
    ("promoters", "passives", "detractors", "nps"),
    # Rocks (2016), Am Stat 70:365: promoters 9–10 less detractors 0–6, as shares of all; worked by hand.
    [(7, 2, 1, 0.6), (3, 4, 3, 0.0), (0, 5, 5, -0.5), (10, 0, 0, 1.0), (0, 8, 0, 0.0)],
)
def test_the_recommendation_is_promoters_less_detractors(
    promoters: int, passives: int, detractors: int, nps: float
) -> None:
    n = promoters + passives + detractors
    low, high = net_interval([promoters], [detractors], [n])
    assert net_share([promoters], [detractors], [n])[0] == pytest.approx(nps)
    assert -1 <= low[0] <= nps <= high[0] <= 1
    assert high[0] - low[0] > 0.1, "answers that all agree leave doubt, too"


def test_a_net_share_of_nothing_has_no_interval() -> None:
    low, high = net_interval([0, 2], [0, 1], [0, 5])
    assert np.isnan([low[0], high[0]]).all()
    assert not np.isnan([low[1], high[1]]).any()
    assert net_interval([], [], [])[0].size == 0


@given(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)).filter(lambda each: sum(each) > 0))
def test_a_net_share_turns_with_its_scale_and_lies_in_its_interval(counts: tuple[int, int, int]) -> None:
    plus, _, minus = counts
    n = sum(counts)
    low, high = net_interval([plus], [minus], [n])
    turned_low, turned_high = net_interval([minus], [plus], [n])
    assert low[0] - 1e-9 <= (plus - minus) / n <= high[0] + 1e-9
    assert (turned_low[0], turned_high[0]) == (-high[0], -low[0])


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=2))
def test_a_difference_of_shares_turns_when_the_groups_change_places(counts: list[tuple[int, int]]) -> None:
    (x, more), (y, others) = counts
    n, m = x + more + 1, y + others + 1
    low, high = newcombe([x], [n], [y], [m])
    turned_low, turned_high = newcombe([y], [m], [x], [n])
    assert low[0] - 1e-9 <= x / n - y / m <= high[0] + 1e-9
    assert turned_low[0] == pytest.approx(-high[0])
    assert turned_high[0] == pytest.approx(-low[0])
