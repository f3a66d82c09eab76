"""Reliability: how far several questions measure the same thing (Cronbach's alpha), and two ratings agree (kappa)."""

import math

import numpy as np
import numpy.typing as npt

from evaluation.statistics.paired import Effect
from evaluation.statistics.proportions import LEVEL, normal_quantile, wilson


def cronbach_alpha(item_variances: npt.ArrayLike, total_variance: float) -> float:
    """Return Cronbach's alpha, at most 1; missing for fewer than two items or a total that does not vary.

    α = k/(k−1) · (1 − Σsᵢ²/s_T²) with k items of variance sᵢ² and s_T² the variance of their sum, all with n − 1 and
    of the same people. Cronbach (1951), Psychometrika 16:297; as in Bland & Altman (1997), BMJ 314:572. Equal to
    pingouin's cronbach_alpha with nan_policy="listwise" and to R's psych::alpha (raw).

    It needs of the store, of those who answered all items: by item n, sum and sum of squares of the values, and the
    same of the sum by person. No answers of a person side by side are needed.

    Args:
        item_variances: variances of the items, shape (k,), scale units squared.
        total_variance: variance of the sum over the items.
    """
    variances = np.asarray(item_variances, dtype=float)
    k = len(variances)
    if k < 2 or not total_variance > 0:
        return float("nan")
    return float(k / (k - 1) * (1 - variances.sum() / total_variance))


def variance(n: npt.ArrayLike, total: npt.ArrayLike, squares: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the variance (n − 1) from number, sum and sum of squares; missing where n < 2.

    Args:
        n: numbers of values, shape (m,).
        total: their sums, shape (m,).
        squares: sums of their squares, shape (m,); whole numbers, so that nothing is lost in the difference.
    """
    number, sums, squared = (np.asarray(values, dtype=float) for values in (n, total, squares))
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.maximum(squared - sums**2 / number, 0) / (number - 1)
    return np.where(number > 1, spread, np.nan)


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
    mean_weights = np.add.outer(weights @ columns, weights.T @ rows)
    squares = float((p * (weights - mean_weights * (1 - kappa)) ** 2).sum())
    spread = squares - (kappa - expected * (1 - kappa)) ** 2
    half = normal_quantile(level) * math.sqrt(max(spread, 0) / counts.sum()) / (1 - expected)
    return Effect(kappa, max(kappa - half, -1.0), min(kappa + half, 1.0))
