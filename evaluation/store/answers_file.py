"""The answers one by one as a Parquet file, under pseudonyms that are good for that file alone.

These are personal data: who knows a group may know a person by the answers. No page offers them.
"""

import io
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, Select, select

from evaluation.store.frames import fetch_frame
from evaluation.store.kinds import SAMPLE, kind_of
from evaluation.store.pseudonyms import new_key, pseudonym
from evaluation.store.schema import answers, responses

PLACE = ["practice", "municipality", "cohort", "role", "questionnaire", "version", "timing"]
WHOLE, TRUTH = pa.int32(), pa.bool_()
SHAPE = pa.schema(
    [(name, pa.string()) for name in ("person", "form")]
    + [(name, WHOLE if name == "version" else pa.string()) for name in PLACE]
    + [("month", pa.string()), ("counted", TRUTH), ("synthetic", TRUTH), ("item", pa.string()), ("value", WHOLE)]
)
DIGEST_BYTES = 12


def answers_file(connection: Connection) -> bytes:
    """Return every answer on a scale as a row of a Parquet file.

    ``person`` and ``form`` are keyed hashes, and the key is thrown away: forms of one person in a place stay together
    within the file, and can be tied to nothing outside it, nor to another such file. ``month`` is what is left of the
    day. Open answers, file names and times of import are left out, and so are forms that another one replaced;
    ``counted`` forms were made of counts and are nobody's, ``synthetic`` ones the sample's, made up.
    """
    rows = fetch_frame(connection, _stored()).assign(synthetic=kind_of(connection) == SAMPLE)
    key = new_key()
    people = zip(rows["practice"], rows["municipality"], rows["participant"], strict=True)
    rows["person"] = [
        None if pd.isna(person[-1]) else pseudonym(key, DIGEST_BYTES, "person", *person) for person in people
    ]
    forms = zip(rows["import_id"], rows["response_no"], strict=True)
    rows["form"] = [pseudonym(key, DIGEST_BYTES, "form", *form) for form in forms]
    rows["month"] = pd.to_datetime(rows["answered_on"]).dt.strftime("%Y-%m").astype(object)
    # The order of storing would tell who came when.
    ordered = rows[SHAPE.names].sort_values(["practice", "municipality", "cohort", "questionnaire", "form", "item"])
    target = io.BytesIO()
    table = pa.Table.from_pandas(ordered, SHAPE, preserve_index=False)
    pq.write_table(table.replace_schema_metadata(None), target, compression="zstd")
    return target.getvalue()


def _stored() -> Select[Any]:
    columns = [responses.c[name] for name in (*PLACE, "participant", "answered_on", "counted")]
    joined = responses.join(
        answers,
        (responses.c.import_id == answers.c.import_id) & (responses.c.response_no == answers.c.response_no),
    )
    chosen = (responses.c.import_id, responses.c.response_no, *columns)
    return (
        select(*chosen, answers.c.item, answers.c.value).select_from(joined).where(responses.c.superseded_by.is_(None))
    )
