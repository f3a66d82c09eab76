"""Intervals of a share: the Wilson score interval, for whole columns at once."""

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

LEVEL = 0.95


def wilson(successes: npt.ArrayLike, totals: npt.ArrayLike, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """Return low and high of the Wilson score interval of each share, both between 0 and 1.

    With p = x/n and z the normal quantile of (1 + level)/2:
    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
    Wilson (1927), J Am Stat Assoc 22:209; method 3 of Newcombe (1998), Stat Med 17:857. It stays within 0 and 1 and
    keeps its coverage at the sizes of small groups, where the interval from the normal distribution does not.

    Args:
        successes: counts x, shape (m,).
        totals: counts n, shape (m,); where n is 0 both ends are missing.
        level: share of intervals that hold the true share.
    """
    x, n = np.asarray(successes, dtype=float), np.asarray(totals, dtype=float)
    z = NormalDist().inv_cdf((1 + level) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = x / n
        middle = p + z**2 / (2 * n)
        half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
        scale = 1 + z**2 / n
        low, high = (middle - half) / scale, (middle + half) / scale
    # Rounding would leave an end a hair outside at shares of exactly 0 and 1.
    low, high = np.where(x == 0, 0.0, low), np.where(x == n, 1.0, high)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)
