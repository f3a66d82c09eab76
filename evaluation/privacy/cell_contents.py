"""What is in the cells of units before any total is made: a row an item of a unit, with its answers by class."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evaluation.definitions.municipalities import county_of
from evaluation.privacy.cells import COHORT_KEY, PUBLISHABLE
from evaluation.privacy.detail import CLASSES
from evaluation.privacy.gate import Gate, UnitCounts
from evaluation.privacy.joint_units import UnitName
from evaluation.privacy.numbering import added, rows_of
from evaluation.store import Selection

CLASSES_COUNTED = [*CLASSES, "dont_know", "not_applicable"]


def cell_contents(of_units: UnitCounts, selection: Selection, types: Mapping[str, str]) -> pd.DataFrame:
    """Return the cells of the units that are looked at; nothing of them may be published yet.

    practice, municipality, role, questionnaire, cohorts (of the unit), item, dimension, unit, type, county (may be
    missing), ``alone`` (whether it may be published by itself), sensitive, people (the least number), coded, shared and
    in_both (codes in two cohorts of the unit, and of the place), forms, cohort_count and the answers by class.
    """
    gate, unit_cells, detail = of_units.gate, of_units.unit_cells, of_units.detail
    units, unit, item = gate.units_of(selection), unit_cells.unit, unit_cells.item
    alone = unit_cells.reason == PUBLISHABLE
    if detail is not None:
        alone = alone & ~detail.nearly_all
    names = {name: units.names[name][unit] for name in COHORT_KEY if name != "cohort"}
    cells = pd.DataFrame(names, dtype=object).assign(
        unit=unit, item=unit_cells.items[item], dimension=unit_cells.dimensions[item], alone=alone,
        sensitive=gate.sensitive(unit_cells), shared=units.shared[unit],
        in_both=gate.known_people.in_two_cohorts(units)[units.group[unit]],
    )  # fmt: skip
    known = gate.known_people.by_item
    least = gate.known_people.least_of_all(gate.units_of(Selection()))
    place = rows_of(cells, known, ["unit", "item"])
    for name, of_item in (("coded", "coded"), ("forms", "forms"), ("cohort_count", "cohorts")):
        cells[name] = np.append(known[of_item].to_numpy(), 0)[place]
    cells["people"] = np.append(least["people"].to_numpy(), 0)[rows_of(cells, least, ["unit", "item"])]
    cells["cohorts"] = [gate.members[number] for number in unit]
    cells["type"] = cells["practice"].map(types)
    counties = {name: county.id for name in set(cells["municipality"]) if (county := county_of(name)) is not None}
    cells["county"] = cells["municipality"].map(counties)
    kinds, n = of_units.counts["value_class"].to_numpy(dtype=object), of_units.counts["n"].to_numpy()
    for name in CLASSES_COUNTED:
        cells[name] = added(of_units.cell_of_row, np.where(kinds == name, n, 0), len(unit))
    return cells[units.selected[unit]].reset_index(drop=True)


def units_looked_at(gate: Gate, selection: Selection) -> frozenset[UnitName]:
    """Return the names of the units that are looked at, also of those without any answer."""
    units = gate.units_of(selection)
    names = zip(*(units.names[name] for name in COHORT_KEY if name != "cohort"), strict=True)
    return frozenset(
        (*map(str, name), gate.members[number])  # type: ignore[misc]
        for number, name in enumerate(names)
        if units.selected[number]
    )
