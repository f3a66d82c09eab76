"""How many forms of a draft have the other form of the same person, and codes that nearly match."""

from collections.abc import Iterator
from typing import cast

import pandas as pd
from sqlalchemy import Connection, select

from evaluation.codes import near_codes
from evaluation.records import NearCode, PairCount
from evaluation.store.frames import fetch_frame, listed
from evaluation.store.schema import responses

# Practice, municipality, cohort, role and timing.
Place = tuple[str, str, str, str, str]

START, LATER = "start", ("end", "follow_up")
# Start and later form of one person agree in these.
PEOPLE = ["practice", "municipality", "cohort", "role"]
# What is known of where a code stands.
CODES = [*PEOPLE, "timing", "participant"]
MOST_COHORTS = 3


def pairs_of(connection: Connection, forms: pd.DataFrame) -> tuple[PairCount, ...]:
    """Return the pairs of ``forms`` (as Draft.responses), those of the draft itself and those with what is stored."""
    timed = forms[forms["timing"].isin([START, *LATER])]
    if timed.empty:
        return ()
    stored = stored_codes(connection, timed["participant"].dropna())
    everyone = pd.concat([timed[CODES], stored[CODES]])
    return tuple(_counted(timed, everyone))


def stored_codes(connection: Connection, codes: pd.Series) -> pd.DataFrame:
    """Return where ``codes`` stand in what is stored, as CODES."""
    columns = [responses.c[name] for name in CODES]
    with listed(connection, codes.drop_duplicates()) as marks:
        known = responses.c.participant.in_(marks) & responses.c.superseded_by.is_(None)
        return fetch_frame(connection, select(*columns).where(known).distinct())


def codes_of_cohorts(connection: Connection, forms: pd.DataFrame) -> pd.DataFrame:
    """Return the codes stored of the cohorts and roles that ``forms`` belong to, as CODES."""
    columns = [responses.c[name] for name in CODES]
    same = [responses.c[name].in_(forms[name].unique().tolist()) for name in PEOPLE]
    wanted = select(*columns).where(*same, responses.c.participant.is_not(None), responses.c.superseded_by.is_(None))
    return fetch_frame(connection, wanted.distinct())


def codes_by_place(everyone: pd.DataFrame) -> dict[Place, set[str]]:
    """Return the codes of ``everyone`` (as CODES) by practice, municipality, cohort, role and timing."""
    return {place: {code for code in codes if code is not None} for place, codes in _by_place(everyone).items()}


def _by_place(forms: pd.DataFrame) -> dict[Place, list[str | None]]:
    """Return the codes of ``forms`` by place, None for a form without one; places in the order of their first form."""
    codes = forms["participant"].astype(object)
    places = (forms[name].tolist() for name in (*PEOPLE, "timing"))
    rows = zip(*places, codes.where(codes.notna(), None).tolist(), strict=True)
    by_place: dict[Place, list[str | None]] = {}
    for *place, code in rows:
        by_place.setdefault(cast(Place, tuple(place)), []).append(code)
    return by_place


def _counted(timed: pd.DataFrame, everyone: pd.DataFrame) -> Iterator[PairCount]:
    codes, there, coded_there = codes_by_place(everyone), _by_place(timed), codes_by_place(timed)
    for place, forms in there.items():
        coded, without = coded_there[place], forms.count(None)
        partner = START if place[-1] != START else "end"
        others = codes.get((*place[:-1], partner), set())
        # Of a start form nothing is missing while the activity goes on; end forms of the same file tell the pairs.
        redundant = place[-1] == START and (not others or (*place[:-1], partner) in there)
        if not coded or redundant:
            continue
        elsewhere = _elsewhere(place, partner, coded - others, codes)
        yield PairCount(*place, len(coded), len(coded & others), elsewhere, without)


def _elsewhere(
    place: Place, partner: str, missing: set[str], codes: dict[Place, set[str]]
) -> tuple[tuple[str, int], ...]:
    """Return the other cohorts of the same place and role that hold the ``missing`` codes, most of them first."""
    practice, municipality, cohort, role, _ = place
    counts = {
        key[2]: len(missing & place_codes)
        for key, place_codes in codes.items()
        if (key[0], key[1], key[3], key[4]) == (practice, municipality, role, partner) and key[2] != cohort
    }
    most = sorted(((other, n) for other, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0]))
    return tuple(most[:MOST_COHORTS])


def near_codes_of(connection: Connection, fresh: pd.DataFrame) -> tuple[NearCode, ...]:
    """Return the near misses among the later forms of ``fresh``, one a form."""
    later = fresh[fresh["timing"].isin(LATER) & fresh["participant"].notna()]
    if later.empty:
        return ()
    everyone = pd.concat([fresh[[*PEOPLE, "timing", "participant"]], codes_of_cohorts(connection, later)])
    codes = codes_by_place(everyone)
    misses = []
    for place in _by_place(later):
        started, later_codes = codes.get((*place[:-1], START), set()), codes[place]
        near = near_codes(later_codes - started, started - later_codes)
        if near:
            forms = later[(later[[*PEOPLE, "timing"]] == [*place]).all(axis=1) & later["participant"].isin(near.keys())]
            rows = zip(forms["sheet"], forms["row"], forms["participant"], strict=True)
            misses += [NearCode(str(sheet), int(row), code, near[code]) for sheet, row, code in rows]
    return tuple(misses)
