"""Units side by side: their estimates, pooled and shrunk ones, funnel limits, and which units differ beyond chance."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.statistics.heterogeneity import Heterogeneity, against_the_rest, of_shares
from evaluation.statistics.multiplicity import holm
from evaluation.statistics.pooling import Pooled, pooled_means, pooled_shares
from evaluation.statistics.proportions import LEVEL, Numbers, wilson
from evaluation.statistics.start_adjustment import Adjusted, adjusted_change

HIGHER, LOWER, NOT_APART, TOO_FEW = "higher", "lower", "not_apart", "too_few"
LEAST_COMPARED = 10


@dataclass(frozen=True)
class Compared:
    """By unit: value, interval, the same shrunk, funnel limits, adjusted p and verdict; and how far all differ.

    ``plain`` is the value before any adjustment. A verdict is ``higher`` or ``lower`` than the others together,
    ``not_apart`` (no difference beyond chance) or ``too_few``.
    """

    n: Numbers
    value: Numbers
    low: Numbers
    high: Numbers
    pooled: Pooled
    limit_low: Numbers
    limit_high: Numbers
    p: Numbers
    verdict: list[str]
    heterogeneity: Heterogeneity
    plain: Numbers


def compare_shares(successes: npt.ArrayLike, totals: npt.ArrayLike) -> Compared:
    """Return how shares of several units compare.

    A unit differs when the units differ at all (heterogeneity.of_shares, p < 0.05), and it differs from all others
    together (Fisher's exact test, Holm over the units of ten people or more). Units of fewer people count among the
    others but are not judged.

    Args:
        successes: whole counts, shape (m,), m at least 2.
        totals: whole counts, shape (m,), every one at least 1.
    """
    x, n = np.asarray(successes, dtype=float), np.asarray(totals, dtype=float)
    low, high = wilson(x, n)
    limit_low, limit_high = funnel_limits(float(x.sum() / n.sum()), n)
    spread = of_shares(x, n)
    p = holm(np.where(n >= LEAST_COMPARED, against_the_rest(x, n), np.nan))
    above = x / n > (x.sum() - x) / np.maximum(n.sum() - n, 1)
    verdict = _verdicts(n, above, p, spread)
    return Compared(n, x / n, low, high, pooled_shares(x, n), limit_low, limit_high, p, verdict, spread, x / n)


def compare_change(
    units: npt.ArrayLike, starts: npt.ArrayLike, steps: npt.ArrayLike, counts: npt.ArrayLike
) -> Compared | None:
    """Return how the mean steps of several units compare, adjusted for where their people started.

    The rule of shares, with the F and t tests of start_adjustment.adjusted_change. None where the steps do not vary or
    people are too few to estimate how much they do.

    Neither the change as it is nor the change adjusted for the start can be trusted alone. Where a unit took people in
    because they answered low that day, they come up by themselves, and the change as it is calls that a difference;
    where a unit's people are low by nature, they stay so, and the adjustment calls that a difference (Lord's paradox,
    Lord (1967), Psychol Bull 68:304). So a unit differs only where both say so: its p is the greater of the two.
    Values, shrunk values and limits are of the adjusted change; ``plain`` is the change as it is.

    Args:
        units: unit of every count, whole numbers 0 … m − 1, m at least 2, shape (r,).
        starts: start levels turned so that more is better, shape (r,).
        steps: steps for the better, shape (r,).
        counts: people with that unit, start and step, shape (r,).
    """
    from scipy.special import stdtrit

    adjusted = adjusted_change(units, starts, steps, counts)
    plain = adjusted_change(units, np.zeros(len(np.asarray(starts))), steps, counts)
    if not np.isfinite(adjusted.spread):
        return None
    n = np.bincount(np.asarray(units, dtype=np.int64), weights=np.asarray(counts, dtype=float)).astype(float)
    t = float(stdtrit(adjusted.df, (1 + LEVEL) / 2))
    centre = float((n * adjusted.value).sum() / n.sum())
    around = t * adjusted.spread / np.sqrt(n)
    p = holm(np.where(n >= LEAST_COMPARED, _greater_where_alike(adjusted, plain), np.nan))
    heterogeneity = max(adjusted.heterogeneity, plain.heterogeneity, key=lambda test: test.p)
    return Compared(
        n=n,
        value=adjusted.value,
        low=adjusted.value - t * adjusted.error,
        high=adjusted.value + t * adjusted.error,
        pooled=pooled_means(adjusted.value, adjusted.error),
        limit_low=centre - around,
        limit_high=centre + around,
        p=p,
        verdict=_verdicts(n, adjusted.difference > 0, p, heterogeneity),
        heterogeneity=heterogeneity,
        plain=plain.value,
    )


def _greater_where_alike(one: Adjusted, other: Adjusted) -> Numbers:
    """Return by unit the greater p of two, 1 where they point different ways."""
    alike = np.sign(one.difference) == np.sign(other.difference)
    return np.where(alike, np.maximum(one.p, other.p), 1.0)


def _verdicts(n: Numbers, above: npt.NDArray[np.bool_], p: Numbers, spread: Heterogeneity) -> list[str]:
    differs = (p < 1 - LEVEL) & (spread.p < 1 - LEVEL)
    verdicts = np.where(differs, np.where(above, HIGHER, LOWER), NOT_APART)
    return [str(verdict) for verdict in np.where(n < LEAST_COMPARED, TOO_FEW, verdicts)]


def funnel_limits(share: float, totals: npt.ArrayLike, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """Return low and high of the share seen in a unit of n people when the true share is ``share``, by chance alone.

    Exact binomial limits, made smooth in n: with r the least count of which P(X ≤ r) ≥ p, the limit is (r − a + ½)/n,
    a = (P(X ≤ r) − p)/(P(X ≤ r) − P(X ≤ r−1)), for p = (1 ∓ level)/2. Spiegelhalter (2005), Stat Med 24:1185, A.1.1,
    but for the half count, without which the limits of a scale turned round would not be these turned round. Limits are
    cut at 0 and 1.

    Args:
        share: the true share, between 0 and 1.
        totals: people n by unit, shape (m,).
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
