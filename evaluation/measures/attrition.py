"""Those who left: when they did, and how they stood at start, beside those who stayed to the end.

A group in which those who do badly leave looks better at the end than it is; this is where that shows.
"""

import numpy as np
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.change import FIRST_OUTSIDE_CODE
from evaluation.measures.measure import Inputs
from evaluation.measures.participation import units_and_totals
from evaluation.measures.satisfaction import CLUSTERS, DESCRIPTIVE, class_sums
from evaluation.privacy import CELL, COHORT, PRACTICE, added, rows_of
from evaluation.statistics.proportions import newcombe

# The form is that of the start for those who left and that of the end for those who stayed.
SAME = [name for name in CELL if name != "questionnaire"]


def leavers(starts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of answers at start of those whose answer at the end is missing."""
    gone = starts[(starts["stayed"] == 0) & (starts["value"] < FIRST_OUTSIDE_CODE)]
    return pd.DataFrame(gone.drop(columns="stayed"))


def difference(inputs: Inputs) -> pd.DataFrame:
    """Return how much greater (value > 0) the favourable share at start was among those who stayed, with its interval.

    left_n and left_value are of those who left, stayed_n and stayed_value of those who stayed; ``n`` is both together.
    Totals of a practice only, where both groups are large enough and the levels of those who stayed may be published.
    Where one person may be in several cohorts the interval is of as many different people as there are at least.
    """
    leaving, pairs = inputs.counts
    gone = class_sums(leaving)
    gone = gone[leaving.at_level(PRACTICE)[gone["cell"]]]
    counts = pairs.counts[pairs.counts["start_value"].notna()]
    cell, n = counts["cell"].to_numpy(), counts["n"].to_numpy()
    answers = pd.DataFrame({"item": pairs.names(cell)["item"], "value": counts["start_value"].to_numpy(dtype=np.int64)})
    good = np.where(rows_of(answers, _favourable(inputs.library), ["item", "value"]) >= 0, n, 0)
    size = len(pairs.cells)
    sums = pd.DataFrame({"n": added(cell, n, size), "favourable": added(cell, good, size)})
    stayed = sums[(sums["n"] > 0) & pairs.at_level(PRACTICE)]
    row = rows_of(leaving.names(gone["cell"]), pairs.names(stayed.index), SAME)
    gone, stayed = gone[row >= 0], stayed.take(row[row >= 0])
    left_factor, stayed_factor = leaving.independence[gone["cell"]], pairs.independence[stayed.index]
    left_n, left_good, stayed_n, stayed_good = (
        group[name].to_numpy() for group in (gone, stayed) for name in ("n", "favourable")
    )
    low, high = newcombe(
        stayed_good * stayed_factor,
        stayed_n * stayed_factor,
        left_good * left_factor,
        left_n * left_factor,
    )
    stayed_value, left_value = stayed_good / stayed_n, left_good / left_n
    return pd.DataFrame({
        "cell": gone["cell"].to_numpy(), "left_n": left_n, "stayed_n": stayed_n, "measure": "attrition",
        "method": np.where((left_factor < 1) | (stayed_factor < 1), CLUSTERS, "newcombe"), "n": left_n + stayed_n,
        "value": stayed_value - left_value, "low": low, "high": high,
        "stayed_value": stayed_value, "left_value": left_value,
    })  # fmt: skip


def _favourable(library: Library) -> pd.DataFrame:
    """Return the favourable answers: item, value."""
    good = [
        (item.id, code)
        for item in library.items.values()
        if item.scale
        for code in library.scales[item.scale].codes_of("favourable")
    ]
    return pd.DataFrame(good, columns=["item", "value"])


def moments(inputs: Inputs) -> pd.DataFrame:
    """Return of those who left the share who did so in the first half of the sessions, by their last one.

    ``count`` of ``n`` people. Only of units of the register of which the number who left is published, at least the
    threshold; units of other cohorts would reveal, by subtraction, numbers that are published as ranges. A unit in
    which either half counts fewer than ``smallest_part`` people is suppressed, and no part of the total.
    """
    drop_outs, enrolled = inputs.counts
    policy = inputs.policy
    counts, size = drop_outs.counts, len(drop_outs.cells)
    cell, number = counts["cell"].to_numpy(), counts["n"].to_numpy()
    early = np.where(2 * counts["last_session"] <= counts["sessions"], number, 0)
    sums = pd.DataFrame({"cell": np.arange(size), "n": added(cell, number, size), "count": added(cell, early, size)})
    exact = enrolled.counts[enrolled.counts["completed_low"] == enrolled.counts["completed_high"]]
    left = np.append((exact["base"] - exact["completed_low"]).to_numpy(), np.nan)
    left_of_cell = left[rows_of(drop_outs.cells, enrolled.names(exact["cell"]), CELL)]
    units = sums[drop_outs.at_level(COHORT) & (left_of_cell == sums["n"])]
    units = units[units["n"] >= policy.threshold]
    smaller = units["count"].clip(upper=units["n"] - units["count"])
    few = (smaller > 0) & (smaller < policy.smallest_part)
    shares = units_and_totals(units.assign(suppressed=few), ~few, drop_outs)
    suppressed = shares["suppressed"].eq(True)
    return shares.assign(measure="left_early", method=DESCRIPTIVE, suppressed=suppressed)
