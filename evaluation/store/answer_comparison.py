"""The answers of forms, of a draft and of the store, side by side: where they agree, complete or contradict."""

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Table, literal, null, select

from evaluation.records import Draft
from evaluation.store.content_hash import plain
from evaluation.store.frames import fetch_frame, listed_forms
from evaluation.store.schema import answers, attendances, open_answers

# A register's mark has this and the number of its session as its item.
SESSION = "session_"
ANSWER_KEYS = ["item", "value", "held_on", "carried_from", "part"]


def answers_in_draft(draft: Draft, numbers: pd.Series) -> pd.DataFrame:
    """Return what the forms ``numbers`` of a draft say: response_no, item, value."""
    marks = draft.attendance.assign(item=SESSION + draft.attendance["session_no"].astype(str))
    named = (
        draft.answers,
        draft.texts.rename(columns={"text": "value"}),
        marks.rename(columns={"mark": "value"}),
    )
    columns = ["response_no", "item", "value"]
    parts = [part.loc[part["response_no"].isin(numbers), columns] for part in named if not part.empty] or [
        draft.answers[columns]
    ]
    return pd.concat([part.astype({"item": object, "value": object}) for part in parts], ignore_index=True)


def answers_in_store(connection: Connection, forms: pd.DataFrame) -> pd.DataFrame:
    """Return what stored ``forms`` (import_id, stored_no) say: those two and ANSWER_KEYS.

    ``part`` is the table of the answer, ``carried_from`` the import that it first came with, if that is another.
    """
    wanted = forms[["import_id", "stored_no"]].drop_duplicates().rename(columns={"stored_no": "response_no"})
    with listed_forms(connection, wanted) as chosen:
        parts = [
            _part(connection, chosen, answers, answers.c.item, answers.c.value, null()),
            _part(connection, chosen, open_answers, open_answers.c.item, open_answers.c.text, null()),
            _part(connection, chosen, attendances, attendances.c.session_no, attendances.c.mark, attendances.c.held_on),
        ]
    parts[2]["item"] = SESSION + parts[2]["item"].astype(str)
    kinds = dict.fromkeys(("item", "value", "held_on", "carried_from"), object)
    filled = [part for part in parts if not part.empty] or parts[:1]
    return pd.concat([part.astype(kinds) for part in filled], ignore_index=True)


def _part(connection: Connection, chosen: Any, table: Table, item: Any, value: Any, day: Any) -> pd.DataFrame:
    same = (chosen.c.import_id == table.c.import_id) & (chosen.c.response_no == table.c.response_no)
    columns = [table.c.import_id, table.c.response_no.label("stored_no"), item.label("item"), value.label("value")]
    columns += [day.label("held_on"), table.c.carried_from, literal(table.name).label("part")]
    return fetch_frame(connection, select(*columns).select_from(table.join(chosen, same)))


def with_comparison(connection: Connection, draft: Draft, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of forms with how the draft's stands to the stored one: contradicts, adds, cleared (all bool).

    ``cleared``: the file has the question, and this form left it empty where the stored one has an answer.

    Args:
        connection: an open transaction.
        draft: the file.
        pairs: response_no of the draft, import_id and stored_no of the stored form; no response_no twice.
    """
    here = _by_form(answers_in_draft(draft, pairs["response_no"]), ["response_no"])
    there = _by_form(answers_in_store(connection, pairs), ["import_id", "stored_no"])
    read = {*draft.answers["item"].unique(), *draft.texts["item"].unique()}
    read |= {f"{SESSION}{number}" for number in draft.attendance["session_no"].unique()}
    relations = []
    numbers = (pairs[name].tolist() for name in ("response_no", "import_id", "stored_no"))
    for number, *partner in zip(*numbers, strict=True):
        mine, stored = here.get((number,), {}), there.get(tuple(partner), {})
        contradicts = any(mine[item] != stored[item] for item in mine.keys() & stored.keys())
        missing = stored.keys() - mine.keys()
        relations.append((contradicts, bool(mine.keys() - stored.keys()), not read.isdisjoint(missing)))
    columns = zip(*relations, strict=True) if relations else ((), (), ())
    contradicting, adding, cleared = (np.array(column, dtype=bool) for column in columns)
    return pairs.assign(contradicts=contradicting, adds=adding, cleared=cleared)


def _by_form(answers: pd.DataFrame, keys: list[str]) -> dict[tuple[int, ...], dict[str, object]]:
    """Return by form, known by ``keys``, and item what was answered, as it is compared."""
    forms: dict[tuple[int, ...], dict[str, object]] = {}
    columns = (answers[name].tolist() for name in (*keys, "item", "value"))
    for *key, item, value in zip(*columns, strict=True):
        forms.setdefault(tuple(map(int, key)), {})[item] = _compared_as(value)
    return forms


def _compared_as(value: object) -> object:
    return plain(value) if isinstance(value, str) else value


def carried_answers(stored: pd.DataFrame) -> pd.DataFrame:
    """Return stored answers as answers of the draft's forms that take them over, with the import they came with."""
    origin = stored["carried_from"].where(stored["carried_from"].notna(), stored["import_id"])
    return stored.assign(carried_from=origin.astype("int64"))
