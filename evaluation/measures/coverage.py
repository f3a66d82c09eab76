"""What figures are of: from when the answers are, of how many cohorts, and how many cohorts are left out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class Coverage:
    """The cohorts behind figures: ``first`` and ``last`` day of any, None where no form has a day.

    ``left_out`` cohorts have too few people for any figure; ``cohorts`` are the others. What workers or partners
    answered apart from any cohort of clients, such as a survey of a whole year, is no cohort where there are clients'.
    """

    cohorts: int
    left_out: int
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, cohorts: pd.DataFrame, practices: Collection[str]) -> "Coverage":
        """Return the coverage of some practices.

        Args:
            cohorts: what Gate.cohorts returns.
            practices: ids of practices.
        """
        rows = cohorts[cohorts["practice"].isin(list(practices))]
        published = rows[rows["published"]]
        counted = rows["clients"] | ~rows["clients"].groupby(rows["practice"]).transform("any")
        number = int((rows["published"] & counted).sum())
        days = [published[name].dropna() for name in ("first_on", "last_on")]
        first, last = (None if of_days.empty else end(of_days) for of_days, end in zip(days, (min, max), strict=True))
        return cls(number, int(counted.sum()) - number, first, last)
