"""Tables that somebody has counted: accepted whole, and once for a cohort's questionnaire.

Their forms are made of counts and hold answers of different people, so a corrected table makes other forms than before.
Accepting those that are new would count most answers twice; the earlier import has to be undone first.
"""

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from sqlalchemy import ColumnElement, Connection, func, select

from evaluation.records import Draft, Problem
from evaluation.store.content_hash import contents_of
from evaluation.store.frames import fetch_frame
from evaluation.store.schema import imports, responses

# The row of the file that a form made of counts stands on: none.
NO_ROW = 0
TABLE = ["practice", "municipality", "cohort", "questionnaire", "timing"]


@dataclass(frozen=True)
class CountedVerdict:
    """What becomes of all counted tables of a draft together, and the problems to say."""

    fate: Literal["accepted", "duplicates", "rejected"] = "accepted"
    problems: tuple[Problem, ...] = ()


def judge_counted(connection: Connection, draft: Draft) -> CountedVerdict:
    """Compare the counted tables of ``draft`` with those stored of the same cohorts and questionnaires."""
    forms = draft.responses[draft.responses["row"] == NO_ROW]
    if forms.empty:
        return CountedVerdict()
    stored = _stored_tables(connection, forms).merge(forms[[*TABLE, "sheet"]].drop_duplicates(), on=TABLE)
    if stored.empty:
        return CountedVerdict()
    contents = contents_of(forms["response_no"], draft.answers, draft.texts, draft.attendance)
    known = _among(forms.assign(contents=contents), stored)
    problems = []
    for sheet, tables in stored.groupby("sheet"):
        first = tables.sort_values("import_id").iloc[0]
        gaps = {"import_id": int(first["import_id"]), "file": first["file"], "imported_on": first["accepted_at"].date()}
        code = ("notice", "counted_already_imported") if known else ("error", "counted_again")
        problems.append(Problem(*code, sheet=str(sheet), values=gaps))  # type: ignore[arg-type]
    return CountedVerdict("duplicates" if known else "rejected", tuple(problems))


def _among(forms: pd.DataFrame, stored: pd.DataFrame) -> bool:
    """Return whether every form is among the stored ones, as many times as here."""
    keys = [*TABLE, "contents"]
    numbered = stored.drop_duplicates(["import_id", "response_no"])
    known = numbered.assign(nth=numbered.groupby(keys).cumcount())[[*keys, "nth"]]
    here = forms.assign(nth=forms.groupby(keys).cumcount())[[*keys, "nth"]]
    return len(here.merge(known, on=[*keys, "nth"])) == len(here)


def _stored_tables(connection: Connection, forms: pd.DataFrame) -> pd.DataFrame:
    columns: list[ColumnElement[Any]] = [responses.c[name] for name in (*TABLE, "response_no", "import_id")]
    columns.append(func.coalesce(responses.c.contents, 0).label("contents"))
    joined = responses.join(imports, responses.c.import_id == imports.c.import_id)
    same = [responses.c[name].in_(forms[name].unique().tolist()) for name in TABLE]
    statement = select(*columns, imports.c.file, imports.c.accepted_at).select_from(joined)
    return fetch_frame(connection, statement.where(responses.c.counted, *same))
