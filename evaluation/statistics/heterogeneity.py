"""Do units differ at all? Tests over several units that hold for small counts, and how much of the spread is real."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.statistics.proportions import Numbers

DRAWS = 4_999
SEED = 20180403
BATCH = 4_000_000


@dataclass(frozen=True)
class Heterogeneity:
    """The statistic Q with its degrees of freedom and p, and I²: the part of the spread beyond chance, 0 to 1."""

    q: float
    df: int
    p: float
    i2: float


def of_shares(successes: npt.ArrayLike, totals: npt.ArrayLike) -> Heterogeneity:
    """Return whether shares of several units differ more than chance alone would have them.

    Q is Pearson's χ² of the 2 × m table. Its p is by drawing 4 999 tables with the same margins (multivariate
    hypergeometric, seeded, so the same counts give the same p), (1 + draws at least as far)/(1 + draws): right also
    where expected counts are under five, unlike the χ² distribution. As R's chisq.test(simulate.p.value=TRUE) and
    scipy.stats.chi2_contingency with a Monte Carlo method. I² = max(0, (Q − df)/Q), Higgins & Thompson (2002), Stat Med
    21:1539. Where all succeed or none, nothing differs: Q = 0, p = 1.

    Args:
        successes: whole counts, shape (m,).
        totals: whole counts, shape (m,), every one at least 1.
    """
    x, n = np.asarray(successes, dtype=np.int64), np.asarray(totals, dtype=np.int64)
    # The order of units must not decide which draws they get.
    order = np.lexsort((x, n))
    x, n = x[order], n[order]
    share = x.sum() / n.sum()
    if len(n) < 2 or share in (0, 1):
        return Heterogeneity(0.0, max(len(n) - 1, 0), 1.0, 0.0)
    q = float(_chi_square(x[None, :].astype(float), n, share)[0])
    generator = np.random.default_rng(SEED)
    batch = max(1, min(DRAWS, BATCH // len(n)))
    further, left = 0, DRAWS
    while left:
        size = min(batch, left)
        drawn = generator.multivariate_hypergeometric(n, int(x.sum()), size=size, method="marginals")
        further += int((_chi_square(drawn.astype(float), n, share) >= q * (1 - 1e-9)).sum())
        left -= size
    return Heterogeneity(q, len(n) - 1, (1 + further) / (1 + DRAWS), excess(q, len(n) - 1))


def _chi_square(successes: Numbers, totals: npt.NDArray[np.int64], share: float) -> Numbers:
    return np.asarray(((successes - totals * share) ** 2 / (totals * share * (1 - share))).sum(axis=1))


def excess(q: float, df: int) -> float:
    """Return I² = max(0, (Q − df)/Q), the part of the spread between units that is beyond chance."""
    return max(0.0, (q - df) / q) if q > 0 and math.isfinite(q) else 0.0


def against_the_rest(successes: npt.ArrayLike, totals: npt.ArrayLike) -> Numbers:
    """Return by unit the exact two-sided p of its share against all other units' together.

    Fisher's exact test of every unit with the rest: the chance, with both margins fixed, of a table no likelier than
    that seen. Equal to scipy.stats.fisher_exact of the 2 × 2 tables and to R's fisher.test.

    Args:
        successes: whole counts, shape (m,).
        totals: whole counts, shape (m,).
    """
    from scipy.special import gammaln

    x, n = np.asarray(successes, dtype=np.int64), np.asarray(totals, dtype=np.int64)
    hits, everybody = int(x.sum()), int(n.sum())

    def ways(number: npt.ArrayLike, chosen: npt.ArrayLike) -> Numbers:
        k, m = np.asarray(chosen, dtype=float), np.asarray(number, dtype=float)
        return np.asarray(gammaln(m + 1) - gammaln(k + 1) - gammaln(m - k + 1))

    p_values = []
    for successes_of_unit, size in zip(x, n, strict=True):
        possible = np.arange(max(0, size - (everybody - hits)), min(size, hits) + 1)
        chances = ways(hits, possible) + ways(everybody - hits, size - possible) - ways(everybody, size)
        seen = chances[successes_of_unit - possible[0]]
        p_values.append(min(1.0, float(np.exp(chances[chances <= seen + 1e-7]).sum())))
    return np.asarray(p_values, dtype=float)
