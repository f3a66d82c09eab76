"""Scores of several questions together: how far the questions measure the same thing (Cronbach's alpha)."""

import numpy as np
import numpy.typing as npt


def cronbach_alpha(item_variances: npt.ArrayLike, total_variance: float) -> float:
    """Return Cronbach's alpha, at most 1; missing for fewer than two items or a total that does not vary.

    α = k/(k−1) · (1 − Σsᵢ²/s_T²) with k items of variance sᵢ² and s_T² the variance of their sum, all with n − 1 and
    of the same people. Cronbach (1951), Psychometrika 16:297; as in Bland & Altman (1997), BMJ 314:572. Equal to
    pingouin's cronbach_alpha with nan_policy="listwise" and to R's psych::alpha (raw).

    It needs of the store, of those who answered all items: by item n, sum and sum of squares of the values, and the
    same of each person's sum. No answers of a person side by side are needed.

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
    number, sums, squared = (np.asarray(each, dtype=float) for each in (n, total, squares))
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.maximum(squared - sums**2 / number, 0) / (number - 1)
    return np.where(number > 1, spread, np.nan)
