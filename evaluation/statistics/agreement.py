"""Agreement of two ratings of the same people on the same ordered classes: share that agrees, and weighted kappa."""

import math

import numpy as np
import numpy.typing as npt

from evaluation.statistics.paired import Effect
from evaluation.statistics.proportions import LEVEL, normal_quantile, wilson


def agreement_share(table: npt.ArrayLike, level: float = LEVEL) -> Effect:
    """Return the share of people in the same class both times, with its Wilson interval.

    Args:
        table: counts, shape (k, k), rows the one rating, columns the other, classes in order.
        level: share of intervals that hold the true share.
    """
    counts = np.asarray(table, dtype=float)
    same, n = float(np.trace(counts)), float(counts.sum())
    low, high = wilson([same], [n], level)
    return Effect(same / n, float(low[0]), float(high[0]))


def weighted_kappa(table: npt.ArrayLike, level: float = LEVEL) -> Effect:
    """Return Cohen's kappa with linear weights and its interval: agreement beyond what the margins alone would give.

    With weights wᵢⱼ = 1 − |i−j|/(k−1): κ = (p_o − p_e)/(1 − p_e). The interval is κ ± z·SE with the large-sample
    standard error of Fleiss, Cohen & Everitt (1969), Psychol Bull 72:323, cut at −1 and 1; below some thirty people it
    is too narrow. Cohen (1968), Psychol Bull 70:213. Equal to R's vcd::Kappa (weights "Equal-Spacing") and statsmodels'
    cohens_kappa(wt="linear"). Missing where all people are in one class both times.

    Args:
        table: counts, shape (k, k), classes in order.
        level: share of intervals that hold the true kappa.
    """
    counts = np.asarray(table, dtype=float)
    p = counts / counts.sum()
    k = len(p)
    weights = 1 - np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / (k - 1)
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, expected = float((weights * p).sum()), float((weights * np.outer(rows, columns)).sum())
    if math.isclose(expected, 1):
        return Effect(math.nan, math.nan, math.nan)
    kappa = (observed - expected) / (1 - expected)
    own = np.add.outer(weights @ columns, weights.T @ rows)
    spread = float((p * (weights - own * (1 - kappa)) ** 2).sum()) - (kappa - expected * (1 - kappa)) ** 2
    half = normal_quantile(level) * math.sqrt(max(spread, 0) / counts.sum()) / (1 - expected)
    return Effect(kappa, max(kappa - half, -1.0), min(kappa + half, 1.0))
