"""Adjustment of change for where people started: those who start low have more room to improve than others."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.statistics.heterogeneity import Heterogeneity, excess
from evaluation.statistics.proportions import Numbers


@dataclass(frozen=True)
class Adjusted:
    """The slope of change on start within units; by unit the adjusted mean, its error and p against the rest.

    ``difference`` is how far the adjusted mean lies from that of all others together; ``spread`` is the standard
    deviation of people's steps within units, ``df`` its degrees of freedom.
    """

    slope: float
    spread: float
    df: int
    value: Numbers
    error: Numbers
    difference: Numbers
    p: Numbers
    heterogeneity: Heterogeneity


def adjusted_change(
    units: npt.ArrayLike, starts: npt.ArrayLike, steps: npt.ArrayLike, counts: npt.ArrayLike
) -> Adjusted:
    """Return by unit the mean step as it would be had all units started at the same level, and whether units differ.

    Analysis of covariance on counts: d̄ − b(x̄ − X̄) with b the slope of the step d on the start x pooled within units,
    X̄ the mean start of all. Standard error s√(1/n + (x̄ − X̄)²/Sxx) with s² the residual variance within units. The
    slope is negative by regression to the mean alone, which is what the adjustment takes out. Each unit is tested
    against all others together by t, all units at once by F. Equal to R's lm(d ~ unit + x): adjusted means at the mean
    of x, contrasts and anova; tested against least squares on rows. Where nobody's step differs from what is expected
    (s = 0) nothing can be tested: p is missing.

    Args:
        units: unit of every count, whole numbers 0 … m − 1, m at least 2, shape (r,).
        starts: start level x, in scale units turned so that more is better, shape (r,).
        steps: step d for the better, shape (r,).
        counts: people with that unit, start and step, shape (r,).
    """
    from scipy.special import fdtrc, stdtr

    unit = np.asarray(units, dtype=np.int64)
    x, d, n = (np.asarray(values, dtype=float) for values in (starts, steps, counts))
    size = np.bincount(unit, weights=n)
    everybody, m = float(size.sum()), len(size)
    total_x, total_d = np.bincount(unit, weights=n * x), np.bincount(unit, weights=n * d)
    mean_x, mean_d = total_x / size, total_d / size
    slope, sxx, within = _regression(x - mean_x[unit], d - mean_d[unit], n)
    _, _, together = _regression(x - total_x.sum() / everybody, d - total_d.sum() / everybody, n)
    df = int(everybody) - m - 1
    spread = float(np.sqrt(within / df)) if df > 0 and within > 1e-9 else np.nan
    lever = 1 / sxx if sxx > 0 else 0.0
    distance = mean_x - total_x.sum() / everybody
    rest = everybody - size
    rest_x, rest_d = (total_x.sum() - total_x) / rest, (total_d.sum() - total_d) / rest
    difference = mean_d - rest_d - slope * (mean_x - rest_x)
    t = difference / (spread * np.sqrt(1 / size + 1 / rest + (mean_x - rest_x) ** 2 * lever))
    f = (together - within) / (m - 1) / spread**2
    return Adjusted(
        slope=slope,
        spread=spread,
        df=df,
        value=mean_d - slope * distance,
        error=spread * np.sqrt(1 / size + distance**2 * lever),
        difference=difference,
        p=np.asarray(2 * stdtr(max(df, 1), -np.abs(t)), dtype=float),
        heterogeneity=Heterogeneity(f * (m - 1), m - 1, float(fdtrc(m - 1, max(df, 1), f)), excess(f * (m - 1), m - 1)),
    )


def _regression(x: Numbers, d: Numbers, n: Numbers) -> tuple[float, float, float]:
    """Return slope, Sxx and the sum of squares left, of deviations ``x`` and ``d`` counted ``n`` times."""
    sxx, sxd, sdd = float((n * x * x).sum()), float((n * x * d).sum()), float((n * d * d).sum())
    slope = sxd / sxx if sxx > 0 else 0.0
    return slope, sxx, sdd - slope * sxd
