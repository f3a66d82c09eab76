"""The Wilson interval against published values and another implementation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evaluation.measures.intervals import wilson

# Newcombe (1998), Stat Med 17:857–872, table I, method 3.
NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("successes", "total", "low", "high"), NEWCOMBE)
def test_the_published_examples_are_met(successes: int, total: int, low: float, high: float) -> None:
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
