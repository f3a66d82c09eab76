"""The gate: screens count cubes by publication units, and hands on only what may be told of them.

The maths comes after the gate: a measure is given the counts of open cells only, and those no finer than they may be
told, so that no figure it computes, total or interval can hold anything of what is closed.
"""

import numpy as np
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.disclosure import detail
from evaluation.measures.disclosure.parts import enrolment_parts
from evaluation.measures.disclosure.screened import (
    CELL,
    COHORT,
    FEW,
    NEARLY_ALL,
    Policy,
    Screened,
    at_every_level,
)
from evaluation.measures.units import GROUP, publication_units
from evaluation.store import Selection

UNIT = [*GROUP, "unit", "item"]


class Gate:
    """Screens count cubes by publication units of at least the policy's number of people."""

    def __init__(
        self,
        people: pd.DataFrame,
        overlaps: pd.DataFrame,
        dates: pd.DataFrame,
        selection: Selection,
        policy: Policy,
        library: Library,
    ) -> None:
        """Form the units from the store's people, overlap and date cubes; ``selection`` takes them as wholes."""
        self.policy = policy
        self._library = library
        self._classes = detail.value_classes(library)
        self._sensitive = detail.sensitive_items(library)
        units = publication_units(people[people["item"] == ""], overlaps, dates, policy.threshold)
        self._units = units.assign(chosen=_chosen(units, dates, selection))
        self._people = self._least_people(people)

    def screen(self, counts: pd.DataFrame) -> Screened:
        """Pass the counts of open cells, as finely as they may be told.

        Args:
            counts: GROUP, cohort, item ("" for the questionnaire as a whole), n, and whatever is counted: answers with
                ``value``, pairs with ``start_value`` and ``end_value``, or counts of people or visits.
        """
        runs = self._units[[*GROUP, "cohort", "unit"]]
        keyed = counts.merge(runs, on=[*GROUP, "cohort"]).rename(columns={"cohort": "run"})
        if "start_value" in counts:
            keyed = detail.with_steps(keyed, self._library, self._classes)
            judged = detail.judge_pairs(keyed, UNIT, self._sensitive)
            keyed = keyed.drop(columns=["start_class", "end_class"])
            return self._told(keyed, judged, ["start_value", "end_value"], None)
        if "value" in counts:
            keyed = detail.with_classes(keyed, self._classes)
            judged = detail.judge_answers(keyed, UNIT, self._sensitive, self.policy)
            return self._told(keyed, judged, ["value"], self.policy.values_from)
        cells = self._cells(keyed)
        return Screened(at_every_level(_open(keyed, cells)), _cells_at_every_level(cells))

    def screen_enrolment(self, counts: pd.DataFrame) -> Screened:
        """Pass the counts of people who registered, started and completed, small parts of them in ranges.

        Args:
            counts: GROUP, cohort, item (""), registered, started, decided, completed.

        Returns:
            Screened with the counts of parts.enrolment_parts.
        """
        keyed = counts.merge(self._units[[*GROUP, "cohort", "unit"]], on=[*GROUP, "cohort"])
        cells = self._cells(keyed)
        sums = keyed.groupby(UNIT, as_index=False)[["registered", "started", "decided", "completed"]].sum()
        units = sums.merge(cells.loc[~cells["suppressed"], [*UNIT, "chosen"]], on=UNIT)
        told = enrolment_parts(units.rename(columns={"unit": "cohort"}), self.policy)
        return Screened(told, _cells_at_every_level(cells))

    def _told(self, keyed: pd.DataFrame, judged: pd.DataFrame, names: list[str], pooled_from: int | None) -> Screened:
        """Pass answers: none of a cell where nearly all are bad, without ``names`` where a cell is told coarsely."""
        cells = self._cells(keyed).merge(judged, on=UNIT, how="left")
        cells = cells.astype({"nearly_all": bool, "coarse": bool})
        alike = ~cells["suppressed"] & cells["nearly_all"]
        cells = cells.assign(suppressed=cells["suppressed"] | alike, reason=cells["reason"].mask(alike, NEARLY_ALL))
        open_cells = cells[~cells["suppressed"]].rename(columns={"unit": "cohort"})
        coarse = detail.coarse_totals(open_cells, pooled_from)
        counts = at_every_level(_open(keyed, cells).drop(columns="run"))
        return Screened(detail.blanked(counts, coarse, names), _cells_at_every_level(cells))

    def _cells(self, keyed: pd.DataFrame) -> pd.DataFrame:
        """Return every unit's items with whether they are closed: too few people gave an answer on the scale."""
        units = self._units.drop(columns=["cohort", "members"]).drop_duplicates([*GROUP, "unit"])
        asked = keyed[UNIT].drop_duplicates().merge(units, on=[*GROUP, "unit"])
        cells = asked.merge(self._people, on=UNIT, how="left")
        few = cells.pop("people").fillna(0) < self.policy.threshold
        return cells.assign(suppressed=few.astype(bool), reason=np.where(few, FEW, ""))

    def _least_people(self, people: pd.DataFrame) -> pd.DataFrame:
        """Return the least number of people behind each item of each unit, as units.least_people counts them."""
        runs = self._units[[*GROUP, "cohort", "unit", "shared"]]
        keyed = people.merge(runs, on=[*GROUP, "cohort"])
        sums = keyed.groupby(UNIT, as_index=False).agg(
            largest=("people", "max"), coded=("coded", "sum"), shared=("shared", "first")
        )
        sums["people"] = sums["largest"].clip(lower=sums["coded"] - sums["shared"])
        return pd.DataFrame(sums[[*UNIT, "people"]])


def _chosen(units: pd.DataFrame, dates: pd.DataFrame, selection: Selection) -> pd.Series:
    """Tell of each run whether its unit holds a run of a chosen name, and one of a chosen year."""
    names, years = set(selection.cohorts), set(selection.years)
    known = dates[dates["first_on"].notna()] if years else dates[:0]
    spans = zip(*(known[name] for name in ("practice", "municipality", "cohort", "first_on", "last_on")), strict=True)
    of_year = {tuple(run) for *run, first, last in spans if years & set(range(first.year, last.year + 1))}
    chosen = [
        (not names or bool(names & set(members)))
        and (not years or any((practice, municipality, run) in of_year for run in members))
        for practice, municipality, members in zip(
            units["practice"], units["municipality"], units["members"], strict=True
        )
    ]
    return pd.Series(chosen, index=units.index, dtype=bool)


def _open(keyed: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    told = cells.loc[~cells["suppressed"] & cells["chosen"], UNIT]
    return keyed.merge(told, on=UNIT).rename(columns={"unit": "cohort"})


def _cells_at_every_level(cells: pd.DataFrame) -> pd.DataFrame:
    chosen = cells[cells["chosen"]].rename(columns={"unit": "cohort"})
    levels = at_every_level(chosen[[*GROUP, "cohort", "item", "suppressed", "reason", "rank"]])
    grouped = levels.groupby(CELL, as_index=False).agg(
        suppressed=("suppressed", "all"), omitted=("suppressed", "sum"), reason=("reason", "min"), rank=("rank", "min")
    )
    grouped.loc[grouped["level"] == COHORT, "omitted"] = 0
    return grouped
