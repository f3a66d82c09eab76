"""Codes of later forms that have no start form but are nearly a code that has one and no later form."""

import pandas as pd
from sqlalchemy import Connection, select

from evaluation.codes import near_codes
from evaluation.records import NearCode
from evaluation.store.frames import fetch_frame
from evaluation.store.schema import responses

LATER = ("end", "follow_up")
# Start and later form of one person agree in these.
PEOPLE = ["practice", "municipality", "cohort", "role"]


def near_codes_of(connection: Connection, fresh: pd.DataFrame) -> tuple[NearCode, ...]:
    """Return the near misses among the later forms of ``fresh``, each told once a form."""
    later = fresh[fresh["timing"].isin(LATER) & fresh["participant"].notna()]
    if later.empty:
        return ()
    everyone = pd.concat([fresh[[*PEOPLE, "timing", "participant"]], _stored_codes(connection, later)])
    groups = {key: set(codes.dropna()) for key, codes in everyone.groupby([*PEOPLE, "timing"])["participant"]}
    found = []
    for key, forms in later.groupby([*PEOPLE, "timing"], sort=False):
        started, given = groups.get((*key[:-1], "start"), set()), groups[key]
        near = near_codes(given - started, started - given)
        told = forms[forms["participant"].isin(near.keys())]
        rows = zip(told["sheet"], told["row"], told["participant"], strict=True)
        found += [NearCode(str(sheet), int(row), code, near[code]) for sheet, row, code in rows]
    return tuple(found)


def _stored_codes(connection: Connection, later: pd.DataFrame) -> pd.DataFrame:
    """Return the codes stored of the runs that the forms of ``later`` belong to."""
    columns = [responses.c[name] for name in (*PEOPLE, "timing", "participant")]
    same = [responses.c[name].in_(later[name].unique().tolist()) for name in PEOPLE]
    wanted = select(*columns).where(*same, responses.c.participant.is_not(None), responses.c.superseded_by.is_(None))
    return fetch_frame(connection, wanted.distinct())
