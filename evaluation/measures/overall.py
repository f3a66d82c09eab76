"""One figure for several units together: the share of answers to one question, and how many people were reached."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from evaluation.measures.satisfaction import ANSWERS, WILSON
from evaluation.privacy import Policy, Published
from evaluation.privacy.publication_units import GROUP, heads_by_cohort, least_people, overlaps_by_group
from evaluation.statistics.proportions import wilson

CLIENT = "client"


@dataclass(frozen=True)
class Overall:
    """A share of ``n`` answers to one question in ``practices`` practices; ``withheld`` more are suppressed.

    ``low`` and ``high`` are its interval, missing where one person may stand behind several of the rows added up.
    """

    n: int
    value: float
    low: float
    high: float
    practices: int
    withheld: int


def overall_share(published: Published, counted: str, types: Mapping[str, str]) -> Overall | None:
    """Return the share of ``counted`` in all rows of ``published`` that have figures.

    None where none has, and where one number would say nothing: of different questions or forms, of answers that one
    person gives again and again, or of practices of different types.

    Args:
        published: a table with shares of people, a row for each unit to add up.
        counted: its column with the counts of the share.
        types: the types of practices by their ids.
    """
    rows = published.with_figures
    practices = set(rows["practice"])
    questions = rows[["questionnaire", "item"]].drop_duplicates()
    if len(questions) != 1 or len({types[practice] for practice in practices}) > 1 or (rows["method"] == ANSWERS).any():
        return None
    n, count = int(rows["n"].sum()), int(rows[counted].astype(int).sum())
    withheld = set(published.frame["practice"]) - practices
    low, high = (float(rows[end].iloc[0]) for end in ("low", "high"))
    if len(rows) > 1:
        different = (rows["method"] == WILSON).all() and not rows[["practice", "municipality"]].duplicated().any()
        low, high = (float(end[0]) if different else math.nan for end in wilson([count], [n]))
    return Overall(n, count / n, low, high, len(practices), len(withheld))


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
