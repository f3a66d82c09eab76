"""Published tables, the only thing that charts and reports accept, and the seal that only the gate sets."""

from collections import namedtuple
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.privacy.numbering import frame_of
from evaluation.privacy.publishable_counts import CELL, COHORT, FEW, PRACTICE, PRACTICE_ALL, Policy, PublishableCounts
from evaluation.statistics.proportions import Numbers

ESTIMATE = ["n", "value", "low", "high", "method"]
DIGITS = 10
EXACT_POWERS = 22
_SEAL = object()


@dataclass(frozen=True)
class Published:
    """A table that has passed the gate: the only thing that charts and reports accept.

    ``frame`` has family, measure, practice, municipality, county (the id of its wellbeing services county), cohort,
    level ("cohort": one publication unit, "practice": the units of one practice and municipality, "practice_all": those
    of a practice in several), role, questionnaire, item, dimension, n, value, low, high, method, suppressed, omitted
    (units left out of a total), and what the measure adds. A suppressed row has no figures; ``reason`` tells why: FEW
    people, or NEARLY_ALL of them answered alike.
    """

    measure: str
    frame: pd.DataFrame
    threshold: int
    _seal: object = field(default=None, repr=False, compare=False)
    _narrowed: dict[object, Self] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse to be made outside the gate."""
        if self._seal is not _SEAL:
            raise TypeError("only the gate for privacy makes Published tables")

    def where(self, **wanted: object) -> Self:
        """Return the rows whose columns have the wanted value, or one of the wanted values of a tuple."""
        conditions = tuple(wanted.items())
        # Page after page and sentence after sentence needs the same rows.
        if conditions not in self._narrowed:
            mask = np.ones(len(self.frame), dtype=bool)
            for column, value in conditions:
                cells = self.frame[column].to_numpy()
                choices = value if isinstance(value, tuple) else (value,)
                mask &= np.logical_or.reduce([_equal(cells, choice) for choice in choices], initial=False)
            self._narrowed[conditions] = self._of(mask)
        return self._narrowed[conditions]

    def among(self, columns: tuple[str, ...], wanted: Collection[tuple[str, ...]]) -> Self:
        """Return the rows whose ``columns`` together are one of ``wanted``."""
        keys = zip(*(self.frame[column] for column in columns), strict=True)
        return self._of(np.array([key in wanted for key in keys], dtype=bool))

    def in_order(self, column: str, values: Collection[str]) -> Self:
        """Return the rows whose ``column`` has one of ``values``, in the order of these."""
        place = {value: number for number, value in enumerate(values)}
        number = np.array([place.get(name, -1) for name in self.frame[column]], dtype=np.int64)
        order = np.argsort(number, kind="stable")
        frame = self.frame.take(order[number[order] >= 0]).reset_index(drop=True)
        return type(self)(self.measure, frame, self.threshold, _SEAL)

    def _of(self, mask: npt.NDArray[np.bool_]) -> Self:
        frame = self.frame.take(np.flatnonzero(mask)).reset_index(drop=True)
        return type(self)(self.measure, frame, self.threshold, _SEAL)

    def widest(self, practice: str) -> Self:
        """Return the totals of a practice: over all its municipalities, or of its only one."""
        everywhere = self.where(practice=practice, level=PRACTICE_ALL)
        return self.where(practice=practice, level=PRACTICE) if everywhere.empty else everywhere

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show, not even a suppressed row."""
        return self.frame.empty

    @cached_property
    def content(self) -> tuple[str, int, str]:
        """All that the table holds, by which what was made of it can be known again."""
        return self.measure, self.threshold, repr(self.frame.to_dict("list"))

    @property
    def with_figures(self) -> pd.DataFrame:
        """The rows that have figures."""
        return self.frame[~self.frame["suppressed"]]


def _equal(cells: npt.NDArray[Any], value: object) -> npt.NDArray[np.bool_]:
    """Return by cell whether it is ``value``; a missing one is like any other missing one."""
    missing = value is None or value != value  # noqa: PLR0124 - only what is not a number differs from itself
    return np.asarray(pd.isna(cells) if missing else cells == value, dtype=bool)


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a published frame with their columns as attributes."""
    # pandas makes a new class at every call, which takes longer than the rows of a small table.
    yield from map(_row(tuple(frame.columns))._make, zip(*(frame[name].tolist() for name in frame), strict=True))


@cache
def _row(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns)


def seal(
    measure: str,
    estimates: pd.DataFrame,
    counts: PublishableCounts,
    policy: Policy,
    suppressed_at: Collection[str] = (COHORT, PRACTICE, PRACTICE_ALL),
) -> Published:
    """Make the published table of ``estimates``, with a row without figures for every suppressed cell.

    Args:
        measure: name of the table, ``family.table``.
        estimates: cell, measure, n, value, low, high, method and the columns of the measure; with ``suppressed`` the
            measure itself suppresses rows; ``omitted`` adds to the units left out.
        counts: what the estimates were computed from.
        policy: the policy by which these were suppressed.
        suppressed_at: the levels at which suppressed cells are named; none where another table names them.
    """
    cells = counts.cells
    suppressed = cells["suppressed"].to_numpy()
    estimated = estimates["cell"].to_numpy(dtype=np.int64)
    at_levels = np.isin(cells["level"].to_numpy(), list(suppressed_at))
    named = np.flatnonzero(suppressed & at_levels) if suppressed_at else estimated[:0]
    every = np.concatenate([estimated, named])
    order = np.argsort(every, kind="stable")
    cell, rows = every[order], np.empty(len(every), dtype=np.int64)
    rows[order] = np.arange(len(every))
    rows = rows[: len(estimated)]

    def spread(values: Any, otherwise: Any, dtype: Any = object) -> Any:
        column = np.full(len(every), otherwise, dtype=dtype)
        column[rows] = values
        return column

    figures = _rounded_floats(estimates)
    without_figures = spread(figures.get("suppressed", False), True, bool)
    family, _, table = measure.partition(".")
    columns: dict[str, Any] = {
        "family": pd.array([family], dtype="str").take(np.zeros(len(every), dtype=np.int64)),
        "measure": pd.array(spread(figures["measure"], table), dtype="str"),
        **{name: counts.labels[name].take(cell) for name in (*_PLACE, "level", *CELL[4:], "dimension")},
    }
    for name in ESTIMATE[:4]:
        columns[name] = np.where(without_figures, np.nan, spread(figures.get(name, np.nan), np.nan, float))
    for name in (ESTIMATE[4], *(name for name in figures if name not in {*_FIRST, *_LAST, "cell"})):
        columns[name] = spread(figures.get(name), None)
        columns[name][without_figures] = None
    reasons = np.where(suppressed, cells["reason"].to_numpy(), FEW)[cell]
    reasons[~without_figures] = None
    left_out = spread(figures.get("omitted", 0), 0, np.int64)
    omitted = cells["omitted"].to_numpy()[cell] + left_out
    columns |= {"suppressed": without_figures, "reason": reasons, "omitted": omitted}
    return Published(measure, frame_of(columns), policy.threshold, _SEAL)


def _rounded_floats(estimates: pd.DataFrame) -> dict[str, Any]:
    """Return the columns of ``estimates``, fractions rounded to ten digits.

    The last digits of a sum depend on the order of its parts, which is nobody's business.
    """
    arrays = {str(name): column.to_numpy() for name, column in estimates.items()}
    names = [name for name, values in arrays.items() if values.dtype == np.float64]
    if names:
        fractions = rounded(np.stack([arrays[name] for name in names]))
        arrays |= dict(zip(names, fractions, strict=True))
    return arrays


def rounded(values: Numbers) -> Numbers:
    """Return ``values`` rounded to DIGITS digits, as the numbers nearest to what these digits say."""
    known = np.isfinite(values) & (values != 0)
    size = np.floor(np.log10(np.abs(np.where(known, values, 1.0)))).astype(int)
    shift = DIGITS - 1 - size
    # Powers of ten are exact to the 22nd; a whole number over one of them is the nearest there is.
    plain = known & (np.abs(shift) <= EXACT_POWERS)
    up = 10.0 ** np.where(plain, np.maximum(shift, 0), 0)
    down = 10.0 ** np.where(plain, np.maximum(-shift, 0), 0)
    nearest = np.where(plain, np.rint(values * up / down) / up * down, values)
    odd = known & ~plain
    nearest[odd] = [float(f"{value:.{DIGITS}g}") for value in values[odd]]
    return np.asarray(nearest, dtype=float)


_PLACE = [*CELL[1:3], "county", CELL[3]]
_FIRST = ["family", "measure", *_PLACE, "level", "role", "questionnaire", "item", "dimension", *ESTIMATE]
_LAST = ["suppressed", "reason", "omitted"]
