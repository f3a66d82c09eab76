"""Partial pooling: estimates of small units drawn towards the whole, the more so the fewer people they have.

How far units truly differ is estimated from all of them together, and the figure of a unit counts the more, the more
people stand behind it. The intervals allow for not knowing well how far units differ.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.statistics.proportions import LEVEL, Numbers, normal_quantile

# Points of the grid over the whole's share and over the shrinkage of a unit of middle size.
SHARE_POINTS, SHRINKAGE_POINTS = 60, 30


@dataclass(frozen=True)
class Pooled:
    """The whole's estimate, and by unit: the shrunk estimate, its interval, and the shrinkage (0 none, 1 all)."""

    centre: float
    value: Numbers
    low: Numbers
    high: Numbers
    shrinkage: Numbers


def pooled_shares(successes: npt.ArrayLike, totals: npt.ArrayLike, level: float = LEVEL) -> Pooled:
    """Return shares drawn towards the whole by the beta-binomial model.

    True shares are to follow Beta(mM, (1−m)M), so that a unit with x of n has the share (x + mM)/(n + M) and the
    shrinkage M/(n + M). Plain empirical Bayes puts the likeliest m and M there; with a handful of units their intervals
    then hold four truths of five and not nineteen of twenty. So m and M are averaged over a grid, weighed by their
    marginal likelihood, with every m and every shrinkage of a unit of median size as likely as any other before (the
    uniform shrinkage prior, Daniels (1999), Can J Stat 27:567). The interval is of the beta distribution with the mean
    and the variance of that average. Tested against a million draws from the prior.

    Args:
        successes: counts, shape (k,), k at least 2.
        totals: counts, shape (k,), every one at least 1.
        level: share of the posterior distribution within the interval.
    """
    from scipy.special import betaincinv, betaln

    x, n = np.asarray(successes, dtype=float)[:, None], np.asarray(totals, dtype=float)[:, None]
    middles, shrinkages = np.meshgrid(_midpoints(SHARE_POINTS), _midpoints(SHRINKAGE_POINTS))
    middle, part = middles.ravel(), shrinkages.ravel()
    strength = float(np.median(n)) * part / (1 - part)
    alpha, beta = middle * strength, (1 - middle) * strength
    likelihood = (betaln(x + alpha, n - x + beta) - betaln(alpha, beta)).sum(axis=0)
    weight = np.exp(likelihood - likelihood.max())
    weight /= weight.sum()
    unit_alpha, size = x + alpha, n + strength
    means = unit_alpha / size
    value = means @ weight
    variance = (means * (1 - means) / (size + 1)) @ weight + ((means - value[:, None]) ** 2) @ weight
    matched = value * (1 - value) / variance - 1
    tail = (1 - level) / 2
    low, high = (betaincinv(value * matched, (1 - value) * matched, p) for p in (tail, 1 - tail))
    return Pooled(float(middle @ weight), value, low, high, (strength / size) @ weight)


def _midpoints(number: int) -> Numbers:
    return np.asarray((np.arange(number) + 0.5) / number, dtype=float)


def pooled_means(values: npt.ArrayLike, errors: npt.ArrayLike, level: float = LEVEL) -> Pooled:
    """Return means drawn towards the whole by the normal model.

    True means are to follow N(μ, τ²), estimates N(true mean, s²). τ² is by the method of moments of DerSimonian &
    Laird (1986); the shrinkage is B = s²/(s² + τ²), made less by (k−3)/(k−1) where k > 3, for τ² is itself estimated:
    Morris (1983), J Am Stat Assoc 78:47; for equal s the estimator of Efron & Morris (1975), J Am Stat Assoc 70:311.
    The shrunk mean is Bμ + (1−B)y; its variance is Morris's, s²(1 − B(k−1)/k) + 2B²(y − μ)²/(k − 3), and s² itself for
    three units or fewer.

    Args:
        values: estimates y, shape (k,), k at least 2.
        errors: their standard errors s > 0, shape (k,).
        level: share of the posterior distribution within the interval.
    """
    y, variances = np.asarray(values, dtype=float), np.asarray(errors, dtype=float) ** 2
    k, weights = len(y), 1 / variances
    middle = (weights * y).sum() / weights.sum()
    q = float((weights * (y - middle) ** 2).sum())
    scale = weights.sum() - (weights**2).sum() / weights.sum()
    tau2 = max(0.0, (q - (k - 1)) / scale)
    precision = 1 / (variances + tau2)
    centre = float((precision * y).sum() / precision.sum())
    shrinkage = variances * precision * ((k - 3) / (k - 1) if k > 3 else 1.0)
    value = shrinkage * centre + (1 - shrinkage) * y
    spread = variances
    if k > 3:
        spread = variances * (1 - shrinkage * (k - 1) / k) + 2 * shrinkage**2 * (y - centre) ** 2 / (k - 3)
    half = normal_quantile(level) * np.sqrt(spread)
    return Pooled(centre, value, value - half, value + half, shrinkage)
