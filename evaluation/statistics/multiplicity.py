"""Several tests at once: Holm's correction, so that many questions do not make a chance finding sure to come."""

import numpy as np
import numpy.typing as npt

from evaluation.statistics.proportions import LEVEL, Numbers


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


def after_gatekeeper(
    gate: npt.ArrayLike, p_values: npt.ArrayLike, groups: npt.ArrayLike, level: float = LEVEL
) -> Numbers:
    """Return the adjusted p of tests that follow a gatekeeper in a fixed sequence, missing where that fails.

    The gatekeeper is tested first, uncorrected; the others only if its p is below 1 − level, by Holm among themselves.
    The adjusted p is the greater of the gatekeeper's and Holm's, so that all found together are real but for a chance
    of 1 − level that any is not: if nothing has changed, the gatekeeper alone decides. A group without gatekeeper is
    tested by Holm. Westfall & Krishen (2001), J Stat Plan Inference 99:25; Dmitrienko & Tamhane (2007), Pharm Stat
    6:171.

    Args:
        gate: p of the gatekeepers by group, missing where there is none, shape (g,).
        p_values: p of the other tests, shape (m,).
        groups: the numbers of their groups, shape (m,).
        level: one less the chance of any false finding.
    """
    group = np.asarray(groups, dtype=np.int64)
    before = np.asarray(gate, dtype=float)[group]
    adjusted = np.fmax(before, holm_within(p_values, group))
    untested = np.isnan(np.asarray(p_values, dtype=float)) | (before >= 1 - level)
    return np.asarray(np.where(untested, np.nan, adjusted), dtype=float)


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
