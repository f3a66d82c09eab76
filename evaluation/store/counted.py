"""Tables that somebody has counted: taken whole, and once for a run's questionnaire.

Their forms are made of counts and hold answers of different people, so a mended table makes other forms than before.
Taking those that are new would count most answers twice; the earlier import has to be undone first.
"""

from dataclasses import dataclass
from typing import Literal

import pandas as pd
from sqlalchemy import Connection, select

from evaluation.records import Draft, Problem
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
    """Compare the counted tables of ``draft`` with those stored of the same runs and questionnaires."""
    forms = draft.responses[draft.responses["row"] == NO_ROW]
    if forms.empty:
        return CountedVerdict()
    stored = _stored_tables(connection, forms).merge(forms[[*TABLE, "sheet"]].drop_duplicates(), on=TABLE)
    if stored.empty:
        return CountedVerdict()
    known = bool(forms["fingerprint"].isin(stored["fingerprint"]).all())
    problems = []
    for sheet, tables in stored.groupby("sheet"):
        first = tables.sort_values("import_id").iloc[0]
        gaps = {"import_id": int(first["import_id"]), "file": first["file"], "imported_on": first["accepted_at"].date()}
        said = ("notice", "counted_already_imported") if known else ("error", "counted_again")
        problems.append(Problem(*said, sheet=str(sheet), values=gaps))  # type: ignore[arg-type]
    return CountedVerdict("duplicates" if known else "rejected", tuple(problems))


def _stored_tables(connection: Connection, forms: pd.DataFrame) -> pd.DataFrame:
    columns = [responses.c[name] for name in (*TABLE, "fingerprint", "import_id")]
    joined = responses.join(imports, responses.c.import_id == imports.c.import_id)
    same = [responses.c[name].in_(forms[name].unique().tolist()) for name in TABLE]
    statement = select(*columns, imports.c.file, imports.c.accepted_at).select_from(joined)
    return fetch_frame(connection, statement.where(responses.c.counted, *same))
