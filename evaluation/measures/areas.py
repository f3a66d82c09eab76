"""Areas: what several practices of a type, a municipality or a county say together, and how counties differ."""

import pandas as pd

from evaluation.measures import unit_comparison
from evaluation.measures.measure import Inputs
from evaluation.measures.satisfaction import favourable

BEHIND = ["type", "practices", "people"]


def shares(inputs: Inputs, measure: str, counted: str) -> pd.DataFrame:
    """Return the favourable shares of areas, with the number of practices and the least number of people behind them.

    They are as of satisfaction.favourable. ``type`` is the type of practices of a total of one type.

    Args:
        inputs: the counts by area.
        measure: what the rows measure.
        counted: the name of the column with the favourable answers.
    """
    (answers,) = inputs.counts
    shares_of_areas = favourable(inputs)
    behind = answers.cells[BEHIND].take(shares_of_areas["cell"].to_numpy()).reset_index(drop=True)
    named = shares_of_areas.drop(columns="national_theme").rename(columns={"favourable": counted})
    return named.reset_index(drop=True).join(behind).assign(measure=measure)


def county_comparison(inputs: Inputs, counted: str) -> pd.DataFrame:
    """Return how the shares of counties compare, with the type of their practices; as unit_comparison.shares."""
    compared = unit_comparison.shares(inputs, counted)
    types = inputs.tables[0].counts.names(compared["cell"])["type"]
    return compared.assign(type=types.to_numpy(dtype=object))
