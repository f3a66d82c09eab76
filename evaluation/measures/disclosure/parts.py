"""Parts of one or two people: who completed and who left is told of groups, not of the one who did.

Of a part that small a range is told instead of the number ("one or two left"); that nobody or everybody did is told. A
total is told exactly where that leaves every small part both its possible sizes. Who never came is told as it is: the
numbers present at each session tell it anyway.
"""

import pandas as pd

from evaluation.measures.disclosure.screened import CELL, COHORT, PRACTICE, PRACTICE_ALL, Policy, at_every_level

PLACE = [name for name in CELL if name not in ("level", "cohort")]
EVERYWHERE = [name for name in PLACE if name != "municipality"]
RANGE = ["base", "completed_low", "completed_high"]


def enrolment_parts(units: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return enrolment at every level, the number who completed in a range where one or two did or did not.

    Args:
        units: open units, chosen or not: GROUP, item, cohort (the unit), chosen, registered, started, decided,
            completed.
        policy: ``smallest_part`` is the least number of people of a part that is told; who completed is told of units
            in which at least ``threshold`` people started.

    Returns:
        CELL, registered, started, base (who started, in the units of which it is told who completed), completed_low,
        completed_high, few (units of which it is not told, for too few started). A low equal to its high is the number
        itself; base is missing where no register says who completed.
    """
    chosen = at_every_level(units[units["chosen"]])
    counts = chosen.groupby(CELL, as_index=False)[["registered", "started"]].sum()
    said = units[units["decided"] > 0].rename(columns={"started": "base"})
    few = said["base"] < policy.threshold
    left_out = at_every_level(said[said["chosen"]].assign(few=few)).groupby(CELL, as_index=False)["few"].sum()
    ranges = _at_levels(_ranges(said[~few], policy.smallest_part), policy.smallest_part)
    told = counts.merge(ranges, on=CELL, how="left").merge(left_out, on=CELL, how="left")
    return told.assign(few=told["few"].fillna(0).astype(int))


def _ranges(units: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Add the range in which the number who completed is told, and part: the small part, below 0 where people left."""
    count, most = units["completed"], smallest - 1
    left = units["base"] - count
    few_left, few = left.between(1, most), count.between(1, most)
    low = count.mask(few, 1).mask(few_left, units["base"] - most).clip(lower=0)
    high = count.mask(few, most).mask(few_left, units["base"] - 1)
    return units.assign(completed_low=low, completed_high=high, part=count.where(few, 0).mask(few_left, -left))


def _at_levels(units: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Return base and the range at every level."""
    held = units.assign(
        small=units["part"] != 0,
        other=(units["part"] != 0) & ~units["chosen"],
        sign=units["part"].clip(-1, 1),
        size=units["part"].abs(),
    )
    pools = held.groupby(PLACE).agg(
        number=("small", "sum"), other=("other", "any"), least=("sign", "min"), most=("sign", "max"),
        size=("size", "sum"),
    )  # fmt: skip
    # Beside an exact total each small part must still be able to have one size or another: they may not all be of the
    # least, or all of the greatest size, and a filter may not cut through them.
    alike = (pools["least"] >= 0) | (pools["most"] <= 0)
    both = (pools["number"] < pools["size"]) & (pools["size"] < pools["number"] * (smallest - 1))
    exact = (pools["number"] == 0) | (~pools["other"] & alike & both)
    chosen = held[held["chosen"]]
    practice = chosen.groupby(PLACE)[[*RANGE, "completed"]].sum()
    exact = ~chosen.groupby(PLACE)["small"].any() | exact.reindex(practice.index)
    for end in RANGE[1:]:
        practice[end] = practice[end].mask(exact, practice["completed"])
    practice = practice.reset_index()
    several = practice[practice.groupby("practice")["municipality"].transform("nunique") > 1]
    everywhere = several.groupby(EVERYWHERE, as_index=False)[RANGE].sum().assign(municipality="")
    return pd.concat(
        [
            chosen.assign(level=COHORT)[[*CELL, *RANGE]],
            practice.assign(level=PRACTICE, cohort="")[[*CELL, *RANGE]],
            everywhere.assign(level=PRACTICE_ALL, cohort="")[[*CELL, *RANGE]],
        ],
        ignore_index=True,
    )
