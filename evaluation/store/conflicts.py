"""Forms of one person of which only one can hold: where they stand and in what they differ."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, select

from evaluation.records import Conflict, Draft, FormPlace
from evaluation.store.frames import fetch_frame, listed
from evaluation.store.schema import answers, attendances, imports, open_answers, responses

STORED = ["person_key", "import_id", "file", "imported_on", "answered_on"]
# A worker compares so many forms at most; a whole file of other answers would take gigabytes to lay side by side.
MOST_COMPARED = 1000
SAID = ["person_key", "form", "item", "value"]


def stored_forms(connection: Connection, person_keys: pd.Series) -> pd.DataFrame:
    """Return the stored forms of those persons, as STORED."""
    columns = [responses.c[name] for name in ("person_key", "import_id", "answered_on")]
    columns += [imports.c.file, imports.c.accepted_at]
    joined = responses.join(imports, responses.c.import_id == imports.c.import_id)
    with listed(connection, person_keys) as keys:
        statement = select(*columns).select_from(joined).where(responses.c.person_key.in_(keys))
        found = fetch_frame(connection, statement)
    days = pd.to_datetime(found.pop("accepted_at")).dt.date
    return found.assign(imported_on=days)


def conflicts_of(
    connection: Connection, draft: Draft, undecided: pd.DataFrame, stored: pd.DataFrame
) -> tuple[Conflict, ...]:
    """Return the conflicts among the ``undecided`` forms of ``draft`` and those of ``stored``, person by person."""
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
    compared = first["person_key"].iloc[:MOST_COMPARED]
    forms = undecided.assign(form=order)[undecided["person_key"].isin(compared)]
    said = [_said_in_draft(draft, forms), _said_in_store(connection, compared)]
    differing = _differing(pd.concat(said), numbers)
    return tuple(
        Conflict(str(code), str(form), tuple(places[key]), differing.get(key, {}))
        for key, code, form in zip(first["person_key"], first["participant"], first["questionnaire"], strict=True)
    )


def rivals_named(conflict: Conflict, form: FormPlace) -> tuple[str, Mapping[str, object]]:
    """Return the message that names what ``form`` of a conflict stands against, and its gaps: a stored form first."""
    stored = next((other for other in conflict.forms if other.import_id is not None), None)
    if stored is not None:
        gaps = {"import_id": stored.import_id, "file": stored.file, "imported_on": stored.imported_on}
        return "second_form_stored", gaps
    others = [f"{other.sheet} A{other.row}" for other in conflict.forms if other != form]
    return "second_form", {"others": ", ".join(others)}


def _said_in_draft(draft: Draft, forms: pd.DataFrame) -> pd.DataFrame:
    """Return what ``forms`` of the draft say, as SAID."""
    keys = forms[["response_no", "person_key", "form"]]
    marks = draft.attendance.assign(item=_session_names(draft.attendance["session_no"]))
    parts = (draft.answers.rename(columns={"value": "said"}), draft.texts.rename(columns={"text": "said"}))
    every = [*parts, marks.rename(columns={"mark": "said"})]
    return pd.concat([_as_said(part.merge(keys, on="response_no")) for part in every])


def _said_in_store(connection: Connection, person_keys: pd.Series) -> pd.DataFrame:
    """Return what the stored forms of those persons say, as SAID; theirs is the first form of each."""
    with listed(connection, person_keys) as keys:
        parts = [
            _of_persons(connection, answers, keys, answers.c.item, answers.c.value),
            _of_persons(connection, open_answers, keys, open_answers.c.item, open_answers.c.text),
            _of_persons(connection, attendances, keys, attendances.c.session_no, attendances.c.mark),
        ]
    parts[2]["item"] = _session_names(parts[2]["item"])
    return pd.concat([_as_said(part.assign(form=0)) for part in parts])


def _of_persons(connection: Connection, table: Table, keys: Any, item: Any, said: Any) -> pd.DataFrame:
    same = (responses.c.import_id == table.c.import_id) & (responses.c.response_no == table.c.response_no)
    statement = select(responses.c.person_key, item.label("item"), said.label("said"))
    return fetch_frame(
        connection, statement.select_from(responses.join(table, same)).where(responses.c.person_key.in_(keys))
    )


def _session_names(numbers: pd.Series) -> pd.Series:
    return "session_" + numbers.astype(str)


def _as_said(part: pd.DataFrame) -> pd.DataFrame:
    found = part.rename(columns={"said": "value"})[SAID]
    return found.astype({"item": object, "value": object, "person_key": object})


def _differing(said: pd.DataFrame, numbers: Mapping[str, int]) -> dict[str, dict[str, tuple[int | str | None, ...]]]:
    """Return by person and item what each form says, in order, where not all forms say the same."""
    agreeing = said.groupby(["person_key", "item", "value"], sort=False)["form"].transform("size")
    differing = said[agreeing != said["person_key"].map(numbers)]
    found: dict[str, dict[str, list[int | str | None]]] = {}
    for key, form, item, value in differing[SAID].itertuples(index=False, name=None):
        each = found.setdefault(key, {}).setdefault(item, [None] * numbers[key])
        each[form] = value
    return {key: {item: tuple(values) for item, values in items.items()} for key, items in found.items()}
