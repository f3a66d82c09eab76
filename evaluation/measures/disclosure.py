"""The gate for privacy: counts of too few people go no further, and only here are Published tables made.

The maths comes after the gate: a measure is given the counts of open cells only, so that no figure it computes, total
or interval can hold anything of a cell that is closed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import pandas as pd

from evaluation.measures.units import GROUP, least_people, overlaps_by_group, publication_units
from evaluation.store import Selection

CELL = ["level", "practice", "municipality", "cohort", "role", "questionnaire", "item"]
COHORT, PRACTICE, PRACTICE_ALL = "cohort", "practice", "practice_all"
ESTIMATE = ["n", "value", "low", "high", "method"]
_SEAL = object()


@dataclass(frozen=True)
class Policy:
    """How many people at least stand behind any published figure."""

    threshold: int = 5


@dataclass(frozen=True)
class Published:
    """A table that has passed the gate: the only thing that charts and reports accept.

    ``frame`` has family, measure, practice, municipality, cohort, level ("cohort": one publication unit, "practice":
    the units of one practice and municipality, "practice_all": those of a practice in several), role, questionnaire,
    item, dimension, n, value, low, high, method, suppressed, omitted (units left out of a total), and what the measure
    adds. A suppressed row has no figures.
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


@dataclass(frozen=True)
class Screened:
    """What passed: ``counts`` of open cells at every level (CELL, run, and the counts' own columns), and all ``cells``.

    ``cells`` has CELL, suppressed, omitted and rank (the order of runs in time); one without counts is closed.
    """

    counts: pd.DataFrame
    cells: pd.DataFrame


class Gate:
    """Screens count cubes by publication units of at least the policy's number of people."""

    def __init__(
        self, people: pd.DataFrame, overlaps: pd.DataFrame, dates: pd.DataFrame, selection: Selection, policy: Policy
    ) -> None:
        """Form the units from the store's people, overlap and date cubes; ``selection`` takes them as wholes."""
        self.policy = policy
        self._overlaps = overlaps
        whole = people[people["item"] == ""]
        self._people = people
        self._units = _chosen(publication_units(whole, overlaps, dates, policy.threshold), selection)

    def screen(self, counts: pd.DataFrame) -> Screened:
        """Pass the counts of open cells.

        Args:
            counts: GROUP, cohort, item ("" for the questionnaire as a whole), and whatever is counted.
        """
        cells = self._unit_cells(counts)
        keyed = counts.merge(self._units.drop(columns=["members", "rank"]), on=[*GROUP, "cohort"])
        keyed = keyed.rename(columns={"cohort": "run", "unit": "cohort"})
        passed = keyed.merge(cells[~cells["suppressed"]][[*GROUP, "cohort", "item"]], on=[*GROUP, "cohort", "item"])
        return Screened(_at_every_level(passed), _cells_at_every_level(cells))

    def _unit_cells(self, counts: pd.DataFrame) -> pd.DataFrame:
        """Return every unit's items with whether they are closed: too few people gave an answer on the scale."""
        asked = counts[[*GROUP, "cohort", "item"]].drop_duplicates()
        keyed = asked.merge(self._units, on=[*GROUP, "cohort"])
        shared = overlaps_by_group(self._overlaps)
        numbers = {
            key: dict(zip(rows["cohort"], rows["people"].astype(int), strict=True))
            for key, rows in self._people.groupby([*GROUP, "item"])
        }
        found: list[tuple[object, ...]] = []
        for key, rows in keyed.groupby([*GROUP, "unit", "item"]):
            *group_names, unit, item = (str(name) for name in key)
            group = tuple(group_names)
            members = rows["members"].iloc[0]
            people = least_people(members, numbers.get((*group, item), {}), shared.get(group, {}))
            found.append((*group, unit, item, people < self.policy.threshold, rows["rank"].iloc[0]))
        frame = pd.DataFrame(found, columns=[*GROUP, "cohort", "item", "suppressed", "rank"])
        return frame.astype({"suppressed": bool})


def _chosen(units: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Keep the units that hold a chosen run, as wholes."""
    if not selection.cohorts:
        return units
    wanted = set(selection.cohorts)
    return units.loc[[bool(wanted & set(members)) for members in units["members"]]]


def _at_every_level(units: pd.DataFrame) -> pd.DataFrame:
    """Lay the counts of units beside the same counts as parts of their totals; "" stands for "all"."""
    places = units.groupby("practice")["municipality"].transform("nunique")
    return pd.concat(
        [
            units.assign(level=COHORT),
            units.assign(level=PRACTICE, cohort=""),
            units[places > 1].assign(level=PRACTICE_ALL, cohort="", municipality=""),
        ],
        ignore_index=True,
    )


def _cells_at_every_level(cells: pd.DataFrame) -> pd.DataFrame:
    levels = _at_every_level(cells)
    grouped = levels.groupby(CELL, as_index=False).agg(
        suppressed=("suppressed", "all"), omitted=("suppressed", "sum"), rank=("rank", "min")
    )
    grouped.loc[grouped["level"] == COHORT, "omitted"] = 0
    return grouped


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
        estimates: CELL, measure, n, value, low, high, method and the measure's own columns.
        screened: what the estimates were computed from.
        policy: the policy that screened it.
        dimensions: dimension by item.
    """
    cells = screened.cells
    closed = cells[cells["suppressed"]].assign(measure=measure.rpartition(".")[2])
    opened = estimates.merge(cells, on=CELL, how="left", suffixes=("_own", ""))
    if "suppressed_own" in opened:
        opened["suppressed"] |= opened.pop("suppressed_own").astype(bool)
    table = pd.concat([opened, closed], ignore_index=True) if len(closed) else opened
    table["family"] = family
    table["dimension"] = table["item"].map(dimensions)
    for column in ESTIMATE:
        if column not in table:
            table[column] = None
    own = [name for name in table.columns if name not in {*_FIRST, *_LAST, "rank"}]
    figures = [name for name in (*ESTIMATE, *own) if name in table]
    table[figures] = table[figures].astype(object).where(~table["suppressed"].astype(bool), None)
    table = table.astype({"suppressed": bool, "omitted": int})
    for column in ("municipality", "cohort", "item"):
        # "" is also the name of a run that was given none, which at the cohort level stays as it is.
        total = table["level"] != COHORT if column == "cohort" else table[column] == ""
        table[column] = table[column].astype(object).mask(total, None)
    table[[*ESTIMATE[:4]]] = table[[*ESTIMATE[:4]]].astype(float)
    order = ["level", "practice", "municipality", "rank", "role", "questionnaire", "item"]
    table = table.sort_values(order, kind="stable", na_position="first")
    return Published(measure, table[[*_FIRST, *own, *_LAST]].reset_index(drop=True), policy.threshold, _SEAL)


_FIRST = ["family", "measure", *CELL[1:4], "level", "role", "questionnaire", "item", "dimension", *ESTIMATE]
_LAST = ["suppressed", "omitted"]
