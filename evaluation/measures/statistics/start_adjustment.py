"""Adjustment of change for where people started: those who start low have more room to improve than others."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.measures.statistics.proportions import Numbers


@dataclass(frozen=True)
class Adjusted:
    """The slope of change on start within units, and of each unit the mean change adjusted to the common start."""

    slope: float
    value: Numbers
    error: Numbers


def adjusted_change(
    units: npt.ArrayLike, starts: npt.ArrayLike, steps: npt.ArrayLike, counts: npt.ArrayLike
) -> Adjusted:
    """Return each unit's mean step as it would be had all units started at the same level.

    Analysis of covariance on counts: d̄ − b(x̄ − X̄) with b the slope of the step d on the start x pooled within units,
    X̄ the mean start of all. Standard error √(s²(1/n + (x̄ − X̄)²/Sxx)) with s² the residual variance within units. The
    slope is negative by regression to the mean alone, which is what the adjustment takes out. Equal to the adjusted
    means of R's lm(d ~ unit + x) at the mean of x; tested against least squares on rows.

    Args:
        units: unit of each count, whole numbers 0 … m − 1, shape (r,).
        starts: start level x, in scale units turned so that more is better, shape (r,).
        steps: step d for the better, shape (r,).
        counts: people with that unit, start and step, shape (r,).
    """
    unit = np.asarray(units, dtype=np.int64)
    x, d, n = (np.asarray(each, dtype=float) for each in (starts, steps, counts))
    size = np.bincount(unit, weights=n)
    mean_x, mean_d = np.bincount(unit, weights=n * x) / size, np.bincount(unit, weights=n * d) / size
    dx, dd = x - mean_x[unit], d - mean_d[unit]
    sxx, sxd = float((n * dx * dx).sum()), float((n * dx * dd).sum())
    slope = sxd / sxx if sxx > 0 else 0.0
    distance = mean_x - (size * mean_x).sum() / size.sum()
    left = size.sum() - len(size) - 1
    spread = float((n * (dd - slope * dx) ** 2).sum()) / left if left > 0 else np.nan
    lever = distance**2 / sxx if sxx > 0 else np.zeros_like(distance)
    return Adjusted(slope, mean_d - slope * distance, np.sqrt(spread * (1 / size + lever)))
