"""Conditions of success: how far workers, supervisors and partners see a practice from where its clients see it.

Computed from published figures alone.
"""

import numpy as np
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.satisfaction import WILSON
from evaluation.privacy import PRACTICE, PRACTICE_ALL, Screened
from evaluation.statistics.proportions import newcombe

# What those who do the work are asked, and what clients are asked about the same thing.
SAME_THING = {"reach": "access", "client_influence": "influence", "benefit_seen": "usefulness"}
PLACE = ["level", "practice", "municipality"]
SIDES = ["questionnaire", "item", "n", "favourable", "method"]


def distance(
    conditions: pd.DataFrame, roles: Screened, satisfaction: pd.DataFrame, clients: Screened, library: Library
) -> pd.DataFrame:
    """Return how much greater (value > 0) the favourable share is among a role than among clients, with its interval.

    Compared are a form of the clients and the role's form of the same practice, over all its runs. Where one client may
    have answered again and again, the method is named ``newcombe_answers`` and the interval is too narrow.
    client_item and client_form say which question of the clients, client_n, client_value and role_value the rest.

    Args:
        conditions: cell, n, favourable: published counts of workers, supervisors and partners.
        roles: what these were computed from.
        satisfaction: cell, n, favourable: published counts of clients.
        clients: what these were computed from.
        library: gives what each question is about.
    """
    dimensions = {item.id: item.dimension for item in library.items.values()}
    own = _about(conditions, roles, {item: SAME_THING.get(str(about)) for item, about in dimensions.items()})
    other = _about(satisfaction, clients, dimensions).drop(columns="cell")
    found = own.merge(other.rename(columns={name: f"client_{name}" for name in SIDES}), on=[*PLACE, "about"])
    sides = (found["favourable"], found["n"], found["client_favourable"], found["client_n"])
    low, high = newcombe(*sides)
    role_value, client_value = sides[0] / sides[1], sides[2] / sides[3]
    return found[["cell", "n", "client_questionnaire", "client_item", "client_n"]].assign(
        measure="distance",
        method=np.where(found["client_method"] == WILSON, "newcombe", "newcombe_answers"),
        value=role_value - client_value,
        low=low,
        high=high,
        role_value=role_value,
        client_value=client_value,
    )


def _about(estimates: pd.DataFrame, screened: Screened, dimensions: dict[str, str | None]) -> pd.DataFrame:
    """Return the totals of questions that are about something both sides are asked, with what they are called."""
    names = screened.called(estimates["cell"])
    about = names["item"].map(dimensions)
    whole = names["level"].isin([PRACTICE, PRACTICE_ALL]) & about.notna() & (estimates["n"] > 0).to_numpy()
    figures = estimates[["cell", "n", "favourable", "method"]].reset_index(drop=True)
    return names[[*PLACE, "questionnaire", "item"]].join(figures).assign(about=about)[whole]
