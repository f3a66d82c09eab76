"""Shares with intervals that hold at the sizes of small groups: one share, a difference of two, a trend of several."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

LEVEL = 0.95


def normal_quantile(level: float) -> float:
    """Return z with ``level`` of the normal distribution between −z and z."""
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(successes: npt.ArrayLike, totals: npt.ArrayLike, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """Return low and high of the Wilson score interval of shares, both between 0 and 1.

    With p = x/n and z the normal quantile of (1 + level)/2:
    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
    Wilson (1927), J Am Stat Assoc 22:209; method 3 of Newcombe (1998), Stat Med 17:857. Equal to
    scipy.stats.binomtest(…).proportion_ci(method="wilson") and to R's prop.test(…, correct=FALSE). It stays within 0
    and 1 and keeps its coverage at the sizes of small groups, where the interval from the normal distribution does not.

    Args:
        successes: counts x, shape (m,); need not be whole (effective counts).
        totals: counts n, shape (m,); where n is 0 both ends are missing.
        level: share of intervals that hold the true share.
    """
    x, n = np.asarray(successes, dtype=float), np.asarray(totals, dtype=float)
    z = normal_quantile(level)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = x / n
        middle = p + z**2 / (2 * n)
        half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
        scale = 1 + z**2 / n
        low, high = (middle - half) / scale, (middle + half) / scale
    # Rounding would leave an end a hair outside at shares of exactly 0 and 1.
    low, high = np.where(x == 0, 0.0, low), np.where(x == n, 1.0, high)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def newcombe(
    successes: npt.ArrayLike,
    totals: npt.ArrayLike,
    other_successes: npt.ArrayLike,
    other_totals: npt.ArrayLike,
    level: float = LEVEL,
) -> tuple[Numbers, Numbers]:
    """Return low and high of the difference p₁ − p₂ of two shares of different people, both between −1 and 1.

    The hybrid score interval: with the Wilson limits (l₁, u₁) and (l₂, u₂),
    d − √((p₁−l₁)² + (u₂−p₂)²) and d + √((u₁−p₁)² + (p₂−l₂)²). Method 10 of Newcombe (1998), Stat Med 17:873; equal to
    statsmodels' confint_proportions_2indep(method="newcomb") and R's DescTools::BinomDiffCI(method="score").

    Args:
        successes: counts x₁, shape (m,).
        totals: counts n₁, shape (m,).
        other_successes: counts x₂, shape (m,).
        other_totals: counts n₂, shape (m,).
        level: share of intervals that hold the true difference.
    """
    x1, n1 = np.asarray(successes, dtype=float), np.asarray(totals, dtype=float)
    x2, n2 = np.asarray(other_successes, dtype=float), np.asarray(other_totals, dtype=float)
    low1, high1 = wilson(x1, n1, level)
    low2, high2 = wilson(x2, n2, level)
    with np.errstate(invalid="ignore", divide="ignore"):
        p1, p2 = x1 / n1, x2 / n2
        low = p1 - p2 - np.sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
        high = p1 - p2 + np.sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    return np.asarray(low, dtype=float), np.asarray(high, dtype=float)


@dataclass(frozen=True)
class Trend:
    """Change of the share from one unit of score to the next, with its interval and the test's two-sided p."""

    slope: float
    low: float
    high: float
    p: float


def trend_of_shares(
    successes: npt.ArrayLike, totals: npt.ArrayLike, scores: npt.ArrayLike, level: float = LEVEL
) -> Trend:
    """Return the linear trend of shares over ``scores``, such as 0, 1, 2 for periods in their order.

    With p̄ the share of all and s̄ the mean score: b = Σ(x − np̄)(s − s̄)/Σn(s − s̄)², z = b √(Σn(s − s̄)²/p̄(1−p̄)).
    Cochran (1954) and Armitage (1955), Biometrics 11:375; z² equals R's prop.trend.test, scipy has none. The interval
    is b ± z·SE with the variances of the periods' shares, one favourable and one other answer added to all,
    without which a period of like answers would count as certain.

    Args:
        successes: counts by period, shape (m,), m at least 2.
        totals: counts by period, shape (m,), every one at least 1.
        scores: the periods' places in time, shape (m,), not all equal.
        level: share of intervals that hold the true slope.
    """
    x, n, s = (np.asarray(values, dtype=float) for values in (successes, totals, scores))
    share, middle = x.sum() / n.sum(), (n * s).sum() / n.sum()
    weight = float((n * (s - middle) ** 2).sum())
    slope = float(((x - n * share) * (s - middle)).sum()) / weight
    shares = (x + 1) / (n + 2)
    variance = float((n * shares * (1 - shares) * (s - middle) ** 2).sum())
    half = normal_quantile(level) * math.sqrt(variance) / weight
    null = share * (1 - share)
    z = slope * math.sqrt(weight / null) if null > 0 else 0.0
    return Trend(slope, slope - half, slope + half, 2 * NormalDist().cdf(-abs(z)))
