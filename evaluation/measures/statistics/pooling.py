"""Partial pooling: estimates of small units drawn towards the whole, by as much as their own counts are weak.

Empirical Bayes: how far units truly differ is taken from all of them together, and each unit's own figure counts the
more, the more people stand behind it. The intervals do not allow for the uncertainty of how far units differ; with few
units they are somewhat too narrow.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.measures.statistics.proportions import LEVEL, Numbers, normal_quantile


@dataclass(frozen=True)
class Pooled:
    """The whole's estimate, and of each unit: the shrunk estimate, its interval, and the shrinkage (0 none, 1 all)."""

    centre: float
    value: Numbers
    low: Numbers
    high: Numbers
    shrinkage: Numbers


def pooled_shares(successes: npt.ArrayLike, totals: npt.ArrayLike, level: float = LEVEL) -> Pooled:
    """Return shares drawn towards the whole by the beta-binomial model.

    True shares are taken to follow Beta(mM, (1−m)M); m and M are those of greatest marginal likelihood, M at most the
    number of people in all units: a whole of that many people cannot be surer than its own share. A unit's share is
    then (x + mM)/(n + M), with shrinkage M/(n + M) and the middle ``level`` of Beta(x + mM, n − x + (1−m)M).
    Griffin & Krutchkoff (1971), Biometrika 58:597; as R's VGAM::vglm(betabinomial) for m and M.

    Args:
        successes: counts, shape (k,), k at least 2.
        totals: counts, shape (k,), every one at least 1.
        level: share of the posterior distribution within the interval.
    """
    from scipy.optimize import minimize
    from scipy.special import betaincinv, betaln

    x, n = np.asarray(successes, dtype=float), np.asarray(totals, dtype=float)
    whole = x.sum() / n.sum()
    most = float(n.sum())
    if whole in (0, 1):
        centre, strength = float((x.sum() + 0.5) / (most + 1)), most
    else:

        def loss(parameters: Numbers) -> float:
            middle, size = 1 / (1 + np.exp(-parameters[0])), np.exp(parameters[1])
            alpha, beta = middle * size, (1 - middle) * size
            return -float((betaln(x + alpha, n - x + beta) - betaln(alpha, beta)).sum())

        odds = float(np.log(whole / (1 - whole)))
        bounds = [(odds - 5, odds + 5), (np.log(0.1), np.log(most))]
        fits = [minimize(loss, [odds, np.log(size)], method="L-BFGS-B", bounds=bounds) for size in (1.0, most)]
        best = min(fits, key=lambda fit: float(fit.fun)).x
        centre, strength = float(1 / (1 + np.exp(-best[0]))), float(np.exp(best[1]))
    alpha, beta = x + centre * strength, n - x + (1 - centre) * strength
    tail = (1 - level) / 2
    low, high = betaincinv(alpha, beta, tail), betaincinv(alpha, beta, 1 - tail)
    return Pooled(centre, alpha / (alpha + beta), low, high, strength / (n + strength))


def pooled_means(values: npt.ArrayLike, errors: npt.ArrayLike, level: float = LEVEL) -> Pooled:
    """Return means drawn towards the whole by the normal model.

    True means are taken to follow N(μ, τ²), estimates N(true mean, s²). τ² is by the method of moments of DerSimonian &
    Laird (1986); the shrinkage is B = s²/(s² + τ²), made less by (k−3)/(k−1) where k > 3, for τ² is itself estimated:
    Morris (1983), J Am Stat Assoc 78:47; for equal s the estimator of Efron & Morris (1975), J Am Stat Assoc 70:311.
    The shrunk mean is Bμ + (1−B)y, its interval ± z √(s²(1−B)).

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
    own = 1 / (variances + tau2)
    centre = float((own * y).sum() / own.sum())
    shrinkage = variances * own * ((k - 3) / (k - 1) if k > 3 else 1.0)
    value = shrinkage * centre + (1 - shrinkage) * y
    half = normal_quantile(level) * np.sqrt(variances * (1 - shrinkage))
    return Pooled(centre, value, value - half, value + half, shrinkage)
