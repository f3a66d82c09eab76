"""Deciding publication units: what can be made of cohorts that wait is written down in the transaction it is made in.

By which rules, the gate for privacy knows; nothing of a cohort is published before its unit stands here.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from evaluation.store.frames import insert_frame
from evaluation.store.schema import publication_units
from evaluation.store.selection import Selection
from evaluation.store.snapshot import CubeDefinitions, Snapshot, snapshot_of
from evaluation.store.working_people import UNITS as WORKING_UNITS
from evaluation.store.working_people import WHOLE_CUBES

# The cubes by which units are decided.
UNIT_CUBES = ("people", "overlaps", "dates", "units", "pairs", "later_pairs", "starts", "crossed", *WHOLE_CUBES)
DECIDED = ("units", WORKING_UNITS)


@dataclass(frozen=True)
class UnitDecision:
    """The rules by which units are decided: what the counts need to know, and what makes new units of counts.

    ``new_units`` returns rows of the table publication_units.
    """

    definitions: CubeDefinitions
    new_units: Callable[[Snapshot], pd.DataFrame]


def decide(
    connection: Connection, decision: UnitDecision, selection: Selection, counts: Snapshot | None = None
) -> Snapshot:
    """Keep the units that can be made of what waits of ``selection``, in the open transaction; return all there are.

    ``counts`` are those of a moment ago: unless somebody has decided units since, they need not be counted again.
    """
    units = _units(connection, decision, selection)
    if counts is None or any(len(counts.cubes[name]) != len(units.cubes[name]) for name in DECIDED):
        counts = snapshot_of(connection, decision.definitions, selection, UNIT_CUBES)
    rows = decision.new_units(counts)
    if rows.empty:
        return counts
    insert_frame(connection, publication_units, rows.astype({"unit": "int64", "threshold": "int64"}))
    return _units(connection, decision, selection)


def _units(connection: Connection, decision: UnitDecision, selection: Selection) -> Snapshot:
    return snapshot_of(connection, decision.definitions, selection, DECIDED)
