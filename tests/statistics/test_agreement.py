"""Reliability, agreement and many tests at once, against published tables and other implementations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.statistics.multiplicity import holm
from evaluation.statistics.reliability import agreement_share, cronbach_alpha, variance, weighted_kappa


def _alpha(answers: np.ndarray) -> float:
    return cronbach_alpha(answers.var(axis=0, ddof=1), float(answers.sum(axis=1).var(ddof=1)))


# Answers of ten people to three items, and of six people to two that go against each other.
ANSWERS = np.array(
    [[5, 4, 4], [4, 4, 5], [3, 2, 3], [2, 3, 2], [5, 5, 5], [1, 2, 1], [4, 3, 4], [3, 3, 2], [2, 2, 2], [4, 5, 4]]
)
AGAINST = np.array([[1, 5], [5, 1], [2, 4], [4, 2], [3, 3], [3, 2]])


def test_the_published_alpha_is_met() -> None:
    """Bland & Altman (1997), BMJ 314:572, mini-HAQ: ten items, Σs² = 11.16, s_T² = 77.44, alpha 0.95."""
    assert round(cronbach_alpha(np.full(10, 1.116), 77.44), 2) == 0.95


@pytest.mark.parametrize(("answers", "alpha"), [(ANSWERS, 0.935032894736842), (AGAINST, -48.0)])
def test_alpha_equals_that_of_pingouin(answers: np.ndarray, alpha: float) -> None:
    """Pingouin 0.5, cronbach_alpha of the same answers."""
    assert _alpha(answers) == pytest.approx(alpha)


def test_alpha_is_missing_where_it_means_nothing() -> None:
    assert np.isnan(cronbach_alpha([1.0], 1.0))
    assert np.isnan(cronbach_alpha([0.0, 0.0], 0.0))


@given(st.lists(st.integers(1, 5), min_size=2, max_size=50))
def test_variance_from_sums_is_that_of_the_answers(answers: list[int]) -> None:
    found = variance([len(answers)], [sum(answers)], [sum(each**2 for each in answers)])
    assert found[0] == pytest.approx(np.var(answers, ddof=1), abs=1e-9)


# R, vcd::Kappa of Agresti's tables; the interval from statsmodels 0.14, cohens_kappa(wt="linear").
KAPPA = [
    # Agresti (2002), table 2.8, SexualFun: vcd gives weighted 0.2374, ASE 0.07832.
    ([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]], 0.23738062755798, 0.08388343199119, 0.39087782312477),
    # Agresti & Winner (1997), Siskel and Ebert on 160 films.
    ([[24, 8, 13], [8, 13, 11], [10, 9, 64]], 0.42687401712389, 0.30242564546486, 0.55132238878291),
    ([[5, 1, 0], [2, 6, 1], [0, 2, 7]], 0.70731707317073, 0.49442957966401, 0.92020456667745),
    ([[3, 2, 0], [1, 4, 1], [0, 0, 8]], 0.75483870967742, 0.54325563966332, 0.96642177969153),
]


@pytest.mark.parametrize(("table", "kappa", "low", "high"), KAPPA)
def test_weighted_kappas_are_met(table: list[list[int]], kappa: float, low: float, high: float) -> None:
    found = weighted_kappa(table)
    assert (found.value, found.low, found.high) == pytest.approx((kappa, low, high), abs=1e-9)


def test_siskel_and_ebert_agree_on_101_of_160() -> None:
    """Agresti & Winner (1997): they agreed in 63 % of the films."""
    found = agreement_share([[24, 8, 13], [8, 13, 11], [10, 9, 64]])
    assert round(found.value, 2) == 0.63
    assert found.low < found.value < found.high


def test_full_agreement_is_a_kappa_of_one_and_one_class_has_none() -> None:
    assert weighted_kappa(np.diag([3, 4, 5])).value == pytest.approx(1)
    assert np.isnan(weighted_kappa([[9, 0, 0], [0, 0, 0], [0, 0, 0]]).value)


@given(st.lists(st.integers(0, 20), min_size=9, max_size=9).filter(lambda each: sum(each) > 0))
def test_agreement_does_not_depend_on_which_end_is_good_or_who_comes_first(counts: list[int]) -> None:
    table = np.array(counts).reshape(3, 3)
    kappa = weighted_kappa(table).value
    for other in (table[::-1, ::-1], table.T):
        assert weighted_kappa(other).value == pytest.approx(kappa, nan_ok=True)
        assert agreement_share(other) == agreement_share(table)


# The first is the example of Holm's procedure that is met most (reject the first and the last at 5 %); R's
# p.adjust(p, "holm") and statsmodels' multipletests give these values.
HOLM = [
    ([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]),
    ([0.2, 0.001, 0.04, 0.04, 0.6, 0.012], [0.4, 0.006, 0.16, 0.16, 0.6, 0.06]),
    ([0.5, 0.5], [1.0, 1.0]),
    ([0.049], [0.049]),
    ([0.0001, 0.0002, 0.03, 0.02, 0.01, 0.9, 0.4], [0.0007, 0.0012, 0.09, 0.08, 0.05, 0.9, 0.8]),
]


@pytest.mark.parametrize(("p", "adjusted"), HOLM)
def test_holms_values_are_met(p: list[float], adjusted: list[float]) -> None:
    assert holm(p).tolist() == pytest.approx(adjusted)


def test_a_missing_p_is_no_test() -> None:
    assert holm([0.01, np.nan, 0.04]).tolist() == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.randoms())
def test_holm_keeps_order_and_never_lowers(p: list[float], order) -> None:
    places = list(range(len(p)))
    order.shuffle(places)
    found = holm(p)
    assert holm([p[place] for place in places]).tolist() == [found[place] for place in places]
    assert all(after >= before for before, after in zip(p, found, strict=True))
