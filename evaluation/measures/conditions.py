"""Conditions of success: how far workers, supervisors and partners see a practice from where its clients see it.

Computed from published figures alone.
"""

import numpy as np
import pandas as pd

from evaluation.measures.measure import Estimates, Inputs
from evaluation.measures.satisfaction import DifferentPeople, different_people
from evaluation.privacy import CELL, PRACTICE, PRACTICE_ALL, numbered
from evaluation.statistics.heterogeneity import against_the_rest
from evaluation.statistics.multiplicity import holm_within
from evaluation.statistics.proportions import LEVEL, newcombe

# The dimensions of items for those who do the work, and those of items for clients about the same thing.
SAME_THING = {"reach": "access", "client_influence": "influence", "benefit_seen": "usefulness"}
PLACE = ["level", "practice", "municipality"]
# The distances of a form are tested together.
TESTED_TOGETHER = [name for name in CELL if name != "item"]
ABOVE, BELOW, NOT_APART, UNTESTED = "above", "below", "not_apart", "untested"
SIDES = ["questionnaire", "item", "n", "favourable", "weight"]


def distance(inputs: Inputs) -> pd.DataFrame:
    """Return how much greater (value > 0) the favourable share is among a role than among clients, tested.

    Compared are a form of the clients and the role's form of the same practice, over all its cohorts. Where one person
    may have answered more than once on either side, intervals and methods are as of satisfaction.
    ``p`` is that of Fisher's exact test after Holm's correction over the distances of a role's form; ``verdict`` is
    ``above``, ``below``, ``not_apart`` or ``untested``. client_item and client_form say which question of the clients,
    client_n, client_value and role_value the rest.

    The inputs are the favourable shares of workers, supervisors and partners, and those of clients.
    """
    roles, clients = inputs.tables
    dimensions = {item.id: item.dimension for item in inputs.library.items.values()}
    again = inputs.repeated_forms
    of_roles = _about(roles, again, {item: SAME_THING.get(str(about)) for item, about in dimensions.items()})
    of_clients = _about(clients, again, dimensions).drop(columns="cell")
    pairs = of_roles.merge(of_clients.rename(columns={name: f"client_{name}" for name in SIDES}), on=[*PLACE, "about"])
    sides = (pairs["favourable"], pairs["n"], pairs["client_favourable"], pairs["client_n"])
    weight, client_weight = pairs["weight"], pairs["client_weight"]
    low, high = newcombe(sides[0] * weight, sides[1] * weight, sides[2] * client_weight, sides[3] * client_weight)
    people = DifferentPeople(np.minimum(weight.to_numpy(dtype=float), client_weight.to_numpy(dtype=float)))
    role_value, client_value = sides[0] / sides[1], sides[2] / sides[3]
    tested = [
        float(against_the_rest([good, client_good], [n, client_n])[0]) if weight == 1 else np.nan
        for good, n, client_good, client_n, weight in zip(*sides, people.weight, strict=True)
    ]
    cells = roles.counts.names(pairs["cell"])
    p = holm_within(tested, numbered(cells, TESTED_TOGETHER)[0])
    direction = np.where(role_value > client_value, ABOVE, BELOW)
    verdict = np.where(people.weight == 1, np.where(p < 1 - LEVEL, direction, NOT_APART), UNTESTED)
    return pairs[["cell", "n", "client_questionnaire", "client_item", "client_n"]].assign(
        measure="distance",
        method=people.method("newcombe"),
        value=role_value - client_value,
        low=low,
        high=high,
        role_value=role_value,
        client_value=client_value,
        p=p,
        verdict=verdict,
    )


def _about(table: Estimates, repeated_forms: frozenset[str], dimensions: dict[str, str | None]) -> pd.DataFrame:
    """Return the totals of items about a dimension of both sides, with the names of their cells."""
    names = table.counts.names(table.frame["cell"])
    about = names["item"].map(dimensions)
    totals = names["level"].isin([PRACTICE, PRACTICE_ALL]) & about.notna() & (table.frame["n"] > 0).to_numpy()
    figures = table.frame[["cell", "n", "favourable"]].reset_index(drop=True)
    figures["weight"] = different_people(table.counts, figures["cell"], repeated_forms).weight
    return names[[*PLACE, "questionnaire", "item"]].join(figures).assign(about=about)[totals]
