"""Change of the same people from paired counts: steps, their direction, signed ranks, thresholds, reliable change.

A pair's step is d = direction × (later − earlier) on the codes of the scale, so that d > 0 is always for the better.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from evaluation.statistics.nps import net_interval
from evaluation.statistics.proportions import LEVEL, Numbers, normal_quantile

# Up to this many pairs the null distribution of the signed ranks is computed exactly.
MOST_EXACT = 300


@dataclass(frozen=True)
class SignedRank:
    """Ranks of the steps for the better (plus) and for the worse (minus), of all, the two-sided p and its method."""

    plus: float
    minus: float
    total: float
    p: float
    exact: bool


@dataclass(frozen=True)
class Effect:
    """A value between −1 and 1 with its interval."""

    value: float
    low: float
    high: float


def median_step(steps: npt.ArrayLike, counts: npt.ArrayLike) -> float:
    """Return the median step, from counts: the mean of the two middle ones where their number is even.

    Args:
        steps: steps d, shape (m,).
        counts: pairs by step, shape (m,).
    """
    d, n = _together(steps, counts)
    ends = np.cumsum(n)
    middle = np.searchsorted(ends, [(ends[-1] - 1) // 2, ends[-1] // 2], side="right")
    return float(d[middle].mean())


def signed_rank(steps: npt.ArrayLike, counts: npt.ArrayLike) -> SignedRank:
    """Return the Wilcoxon signed-rank test with Pratt's treatment of zeros, two-sided.

    All |d| are ranked, zeros too, ties with their mean rank; then the zeros' ranks are dropped. Given the |d| every
    sign is as likely as the other when nothing has changed, which gives the exact distribution of the ranks for the
    better: a product of (1 + x^rank) over the pairs, multiplied out by convolution. p is twice the smaller tail, at
    most 1. Pratt (1959), J Am Stat Assoc 54:655; Hollander & Wolfe, Nonparametric Statistical Methods, ch. 3.
    scipy.stats.wilcoxon(zero_method="pratt") has the same ranks, but its exact p allows no ties or zeros; R's
    coin::wilcoxsign_test(zero.method="Pratt", distribution="exact") agrees. Dropping the zeros before ranking
    (R's wilcox.test) can call a change sure that more unchanged people would not support.

    Above 300 pairs p is from the normal distribution with ties allowed for, without a continuity correction.

    Args:
        steps: steps d, shape (m,).
        counts: pairs by step, shape (m,).
    """
    d, n = _together(steps, counts)
    sizes, inverse = np.unique(np.abs(d), return_inverse=True)
    tied = np.bincount(inverse, weights=n).astype(float)
    ranks = np.cumsum(tied) - (tied - 1) / 2
    by_step = ranks[inverse] * n
    plus, minus = float(by_step[d > 0].sum()), float(by_step[d < 0].sum())
    total, moved = float(tied.sum()), sizes > 0
    exact = bool(total <= MOST_EXACT)
    tail = _exact_tail if exact else _normal_tail
    p = tail(ranks[moved], tied[moved], min(plus, minus)) if moved.any() else 1.0
    return SignedRank(plus, minus, total * (total + 1) / 2, min(2 * p, 1.0), exact)


def _exact_tail(ranks: Numbers, tied: Numbers, smaller: float) -> float:
    """Return the chance of a rank sum of at most ``smaller``; ranks are doubled, so that mean ranks are whole."""
    distribution = np.ones(1)
    for rank, number in zip(np.rint(2 * ranks).astype(int).tolist(), tied.astype(int).tolist(), strict=True):
        wider = np.zeros(len(distribution) + rank * number)
        for chosen in range(number + 1):
            chance = math.comb(number, chosen) / 2**number
            wider[chosen * rank : chosen * rank + len(distribution)] += chance * distribution
        distribution = wider
    return float(distribution[: round(2 * smaller) + 1].sum())


def _normal_tail(ranks: Numbers, tied: Numbers, smaller: float) -> float:
    mean, variance = float((ranks * tied).sum()) / 2, float((ranks**2 * tied).sum()) / 4
    return NormalDist().cdf((smaller - mean) / math.sqrt(variance))


def sign_test(better: npt.ArrayLike, worse: npt.ArrayLike) -> Numbers:
    """Return the exact two-sided p of the sign test, by pair of counts; those that moved neither way tell nothing.

    Twice the chance of at most min(better, worse) heads in better + worse tosses, at most 1. Dixon & Mood (1946),
    J Am Stat Assoc 41:557; equal to scipy's binomtest(better, better + worse) and R's binom.test.

    Args:
        better: how many moved for the better, shape (m,).
        worse: how many moved for the worse, shape (m,).
    """
    pairs = zip(np.asarray(better, dtype=int).tolist(), np.asarray(worse, dtype=int).tolist(), strict=True)
    return np.array([_two_tails(min(pair), sum(pair)) for pair in pairs], dtype=float)


def _two_tails(fewer: int, moved: int) -> float:
    tail = sum(math.comb(moved, heads) for heads in range(fewer + 1))
    # Whole numbers until the end: floats cannot hold 2 to a thousand.
    return min(float(2 * tail / 2**moved), 1.0)


def rank_biserial(test: SignedRank, level: float = LEVEL) -> Effect:
    """Return the matched-pairs rank-biserial correlation: the ranks for the better less those for the worse, of all.

    The simple difference of Kerby (2014), Compr Psychol 3:1. Where pairs are unchanged their ranks stay in the whole,
    as people who moved neither way (King & Minium keep them too); pingouin and R's effectsize drop them first, so that
    one person improved and a hundred unchanged give 1 there and nearly 0 here. Without zeros all agree.

    The interval is the score interval of a net share of (Σrank)²/Σrank² effective pairs (Kish), about ¾ of them. The
    usual interval, tanh(atanh r ± z·SE) with that number in its SE, shrinks to a point when all improve; this does not.

    Args:
        test: ranks from signed_rank.
        level: share of intervals that hold the true value.
    """
    low, high = rank_biserial_interval([test.plus], [test.minus], [test.total], level)
    return Effect((test.plus - test.minus) / test.total, float(low[0]), float(high[0]))


def rank_biserial_interval(
    plus: npt.ArrayLike, minus: npt.ArrayLike, totals: npt.ArrayLike, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """Return low and high of several rank-biserial correlations at once; see rank_biserial.

    Args:
        plus: sums of the ranks for the better, shape (m,).
        minus: sums of the ranks for the worse, shape (m,).
        totals: sums of all ranks, shape (m,).
        level: share of intervals that hold the true value.
    """
    better, worse, total = (np.asarray(sums, dtype=float) for sums in (plus, minus, totals))
    n = (np.sqrt(8 * total + 1) - 1) / 2
    effective = 1.5 * n * (n + 1) / (2 * n + 1)
    return net_interval(effective * better / total, effective * worse / total, effective, level)


def reliable_step(sd_start: float, reliability: float, level: float = LEVEL) -> float:
    """Return the least change of one person's score that measurement error alone would hardly bring about.

    z · s₁ · √2 · √(1 − r): the reliable change index of Jacobson & Truax (1991), J Consult Clin Psychol 59:12, solved
    for the change. A person whose score moved by more has changed reliably.

    Args:
        sd_start: standard deviation s₁ of the scores at start, in scale units.
        reliability: reliability r of the score, between 0 and 1.
        level: share of unchanged people whose score moves by less.
    """
    return normal_quantile(level) * sd_start * math.sqrt(2 * (1 - reliability))


def _together(steps: npt.ArrayLike, counts: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """Return the different steps in order with their counts, those that nobody took left out."""
    d, inverse = np.unique(np.asarray(steps, dtype=float), return_inverse=True)
    n = np.bincount(inverse, weights=np.asarray(counts, dtype=float), minlength=len(d)).astype(float)
    return d[n > 0], n[n > 0]
