"""Units side by side: own, pooled and shrunk estimates, funnel limits, and whether a unit may be said to differ."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.measures.statistics.funnel import funnel_limits
from evaluation.measures.statistics.heterogeneity import Heterogeneity, against_the_rest, of_shares
from evaluation.measures.statistics.multiplicity import holm
from evaluation.measures.statistics.pooling import Pooled, pooled_means, pooled_shares
from evaluation.measures.statistics.proportions import LEVEL, Numbers, wilson
from evaluation.measures.statistics.start_adjustment import adjusted_change

HIGHER, LOWER, NOT_APART, TOO_FEW = "higher", "lower", "not_apart", "too_few"
LEAST_COMPARED = 10


@dataclass(frozen=True)
class Compared:
    """Of each unit: value, interval, the same shrunk, funnel limits, adjusted p and verdict; and how far all differ.

    A verdict is ``higher`` or ``lower`` than the others together, ``not_apart`` (cannot be told apart) or ``too_few``.
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
    return Compared(n, x / n, low, high, pooled_shares(x, n), limit_low, limit_high, p, verdict, spread)


def compare_change(
    units: npt.ArrayLike, starts: npt.ArrayLike, steps: npt.ArrayLike, counts: npt.ArrayLike
) -> Compared | None:
    """Return how the mean steps of several units compare, adjusted for where their people started.

    The same rule as for shares, with the F and t tests of start_adjustment.adjusted_change. None where the steps do not
    vary or people are too few to tell how much they do.

    Args:
        units: unit of each count, whole numbers 0 … m − 1, m at least 2, shape (r,).
        starts: start levels turned so that more is better, shape (r,).
        steps: steps for the better, shape (r,).
        counts: people with that unit, start and step, shape (r,).
    """
    from scipy.special import stdtrit

    found = adjusted_change(units, starts, steps, counts)
    if not np.isfinite(found.spread):
        return None
    n = np.bincount(np.asarray(units, dtype=np.int64), weights=np.asarray(counts, dtype=float)).astype(float)
    t = float(stdtrit(found.df, (1 + LEVEL) / 2))
    centre = float((n * found.value).sum() / n.sum())
    around = t * found.spread / np.sqrt(n)
    p = holm(np.where(n >= LEAST_COMPARED, found.p, np.nan))
    verdict = _verdicts(n, found.value > centre, p, found.heterogeneity)
    return Compared(
        n=n,
        value=found.value,
        low=found.value - t * found.error,
        high=found.value + t * found.error,
        pooled=pooled_means(found.value, found.error),
        limit_low=centre - around,
        limit_high=centre + around,
        p=p,
        verdict=verdict,
        heterogeneity=found.heterogeneity,
    )


def _verdicts(n: Numbers, above: npt.NDArray[np.bool_], p: Numbers, spread: Heterogeneity) -> list[str]:
    apart = (p < 1 - LEVEL) & (spread.p < 1 - LEVEL)
    told = np.where(apart, np.where(above, HIGHER, LOWER), NOT_APART)
    return [str(each) for each in np.where(n < LEAST_COMPARED, TOO_FEW, told)]
