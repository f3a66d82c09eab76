"""The publication units that were decided: how they are read, and kept when another database comes in its place."""

from typing import Any

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
    named = [*UNIT, "unit"]
    of_both = pd.MultiIndex.from_frame(stored.loc[meets, named])
    only_stored = stored[~pd.MultiIndex.from_frame(stored[named]).isin(of_both)]
    if brought.empty or only_stored.empty:
        return only_stored if brought.empty else brought
    # The numbers of the backup come first.
    highest = brought.groupby(UNIT)["unit"].max()
    raised = pd.MultiIndex.from_frame(only_stored[UNIT]).map(highest.to_dict())
    numbers = only_stored["unit"].to_numpy() + pd.Series(raised).fillna(0).astype("int64").to_numpy()
    return pd.concat([brought, only_stored.assign(unit=numbers)], ignore_index=True)
