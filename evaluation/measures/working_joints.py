"""The joints of those who do the work: which of their forms, too few in each practice, are published together.

They are decided once, as publication units are: a joint has a number below nought, the same in all its places.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from evaluation.definitions.municipalities import county_of
from evaluation.privacy import Joints
from evaluation.privacy.joint_units import JointUnit, Place, SmallUnit, join_units, joint_number
from evaluation.privacy.publication_units import GROUP, PLACE_IN_UNIT, new_units, publication_units
from evaluation.store.working_people import CODES, DATES, OVERLAPS, PEOPLE, STATED, UNITS, WHOLE_CUBES

Cubes = Mapping[str, pd.DataFrame]


def joints_of(cubes: Cubes, kind: str, types: Mapping[str, str]) -> Joints:
    """Return the joint units of everything stored, whatever is looked at; none where it was not counted.

    Args:
        cubes: the store's cubes.
        kind: the kind of units that forms have.
        types: the types of practices. A joint with a practice that is defined no more is left out: without its forms
            the others would be published in two ways.
    """
    if not cubes.keys() >= WHOLE_CUBES:
        return Joints()
    people = _whole(cubes)
    units = publication_units(people, cubes[OVERLAPS], cubes[DATES], _decided(cubes, kind))
    joined = units[units["joint"] < 0]
    joint = pd.MultiIndex.from_frame(joined[["role", "questionnaire", "joint"]])
    defined = ~joint.isin(joint[~joined["practice"].isin(list(types))])
    parts: dict[tuple[str, str, int], list[SmallUnit]] = {}
    for number, unit in _units(joined[defined], people, cubes, types):
        parts.setdefault((unit.role, unit.questionnaire, number), []).append(unit)
    shared = _shared(cubes[CODES])
    forms = people[["role", "questionnaire"]].drop_duplicates().itertuples(index=False, name=None)
    return Joints(
        tuple(JointUnit(tuple(of_joint)) for of_joint in parts.values()),
        {(str(role), str(form)): shared.get((role, form), {}) for role, form in forms},
        _stated(cubes),
    )


def new_working_units(cubes: Cubes, kind: str, types: Mapping[str, str], threshold: int) -> pd.DataFrame:
    """Return the units, and then the joints, that can be made of what waits, as privacy.new_units returns units.

    The other arguments are as of joints_of; ``threshold`` is the least number of people of a new unit or joint.
    """
    if not cubes.keys() >= WHOLE_CUBES:
        return pd.DataFrame([], columns=[*GROUP, *PLACE_IN_UNIT], dtype=object)
    people, decided = _whole(cubes), _decided(cubes, kind)
    whole = people[people["practice"].isin(list(types))]
    made = new_units(whole, cubes[OVERLAPS], cubes[DATES], decided, threshold)
    then = pd.concat([decided, made.assign(kind=kind)], ignore_index=True) if len(made) else decided
    units = publication_units(whole, cubes[OVERLAPS], cubes[DATES], then)
    waiting: dict[tuple[str, str], list[SmallUnit]] = {}
    for _, unit in _units(units[units["waits"] & (units["joint"] == 0)], whole, cubes, types):
        waiting.setdefault((unit.role, unit.questionnaire), []).append(unit)
    days, shared = _days(cubes[DATES]), _shared(cubes[CODES])
    rows: list[tuple[Any, ...]] = []
    for form, small in waiting.items():
        for joint in join_units(small, shared.get(form, {}), threshold):
            number = joint_number(joint.parts[0])
            for part in joint.parts:
                group = (*part.behind.place, *form)
                spans = ((cohort, days.get((*part.behind.place, cohort), (None, None))) for cohort in part.cohorts)
                rows += [(*group, cohort, number, *span, None, threshold) for cohort, span in spans]
    joined = pd.DataFrame(rows, columns=[*GROUP, *PLACE_IN_UNIT], dtype=object)
    return pd.concat([frame for frame in (made, joined) if len(frame)] or [made], ignore_index=True)


def _whole(cubes: Cubes) -> pd.DataFrame:
    """Return the people by whole questionnaire."""
    return cubes[PEOPLE][cubes[PEOPLE]["item"] == ""]


def _stated(cubes: Cubes) -> frozenset[Place]:
    """Return the places whose cohorts are stated to be of different people."""
    return frozenset(cubes[STATED][["practice", "municipality"]].itertuples(index=False, name=None))


def _decided(cubes: Cubes, kind: str) -> pd.DataFrame:
    return cubes[UNITS][cubes[UNITS]["kind"] == kind]


def _units(
    units: pd.DataFrame, people: pd.DataFrame, cubes: Cubes, types: Mapping[str, str]
) -> list[tuple[int, SmallUnit]]:
    """Return units with the numbers of their joints, 0 of those in none."""
    coded = {
        tuple(key): int(codes)
        for *key, codes in people[[*GROUP, "cohort", "coded"]].itertuples(index=False, name=None)
    }  # fmt: skip
    days, stated, found = _days(cubes[DATES]), _stated(cubes), []
    names = [*GROUP, "members", "people", "shared", "joint"]
    for *group, members, number, both, joint in units.drop_duplicates("rank")[names].itertuples(index=False, name=None):
        practice, municipality, role, form = group
        county = county_of(municipality)
        # Who is known to differ by a statement alone may still be anybody of another practice.
        known = (coded[practice, municipality, role, form, cohort] for cohort in members)
        codes = 0 if (practice, municipality) in stated else sum(known) - int(both)
        starts = [day for cohort in members if (day := days.get((practice, municipality, cohort), (None, None))[0])]
        unit = SmallUnit(
            practice, types[practice], municipality, None if county is None else county.id, role, form, members,
            int(number), max(codes, 0), min(starts, default=None),
        )  # fmt: skip
        found.append((int(joint), unit))
    return found


def _days(dates: pd.DataFrame) -> dict[tuple[str, str, str], tuple[date | None, date | None]]:
    """Return the first and last days of cohorts, None where they are not known."""
    columns = ["practice", "municipality", "cohort", "first_on", "last_on"]
    return {
        (practice, town, cohort): (None if pd.isna(first) else first, None if pd.isna(last) else last)
        for practice, town, cohort, first, last in dates[columns].itertuples(index=False, name=None)
    }


def _shared(codes: pd.DataFrame) -> dict[tuple[str, str], dict[tuple[Place, Place], int]]:
    """Return the codes in two places by role and questionnaire, the places in alphabetical order."""
    shared: dict[tuple[str, str], dict[tuple[Place, Place], int]] = {}
    columns = ["role", "questionnaire", "practice_a", "municipality_a", "practice_b", "municipality_b", "people"]
    for role, form, *places, people in codes[columns].itertuples(index=False, name=None):
        one, other = (places[0], places[1]), (places[2], places[3])
        shared.setdefault((role, form), {})[min(one, other), max(one, other)] = int(people)
    return shared
