"""Parts of one or two people: how many completed or left is published of groups, not of the one who did.

Of a part that small a range is published instead of the number ("one or two left"); that nobody or everybody did is
published. Where the number of end forms of the same cohorts is published and lies in the range, it tells which number
it is: there a range protects nothing, and the number is published. A total is exact where that leaves every small part
both its possible sizes. How many never came is published as it is: the numbers present at the sessions reveal it
anyway.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.privacy.cells import at_every_level, in_several
from evaluation.privacy.numbering import added
from evaluation.privacy.publishable_counts import Policy

RANGE = ["base", "completed_low", "completed_high"]


def enrolment_ranges(units: pd.DataFrame, cells: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return enrolment at every level, the number who completed in a range where one or two did or did not.

    Args:
        units: publishable units, selected or not: cell (of the selected), group (units of one total), selected, and
            the counts of the store's enrolment cube, with end_forms: how many are published of the same cohorts, or 0.
        cells: all cells.
        policy: ``smallest_part`` is the least number of people of a part that is published; completion is published of
            units in which it is recorded of at least ``threshold`` people.

    Returns:
        cell, registered, followed (the registered of the units that mark presence of every cohort), started (of the
        followed), base (people of whom completion is recorded, in the units of which it is published), undecided (of
        whom it is not, in the same units), completed_low, completed_high, few (units of which completion is recorded of
        too few). A low equal to its high is the number itself; base is missing where no register records who completed.
    """
    whole = units["followed"] == units["registered"]
    units = units.assign(followed=units["followed"].where(whole, 0), started=units["started"].where(whole, 0))
    selected = at_every_level(units[units["selected"]], cells)
    sums = _sums(selected, ["registered", "followed", "started"])
    recorded = units[units["decided"] > 0].rename(columns={"decided": "base"})
    recorded = recorded.assign(few=recorded["base"] < policy.threshold)
    left_out = at_every_level(recorded[recorded["selected"]], cells)
    of_few = added(left_out["cell"].to_numpy(), left_out["few"], len(cells))
    ranges = _at_levels(_ranges(recorded[~recorded["few"]], policy.smallest_part), cells, policy.smallest_part)
    known = ranges.set_index("cell").reindex(sums["cell"]).reset_index(drop=True)
    return pd.concat([sums, known], axis=1).assign(few=of_few[sums["cell"]])


def _ranges(units: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Add the range in which the number who completed lies, and part: the small part, below 0 where people left."""
    count, base, most = (units["completed"].to_numpy(), units["base"].to_numpy(), smallest - 1)
    left = base - count
    few_left, few = (left >= 1) & (left <= most), (count >= 1) & (count <= most)
    low = np.maximum(np.where(few_left, base - most, np.where(few, 1, count)), 0)
    high = np.where(few_left, base - 1, np.where(few, most, count))
    part = np.where(few_left, -left, np.where(few, count, 0))
    end_forms = units["end_forms"].to_numpy()
    guessed = (end_forms > 0) & (low <= end_forms) & (end_forms <= high)
    low, high, part = np.where(guessed, count, low), np.where(guessed, count, high), np.where(guessed, 0, part)
    return units.assign(completed_low=low, completed_high=high, part=part)


def _at_levels(units: pd.DataFrame, cells: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Return base and the range at every level."""
    selected = units[units["selected"]]
    group = selected["group"].to_numpy()
    exact = exact_totals(units, smallest)[group] if len(group) else np.empty(0, dtype=bool)
    parts = selected.assign(
        cell=cells["practice_total"].to_numpy()[selected["cell"]],
        **{end: np.where(exact, selected["completed"], selected[end]) for end in RANGE[1:]},
    )
    practice, place = (cells[name].to_numpy()[selected["cell"]] for name in ("practice_no", "place"))
    several = in_several(practice, place)
    parts_of_all = parts.assign(cell=cells["practice_all_total"].to_numpy()[selected["cell"]])[several]
    names = [*RANGE, "undecided"]
    levels = [selected[["cell", *names]], _sums(parts, names), _sums(parts_of_all, names)]
    return pd.concat(levels, ignore_index=True)


def exact_totals(units: pd.DataFrame, smallest: int) -> npt.NDArray[np.bool_]:
    """Return by group whether its total is published exactly.

    ``units`` have group, selected and part: the size of a part that is too small to be published, below 0 where it is
    the rest, 0 where there is none.

    Beside an exact total every small part must still be able to have one size or another: they may not all be of the
    least, or all of the greatest size, and a filter may not cut through them.
    """
    group, part = units["group"].to_numpy(), units["part"].to_numpy()
    selected, size = units["selected"].to_numpy(), int(group.max(initial=-1)) + 1
    number, total = added(group, part != 0, size), added(group, np.abs(part), size)
    cut = added(group, (part != 0) & ~selected, size) > 0
    alike = (added(group, part < 0, size) == 0) | (added(group, part > 0, size) == 0)
    both = (number < total) & (total < number * (smallest - 1))
    none_selected = added(group, (part != 0) & selected, size) == 0
    return np.asarray(none_selected | (number == 0) | (~cut & alike & both))


def _sums(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return the sums of some columns by cell."""
    cell, number = np.unique(rows["cell"].to_numpy(dtype=np.int64), return_inverse=True)
    return pd.DataFrame({"cell": cell, **{name: added(number, rows[name], len(cell)) for name in names}})
