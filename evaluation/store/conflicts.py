"""Forms of one person of which only one can hold: where they stand and in what they differ."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from evaluation.records import Conflict, Draft, FormPlace
from evaluation.store.answer_comparison import answers_in_draft, answers_in_store

STORED = ["person_key", "import_id", "file", "imported_on", "answered_on"]
# A worker compares so many forms at most; a whole file of other answers would take gigabytes to lay side by side.
MOST_COMPARED = 1000


def conflicts_of(
    connection: Connection, draft: Draft, undecided: pd.DataFrame, stored: pd.DataFrame
) -> tuple[Conflict, ...]:
    """Return the conflicts among the ``undecided`` forms of ``draft`` and those of ``stored``, person by person.

    ``stored`` has STORED and stored_no, at most one form for a person_key.
    """
    if undecided.empty:
        return ()
    rivals = stored[stored["person_key"].isin(undecided["person_key"])]
    places: dict[str, list[FormPlace]] = {}
    for key, *where in zip(*(rivals[name] for name in STORED), strict=True):
        places.setdefault(key, []).append(FormPlace(None, None, *where))
    order = undecided.groupby("person_key").cumcount() + undecided["person_key"].isin(rivals["person_key"])
    drafted = (undecided[name] for name in ("person_key", "sheet", "row", "answered_on"))
    for key, sheet, row, day in zip(*drafted, strict=True):
        places.setdefault(key, []).append(FormPlace(sheet, row, answered_on=None if pd.isna(day) else day))
    numbers = {key: len(forms) for key, forms in places.items()}
    first = undecided.drop_duplicates("person_key")
    people = first["person_key"].iloc[:MOST_COMPARED]
    forms = undecided.assign(form=order)[undecided["person_key"].isin(people)]
    draft_answers = answers_in_draft(draft, forms["response_no"]).merge(
        forms[["response_no", "person_key", "form"]], on="response_no"
    )
    known = rivals[rivals["person_key"].isin(people)]
    numbered = known[["import_id", "stored_no", "person_key"]]
    before = answers_in_store(connection, known).merge(numbered, on=["import_id", "stored_no"]).assign(form=0)
    columns = ["person_key", "form", "item", "value"]
    differing = _differing(pd.concat([draft_answers[columns], before[columns]]), numbers)
    names = (first[name] for name in ("person_key", "participant", "answered_on", "questionnaire"))
    return tuple(
        Conflict(_called(code, day), str(form), tuple(places[key]), differing.get(key, {}))
        for key, code, day, form in zip(*names, strict=True)
    )


def _called(code: Any, day: Any) -> str:
    """Return the code of a person, or the day that a diary of visits knows a row by."""
    return f"{day.day}.{day.month}.{day.year}" if pd.isna(code) else str(code)


def rivals_named(conflict: Conflict, form: FormPlace) -> tuple[str, Mapping[str, object]]:
    """Return the message that names what ``form`` of a conflict stands against, and its gaps: a stored form first."""
    stored = next((other for other in conflict.forms if other.import_id is not None), None)
    if stored is not None:
        gaps = {"import_id": stored.import_id, "file": stored.file, "imported_on": stored.imported_on}
        return "second_form_stored", gaps
    others = [f"{other.sheet} A{other.row}" for other in conflict.forms if other != form]
    return "second_form", {"others": ", ".join(others)}


def _differing(answers: pd.DataFrame, numbers: Mapping[str, int]) -> dict[str, dict[str, tuple[int | str | None, ...]]]:
    """Return by person and item what the forms say, in order, where not all forms say the same."""
    agreeing = answers.groupby(["person_key", "item", "value"], sort=False)["form"].transform("size")
    differing = answers[agreeing != answers["person_key"].map(numbers)]
    differences: dict[str, dict[str, list[int | str | None]]] = {}
    for key, form, item, value in differing[["person_key", "form", "item", "value"]].itertuples(index=False, name=None):
        values = differences.setdefault(key, {}).setdefault(item, [None] * numbers[key])
        values[form] = value
    return {key: {item: tuple(values) for item, values in items.items()} for key, items in differences.items()}
