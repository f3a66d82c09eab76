"""Net shares, such as the recommendation (NPS) and net change: the difference of two shares of the same people."""

import numpy as np
import numpy.typing as npt

from evaluation.statistics.proportions import LEVEL, Numbers, normal_quantile

# Halving an interval of length 2 this often leaves it shorter than any double can tell.
HALVINGS = 60


def net_share(plus: npt.ArrayLike, minus: npt.ArrayLike, totals: npt.ArrayLike) -> Numbers:
    """Return (plus − minus) / n, between −1 and 1; missing where n is 0."""
    b, c, n = (np.asarray(counts, dtype=float) for counts in (plus, minus, totals))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((b - c) / n, dtype=float)


def net_interval(
    plus: npt.ArrayLike, minus: npt.ArrayLike, totals: npt.ArrayLike, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """Return low and high of the score interval of a difference of two multinomial shares, between −1 and 1.

    The two shares are of the same n people, so they are not independent: an interval for two independent shares
    would be wrong. All Δ are kept for which the score statistic
    T(Δ) = (b − c − nΔ) / √(n(2q + Δ(1−Δ))) lies between −z and z, where q is the greatest likelihood's share of the
    minus side at Δ: q = (√(B² − 4AC) − B) / 2A with A = 2n, B = −b − c + (2n − b + c)Δ, C = −cΔ(1−Δ).
    Tango (1998), Stat Med 17:891, equations 24–26; the same as the iterative score test of May and Johnson (1997),
    which Rocks (2016), Am Stat 70:365, finds best for the NPS beside the adjusted Wald interval. Equal to R's
    PropCIs::scoreci.mp(c, b, n); scipy and statsmodels have no such interval. Unlike the Wald interval it does not
    shrink to a point when all answers agree.

    Args:
        plus: counts b of the one side (promoters, people improved), shape (m,); need not be whole.
        minus: counts c of the other side, shape (m,).
        totals: counts n of all, shape (m,); where n is 0 both ends are missing.
        level: share of intervals that hold the true difference.
    """
    b, c, n = np.broadcast_arrays(*(np.asarray(counts, dtype=float) for counts in (plus, minus, totals)))
    if not b.size:
        return np.empty(b.shape), np.empty(b.shape)
    z = normal_quantile(level)
    # The lower end of b − c is the upper end of c − b with the sign turned, so one search does for both.
    return -_upper_end(c, b, n, z), _upper_end(b, c, n, z)


def _upper_end(b: Numbers, c: Numbers, n: Numbers, z: float) -> Numbers:
    """Find by halving the Δ above (b − c)/n at which the score statistic falls to −z."""
    with np.errstate(invalid="ignore", divide="ignore"):
        inside = np.clip((b - c) / n, -1, 1)
        outside = np.ones_like(inside)
        for _ in range(HALVINGS):
            middle = (inside + outside) / 2
            within = _score(b, c, n, middle) > -z
            inside, outside = np.where(within, middle, inside), np.where(within, outside, middle)
    return np.where(n > 0, np.where(b == n, 1.0, inside), np.nan)


def _score(b: Numbers, c: Numbers, n: Numbers, delta: Numbers) -> Numbers:
    linear = -b - c + (2 * n - b + c) * delta
    constant = -c * delta * (1 - delta)
    q = (np.sqrt(np.maximum(linear**2 - 8 * n * constant, 0)) - linear) / (4 * n)
    spread = np.sqrt(np.maximum(n * (2 * q + delta * (1 - delta)), 0))
    return np.asarray((b - c - n * delta) / spread, dtype=float)
