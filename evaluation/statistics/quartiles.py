"""Quartiles of answers that are given as counts."""

import numpy as np
import numpy.typing as npt


def quartiles(values: npt.ArrayLike, counts: npt.ArrayLike) -> tuple[float, float, float]:
    """Return the lower quartile, the median and the upper quartile of ``values`` that stand ``counts`` times.

    By linear interpolation between the ordered answers (Hyndman and Fan 1996, definition 7, the default of R, numpy
    and spreadsheets' QUARTILE). Raises ValueError where nobody answered.

    >>> quartiles([1, 2, 4], [1, 2, 1])
    (1.75, 2.0, 2.5)
    """
    answers = np.repeat(np.asarray(values, dtype=float), np.asarray(counts, dtype=np.int64))
    if not len(answers):
        raise ValueError("nobody answered")
    lower, middle, upper = np.quantile(answers, [0.25, 0.5, 0.75])
    return float(lower), float(middle), float(upper)
