"""Stored forms that a draft may hold again: with the same keys, at the same place, or with the same answers."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, union_all

from evaluation.records import Draft
from evaluation.store.content_hash import contents_of
from evaluation.store.counted import NO_ROW
from evaluation.store.frames import fetch_frame, listed_columns
from evaluation.store.schema import imports, responses

COHORT = ["practice", "municipality", "cohort"]
FORM = ["questionnaire", "timing"]
# What tells one stored form from another.
NUMBER = ["import_id", "stored_no"]
# So much of a fingerprint tells one file from another.
LENGTH = 32
KEPT = (*COHORT, *FORM, "participant", "answered_on", "tool_key", "source_key", "superseded_by")
# The marks of a form of a draft with their types, and the stored columns that may hold the same.
_MARKS = {"source_key": "str", "tool_key": "str", "person_key": "str", "contents": "int64"}
_KEYS = (
    ("source_key", responses.c.source_key),
    ("tool_key", responses.c.tool_key),
    ("person_key", responses.c.person_key),
    ("person_key", responses.c.superseded_key),
    ("contents", responses.c.contents),
)


def marked(draft: Draft) -> pd.DataFrame:
    """Return the responses of ``draft`` that stand on rows, with the hash of their answers and their row in the file.

    ``contents`` is as in content_hash.contents_of; ``source_key`` names file, sheet and row.
    """
    forms = draft.responses[draft.responses["row"] != NO_ROW].reset_index(drop=True)
    contents = contents_of(forms["response_no"], draft.answers, draft.texts, draft.attendance)
    sheets = {sheet: f"{source_of(draft)[:LENGTH]} {sheet} " for sheet in forms["sheet"].unique()}
    source = forms["sheet"].map(sheets).astype(object) + forms["row"].astype(str).astype(object)
    return forms.assign(contents=contents, source_key=source)


def source_of(draft: Draft) -> str:
    """Return the fingerprint of the file that the rows of ``draft`` first came from."""
    return draft.source or draft.sha256


def stored_candidates(
    connection: Connection, draft: Draft, forms: pd.DataFrame, within: Collection[str] | None = None
) -> pd.DataFrame:
    """Return the stored forms that those of ``forms`` may be, the earliest first; those that were replaced too.

    Columns: import_id, stored_no, COHORT, FORM, participant, answered_on, contents, tool_key, source_key, person_key
    (also of forms that gave it up), superseded_by, live (whether it counts), sha256, file, imported_on.

    Args:
        connection: an open transaction.
        draft: the file.
        forms: its forms, as marked.
        within: the municipalities whose stored forms may be used; all of them where it is None.
    """
    names = [name for name in _MARKS if forms[name].notna().any()]
    with listed_columns(connection, forms[names].astype({name: _MARKS[name] for name in names})) as marks:
        every = _fetched(connection, within, *_in_common(draft, forms, marks))
    every = every.drop_duplicates(NUMBER).sort_values(NUMBER, ignore_index=True)
    return every.assign(live=every["superseded_by"].isna())


def _in_common(draft: Draft, forms: pd.DataFrame, marks: Mapping[str, Select[Any]]) -> Iterator[ColumnElement[bool]]:
    """Yield what a stored form may have in common with one of ``forms``, whose ``marks`` these are."""
    practices = responses.c.practice.in_(forms["practice"].unique().tolist())
    yield imports.c.sha256 == source_of(draft)
    for name, key in _KEYS:
        if name in marks:
            yield and_(practices, key.in_(marks[name]))
    if (nameless := _as_nameless(forms)) is not None:
        yield nameless


def _as_nameless(forms: pd.DataFrame) -> ColumnElement[bool] | None:
    """Select the stored forms without a code at the places of those without one; None where all have a code."""
    nameless = forms[forms["participant"].isna()]
    if nameless.empty:
        return None
    same = [responses.c[name].in_(nameless[name].unique().tolist()) for name in (*COHORT, *FORM)]
    return and_(responses.c.participant.is_(None), *same)


def _fetched(connection: Connection, within: Collection[str] | None, *marks: ColumnElement[bool]) -> pd.DataFrame:
    """Return the stored forms of which one of ``marks`` holds; where several do, several times.

    Each mark is a part of its own in the statement, so that a server finds each by its index.
    """
    rows = fetch_frame(connection, union_all(*(_statement(which, within) for which in marks)))
    return rows.assign(imported_on=pd.to_datetime(rows.pop("accepted_at")).dt.date)


def _statement(which: ColumnElement[bool], within: Collection[str] | None) -> Select[Any]:
    column = responses.c
    statement = (
        select(
            column.import_id,
            column.response_no.label("stored_no"),
            *(column[name] for name in KEPT),
            # Of what has lost an answer it is not known as one number; no form that says anything has 0.
            func.coalesce(column.contents, 0).label("contents"),
            func.coalesce(column.person_key, column.superseded_key).label("person_key"),
            imports.c.sha256,
            imports.c.file,
            imports.c.accepted_at,
        )
        .select_from(responses.join(imports, column.import_id == imports.c.import_id))
        .where(which, ~column.counted)
    )
    return statement if within is None else statement.where(column.municipality.in_(list(within)))
