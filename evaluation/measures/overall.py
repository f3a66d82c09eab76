"""One figure for several practices together: a share of published answers, and how many people were reached."""

from dataclasses import dataclass

import pandas as pd

from evaluation.privacy import Policy, Published
from evaluation.privacy.publication_units import GROUP, heads_by_cohort, least_people, overlaps_by_group
from evaluation.statistics.proportions import wilson

CLIENT = "client"


@dataclass(frozen=True)
class Overall:
    """A share of ``n`` answers of ``practices`` practices with its Wilson interval; ``withheld`` more are suppressed.

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
    rows = published.with_figures
    practices = set(rows["practice"])
    n = int(rows["n"].sum())
    if n == 0:
        return None
    count = int(rows[counted].astype(int).sum())
    low, high = wilson([count], [n])
    withheld = set(published.frame["practice"]) - practices
    return Overall(n, count / n, float(low[0]), float(high[0]), len(practices), len(withheld))


def people_reached(people: pd.DataFrame, overlaps: pd.DataFrame, policy: Policy) -> int | None:
    """Return how many clients there are at least, or None where that is fewer than the policy's threshold.

    In each practice and municipality as many as the form with most people has; a person who takes part in two practices
    is counted in both, since codes are never compared between practices.

    Args:
        people: practice, municipality, role, questionnaire, cohort, item, people, coded; whole forms have item "".
        overlaps: practice, municipality, role, questionnaire, cohort_a, cohort_b, people.
        policy: gives the threshold.
    """
    whole = people[(people["item"] == "") & (people["role"] == CLIENT)]
    overlaps_of = overlaps_by_group(overlaps)
    most: dict[tuple[str, str], int] = {}
    for names, cohorts in whole.groupby(GROUP, sort=False):
        key = tuple(str(name) for name in names)
        heads = heads_by_cohort(cohorts)
        place = key[0], key[1]
        most[place] = max(most.get(place, 0), least_people(list(heads), heads, overlaps_of.get(key, {})))
    total = sum(most.values())
    return total if total >= policy.threshold else None
