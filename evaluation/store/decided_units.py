"""The publication units that were decided: how they are read, and kept when another database comes in its place."""

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Select, select

from evaluation.store.schema import publication_units
from evaluation.store.selection import Selection

UNIT = ["kind", "practice", "municipality", "role", "questionnaire"]


def decided_units(selection: Selection) -> Select[Any]:
    """Return the places of cohorts in units, of ``selection`` whatever its cohorts: all columns of the table."""
    chosen = {
        "practice": selection.practices,
        "municipality": selection.municipalities,
        "role": selection.roles,
    }
    columns = publication_units.c
    narrowed = [columns[name].in_(values) for name, values in chosen.items() if values]
    return select(*columns).where(*narrowed)


def together(brought: pd.DataFrame, stored: pd.DataFrame) -> pd.DataFrame:
    """Return the units of a backup and those of the database that it comes into, which published them.

    A unit of the database stays unless a cohort of it has a place in the backup: of one cohort the backup decides.
    """
    known = pd.MultiIndex.from_frame(brought[[*UNIT, "cohort"]])
    meets = pd.MultiIndex.from_frame(stored[[*UNIT, "cohort"]]).isin(known)
    only_stored = stored[~_units(stored).isin(_units(stored)[meets])]
    if brought.empty or only_stored.empty:
        return only_stored if brought.empty else brought
    # The numbers of the backup come first; those of joints are nobody else's.
    highest = brought.groupby(UNIT)["unit"].max().clip(lower=0)
    of_units = pd.MultiIndex.from_frame(only_stored[UNIT]).map(highest.to_dict())
    raised = pd.Series(of_units).fillna(0).astype("int64").to_numpy()
    numbers = only_stored["unit"].to_numpy() + np.where(only_stored["unit"] > 0, raised, 0)
    return pd.concat([brought, only_stored.assign(unit=numbers)], ignore_index=True)


def _units(places: pd.DataFrame) -> pd.MultiIndex:
    """Return the units by place; a joint, numbered below nought, is one unit of several places."""
    joint = places["unit"] < 0
    of_one_place = places[["practice", "municipality"]].mask(joint, "")
    return pd.MultiIndex.from_frame(places[["kind", "role", "questionnaire", "unit"]].join(of_one_place))
