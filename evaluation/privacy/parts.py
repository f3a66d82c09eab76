"""Parts of one or two people: who completed and who left is told of groups, not of the one who did.

Of a part that small a range is told instead of the number ("one or two left"); that nobody or everybody did is told. A
total is told exactly where that leaves every small part both its possible sizes. Who never came is told as it is: the
numbers present at each session tell it anyway.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.privacy.cells import at_every_level, in_several
from evaluation.privacy.numbering import added
from evaluation.privacy.screened import Policy

RANGE = ["base", "completed_low", "completed_high"]


def enrolment_parts(units: pd.DataFrame, cells: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return enrolment at every level, the number who completed in a range where one or two did or did not.

    Args:
        units: open units, chosen or not: cell (of the chosen), group (units of one total), chosen, registered, started,
            decided, completed.
        cells: all cells.
        policy: ``smallest_part`` is the least number of people of a part that is told; who completed is told of units
            in which at least ``threshold`` people started.

    Returns:
        cell, registered, started, base (who started, in the units of which it is told who completed), completed_low,
        completed_high, few (units of which it is not told, for too few started). A low equal to its high is the number
        itself; base is missing where no register says who completed.
    """
    chosen = at_every_level(units[units["chosen"]], cells)
    told = _sums(chosen, ["registered", "started"])
    said = units[units["decided"] > 0].rename(columns={"started": "base"})
    said = said.assign(few=said["base"] < policy.threshold)
    left_out = at_every_level(said[said["chosen"]], cells)
    of_few = added(left_out["cell"].to_numpy(), left_out["few"], len(cells))
    ranges = _at_levels(_ranges(said[~said["few"]], policy.smallest_part), cells, policy.smallest_part)
    known = ranges.set_index("cell").reindex(told["cell"]).reset_index(drop=True)
    return pd.concat([told, known], axis=1).assign(few=of_few[told["cell"]])


def _ranges(units: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Add the range in which the number who completed is told, and part: the small part, below 0 where people left."""
    count, base, most = (units["completed"].to_numpy(), units["base"].to_numpy(), smallest - 1)
    left = base - count
    few_left, few = (left >= 1) & (left <= most), (count >= 1) & (count <= most)
    low = np.maximum(np.where(few_left, base - most, np.where(few, 1, count)), 0)
    high = np.where(few_left, base - 1, np.where(few, most, count))
    part = np.where(few_left, -left, np.where(few, count, 0))
    return units.assign(completed_low=low, completed_high=high, part=part)


def _at_levels(units: pd.DataFrame, cells: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Return base and the range at every level."""
    chosen = units[units["chosen"]]
    group = chosen["group"].to_numpy()
    exact = _exact(units, smallest)[group] if len(group) else np.empty(0, dtype=bool)
    whole = chosen.assign(
        cell=cells["whole"].to_numpy()[chosen["cell"]],
        **{end: np.where(exact, chosen["completed"], chosen[end]) for end in RANGE[1:]},
    )
    practice, place = (cells[name].to_numpy()[chosen["cell"]] for name in ("practice_no", "place"))
    several = in_several(practice, place)
    everywhere = whole.assign(cell=cells["everywhere"].to_numpy()[chosen["cell"]])[several]
    levels = [chosen[["cell", *RANGE]], _sums(whole, RANGE), _sums(everywhere, RANGE)]
    return pd.concat(levels, ignore_index=True)


def _exact(units: pd.DataFrame, smallest: int) -> npt.NDArray[np.bool_]:
    """Tell of each group whether its total is told exactly.

    Beside an exact total each small part must still be able to have one size or another: they may not all be of the
    least, or all of the greatest size, and a filter may not cut through them.
    """
    group, part = units["group"].to_numpy(), units["part"].to_numpy()
    chosen, size = units["chosen"].to_numpy(), int(group.max(initial=-1)) + 1
    number, total = added(group, part != 0, size), added(group, np.abs(part), size)
    cut = added(group, (part != 0) & ~chosen, size) > 0
    alike = (added(group, part < 0, size) == 0) | (added(group, part > 0, size) == 0)
    both = (number < total) & (total < number * (smallest - 1))
    none_chosen = added(group, (part != 0) & chosen, size) == 0
    return np.asarray(none_chosen | (number == 0) | (~cut & alike & both))


def _sums(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return the sums of some columns by cell."""
    cell, number = np.unique(rows["cell"].to_numpy(dtype=np.int64), return_inverse=True)
    return pd.DataFrame({"cell": cell, **{name: added(number, rows[name], len(cell)) for name in names}})
