"""Self-reported change: matched start and end answers of the same people, and questions about the change itself.

There is no control group: the figures tell what people report, not what caused it.
"""

import numpy as np
import pandas as pd

from evaluation.definitions import OUTSIDE_CODES, Library
from evaluation.measures.disclosure import CELL, Screened
from evaluation.measures.satisfaction import WILSON, class_sums, interval_method
from evaluation.measures.statistics.proportions import wilson

FIRST_OUTSIDE_CODE = min(OUTSIDE_CODES.values())


def on_scale(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of which both answers lie on the scale."""
    both = pairs[["start_value", "end_value"]].max(axis=1)
    return pd.DataFrame(pairs[both < FIRST_OUTSIDE_CODE])


def pair_people(pairs: pd.DataFrame, group: list[str]) -> pd.DataFrame:
    """Return how many people are matched, by item and for the whole ("", as many as at the item with most)."""
    by_item = pd.DataFrame(pairs.groupby([*group, "cohort", "item"], as_index=False)["n"].sum())
    whole = pd.DataFrame(by_item.groupby([*group, "cohort"], as_index=False)["n"].max()).assign(item="")
    return pd.concat([by_item, whole], ignore_index=True).rename(columns={"n": "people"})


def paired(screened: Screened, library: Library) -> pd.DataFrame:
    """Return of matched people how many improved, stayed the same and worsened.

    ``value`` is the share improved, d > 0 with d = direction × (end − start), and its Wilson interval; start_mean and
    end_mean are those of the same people. scale_low, scale_high and better tell how to read the means.
    """
    scales = {item.id: library.scales[item.scale] for item in library.items.values() if item.scale}
    counts = screened.counts
    step, n = counts["step"], counts["n"]
    parts = counts.assign(
        improved=n.where(step > 0, 0),
        same=n.where(step == 0, 0),
        worsened=n.where(step < 0, 0),
        start_total=n * counts["start_value"],
        end_total=n * counts["end_value"],
    )
    names = ["n", "improved", "same", "worsened", "start_total", "end_total"]
    # Where the gate holds the levels back their sums are missing, not nought.
    sums = parts.groupby(CELL, as_index=False)[names].sum(min_count=1)
    low, high = wilson(sums["improved"], sums["n"])
    return sums.assign(
        measure="paired",
        value=sums["improved"] / sums["n"],
        low=low,
        high=high,
        method=WILSON,
        start_mean=sums["start_total"] / sums["n"],
        end_mean=sums["end_total"] / sums["n"],
        scale_low=sums["item"].map({item: min(scale.codes) for item, scale in scales.items()}),
        scale_high=sums["item"].map({item: max(scale.codes) for item, scale in scales.items()}),
        better=sums["item"].map({item: scale.better for item, scale in scales.items()}),
    ).drop(columns=["start_total", "end_total"])


def retrospective(screened: Screened, repeated: frozenset[str]) -> pd.DataFrame:
    """Return how many say that things are better, the same or worse than before, and the share better.

    Where one person answers again and again (questionnaires in ``repeated``) the method is named ``wilson_answers``.
    """
    sums = class_sums(screened).rename(
        columns={"favourable": "improved", "neutral": "same", "unfavourable": "worsened"}
    )
    low, high = wilson(sums["improved"], sums["n"])
    share = sums["improved"] / sums["n"].replace(0, np.nan)
    method = interval_method(sums, repeated)
    return sums.assign(measure="retrospective", value=share, low=low, high=high, method=method).drop(
        columns="not_applicable"
    )
