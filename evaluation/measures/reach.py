"""How many people a practice has reached, as a lower bound, whichever form they filled."""

import pandas as pd

from evaluation.privacy import Policy
from evaluation.privacy.publication_units import GROUP, heads_by_run, least_people, overlaps_by_group

CLIENT = "client"


def people_reached(people: pd.DataFrame, overlaps: pd.DataFrame, policy: Policy) -> int | None:
    """Return how many clients there are at least, or None where that is fewer than the policy's threshold.

    In each practice and municipality as many as the form with most people has; someone who takes part in two practices
    is counted in both, since codes are never compared between practices.

    Args:
        people: practice, municipality, role, questionnaire, cohort, item, people, coded; whole forms have item "".
        overlaps: practice, municipality, role, questionnaire, cohort_a, cohort_b, people.
        policy: gives the threshold.
    """
    whole = people[(people["item"] == "") & (people["role"] == CLIENT)]
    shared = overlaps_by_group(overlaps)
    most: dict[tuple[str, str], int] = {}
    for names, runs in whole.groupby(GROUP, sort=False):
        key = tuple(str(name) for name in names)
        heads = heads_by_run(runs)
        place = key[0], key[1]
        most[place] = max(most.get(place, 0), least_people(list(heads), heads, shared.get(key, {})))
    total = sum(most.values())
    return total if total >= policy.threshold else None
