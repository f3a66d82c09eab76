"""Conditions of success: how far workers, supervisors and partners see a practice from where its clients see it.

Computed from published figures alone.
"""

import numpy as np
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.disclosure import PRACTICE, PRACTICE_ALL
from evaluation.measures.satisfaction import WILSON
from evaluation.measures.statistics.proportions import newcombe

# What those who do the work are asked, and what clients are asked about the same thing.
SAME_THING = {"reach": "access", "client_influence": "influence", "benefit_seen": "usefulness"}
PLACE = ["level", "practice", "municipality"]
SIDES = ["role", "questionnaire", "item", "n", "favourable", "method"]


def distance(conditions: pd.DataFrame, satisfaction: pd.DataFrame, library: Library) -> pd.DataFrame:
    """Return how much greater (value > 0) the favourable share is among a role than among clients, with its interval.

    Compared are a form of the clients and the role's form of the same practice, over all its runs. Where one client may
    have answered again and again, the method is named ``newcombe_answers`` and the interval is too narrow.
    client_item and client_form say which question of the clients, client_n, client_value and role_value the rest.

    Args:
        conditions: CELL, n, favourable: published counts of workers, supervisors and partners.
        satisfaction: CELL, n, favourable: published counts of clients.
        library: gives what each question is about.
    """
    dimensions = {item.id: item.dimension for item in library.items.values()}
    roles = _about(conditions, {item: SAME_THING.get(str(about)) for item, about in dimensions.items()})
    clients = _about(satisfaction, dimensions).rename(columns={name: f"client_{name}" for name in SIDES})
    found = roles.merge(clients, on=[*PLACE, "about"])
    sides = (found["favourable"], found["n"], found["client_favourable"], found["client_n"])
    low, high = newcombe(*sides)
    role_value, client_value = sides[0] / sides[1], sides[2] / sides[3]
    return (
        found.rename(columns={"method": "method_own"})
        .assign(
            measure="distance",
            method=np.where(found["client_method"] == WILSON, "newcombe", "newcombe_answers"),
            cohort="",
            value=role_value - client_value,
            low=low,
            high=high,
            role_value=role_value,
            client_value=client_value,
        )
        .drop(columns=["about", "favourable", "client_favourable", "client_role", "method_own", "client_method"])
    )


def _about(estimates: pd.DataFrame, dimensions: dict[str, str | None]) -> pd.DataFrame:
    whole = estimates["level"].isin([PRACTICE, PRACTICE_ALL]) & (estimates["n"] > 0)
    about = estimates["item"].map(dimensions)
    return pd.DataFrame(estimates.assign(about=about).loc[whole & about.notna(), [*PLACE, *SIDES, "about"]])
