"""Funnel limits: between which figures units of a given size lie by chance alone."""

import numpy as np
import numpy.typing as npt

from evaluation.statistics.proportions import LEVEL, Numbers


def funnel_limits(share: float, totals: npt.ArrayLike, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """Return low and high of the share seen in a unit of n people when the true share is ``share``, by chance alone.

    Exact binomial limits, made smooth in n: with r the least count of which P(X ≤ r) ≥ p, the limit is (r − a + ½)/n,
    a = (P(X ≤ r) − p)/(P(X ≤ r) − P(X ≤ r−1)), for p = (1 ∓ level)/2. Spiegelhalter (2005), Stat Med 24:1185, A.1.1,
    but for the half count, without which the limits of a scale turned round would not be these turned round. Limits are
    cut at 0 and 1.

    Args:
        share: the true share, between 0 and 1.
        totals: people n of each unit, shape (m,).
        level: share of units within the limits by chance.
    """
    n = np.asarray(totals, dtype=float)
    tail = (1 - level) / 2
    return _limit(share, n, tail), _limit(share, n, 1 - tail)


def _limit(share: float, n: Numbers, p: float) -> Numbers:
    from scipy.special import bdtr

    if share in (0, 1):
        return np.full(n.shape, float(share))
    below, above = np.full(n.shape, -1.0), n.copy()
    # Halving finds the least count whose cumulative chance reaches p.
    while np.any(above - below > 1):
        middle = np.floor((below + above) / 2)
        reached = bdtr(middle, n.astype(np.int64), share) >= p
        open_ = above - below > 1
        above, below = np.where(open_ & reached, middle, above), np.where(open_ & ~reached, middle, below)
    reached_by = bdtr(above, n.astype(np.int64), share)
    before = np.where(above > 0, bdtr(np.maximum(above - 1, 0), n.astype(np.int64), share), 0.0)
    part = (reached_by - p) / (reached_by - before)
    return np.asarray(np.clip((above - part + 0.5) / n, 0.0, 1.0), dtype=float)
