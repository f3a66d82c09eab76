"""What is stored says of the codes of a draft: other spellings, and the cohort in which their people began."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd
from sqlalchemy import Connection, select

from evaluation.codes import compared
from evaluation.store.frames import fetch_frame
from evaluation.store.matched_pairs import (
    CODES,
    LATER,
    PEOPLE,
    START,
    Place,
    codes_by_place,
    codes_of_cohorts,
    stored_codes,
)
from evaluation.store.schema import imports, responses

# A cohort is another's name where so many codes, and so much of all, have their start form there and none here.
FEWEST_CODES, MOST_OF_THEM = 3, 2 / 3


@dataclass(frozen=True)
class OtherCohort:
    """A cohort of later forms without any start form, and the cohort in which most of their codes have one.

    ``codes`` is how many codes the forms have, ``there`` how many of them have a start form, and no form of this
    timing yet, in the cohort ``stored_cohort`` of ``stored_municipality``.
    """

    practice: str
    municipality: str
    cohort: str
    role: str
    timing: str
    codes: int
    there: int
    stored_municipality: str
    stored_cohort: str


@dataclass(frozen=True)
class CodeAdvice:
    """``spellings``: code as written → as it stands already; ``other_cohorts``: cohorts that may have another name."""

    spellings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    other_cohorts: tuple[OtherCohort, ...] = ()


def advise(connection: Connection, forms: pd.DataFrame, sha256: str) -> CodeAdvice:
    """Return what is stored, and ``forms`` among themselves (as Draft.responses), say of their codes.

    ``sha256`` is the fingerprint of their file, which may be stored already.
    """
    coded = forms.dropna(subset=["participant"])[CODES].drop_duplicates()
    if coded.empty:
        return CodeAdvice()
    spellings = _spellings(coded, codes_of_cohorts(connection, coded))
    return CodeAdvice(spellings, _other_cohorts(connection, coded, _of_file(connection, sha256)))


def _spellings(coded: pd.DataFrame, stored: pd.DataFrame) -> Mapping[str, str]:
    """Return the codes that differ from a stored one of their cohort in spelling only, and that stored one.

    Where two ways of writing stand among the forms of one time, of the draft or stored, they may be two people: such
    codes are left alone, and so is a code that would be another's in one cohort of the draft and not in the next.
    """
    drafted, stored_people = dict(tuple(coded.groupby(PEOPLE))), dict(tuple(stored.groupby(PEOPLE)))
    meant: dict[str, set[str]] = {}
    for key, codes in drafted.items():
        there = stored_people.get(key, stored.iloc[:0])
        for code, target in _cohort_spellings(codes, there).items():
            meant.setdefault(code, set()).add(target)
    return {code: next(iter(variants)) for code, variants in meant.items() if len(variants) == 1 and variants != {code}}


def _cohort_spellings(drafted: pd.DataFrame, stored: pd.DataFrame) -> dict[str, str]:
    """Return for every code of one cohort its spelling: as stored, else as on the start form, else as it is."""
    together = pd.concat([drafted.assign(before=False), stored.assign(before=True)])
    together["form"] = together["participant"].map(compared)
    spellings = {code: code for code in drafted["participant"]}
    several = together.groupby("form")["participant"].transform("nunique") > 1
    for _, group in together[several].groupby("form"):
        # A stored form and one of the draft may be the same form, dropped in again.
        if (group.groupby(["before", "timing"])["participant"].nunique() > 1).any():
            continue
        before = group[group["before"]]
        first = before if not before.empty else group[group["timing"] == START]
        names = set(first["participant"]) or {min(group["participant"])}
        if len(names) == 1:
            spellings |= dict.fromkeys(group.loc[~group["before"], "participant"], names.pop())
    return spellings


def _of_file(connection: Connection, sha256: str) -> pd.DataFrame:
    """Return where the codes stand that have come in with the same file, as CODES."""
    columns = [responses.c[name] for name in CODES]
    joined = responses.join(imports, responses.c.import_id == imports.c.import_id)
    return fetch_frame(connection, select(*columns).select_from(joined).where(imports.c.sha256 == sha256).distinct())


def _other_cohorts(connection: Connection, coded: pd.DataFrame, same_file: pd.DataFrame) -> tuple[OtherCohort, ...]:
    later = coded[coded["timing"].isin(LATER)]
    if later.empty:
        return ()
    everyone = pd.concat([coded, stored_codes(connection, later["participant"])]).drop_duplicates()
    codes, file_codes = codes_by_place(everyone), codes_by_place(same_file.dropna(subset=["participant"]))
    other_cohorts = []
    for key, group in later.groupby([*PEOPLE, "timing"], sort=False):
        practice, municipality, cohort, role, timing = map(str, key)
        later_codes = set(group["participant"])
        if len(later_codes) < FEWEST_CODES or later_codes & codes.get(
            (practice, municipality, cohort, role, START), set()
        ):
            continue
        there = {
            (town, other_cohort): len(
                later_codes & started - _later(codes, file_codes, (practice, town, other_cohort, role, timing))
            )
            for (of, town, other_cohort, who, when), started in codes.items()
            if (of, who, when) == (practice, role, START) and (town, other_cohort) != (municipality, cohort)
        }
        # The same municipality goes before another; two cohorts that fit equally well are no answer.
        best = sorted(there, key=lambda place: (-there[place], place[0] != municipality, place))
        if not best or there[best[0]] < max(FEWEST_CODES, MOST_OF_THEM * len(later_codes)):
            continue
        rivals = [place for place in best if there[place] == there[best[0]] and place[0] == best[0][0]]
        if len(rivals) == 1:
            other_cohorts.append(
                OtherCohort(practice, municipality, cohort, role, timing, len(later_codes), there[best[0]], *best[0])
            )
    return tuple(other_cohorts)


def _later(codes: Mapping[Place, set[str]], file_codes: Mapping[Place, set[str]], place: Place) -> set[str]:
    """Return the codes that have a form of that time already, but for those that came with the file itself."""
    return codes.get(place, set()) - file_codes.get(place, set())
