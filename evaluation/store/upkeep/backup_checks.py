"""Whether the tables of a backup are such as a database can hold, and belong together."""

from collections.abc import Mapping, Sequence

import pandas as pd
from sqlalchemy import Table, UniqueConstraint

from evaluation.store.content_hash import contents_of
from evaluation.store.schema import answers, attendances, imports, open_answers, responses
from evaluation.store.upkeep.whole_database import TABLES

FORM = ["import_id", "response_no"]
# Stands where something was taken out of a text: what its form says is not the number of it any more.
TAKEN_OUT = "[…]"


def sound(frames: Mapping[str, pd.DataFrame]) -> bool:
    """Tell whether the database would take these rows: what must be there is, and keys stand once."""
    return all(_sound(frame, TABLES[name]) for name, frame in frames.items())


def _sound(frame: pd.DataFrame, table: Table) -> bool:
    required = [column.name for column in table.columns if not column.nullable]
    keys = [list(table.primary_key.columns.keys())]
    keys += [
        list(constraint.columns.keys()) for constraint in table.constraints if isinstance(constraint, UniqueConstraint)
    ]
    return bool(frame[required].notna().all(axis=None)) and not any(
        frame[key].dropna().duplicated().any() for key in keys if key
    )


def complete(frames: Mapping[str, pd.DataFrame]) -> bool:
    """Tell whether no row is missing that another table shows to have been there.

    Every form is of an import, which never held fewer forms than now, every answer is of a form, and a form says what
    the number of its contents stands for.
    """
    forms, made = frames[responses.name], frames[imports.name]
    parts = [frames[table.name] for table in (answers, open_answers, attendances)]
    if not all(_within(part, forms, FORM) for part in parts) or not _within(forms, made, FORM[:1]):
        return False
    accepted = made.set_index("import_id")["accepted"].astype("int64")
    counted = forms[~forms["counted"].astype(bool)]
    if (counted.groupby("import_id").size() > accepted.reindex(counted["import_id"].unique())).any():
        return False
    return _say_the_same(forms, *parts)


def _within(part: pd.DataFrame, whole: pd.DataFrame, keys: Sequence[str]) -> bool:
    """Tell whether all keys of ``part`` stand in ``whole``."""
    names = list(keys)
    rows = part[names].astype("int64").drop_duplicates()
    return len(rows.merge(whole[names].astype("int64").drop_duplicates(), on=names)) == len(rows)


def _say_the_same(forms: pd.DataFrame, codes: pd.DataFrame, texts: pd.DataFrame, marks: pd.DataFrame) -> bool:
    """Tell whether every form has the answers of which its contents are the number."""
    changed = texts[texts["text"].str.contains(TAKEN_OUT, regex=False)][FORM].drop_duplicates().assign(changed=True)
    known = forms[forms["contents"].notna()][[*FORM, "contents"]].merge(changed, on=FORM, how="left")
    known = known[known["changed"].isna()].reset_index(drop=True)
    if known.empty:
        return True
    # All imports at once: a number of its own for every form.
    numbers = known[FORM].assign(number=range(len(known)))
    answers_, texts_, marks_ = (
        part.merge(numbers, on=FORM).drop(columns=FORM[1]).rename(columns={"number": FORM[1]})
        for part in (codes, texts, marks)
    )
    contents = contents_of(numbers["number"], answers_, texts_, marks_)
    return bool((contents == known["contents"].astype("int64").to_numpy()).all())
