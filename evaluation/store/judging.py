"""Judging a draft against what is stored: what is new, what is known, and where two forms of one person stand."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from evaluation.records import Conflict, Draft, NearCode, Problem, Receipt
from evaluation.store.conflicts import conflicts_of, rivals_named, stored_forms
from evaluation.store.counted import NO_ROW, judge_counted
from evaluation.store.frames import fetch_frame, listed
from evaluation.store.near import near_codes_of
from evaluation.store.pairs import pairs_of
from evaluation.store.schema import imports, responses

# A form of the draft as the worker points at it: sheet and row.
Place = tuple[str, int]
# By what a message names a stored form.
NAMED = ("import_id", "file", "imported_on")


@dataclass(frozen=True)
class Verdict:
    """What would become of a draft, and the receipt as it would be without saving.

    ``fresh`` are the responses to save; ``superseded`` the person keys of the stored forms that they replace.
    """

    fresh: pd.DataFrame
    superseded: pd.Series
    receipt: Receipt


def judge(connection: Connection, draft: Draft, keep: Collection[Place] = ()) -> Verdict:
    """Compare ``draft`` with what is stored, changing nothing.

    A file of the same bytes is known by its fingerprint, and so is each of its rows; what could not be taken of it
    before may be taken now that the worker has said more. Of several forms of one person where only one can be given
    none is taken, for which of them holds is not ours to guess, unless exactly one of them is in ``keep``: then that
    one is taken, the others of the draft are left, and a stored one is superseded.
    """
    made = draft.responses["row"] == NO_ROW
    found = draft.responses[~made]
    earlier = connection.execute(
        select(func.min(imports.c.import_id)).where(imports.c.sha256 == draft.sha256)
    ).scalar_one()
    again = () if earlier is None else (Problem("notice", "already_imported", values={"import_id": earlier}),)
    counted = judge_counted(connection, draft)
    known = _known_rows(connection, found)
    duplicate = found["fingerprint"].isin(known.index) | found["fingerprint"].duplicated()
    persons = found[~duplicate & found["person_key"].notna()]
    stored = stored_forms(connection, persons["person_key"])
    rivals = _rivals(persons, stored, frozenset(keep))
    taken, left, undecided = (rivals[rivals["fate"] == fate] for fate in ("taken", "left", "open"))
    fresh = found[~duplicate & ~found.index.isin([*left.index, *undecided.index])]
    conflicts = conflicts_of(connection, draft, undecided, stored)
    near = near_codes_of(connection, fresh)
    # Of a file that is known as a whole it need not be said row by row.
    problems = (
        *again,
        *counted.problems,
        *_known_problems(found[duplicate], known["superseded_by"], every_row=not again),
        *_conflict_problems(conflicts),
        *_row_problems(left, "second_form_left"),
        *_replacing_problems(taken, stored),
        *(_near_problem(each) for each in near),
    )
    numbers = {
        "accepted": len(fresh),
        "rejected": draft.rejected + len(undecided),
        "duplicates": int(duplicate.sum()) + len(left),
    }
    numbers[counted.fate] += draft.counted
    if counted.fate == "accepted" and made.any():
        fresh = draft.responses[made | made.index.isin(fresh.index)]
    superseded = taken["person_key"][taken["person_key"].isin(stored["person_key"])]
    receipt = replace(
        Receipt.of(draft),
        problems=(*draft.problems, *problems),
        conflicts=conflicts,
        near_codes=near,
        pairs=pairs_of(connection, found[~found.index.isin(undecided.index)]),
        import_id=earlier if fresh.empty else None,
        accepted=numbers["accepted"],
        rejected=numbers["rejected"],
        duplicates=numbers["duplicates"],
    )
    return Verdict(fresh, superseded, receipt)


def _known_rows(connection: Connection, found: pd.DataFrame) -> pd.DataFrame:
    """Return which rows of ``found`` are stored: by fingerprint, the import that superseded them, if one did."""
    with listed(connection, found["fingerprint"]) as marks:
        wanted = select(responses.c.fingerprint, responses.c.superseded_by).where(responses.c.fingerprint.in_(marks))
        return fetch_frame(connection, wanted).set_index("fingerprint")


def _rivals(persons: pd.DataFrame, stored: pd.DataFrame, keep: frozenset[Place]) -> pd.DataFrame:
    """Return the forms of ``persons`` that do not stand alone, each with its fate: taken, left or open."""
    keys = persons["person_key"]
    rivals = persons[keys.duplicated(keep=False) | keys.isin(stored["person_key"])]
    places = zip(rivals["sheet"], rivals["row"], strict=True)
    chosen = pd.Series([place in keep for place in places], index=rivals.index, dtype=bool)
    decided = chosen.groupby(rivals["person_key"]).transform("sum") == 1
    fate = chosen.map({True: "taken", False: "left"}).where(decided, "open")
    return rivals.assign(fate=fate)


def _known_problems(rows: pd.DataFrame, superseded_by: pd.Series, every_row: bool) -> Iterator[Problem]:
    """Say of each row that it is known already, or that another form was chosen in its place."""
    replaced = rows["fingerprint"].map(superseded_by)
    if every_row:
        yield from _row_problems(rows[replaced.isna()], "row_already_imported")
    for sheet, row, number in zip(rows["sheet"], rows["row"], replaced, strict=True):
        if pd.notna(number):
            yield _row_problem("row_superseded", sheet, row, import_id=int(number))


def _conflict_problems(conflicts: tuple[Conflict, ...]) -> Iterator[Problem]:
    """Say of each form of the draft that none can be taken yet, naming those it stands against."""
    for conflict in conflicts:
        for form in conflict.forms:
            if form.import_id is None:
                code, gaps = rivals_named(conflict, form)
                yield replace(_row_problem(code, form.sheet, form.row, **gaps), severity="error")


def _row_problems(rows: pd.DataFrame, code: str) -> Iterator[Problem]:
    for sheet, row in zip(rows["sheet"], rows["row"], strict=True):
        yield _row_problem(code, sheet, row)


def _replacing_problems(taken: pd.DataFrame, stored: pd.DataFrame) -> Iterator[Problem]:
    """Say of each form that is taken in the place of a stored one which one that is."""
    both = taken.merge(stored[[*NAMED, "person_key"]], on="person_key")
    for sheet, row, *gaps in zip(*(both[name] for name in ("sheet", "row", *NAMED)), strict=True):
        yield _row_problem("form_replaced", sheet, row, **dict(zip(NAMED, gaps, strict=True)))


def _near_problem(near: NearCode) -> Problem:
    return replace(_row_problem("code_near", near.sheet, near.row, nearest=near.nearest), value=near.code)


def _row_problem(code: str, sheet: Any, row: Any, **gaps: object) -> Problem:
    return Problem("notice", code, sheet=str(sheet), cell=f"A{row}", values={"row": row, **gaps})
