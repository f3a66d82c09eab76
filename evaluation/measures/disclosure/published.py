"""Published tables, the only thing that charts and reports accept, and the seal that only the gate sets."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import pandas as pd

from evaluation.measures.disclosure.screened import CELL, COHORT, FEW, PRACTICE, PRACTICE_ALL, Policy, Screened

ESTIMATE = ["n", "value", "low", "high", "method"]
DIGITS = 10
_SEAL = object()


@dataclass(frozen=True)
class Published:
    """A table that has passed the gate: the only thing that charts and reports accept.

    ``frame`` has family, measure, practice, municipality, cohort, level ("cohort": one publication unit, "practice":
    the units of one practice and municipality, "practice_all": those of a practice in several), role, questionnaire,
    item, dimension, n, value, low, high, method, suppressed, omitted (units left out of a total), and what the measure
    adds. A suppressed row has no figures; ``reason`` tells why: FEW people, or NEARLY_ALL of them answered alike.
    """

    measure: str
    frame: pd.DataFrame
    threshold: int
    _seal: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse to be made outside the gate."""
        if self._seal is not _SEAL:
            raise TypeError("only the gate for privacy makes Published tables")

    def where(self, **wanted: object) -> Self:
        """Return the rows whose columns have the wanted value, or one of the wanted values if a tuple is given."""
        frame = self.frame
        for column, value in wanted.items():
            choices = list(value) if isinstance(value, tuple) else [value]
            frame = frame[frame[column].isin(choices)]
        return type(self)(self.measure, frame.reset_index(drop=True), self.threshold, _SEAL)

    def among(self, columns: tuple[str, ...], wanted: Collection[tuple[str, ...]]) -> Self:
        """Return the rows whose ``columns`` together are one of ``wanted``."""
        keys = zip(*(self.frame[column] for column in columns), strict=True)
        frame = self.frame.loc[[key in wanted for key in keys]]
        return type(self)(self.measure, frame.reset_index(drop=True), self.threshold, _SEAL)

    def widest(self, practice: str) -> Self:
        """Return the totals of a practice: over all its municipalities, or of its only one."""
        everywhere = self.where(practice=practice, level=PRACTICE_ALL)
        return self.where(practice=practice, level=PRACTICE) if everywhere.empty else everywhere

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to show, not even a suppressed row."""
        return self.frame.empty

    @property
    def shown(self) -> pd.DataFrame:
        """The rows that have figures."""
        return self.frame[~self.frame["suppressed"]]


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a published frame with their columns as attributes."""
    yield from frame.itertuples(index=False, name="Row")


def seal(
    family: str,
    measure: str,
    estimates: pd.DataFrame,
    screened: Screened,
    policy: Policy,
    dimensions: Mapping[str, Any],
) -> Published:
    """Make the published table of ``estimates``, with a row without figures for every closed cell.

    Args:
        family: family of the measure.
        measure: name of the table.
        estimates: CELL, measure, n, value, low, high, method and the measure's own columns; with ``suppressed``, and
            ``reason`` if it is not FEW, the measure itself closes rows; ``omitted`` adds to the units left out.
        screened: what the estimates were computed from.
        policy: the policy that screened it.
        dimensions: dimension by item.
    """
    cells = screened.cells
    closed = cells[cells["suppressed"]].assign(measure=measure.rpartition(".")[2])
    opened = estimates.merge(cells, on=CELL, how="left", suffixes=("_own", ""))
    if "suppressed_own" in opened:
        own_reason = opened.pop("reason_own") if "reason_own" in opened else FEW
        opened["reason"] = opened["reason"].where(~opened["suppressed_own"].astype(bool), own_reason)
        opened["suppressed"] |= opened.pop("suppressed_own").astype(bool)
    if "omitted_own" in opened:
        opened["omitted"] += opened.pop("omitted_own").astype(int)
    table = pd.concat([opened, closed], ignore_index=True) if len(closed) else opened
    table["family"] = family
    table["dimension"] = table["item"].map(dimensions)
    for column in ESTIMATE:
        if column not in table:
            table[column] = None
    own = [name for name in table.columns if name not in {*_FIRST, *_LAST, "rank"}]
    figures = [name for name in (*ESTIMATE, *own) if name in table]
    table[figures] = table[figures].astype(object).where(~table["suppressed"].astype(bool), None)
    table = table.astype({"suppressed": bool, "omitted": int, "reason": object})
    table["reason"] = table["reason"].where(table["suppressed"], None)
    for column in ("municipality", "cohort", "item"):
        # "" is also the name of a run that was given none, which at the cohort level stays as it is.
        total = table["level"] != COHORT if column == "cohort" else table[column] == ""
        table[column] = table[column].astype(object).mask(total, None)
    table[[*ESTIMATE[:4]]] = table[[*ESTIMATE[:4]]].astype(float)
    # The last digits of a sum depend on the order of its parts, which is nobody's business.
    for name in figures:
        table[name] = pd.Series([_rounded(value) for value in table[name]], table.index, table[name].dtype)
    order = ["level", "practice", "municipality", "rank", "role", "questionnaire", "item"]
    table = table.sort_values(order, kind="stable", na_position="first")
    return Published(measure, table[[*_FIRST, *own, *_LAST]].reset_index(drop=True), policy.threshold, _SEAL)


def _rounded(value: object) -> object:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


_FIRST = ["family", "measure", *CELL[1:4], "level", "role", "questionnaire", "item", "dimension", *ESTIMATE]
_LAST = ["suppressed", "reason", "omitted"]
