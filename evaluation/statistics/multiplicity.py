"""Several tests at once: Holm's correction, so that many questions do not make a chance finding sure to come."""

import numpy as np
import numpy.typing as npt

from evaluation.statistics.proportions import Numbers


def holm(p_values: npt.ArrayLike) -> Numbers:
    """Return Holm's adjusted p-values in the order of the input; missing ones stay missing and are not counted.

    With p₍₁₎ ≤ … ≤ p₍ₘ₎ the adjusted p₍ᵢ₎ is the greatest of (m − j + 1)·p₍ⱼ₎ over j ≤ i, at most 1. All of them below
    α are real findings but for a chance of α that any is not, whatever ties them together. Holm (1979), Scand J Stat
    6:65; equal to R's p.adjust(method="holm") and statsmodels' multipletests(method="holm"); scipy has none.

    Args:
        p_values: shape (m,).
    """
    p = np.asarray(p_values, dtype=float)
    adjusted = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    factors = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * factors), 1.0)
    return adjusted


def holm_within(p_values: npt.ArrayLike, groups: npt.ArrayLike) -> Numbers:
    """Return Holm's adjusted p-values where only those of one group are tested together.

    Args:
        p_values: shape (m,).
        groups: the numbers of their groups, shape (m,).
    """
    p, group = np.asarray(p_values, dtype=float), np.asarray(groups)
    adjusted = np.full(p.shape, np.nan)
    order = np.argsort(group, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        adjusted[members] = holm(p[members])
    return adjusted
