"""The sign test, and the tests that follow a gatekeeper, against scipy and against their definition."""

import itertools

import numpy as np
import pytest
from scipy.stats import binomtest

from evaluation.statistics.multiplicity import after_gatekeeper, holm
from evaluation.statistics.paired import sign_test


def test_the_sign_test_is_scipys_binomial_test() -> None:
    pairs = [(better, worse) for better, worse in itertools.product(range(15), repeat=2) if better + worse]
    ours = sign_test(*zip(*pairs, strict=True))
    theirs = [binomtest(better, better + worse).pvalue for better, worse in pairs]
    assert ours == pytest.approx(theirs, rel=1e-12)


def test_the_sign_test_counts_every_assignment_of_signs() -> None:
    for better, worse in ((5, 0), (6, 1), (4, 4), (7, 2)):
        distance = abs(better - worse)
        signs = itertools.product((1, -1), repeat=better + worse)
        share = np.mean([abs(sum(toss)) >= distance for toss in signs])
        assert sign_test([better], [worse])[0] == pytest.approx(share)


def test_who_did_not_move_tells_nothing_and_many_people_are_no_trouble() -> None:
    assert sign_test([0], [0])[0] == 1
    assert sign_test([3000], [2900])[0] == pytest.approx(binomtest(3000, 5900).pvalue, rel=1e-9)


def test_the_others_are_tested_by_holm_once_the_gatekeeper_has_passed() -> None:
    gate, p = [0.03, 0.2, np.nan], [0.001, 0.02, 0.5, 0.001, 0.001, 0.04, np.nan]
    groups = [0, 0, 0, 1, 2, 2, 2]
    adjusted = after_gatekeeper(gate, p, groups)
    assert adjusted[:3] == pytest.approx(np.maximum(0.03, holm(p[:3])))
    assert np.isnan(adjusted[3]), "a failed gatekeeper leaves nothing to be tested"
    assert adjusted[4:6] == pytest.approx(holm(p[4:6])), "without a gatekeeper they are tested by Holm"
    assert np.isnan(adjusted[6])


def test_no_more_is_found_than_by_holm_alone() -> None:
    generator = np.random.default_rng(3)
    p, groups = generator.random(400) ** 3, np.repeat(np.arange(100), 4)
    after = after_gatekeeper(generator.random(100) ** 2, p, groups)
    alone = np.concatenate([holm(part) for part in p.reshape(100, 4)])
    assert ((after < 0.05) <= (alone < 0.05)).all()
