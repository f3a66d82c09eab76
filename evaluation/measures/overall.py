"""One figure for several practices together, from published figures alone."""

from dataclasses import dataclass

from evaluation.privacy import Published
from evaluation.statistics.proportions import wilson


@dataclass(frozen=True)
class Overall:
    """A share of ``n`` answers with its Wilson interval, of ``practices`` practices; ``withheld`` of more are not told.

    The same person may have answered more than once, so the interval is narrower than one of as many people would be.
    """

    n: int
    value: float
    low: float
    high: float
    practices: int
    withheld: int


def overall_share(published: Published, counted: str) -> Overall | None:
    """Return the share of ``counted`` in all rows of ``published`` that have figures; None where none has."""
    shown = published.shown
    practices = set(shown["practice"])
    n = int(shown["n"].sum())
    if n == 0:
        return None
    count = int(shown[counted].astype(int).sum())
    low, high = wilson([count], [n])
    withheld = set(published.frame["practice"]) - practices
    return Overall(n, count / n, float(low[0]), float(high[0]), len(practices), len(withheld))
