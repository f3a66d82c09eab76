"""Change of the same people against textbooks, published tables and every sign counted out."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import PermutationMethod, rankdata, wilcoxon

from evaluation.statistics.paired import median_step, rank_biserial, reliable_step, signed_rank

# Hollander & Wolfe (1973), p. 29: Hamilton's depression factor IV before and after tranquilizer, 9 patients.
HAMILTON = np.subtract(
    [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30], [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
)
# Cureton (1967), J Am Stat Assoc 62:1068: Darwin's heights of crossed and self-fertilized plants.
PLANTS = np.array([6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75])
# King, Rosopa & Minium, Statistical Reasoning in the Behavioral Sciences (data as in R's rcompanion).
PLACEBO_DRUG = np.subtract([24, 39, 29, 28, 25, 32, 31, 33, 31, 22], [28, 29, 34, 21, 28, 15, 17, 28, 16, 12])
# Lowry's table of ten pairs, one of them without a difference, by which Kerby's formula is usually shown.
TEN_PAIRS = np.subtract(
    [125, 115, 130, 140, 140, 115, 140, 125, 140, 135], [110, 122, 125, 120, 140, 124, 123, 137, 135, 145]
)


def _ones(steps: np.ndarray) -> np.ndarray:
    return np.ones(len(steps))


@pytest.mark.parametrize(
    ("steps", "plus", "minus", "p"),
    [
        # R: wilcox.test(x, y, paired=TRUE, alternative="greater") gives V = 40, p = 0.01953; two-sided twice that.
        (HAMILTON, 40, 5, 0.0390625),
        # The documentation of scipy.stats.wilcoxon gives 24 and 0.041259765625.
        (PLANTS, 96, 24, 0.041259765625),
    ],
    ids=["Hollander & Wolfe", "Cureton"],
)
def test_textbook_signed_ranks_are_met(steps: np.ndarray, plus: float, minus: float, p: float) -> None:
    found = signed_rank(steps, _ones(steps))
    assert (found.plus, found.minus) == (plus, minus)
    assert found.p == pytest.approx(p)
    assert found.exact


def test_ranks_with_zeros_are_pratts() -> None:
    """Scipy's own test of accuracy (test_accuracy_wilcoxon): these 56 counts of steps −4 … 4 give T = 423 by Pratt."""
    found = signed_rank(np.arange(-4, 5), [1, 4, 16, 15, 8, 4, 5, 1, 2])
    assert min(found.plus, found.minus) == 423
    # The normal distribution gives 0.00317 there; the exact p is near it.
    assert found.p == pytest.approx(0.00317, abs=0.0005)


def _by_counting_every_sign(steps: list[int]) -> float:
    d = np.array(steps)
    ranks = rankdata(np.abs(d))
    moved = ranks[d != 0]
    if not len(moved):
        return 1.0
    seen = min(ranks[d > 0].sum(), ranks[d < 0].sum())
    sums = [float(np.dot(signs, moved)) for signs in product((0, 1), repeat=len(moved))]
    return min(1.0, 2 * sum(total <= seen + 1e-9 for total in sums) / len(sums))


PRATT = [
    [0, 0, 0, 1, 1, 2],
    [1, 1, 1, 1, 1],
    [0, 0, 0, 0, 0],
    [2, -1, 0, 1, 1, 3, 0],
    [-1, -1, 0, 2, 2, 2, 3, 4],
    [1, 1, 1, 1, 2, 2, -1, 0, 0, 0],
    [4, 3, 2, 1, 0, -1, -2, -3],
    [1, -1, 2, -2, 3, 0],
    [1, 1, 1, 2, 2, 3, 3, 0, -1, -1, 1, 2],
    [-2, -2, -1, -1, 0, 0, 1],
]


@pytest.mark.parametrize("steps", PRATT, ids=str)
def test_the_exact_p_equals_that_of_every_sign_counted(steps: list[int]) -> None:
    assert signed_rank(steps, _ones(np.array(steps))).p == pytest.approx(_by_counting_every_sign(steps))


@pytest.mark.parametrize("steps", [[3, -1, 2, 0, 4, 1, 1], [0, 0, 2, 1, 1, 1, -3, 2]], ids=str)
def test_scipys_permutation_of_pratts_ranks_agrees(steps: list[int]) -> None:
    expected = wilcoxon(steps, zero_method="pratt", method=PermutationMethod(n_resamples=10_000))
    assert signed_rank(steps, _ones(np.array(steps))).p == pytest.approx(float(expected.pvalue))


def test_many_pairs_use_the_normal_distribution_and_agree_with_the_exact_one() -> None:
    steps, counts = np.arange(-4, 5), np.array([4, 11, 25, 60, 90, 70, 30, 9, 1])
    assert counts.sum() == 300
    exact, large = signed_rank(steps, counts), signed_rank(steps, np.where(steps == 0, counts + 1, counts))
    assert (exact.exact, large.exact) == (True, False)
    assert large.p == pytest.approx(exact.p, abs=0.01)
    d = np.repeat(steps, np.where(steps == 0, counts + 1, counts))
    expected = wilcoxon(d, zero_method="pratt", method="asymptotic", correction=False)
    assert large.p == pytest.approx(float(expected.pvalue), rel=1e-6)


@pytest.mark.parametrize(
    ("steps", "value"),
    [
        # Kerby (2014): 27/45 − 18/45, when the pair without a difference is dropped first.
        (TEN_PAIRS[TEN_PAIRS != 0], 0.2),
        # By hand: ranks for 48.5, against 6.5, of 55.
        (PLACEBO_DRUG, 42 / 55),
        # 35 of 36 possible: all ranks but the first are for the better.
        (np.array([-1, 2, 3, 4, 5, 6, 7, 8]), 34 / 36),
        (np.array([1, 2, 3, 4, 5]), 1.0),
        # By hand, zeros kept: ranks 1.5 and 1.5 are of people unchanged, 3, 4 and 5 are for the better, of 15.
        (np.array([0, 0, 1, 2, 3]), 0.8),
    ],
    ids=["Kerby", "King & Minium", "one against", "all better", "two unchanged"],
)
def test_the_effect_is_the_ranks_for_less_the_ranks_against(steps: np.ndarray, value: float) -> None:
    effect = rank_biserial(signed_rank(steps, _ones(steps)))
    assert effect.value == pytest.approx(value)
    assert effect.low < effect.value
    assert effect.value <= effect.high <= 1


def test_pingouins_effect_is_met_when_nobody_stays_the_same() -> None:
    """Pingouin 0.5, pingouin.wilcoxon's own example: W = 20.5 and RBC = −0.378788, its one zero dropped."""
    x = np.array([20, 22, 19, 20, 22, 18, 24, 20, 19, 24, 26, 13])
    y = np.array([38, 37, 33, 29, 14, 12, 20, 22, 17, 25, 26, 16])
    steps = (x - y)[x != y]
    test = signed_rank(steps, _ones(steps))
    assert min(test.plus, test.minus) == 20.5
    assert rank_biserial(test).value == pytest.approx(-0.378788, abs=1e-6)


@pytest.mark.parametrize(
    ("steps", "counts", "median"),
    [([-1, 0, 1], [1, 1, 5], 1), ([0, 1], [3, 3], 0.5), ([2], [7], 2), ([1, -2, 0, 1], [1, 1, 2, 1], 0)],
)
def test_the_median_step_is_that_of_the_people(steps: list[int], counts: list[int], median: float) -> None:
    assert median_step(steps, counts) == median == np.median(np.repeat(steps, counts))


def test_the_published_reliable_change_is_met() -> None:
    """Jacobson & Truax (1991), p. 14: SD 7.54, r = .80: S_diff = 4.74, so that 15 points are an index of 3.16."""
    needed = reliable_step(7.54, 0.80)
    assert needed / 1.96 == pytest.approx(4.74, abs=0.03)
    assert 15 / (needed / 1.959964) == pytest.approx(3.16, abs=0.02)


STEPS = st.lists(st.integers(-4, 4), min_size=1, max_size=40)


@given(STEPS)
def test_turning_the_scale_turns_the_effect_and_leaves_the_p(steps: list[int]) -> None:
    d = np.array(steps)
    one, other = signed_rank(d, _ones(d)), signed_rank(-d, _ones(d))
    assert (one.plus, one.minus, one.p) == (other.minus, other.plus, pytest.approx(other.p))
    effect, turned = rank_biserial(one), rank_biserial(other)
    assert (effect.low, effect.high) == (-turned.high, -turned.low)
    assert effect.low - 1e-9 <= effect.value <= effect.high + 1e-9


@given(STEPS, st.randoms())
def test_counts_and_rows_in_any_order_give_the_same(steps: list[int], order) -> None:
    counted = Counter(steps)
    shuffled = list(steps)
    order.shuffle(shuffled)
    from_rows = signed_rank(shuffled, _ones(np.array(shuffled)))
    from_counts = signed_rank(list(counted), list(counted.values()))
    assert from_rows == from_counts
    assert median_step(list(counted), list(counted.values())) == float(np.median(steps))


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=12))
def test_the_exact_p_is_that_of_every_sign_for_any_steps(steps: list[int]) -> None:
    assert signed_rank(steps, _ones(np.array(steps))).p == pytest.approx(_by_counting_every_sign(steps))
