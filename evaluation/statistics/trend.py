"""A trend of shares over ordered periods: the slope with its interval, and the Cochran–Armitage test."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from evaluation.statistics.proportions import LEVEL, normal_quantile


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
    is b ± z·SE with the variances of the periods' own shares, one favourable and one other answer added to each,
    without which a period of like answers would count as certain.

    Args:
        successes: counts by period, shape (m,), m at least 2.
        totals: counts by period, shape (m,), every one at least 1.
        scores: the periods' places in time, shape (m,), not all equal.
        level: share of intervals that hold the true slope.
    """
    x, n, s = (np.asarray(each, dtype=float) for each in (successes, totals, scores))
    share, middle = x.sum() / n.sum(), (n * s).sum() / n.sum()
    weight = float((n * (s - middle) ** 2).sum())
    slope = float(((x - n * share) * (s - middle)).sum()) / weight
    own = (x + 1) / (n + 2)
    half = normal_quantile(level) * math.sqrt(float((n * own * (1 - own) * (s - middle) ** 2).sum())) / weight
    null = share * (1 - share)
    z = slope * math.sqrt(weight / null) if null > 0 else 0.0
    return Trend(slope, slope - half, slope + half, 2 * NormalDist().cdf(-abs(z)))
