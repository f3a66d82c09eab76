"""How many of those who could have answered did, and how many answers of an end form could be matched to a start.

Computed from published counts alone: people on the register, people who filled a form, matched people.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.measures.participation import DESCRIPTIVE
from evaluation.privacy import CELL, COHORT, Screened, added, numbered, rows_of

UNIT = ["practice", "municipality", "cohort"]


def rates(forms: Screened, estimates: pd.DataFrame, enrolled: Screened) -> pd.DataFrame:
    """Return the share of the registered who filled a form that is filled once.

    Units are compared where form and register are published for the same runs; a practice's total is of those units.
    ``count`` people of ``n`` answered. Where more people answered than are registered, the register is not whole and
    there is no rate.

    Args:
        forms: people by form, column ``n``, item "".
        estimates: participation.enrolment.
        enrolled: what these were computed from.
    """
    of_units = (estimates["measure"] == "registered") & enrolled.at(COHORT)[estimates["cell"]]
    registered = estimates[of_units]
    places = enrolled.called(registered["cell"])
    number, first = numbered(places, UNIT)
    could = np.append(added(number, registered["n"], len(first)), 0)
    filled = _people(forms)
    row = rows_of(forms.called(filled["cell"]), places.take(first), UNIT)
    return _share(filled.assign(n=could[row]).rename(columns={"people": "count"})[row >= 0], forms, "response_rate")


def matched(forms: Screened, pairs: Screened) -> pd.DataFrame:
    """Return the share of those who filled the end form whose start form was found by their code.

    ``count`` people of ``n`` were matched, at the question where most were.
    """
    by_item = _people(pairs)
    names = pairs.called(by_item["cell"]).assign(item="")
    number, first = numbered(names, CELL)
    most = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(most, number, by_item["people"].to_numpy())
    filled = _people(forms)
    row = rows_of(names.take(first), forms.called(filled["cell"]), CELL)
    units = filled.take(row[row >= 0]).assign(count=most[row >= 0]).rename(columns={"people": "n"})
    return _share(units, forms, "matched")


def _people(screened: Screened) -> pd.DataFrame:
    """Return the people of each unit's cell: cell, people."""
    people = added(screened.counts["cell"].to_numpy(), screened.counts["n"], len(screened.cells))
    cell = np.flatnonzero(screened.at(COHORT) & (people > 0))
    return pd.DataFrame({"cell": cell, "people": people[cell]})


def _share(units: pd.DataFrame, screened: Screened, measure: str) -> pd.DataFrame:
    whole = units[units["count"] <= units["n"]]
    found = units_and_totals(whole, np.ones(len(whole), dtype=bool), screened)
    return found.assign(measure=measure, method=DESCRIPTIVE)


def units_and_totals(units: pd.DataFrame, told: npt.ArrayLike, screened: Screened) -> pd.DataFrame:
    """Lay ``count`` of ``n`` people of units beside the sums over the runs of those that are ``told``, with the share.

    Args:
        units: cell, n, count and what else is said of a unit.
        told: whether a unit is part of the total, shape (m,).
        screened: tells of which total a cell is a part.
    """
    parts = units[np.asarray(told, dtype=bool)]
    of_whole = screened.cells["whole"].to_numpy()[parts["cell"]]
    cell, number = np.unique(of_whole, return_inverse=True)
    sums = {name: added(number, parts[name], len(cell)) for name in ("n", "count")}
    found = pd.concat([units, pd.DataFrame({"cell": cell, **sums})], ignore_index=True)
    return found.assign(value=found["count"] / found["n"])
