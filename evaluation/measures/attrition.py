"""Those who left: when they did, and how they stood at start, beside those who stayed to be asked again.

A group in which those who do badly leave looks better at the end than it is; this is where that shows.
"""

import numpy as np
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.change import FIRST_OUTSIDE_CODE
from evaluation.measures.response import units_and_totals
from evaluation.measures.satisfaction import DESCRIPTIVE, class_sums
from evaluation.privacy import CELL, COHORT, PRACTICE, Policy, Screened, added, rows_of
from evaluation.statistics.proportions import newcombe

# The form is that of the start for those who left and that of the end for those who stayed.
SAME = [name for name in CELL if name != "questionnaire"]


def left(starts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of answers at start of those whose answer at the end is missing."""
    gone = starts[(starts["stayed"] == 0) & (starts["value"] < FIRST_OUTSIDE_CODE)]
    return pd.DataFrame(gone.drop(columns="stayed"))


def difference(leavers: Screened, pairs: Screened, library: Library) -> pd.DataFrame:
    """Return how much greater (value > 0) the favourable share at start was among those who stayed, with its interval.

    left_n and left_value are of those who left, stayed_n and stayed_value of those who stayed; ``n`` is both together.
    Totals of a practice only, where both groups are large enough and the gate tells the levels of those who stayed.
    """
    gone = class_sums(leavers)
    gone = gone[leavers.at(PRACTICE)[gone["cell"]]]
    counts = pairs.counts[pairs.counts["start_value"].notna()]
    cell, n = counts["cell"].to_numpy(), counts["n"].to_numpy()
    answers = pd.DataFrame(
        {"item": pairs.called(cell)["item"], "value": counts["start_value"].to_numpy(dtype=np.int64)}
    )
    good = np.where(rows_of(answers, _favourable(library), ["item", "value"]) >= 0, n, 0)
    sums = pd.DataFrame({name: added(cell, each, len(pairs.cells)) for name, each in (("n", n), ("favourable", good))})
    stayed = sums[(sums["n"] > 0) & pairs.at(PRACTICE)]
    row = rows_of(leavers.called(gone["cell"]), pairs.called(stayed.index), SAME)
    gone, stayed = gone[row >= 0], stayed.take(row[row >= 0])
    left_n, left_good, stayed_n, stayed_good = (
        each[name].to_numpy() for each in (gone, stayed) for name in ("n", "favourable")
    )
    low, high = newcombe(stayed_good, stayed_n, left_good, left_n)
    stayed_value, left_value = stayed_good / stayed_n, left_good / left_n
    return pd.DataFrame({
        "cell": gone["cell"].to_numpy(), "left_n": left_n, "stayed_n": stayed_n, "measure": "attrition",
        "method": "newcombe", "n": left_n + stayed_n, "value": stayed_value - left_value, "low": low, "high": high,
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


def moments(leavers: Screened, enrolled: Screened, policy: Policy) -> pd.DataFrame:
    """Return of those who left the share who did so in the first half of the sessions, by their last one.

    ``count`` of ``n`` people. Only of units of the register of which it is told how many left, at least the threshold;
    units of other runs would tell, by subtraction, the numbers that are told in ranges. A unit in which either half
    counts fewer than ``smallest_part`` people is not told, and no part of the total.

    Args:
        leavers: people by last_session and sessions, item "".
        enrolled: the enrolment of the same units.
        policy: what is told.
    """
    counts, size = leavers.counts, len(leavers.cells)
    cell, number = counts["cell"].to_numpy(), counts["n"].to_numpy()
    early = np.where(2 * counts["last_session"] <= counts["sessions"], number, 0)
    sums = pd.DataFrame({"cell": np.arange(size), "n": added(cell, number, size), "count": added(cell, early, size)})
    told = enrolled.counts[enrolled.counts["completed_low"] == enrolled.counts["completed_high"]]
    left = np.append((told["base"] - told["completed_low"]).to_numpy(), np.nan)
    units = sums[leavers.at(COHORT) & (left[rows_of(leavers.cells, enrolled.called(told["cell"]), CELL)] == sums["n"])]
    units = units[units["n"] >= policy.threshold]
    smaller = units["count"].clip(upper=units["n"] - units["count"])
    few = (smaller > 0) & (smaller < policy.smallest_part)
    found = units_and_totals(units.assign(suppressed=few), ~few, leavers)
    closed = found["suppressed"].eq(True)
    return found.assign(measure="left_early", method=DESCRIPTIVE, suppressed=closed)
