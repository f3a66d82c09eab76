"""How many forms of a draft have the other form of the same person, and in which run the others have it."""

from collections.abc import Iterator
from typing import cast

import pandas as pd
from sqlalchemy import Connection, select

from evaluation.records import PairCount
from evaluation.store.frames import fetch_frame, listed
from evaluation.store.near import LATER, PEOPLE
from evaluation.store.schema import responses

# Practice, municipality, run, role and timing.
Place = tuple[str, str, str, str, str]

START = "start"
# What is known of where a code stands.
CODES = [*PEOPLE, "timing", "participant"]
MOST_RUNS = 3


def pairs_of(connection: Connection, forms: pd.DataFrame) -> tuple[PairCount, ...]:
    """Return the pairs of ``forms`` (as Draft.responses), those of the draft itself and those with what is stored."""
    asked = forms[forms["timing"].isin([START, *LATER])]
    if asked.empty:
        return ()
    stored = stored_codes(connection, asked["participant"].dropna())
    everyone = pd.concat([asked.dropna(subset=["participant"])[CODES], stored[CODES]]).drop_duplicates()
    return tuple(_counted(asked, everyone))


def stored_codes(connection: Connection, codes: pd.Series) -> pd.DataFrame:
    """Return where ``codes`` stand in what is stored, as CODES."""
    columns = [responses.c[name] for name in CODES]
    with listed(connection, codes.drop_duplicates()) as marks:
        known = responses.c.participant.in_(marks) & responses.c.superseded_by.is_(None)
        return fetch_frame(connection, select(*columns).where(known).distinct())


def codes_by_place(everyone: pd.DataFrame) -> dict[Place, set[str]]:
    """Return the codes of ``everyone`` (as CODES) by practice, municipality, run, role and timing."""
    groups = everyone.groupby([*PEOPLE, "timing"])["participant"]
    return {cast(Place, key): set(found) for key, found in groups}


def _counted(asked: pd.DataFrame, everyone: pd.DataFrame) -> Iterator[PairCount]:
    codes = codes_by_place(everyone)
    there = {cast(Place, key) for key in asked.groupby([*PEOPLE, "timing"]).groups}
    for key, forms in asked.groupby([*PEOPLE, "timing"], sort=False, dropna=False):
        place = cast(Place, key)
        own, without = set(forms["participant"].dropna()), int(forms["participant"].isna().sum())
        partner = START if place[-1] != START else "end"
        others = codes.get((*place[:-1], partner), set())
        # Of a start form nothing is missing while the activity goes on; end forms of the same file tell the pairs.
        told = place[-1] == START and (not others or (*place[:-1], partner) in there)
        if not own or told:
            continue
        elsewhere = _elsewhere(place, partner, own - others, codes)
        yield PairCount(*place, len(own), len(own & others), elsewhere, without)


def _elsewhere(
    place: Place, partner: str, missing: set[str], codes: dict[Place, set[str]]
) -> tuple[tuple[str, int], ...]:
    """Return the other runs of the same place and role that hold the ``missing`` codes, most of them first."""
    practice, municipality, cohort, role, _ = place
    found = {
        key[2]: len(missing & held)
        for key, held in codes.items()
        if (key[0], key[1], key[3], key[4]) == (practice, municipality, role, partner) and key[2] != cohort
    }
    most = sorted(((run, n) for run, n in found.items() if n), key=lambda each: (-each[1], each[0]))
    return tuple(most[:MOST_RUNS])
