"""Those who left: when they did, and how they stood at start, beside those who stayed to be asked again.

A group in which those who do badly leave looks better at the end than it is; this is where that shows.
"""

import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.change import FIRST_OUTSIDE_CODE
from evaluation.measures.disclosure import CELL, COHORT, PRACTICE, Policy, Screened
from evaluation.measures.satisfaction import DESCRIPTIVE, class_sums
from evaluation.measures.statistics.proportions import newcombe

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
    gone = gone[gone["level"] == PRACTICE].rename(columns={"n": "left_n", "favourable": "left_favourable"})
    good = [
        (item.id, code)
        for item in library.items.values()
        if item.scale
        for code in library.scales[item.scale].codes_of("favourable")
    ]
    counts = pairs.counts[pairs.counts["level"] == PRACTICE]
    told = counts[counts["start_value"].notna()]
    keys = pd.MultiIndex.from_arrays([told["item"], told["start_value"]])
    at_start = told.assign(favourable=told["n"].where(keys.isin(good), 0))
    stayed = at_start.groupby(SAME, as_index=False)[["n", "favourable"]].sum()
    stayed = stayed.rename(columns={"n": "stayed_n", "favourable": "stayed_favourable"})
    found = gone[[*CELL, "left_n", "left_favourable"]].merge(stayed, on=SAME)
    low, high = newcombe(
        found["stayed_favourable"], found["stayed_n"], found["left_favourable"], found["left_n"]
    )  # fmt: skip
    stayed_value, left_value = (found[f"{name}_favourable"] / found[f"{name}_n"] for name in ("stayed", "left"))
    return found.assign(
        measure="attrition",
        method="newcombe",
        n=found["left_n"] + found["stayed_n"],
        value=stayed_value - left_value,
        low=low,
        high=high,
        stayed_value=stayed_value,
        left_value=left_value,
    ).drop(columns=["left_favourable", "stayed_favourable"])


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
    counts = leavers.counts[leavers.counts["level"] == COHORT]
    early = counts["n"].where(2 * counts["last_session"] <= counts["sessions"], 0)
    units = counts.assign(count=early).groupby(CELL, as_index=False)[["n", "count"]].sum()
    ends = enrolled.counts
    known = ends[(ends["completed_low"] == ends["completed_high"]) & (ends["level"] == COHORT)]
    units = units.merge(known[CELL].assign(left=known["base"] - known["completed_low"]), on=CELL)
    units = units[(units["n"] == units["left"]) & (units["n"] >= policy.threshold)].drop(columns="left")
    smallest = policy.smallest_part
    smaller = units["count"].clip(upper=units["n"] - units["count"])
    few = (smaller > 0) & (smaller < smallest)
    whole = units[~few].assign(level=PRACTICE, cohort="").groupby(CELL, as_index=False)[["n", "count"]].sum()
    found = pd.concat([units.assign(suppressed=few), whole.assign(suppressed=False)], ignore_index=True)
    return found.assign(measure="left_early", value=found["count"] / found["n"], method=DESCRIPTIVE)
