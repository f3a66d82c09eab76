"""Parts of one or two people: who never came, left or completed is told of groups, not of the one who did.

Of a part that small a range is told instead of the number ("one or two left"); that nobody or everybody did is told.
A total is told exactly where that leaves every small part both its possible sizes.
"""

import pandas as pd

from evaluation.measures.disclosure.screened import CELL, COHORT, PRACTICE, PRACTICE_ALL, Policy, at_every_level

PLACE = [name for name in CELL if name not in ("level", "cohort")]
EVERYWHERE = [name for name in PLACE if name != "municipality"]


def enrolment_parts(units: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return enrolment at every level, in ranges where a part is too small to be told.

    Args:
        units: open units, chosen or not: GROUP, item, cohort (the unit), chosen, registered, started, decided,
            completed.
        policy: ``smallest_part`` is the least number of people of a part that is told; who completed is told of units
            with at least ``threshold`` people of whom it might be told.

    Returns:
        CELL, registered, started_low, started_high, base, of_started (whether base is the started, else the
        registered), completed_low, completed_high, few (units of which it is not told who completed, for there were too
        few). A low equal to its high is the number itself; base is missing where no register says who completed.
    """
    smallest = policy.smallest_part
    started = _ranges(units, "started", units["registered"], smallest)
    exact = started["started_low"] == started["started_high"]
    of_started = started.assign(of_started=exact, base=started["started"].where(exact, started["registered"]))
    ranged = _ranges(of_started, "completed", of_started["base"], smallest)
    said = ranged[ranged["decided"] > 0]
    decided = said[said["base"] >= policy.threshold]
    few = at_every_level(said[said["chosen"]].assign(few=said["base"] < policy.threshold))
    first = _levels(ranged, "started", smallest).drop(columns="started")
    then = _levels(decided, "completed", smallest).drop(columns=["registered", "completed"])
    bases = _bases(decided, first)
    told = first.merge(then, on=CELL, how="left").merge(bases, on=CELL, how="left")
    told = told.merge(few.groupby(CELL, as_index=False)["few"].sum(), on=CELL, how="left")
    return told.assign(few=told["few"].fillna(0).astype(int), of_started=told["of_started"].eq(True))


def _ranges(units: pd.DataFrame, name: str, base: pd.Series, smallest: int) -> pd.DataFrame:
    """Add to units the range in which the number ``name`` is told, and ``name``_part, its small part (0: none)."""
    count, most = units[name], smallest - 1
    missing = base - count
    few_missing, few = missing.between(1, most), count.between(1, most)
    low = count.mask(few, 1).mask(few_missing, base - most).clip(lower=0)
    high = count.mask(few, most).mask(few_missing, base - 1)
    part = count.where(few, 0).mask(few_missing, -missing)
    return units.assign(**{f"{name}_low": low, f"{name}_high": high, f"{name}_part": part})


def _levels(units: pd.DataFrame, name: str, smallest: int) -> pd.DataFrame:
    """Return registered, ``name`` and its range at every level."""
    low, high, part = f"{name}_low", f"{name}_high", f"{name}_part"
    held = units.assign(
        small=units[part] != 0,
        other=(units[part] != 0) & ~units["chosen"],
        sign=units[part].clip(-1, 1),
        size=units[part].abs(),
    )
    pools = held.groupby(PLACE).agg(
        number=("small", "sum"), other=("other", "any"), least=("sign", "min"), most=("sign", "max"),
        size=("size", "sum"),
    )  # fmt: skip
    alike = (pools["least"] >= 0) | (pools["most"] <= 0)
    open_range = (pools["number"] < pools["size"]) & (pools["size"] < pools["number"] * (smallest - 1))
    pooled = (pools["number"] == 0) | (~pools["other"] & alike & open_range)
    chosen = units[units["chosen"]]
    columns = ["registered", name, low, high]
    practice = chosen.groupby(PLACE)[columns].sum()
    exact = (chosen.assign(open=chosen[part] == 0).groupby(PLACE)["open"].all()) | pooled.reindex(practice.index)
    for end in (low, high):
        practice[end] = practice[end].mask(exact, practice[name])
    practice = practice.reset_index()
    several = practice[practice.groupby("practice")["municipality"].transform("nunique") > 1]
    return pd.concat(
        [
            chosen.assign(level=COHORT)[[*CELL, *columns]],
            practice.assign(level=PRACTICE, cohort=""),
            several.groupby(EVERYWHERE, as_index=False)[columns]
            .sum()
            .assign(level=PRACTICE_ALL, cohort="", municipality=""),
        ],
        ignore_index=True,
    )


def _bases(decided: pd.DataFrame, started: pd.DataFrame) -> pd.DataFrame:
    """Return base and of_started at every level: the started where their number is told unit by unit, or altogether.

    A total of the started in some units only would tell, by subtraction, of the others.
    """
    sums = at_every_level(decided[decided["chosen"]]).groupby(CELL, as_index=False).agg(
        each=("of_started", "all"), registered_here=("registered", "sum"), started_here=("started", "sum")
    )  # fmt: skip
    found = sums.merge(started, on=CELL)
    whole = (found["registered"] == found["registered_here"]) & (found["started_low"] == found["started_high"])
    of_started = found["each"] | whole
    return found.assign(of_started=of_started, base=found["started_here"].where(of_started, found["registered_here"]))[
        [*CELL, "base", "of_started"]
    ]
