"""Stored forms that a draft may hold again: with the same keys, at the same place, or with the same answers."""

from collections.abc import Collection

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, func, select

from evaluation.records import Draft
from evaluation.store.content_hash import contents_of
from evaluation.store.counted import NO_ROW
from evaluation.store.frames import fetch_frame, listed
from evaluation.store.schema import imports, responses

COHORT = ["practice", "municipality", "cohort"]
FORM = ["questionnaire", "timing"]
# What tells one stored form from another.
NUMBER = ["import_id", "stored_no"]
# So much of a fingerprint tells one file from another.
LENGTH = 32
KEPT = (*COHORT, *FORM, "participant", "answered_on", "tool_key", "source_key", "superseded_by")


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
    column = responses.c
    practices = column.practice.in_(forms["practice"].unique().tolist())
    parts = [_fetched(connection, imports.c.sha256 == source_of(draft), within)]
    for name, key in (
        ("source_key", column.source_key),
        ("tool_key", column.tool_key),
        ("person_key", column.person_key),
        ("person_key", column.superseded_key),
        ("contents", column.contents),
    ):
        marks = forms[name].dropna().drop_duplicates()
        if len(marks):
            with listed(connection, marks) as wanted:
                parts.append(_fetched(connection, and_(practices, key.in_(wanted)), within))
    nameless = forms[forms["participant"].isna()]
    if len(nameless):
        same = [column[name].in_(nameless[name].unique().tolist()) for name in (*COHORT, *FORM)]
        parts.append(_fetched(connection, and_(column.participant.is_(None), *same), within))
    filled = [part for part in parts if not part.empty] or parts[:1]
    every = pd.concat(filled, ignore_index=True).drop_duplicates(NUMBER).sort_values(NUMBER, ignore_index=True)
    return every.assign(live=every["superseded_by"].isna())


def _fetched(connection: Connection, which: ColumnElement[bool], within: Collection[str] | None) -> pd.DataFrame:
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
    if within is not None:
        statement = statement.where(column.municipality.in_(list(within)))
    rows = fetch_frame(connection, statement)
    return rows.assign(imported_on=pd.to_datetime(rows.pop("accepted_at")).dt.date)
