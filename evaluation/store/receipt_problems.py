"""What a receipt says of forms that are known, that replace others or contradict each other."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from evaluation.records import Conflict, NearCode, Problem
from evaluation.store.candidates import NUMBER
from evaluation.store.conflicts import rivals_named
from evaluation.store.counted import CountedVerdict
from evaluation.store.fates import Fates

# By what a message names a stored form.
NAMED = ["import_id", "file", "imported_on"]


def problems_of(
    fates: Fates,
    stored: pd.DataFrame,
    earlier: int | None,
    counted: CountedVerdict,
    conflicts: tuple[Conflict, ...],
    near: tuple[NearCode, ...],
) -> tuple[Problem, ...]:
    """Return the problems that come from what is stored.

    ``earlier`` is the import of a file that is known as a whole: then no row needs a notice.
    """
    again = () if earlier is None else (Problem("notice", "already_imported", values={"import_id": earlier}),)
    known = fates.of("same", "twice")
    return (
        *again,
        *counted.problems,
        *(() if again else _row_problems(known.sort_values("response_no"), "row_already_imported")),
        *_superseded_problems(fates, stored),
        *_conflict_problems(conflicts),
        *_row_problems(fates.of("left"), "second_form_left"),
        *_replacing_problems(fates.of("chosen"), stored),
        *_together(fates.of("replaces", "reread", "moves"), stored, "forms_replaced"),
        *_together(fates.of("completes"), stored, "forms_completed"),
        *(_near_problem(miss) for miss in near),
    )


def _superseded_problems(fates: Fates, stored: pd.DataFrame) -> Iterator[Problem]:
    """Name for every row that another form replaced the import of that form."""
    superseded = fates.of("superseded")
    if superseded.empty:
        return
    rows = _beside(superseded, stored[[*NUMBER, "superseded_by"]])
    for sheet, row, number in zip(rows["sheet"], rows["row"], rows["superseded_by"], strict=True):
        yield _row_problem("row_superseded", sheet, row, import_id=int(number))


def _conflict_problems(conflicts: tuple[Conflict, ...]) -> Iterator[Problem]:
    """Say of every form of the draft that is in conflict which forms it stands against."""
    for conflict in conflicts:
        for form in conflict.forms:
            if form.import_id is None:
                code, gaps = rivals_named(conflict, form)
                yield replace(_row_problem(code, form.sheet, form.row, **gaps), severity="error")


def _row_problems(rows: pd.DataFrame, code: str) -> Iterator[Problem]:
    for sheet, row in zip(rows["sheet"], rows["row"], strict=True):
        yield _row_problem(code, sheet, row)


def _replacing_problems(replacing: pd.DataFrame, stored: pd.DataFrame) -> Iterator[Problem]:
    """Say of every form that the worker chose which stored one it replaces."""
    if replacing.empty:
        return
    both = _beside(replacing, stored[[*NUMBER, "file", "imported_on"]])
    for sheet, row, *gaps in zip(*(both[name] for name in ("sheet", "row", *NAMED)), strict=True):
        yield _row_problem("form_replaced", sheet, row, **dict(zip(NAMED, gaps, strict=True)))


def _together(forms: pd.DataFrame, stored: pd.DataFrame, code: str) -> Iterator[Problem]:
    """Say for every earlier import how many of its forms are replaced or completed."""
    if forms.empty:
        return
    both = _beside(forms, stored[[*NUMBER, "file", "imported_on"]])
    for _, group in both.groupby("import_id"):
        first = group.iloc[0]
        gaps = {"import_id": int(first["import_id"]), "file": first["file"], "imported_on": first["imported_on"]}
        yield Problem("notice", code, values={"n": len(group), **gaps})


def _beside(forms: pd.DataFrame, stored: pd.DataFrame) -> pd.DataFrame:
    there = forms[forms["import_id"].notna()].astype(dict.fromkeys(NUMBER, "int64"))
    return there.merge(stored.astype(dict.fromkeys(NUMBER, "int64")), on=NUMBER)


def _near_problem(near: NearCode) -> Problem:
    return replace(_row_problem("code_near", near.sheet, near.row, nearest=near.nearest), value=near.code)


def _row_problem(code: str, sheet: Any, row: Any, **gaps: object) -> Problem:
    return Problem("notice", code, sheet=str(sheet), cell=f"A{row}", values={"row": row, **gaps})
