"""Differences between units, pooling, funnels, start levels and trends, against published and computed values."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom, binom, f, fisher_exact, hypergeom, t

from evaluation.statistics.heterogeneity import against_the_rest, of_shares
from evaluation.statistics.pooling import pooled_means, pooled_shares
from evaluation.statistics.proportions import trend_of_shares
from evaluation.statistics.start_adjustment import adjusted_change
from evaluation.statistics.unit_differences import compare_change, compare_shares, funnel_limits

# Fleiss (1981), p. 139: smokers among lung cancer patients of four studies, as in R's ?prop.test.
SMOKERS, PATIENTS = [83, 90, 129, 70], [86, 93, 136, 82]


def test_the_chi_square_of_the_four_studies_is_met() -> None:
    """R: prop.test(smokers, patients) gives X-squared = 12.6004, df = 3, p = 0.005585."""
    found = of_shares(SMOKERS, PATIENTS)
    assert round(found.q, 4) == 12.6004
    assert found.df == 3
    assert found.p == pytest.approx(0.005585, abs=0.003)
    # Higgins & Thompson (2002): (Q − df)/Q.
    assert found.i2 == pytest.approx((12.6004 - 3) / 12.6004, abs=1e-4)


def _exact_p(x: list[int], n: list[int]) -> float:
    """Return the exact p of χ² given both margins: every table counted out with its chance."""
    hits, everybody = sum(x), sum(n)
    share = hits / everybody

    def far(cells: tuple[int, ...]) -> float:
        return sum((c - m * share) ** 2 / (m * share * (1 - share)) for c, m in zip(cells, n, strict=True))

    total = 0.0
    for cells in itertools.product(*(range(m + 1) for m in n)):
        if sum(cells) == hits and far(cells) >= far(tuple(x)) - 1e-9:
            chance, left, still = 1.0, everybody, hits
            for c, m in zip(cells, n, strict=True):
                chance *= float(hypergeom.pmf(c, left, still, m)) if left > m else 1.0
                left, still = left - m, still - c
            total += chance
    return min(total, 1.0)


@pytest.mark.parametrize(
    ("x", "n"), [([3, 1, 8], [5, 9, 10]), ([2, 2, 2, 2], [5, 5, 5, 5]), ([0, 4, 1], [6, 5, 7]), ([5, 6, 2], [5, 7, 8])]
)
def test_the_drawn_p_is_near_the_exact_one(x: list[int], n: list[int]) -> None:
    """Every table with the same margins counted out; 4 999 draws are within three standard errors of it."""
    exact = _exact_p(x, n)
    assert of_shares(x, n).p == pytest.approx(exact, abs=3 * np.sqrt(exact * (1 - exact) / 4999) + 1 / 5000)


def test_units_that_all_succeed_do_not_differ() -> None:
    assert of_shares([5, 7], [5, 7]).p == 1
    assert of_shares([4], [9]).p == 1


def test_the_order_of_units_decides_nothing() -> None:
    assert of_shares([3, 1, 8], [5, 9, 10]) == of_shares([8, 3, 1], [10, 5, 9])


@pytest.mark.parametrize(
    ("x", "n", "unit"),
    [
        # Fisher's tea taster (R's ?fisher.test): two-sided p = 0.4857.
        ([3, 1], [4, 4], 0),
        # Fisher (1962), convictions of twins (R's ?fisher.test): two-sided p = 0.0005367.
        ([2, 15], [12, 18], 1),
        ([3, 1, 8], [5, 9, 10], 2),
        ([0, 7, 9, 4], [6, 9, 12, 5], 0),
    ],
)
def test_a_unit_against_the_rest_is_fishers_exact_test(x: list[int], n: list[int], unit: int) -> None:
    rest, others = sum(x) - x[unit], sum(n) - n[unit]
    expected = fisher_exact([[x[unit], n[unit] - x[unit]], [rest, others - rest]]).pvalue
    assert against_the_rest(x, n)[unit] == pytest.approx(float(expected))


@pytest.mark.parametrize(("x", "n", "p"), [([3, 1], [4, 4], 0.4857), ([2, 15], [12, 18], 0.0005367)])
def test_fishers_published_p_are_met(x: list[int], n: list[int], p: float) -> None:
    assert against_the_rest(x, n)[0] == pytest.approx(p, abs=5e-5)


HITS = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7])


def test_the_baseball_players_are_shrunk_as_published() -> None:
    """Efron & Morris (1977), Scientific American 236(5):119: 45 at bats each, shrinking factor 0.212."""
    shares = HITS / 45
    error = np.sqrt(shares.mean() * (1 - shares.mean()) / 45)
    found = pooled_means(shares, np.full(18, error))
    assert round(found.centre, 3) == 0.265
    assert round(1 - found.shrinkage[0], 3) == 0.212
    assert np.round(found.value, 3).tolist() == [
        0.294, 0.289, 0.285, 0.280, 0.275, 0.275, 0.270, 0.266, 0.261, 0.261, 0.256, 0.256, 0.256, 0.256, 0.256, 0.252,
        0.247, 0.242,
    ]  # fmt: skip


def test_the_spread_between_means_is_that_of_dersimonian_and_laird() -> None:
    """Statsmodels 0.14, combine_effects(…, method_re="dl"): tau² 0.11155346, mean 0.26615356."""
    values, errors = np.array([0.12, -0.3, 0.45, 0.2, 0.9]), np.array([0.15, 0.2, 0.1, 0.3, 0.25])
    found = pooled_means(values, errors)
    assert found.centre == pytest.approx(0.2661535611414546)
    assert found.shrinkage == pytest.approx(2 / 4 * errors**2 / (errors**2 + 0.11155346005774783))


@pytest.mark.thorough
def test_shares_are_pooled_as_a_million_draws_of_the_prior_would_have_it() -> None:
    """Another algorithm: m and M are drawn from the prior and weighed by scipy's beta-binomial likelihood."""
    x, n = np.array([1, 9, 4, 12, 2]), np.array([8, 10, 7, 14, 12])
    found = pooled_shares(x, n)
    generator = np.random.default_rng(3)
    middle, part = generator.random(1_000_000), generator.random(1_000_000)
    strength = 10 * part / (1 - part)
    logs = sum(betabinom.logpmf(a, b, middle * strength, (1 - middle) * strength) for a, b in zip(x, n, strict=True))
    weight = np.exp(logs - logs.max())
    weight /= weight.sum()
    for unit in range(5):
        drawn = generator.choice(1_000_000, 40_000, p=weight)
        share = generator.beta(
            x[unit] + (middle * strength)[drawn], n[unit] - x[unit] + ((1 - middle) * strength)[drawn]
        )
        assert found.value[unit] == pytest.approx(share.mean(), abs=0.004)
        assert found.low[unit] == pytest.approx(np.quantile(share, 0.025), abs=0.02)
        assert found.high[unit] == pytest.approx(np.quantile(share, 0.975), abs=0.02)
        assert found.shrinkage[unit] == pytest.approx((strength / (n[unit] + strength)) @ weight, abs=0.004)


def test_units_alike_are_pooled_much_and_units_far_apart_hardly() -> None:
    alike = pooled_shares([15, 14, 16, 15, 15, 15], [30] * 6).shrinkage
    apart = pooled_shares([0, 30, 1, 29, 0, 30], [30] * 6).shrinkage
    assert (alike > 0.7).all()
    assert (apart < 0.1).all()


UNITS = st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), min_size=2, max_size=7)


@settings(deadline=None, max_examples=40)
@given(UNITS)
def test_pooled_shares_lie_in_their_intervals_and_turn_with_the_scale(units: list[tuple[int, int]]) -> None:
    x = np.array([hits for hits, _ in units])
    n = x + np.array([misses for _, misses in units]) + 1
    found, turned = pooled_shares(x, n), pooled_shares(n - x, n)
    assert ((found.low <= found.value) & (found.value <= found.high)).all()
    assert turned.value == pytest.approx(1 - found.value)
    assert turned.low == pytest.approx(1 - found.high)
    assert turned.shrinkage == pytest.approx(found.shrinkage)
    if (n == n[0]).all():
        assert (np.diff(found.value[np.argsort(x, kind="stable")]) >= -1e-9).all(), "the order of like units stays"


@pytest.mark.parametrize(("share", "n"), [(0.3, 5), (0.3, 12), (0.65, 30), (0.9, 50), (0.5, 400)])
def test_funnel_limits_follow_spiegelhalters_formula(share: float, n: int) -> None:
    """Spiegelhalter (2005), A.1.1, computed here with scipy's binomial quantile; half a count more, see there."""
    for limit, p in zip(funnel_limits(share, [n]), (0.025, 0.975), strict=True):
        r = binom.ppf(p, n, share)
        part = (binom.cdf(r, n, share) - p) / (binom.cdf(r, n, share) - binom.cdf(r - 1, n, share))
        assert limit[0] == pytest.approx(np.clip((r - part + 0.5) / n, 0, 1))


def test_a_funnel_narrows_with_size_and_is_flat_where_all_agree() -> None:
    low, high = funnel_limits(0.6, [5, 20, 80, 2000])
    assert (np.diff(low) > 0).all()
    assert (np.diff(high) < 0).all()
    assert [limit.tolist() for limit in funnel_limits(1.0, [5, 9])] == [[1, 1], [1, 1]]


ROWS = [(0, 1, 2), (0, 1, 1), (0, 2, 1), (0, 3, 0), (1, 3, 0), (1, 4, 0), (1, 4, -1), (1, 5, 0), (1, 2, 1)]
ROWS += [(2, 2, 0), (2, 2, 2), (2, 3, 1), (2, 5, -1)]


def _fit(columns: list[np.ndarray], step: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Return by least squares on rows the coefficients, their covariance without the variance, and what is left."""
    design = np.column_stack(columns).astype(float)
    inverse = np.linalg.inv(design.T @ design)
    fitted = inverse @ design.T @ step
    return fitted, inverse, float(((step - design @ fitted) ** 2).sum())


def test_change_is_adjusted_for_the_start_as_least_squares_on_rows_does() -> None:
    unit, start, step = (np.array(column, dtype=float) for column in zip(*ROWS, strict=True))
    centred = start - start.mean()
    fitted, inverse, left = _fit([*(unit == each for each in range(3)), centred], step)
    spread = left / (len(ROWS) - 4)
    found = adjusted_change(unit, start, step, np.ones(len(ROWS)))
    assert found.slope == pytest.approx(fitted[-1])
    assert found.value.tolist() == pytest.approx(fitted[:3].tolist())
    assert found.error.tolist() == pytest.approx(np.sqrt(spread * np.diag(inverse)[:3]).tolist())
    # All units at once: F of the model with units against the one without them.
    _, _, without = _fit([np.ones(len(ROWS)), centred], step)
    f_value = (without - left) / 2 / spread
    assert found.heterogeneity.p == pytest.approx(float(f.sf(f_value, 2, len(ROWS) - 4)))
    # A unit against the others together: others weighted by their number of people.
    weights = np.array([1, -5 / 9, -4 / 9, 0.0])
    t_value = weights @ fitted / np.sqrt(spread * weights @ inverse @ weights)
    assert found.p[0] == pytest.approx(float(2 * t.sf(abs(t_value), len(ROWS) - 4)))


def test_counted_rows_are_adjusted_as_single_ones() -> None:
    unit, start, step = zip(*ROWS, strict=True)
    once = adjusted_change(unit, start, step, [1] * len(ROWS))
    twice = adjusted_change(unit * 2, start * 2, step * 2, [1] * len(ROWS) * 2)
    counted = adjusted_change(unit, start, step, [2] * len(ROWS))
    assert counted.value.tolist() == pytest.approx(twice.value.tolist())
    assert counted.value.tolist() == pytest.approx(once.value.tolist())
    assert counted.p.tolist() == pytest.approx(twice.p.tolist())


def test_equal_starts_need_no_adjustment() -> None:
    found = adjusted_change([0, 0, 1, 1], [3, 3, 3, 3], [1, 0, 0, -1], [4, 2, 3, 3])
    assert found.slope == 0
    assert found.value.tolist() == pytest.approx([4 / 6, -0.5])


@pytest.mark.parametrize(
    ("x", "n", "scores", "z2", "p"),
    [
        # R: prop.trend.test(smokers, patients) gives X-squared = 8.2249, p = 0.004132.
        (SMOKERS, PATIENTS, [1, 2, 3, 4], 8.2249, 0.004132),
        # Agresti (2002), section 5.3.5: malformations by alcohol of the mother, z² = 6.57, p = 0.010.
        ([48, 38, 5, 1, 1], [17114, 14502, 793, 127, 38], [0, 0.5, 1.5, 4, 7], 6.57, 0.010),
    ],
)
def test_published_trends_are_met(x: list[int], n: list[int], scores: list[float], z2: float, p: float) -> None:
    from scipy.special import chdtri

    found = trend_of_shares(x, n, scores)
    assert found.p == pytest.approx(p, abs=5e-4)
    assert float(chdtri(1, found.p)) == pytest.approx(z2, abs=0.005)


@given(UNITS)
def test_a_trend_turns_with_time_and_with_the_scale(units: list[tuple[int, int]]) -> None:
    x = np.array([hits for hits, _ in units])
    n = x + np.array([misses for _, misses in units]) + 1
    scores = np.arange(len(n))
    found = trend_of_shares(x, n, scores)
    for other in (trend_of_shares(x[::-1], n[::-1], scores), trend_of_shares(n - x, n, scores)):
        assert other.slope == pytest.approx(-found.slope, abs=1e-9)
        assert other.p == pytest.approx(found.p, abs=1e-9)
    assert found.low <= found.slope <= found.high


def test_a_unit_is_told_apart_only_where_units_differ_and_it_has_ten_people() -> None:
    found = compare_shares([2, 16, 15, 17, 14, 3], [20, 20, 20, 20, 20, 4])
    assert found.verdict == ["lower", *["not_apart"] * 4, "too_few"]
    assert found.heterogeneity.p < 0.05
    assert np.isnan(found.p[5])
    assert compare_shares([12, 16, 15, 17, 14, 3], [20] * 5 + [4]).verdict == [*["not_apart"] * 5, "too_few"]


def test_a_comparison_turned_round_says_higher_for_lower() -> None:
    x, n = np.array([2, 16, 15, 17]), np.array([20, 20, 20, 20])
    found, turned = compare_shares(x, n), compare_shares(n - x, n)
    assert (found.verdict[0], turned.verdict[0]) == ("lower", "higher")
    assert turned.p == pytest.approx(found.p)
    assert turned.limit_low == pytest.approx(1 - found.limit_high, abs=1e-9)


def test_change_of_people_who_started_lower_is_not_called_better() -> None:
    """Both units gain what their start lets expect: two steps from 1, one from 2, none from 4."""
    starts, steps = [1, 1, 2, 2, 4, 1, 2, 2, 4, 4, 4], [2, 3, 1, 0, 0, 2, 1, 0, 0, 0, -1]
    units, counts = [0] * 5 + [1] * 6, [6, 2, 3, 1, 1, 1, 1, 1, 8, 2, 2]
    found = compare_change(units, starts, steps, counts)
    assert found is not None
    assert found.verdict == ["not_apart", "not_apart"]
    assert found.plain[0] - found.plain[1] > 1, "before adjustment they looked far apart"


def test_people_low_by_nature_are_not_called_worse_for_staying_so() -> None:
    """Nobody changes but by a little to and fro; the adjustment alone would call the low unit's change a difference."""
    starts, steps = [1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5], [1, 0, 1, 0, -1, -1, 0, 1, 0, 1, 0, -1, -1, 0]
    units, counts = [0] * 7 + [1] * 7, [14, 7, 5, 10, 5, 14, 7, 14, 7, 5, 10, 5, 14, 7]
    adjusted = adjusted_change(units, starts, steps, counts)
    assert adjusted.p[0] < 0.001
    found = compare_change(units, starts, steps, counts)
    assert found is not None
    assert found.verdict == ["not_apart", "not_apart"]


def test_change_that_differs_either_way_is_told_apart() -> None:
    starts, steps = [2, 3, 4] * 2, [0, 0, -1, 2, 2, 1]
    found = compare_change([0, 0, 0, 1, 1, 1, 1], [*starts, 2], [*steps, 1], [10, 8, 6, 10, 8, 6, 4])
    assert found is not None
    assert found.verdict == ["lower", "higher"]


def test_steps_that_do_not_vary_cannot_be_compared() -> None:
    assert compare_change([0, 1], [2, 3], [1, 1], [12, 12]) is None
