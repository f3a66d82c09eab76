"""Units side by side: own, pooled and shrunk estimates, funnel limits, and whether a unit may be said to differ."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.statistics.funnel import funnel_limits
from evaluation.statistics.heterogeneity import Heterogeneity, against_the_rest, of_shares
from evaluation.statistics.multiplicity import holm
from evaluation.statistics.pooling import Pooled, pooled_means, pooled_shares
from evaluation.statistics.proportions import LEVEL, Numbers, wilson
from evaluation.statistics.start_adjustment import Adjusted, adjusted_change

HIGHER, LOWER, NOT_APART, TOO_FEW = "higher", "lower", "not_apart", "too_few"
LEAST_COMPARED = 10


@dataclass(frozen=True)
class Compared:
    """Of each unit: value, interval, the same shrunk, funnel limits, adjusted p and verdict; and how far all differ.

    ``plain`` is the value before any adjustment. A verdict is ``higher`` or ``lower`` than the others together,
    ``not_apart`` (cannot be told apart) or ``too_few``.
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
    people are too few to tell how much they do.

    Neither the change as it is nor the change adjusted for the start can be trusted alone. Where a unit took people in
    because they answered low that day, they come up by themselves, and the change as it is calls that a difference;
    where a unit's people are low by nature, they stay so, and the adjustment calls that a difference (Lord's paradox,
    Lord (1967), Psychol Bull 68:304). So a unit differs only where both say so: its p is the greater of the two.
    Values, shrunk values and limits are of the adjusted change; ``plain`` is the change as it is.

    Args:
        units: unit of each count, whole numbers 0 … m − 1, m at least 2, shape (r,).
        starts: start levels turned so that more is better, shape (r,).
        steps: steps for the better, shape (r,).
        counts: people with that unit, start and step, shape (r,).
    """
    from scipy.special import stdtrit

    found = adjusted_change(units, starts, steps, counts)
    plain = adjusted_change(units, np.zeros(len(np.asarray(starts))), steps, counts)
    if not np.isfinite(found.spread):
        return None
    n = np.bincount(np.asarray(units, dtype=np.int64), weights=np.asarray(counts, dtype=float)).astype(float)
    t = float(stdtrit(found.df, (1 + LEVEL) / 2))
    centre = float((n * found.value).sum() / n.sum())
    around = t * found.spread / np.sqrt(n)
    p = holm(np.where(n >= LEAST_COMPARED, _greater_where_alike(found, plain), np.nan))
    heterogeneity = max(found.heterogeneity, plain.heterogeneity, key=lambda each: each.p)
    return Compared(
        n=n,
        value=found.value,
        low=found.value - t * found.error,
        high=found.value + t * found.error,
        pooled=pooled_means(found.value, found.error),
        limit_low=centre - around,
        limit_high=centre + around,
        p=p,
        verdict=_verdicts(n, found.apart > 0, p, heterogeneity),
        heterogeneity=heterogeneity,
        plain=plain.value,
    )


def _greater_where_alike(one: Adjusted, other: Adjusted) -> Numbers:
    """Return by unit the greater p of two, 1 where they point different ways."""
    alike = np.sign(one.apart) == np.sign(other.apart)
    return np.where(alike, np.maximum(one.p, other.p), 1.0)


def _verdicts(n: Numbers, above: npt.NDArray[np.bool_], p: Numbers, spread: Heterogeneity) -> list[str]:
    apart = (p < 1 - LEVEL) & (spread.p < 1 - LEVEL)
    told = np.where(apart, np.where(above, HIGHER, LOWER), NOT_APART)
    return [str(each) for each in np.where(n < LEAST_COMPARED, TOO_FEW, told)]
