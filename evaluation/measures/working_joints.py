"""The joints of those who do the work: which of their forms, too few in each practice, are published together."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from evaluation.definitions.municipalities import county_of
from evaluation.privacy import Joints
from evaluation.privacy.joint_units import JointUnit, Place, SmallUnit, join_units
from evaluation.privacy.publication_units import GROUP, publication_units
from evaluation.store.working_people import CODES, DATES, OVERLAPS, PEOPLE, UNITS


def joints_of(cubes: Mapping[str, pd.DataFrame], kind: str, types: Mapping[str, str], threshold: int) -> Joints:
    """Return the joint units of everything stored, whatever is looked at; none where it was not counted.

    Args:
        cubes: the store's cubes.
        kind: the kind of units that forms have.
        types: the types of practices; forms of a practice that is defined no more are joined with none.
        threshold: least people of a unit.
    """
    if PEOPLE not in cubes:
        return Joints()
    people = cubes[PEOPLE]
    whole = people[(people["item"] == "") & people["practice"].isin(list(types))]
    # Units may have been decided since everything was counted.
    decided = pd.concat([cubes[UNITS], cubes["units"]]).drop_duplicates(["kind", *GROUP, "cohort"])
    cohorts = publication_units(whole, cubes[OVERLAPS], cubes[DATES], decided[decided["kind"] == kind])
    # What was a unit once is joined to nothing: it was published by itself.
    small_ones = cohorts["waits"] & (cohorts["people"] < threshold)
    waiting = cohorts[small_ones].drop_duplicates("rank")
    coded, days = _coded(whole), _days(cubes[DATES])
    small: dict[tuple[str, str], list[SmallUnit]] = {}
    columns = (waiting[name] for name in (*GROUP, "members", "people", "shared"))
    for practice, municipality, role, form, members, number, shared_people in zip(*columns, strict=True):
        county = county_of(municipality)
        codes = sum(coded[practice, municipality, role, form, cohort] for cohort in members) - int(shared_people)
        starts = [day for cohort in members if (day := days.get((practice, municipality, cohort))) is not None]
        unit = SmallUnit(
            practice, types[practice], municipality, None if county is None else county.id, role, form, members,
            int(number), max(codes, 0), min(starts, default=None),
        )  # fmt: skip
        small.setdefault((role, form), []).append(unit)
    shared = _shared(cubes[CODES])
    units: list[JointUnit] = []
    for form, waiting_units in small.items():
        units += join_units(waiting_units, shared.get(form, {}), threshold)
    return Joints(tuple(units), {form: shared.get(form, {}) for form in _forms(people)})


def _coded(people: pd.DataFrame) -> dict[tuple[str, ...], int]:
    """Return how many are known by a code, by GROUP and cohort."""
    columns = [*GROUP, "cohort", "coded"]
    return {tuple(key): int(coded) for *key, coded in people[columns].itertuples(index=False, name=None)}


def _days(dates: pd.DataFrame) -> dict[tuple[str, str, str], date]:
    """Return the first days of cohorts, of those of which any day is known."""
    rows = dates[["practice", "municipality", "cohort", "first_on"]].itertuples(index=False, name=None)
    return {(practice, town, cohort): day for practice, town, cohort, day in rows if not pd.isna(day)}


def _forms(people: pd.DataFrame) -> list[tuple[str, str]]:
    names = people[["role", "questionnaire"]].drop_duplicates()
    return [(str(role), str(form)) for role, form in names.itertuples(index=False, name=None)]


def _shared(codes: pd.DataFrame) -> dict[tuple[str, str], dict[tuple[Place, Place], int]]:
    """Return the codes in two places by role and questionnaire, the places in alphabetical order."""
    shared: dict[tuple[str, str], dict[tuple[Place, Place], int]] = {}
    columns = ["role", "questionnaire", "practice_a", "municipality_a", "practice_b", "municipality_b", "people"]
    for role, form, *places, people in codes[columns].itertuples(index=False, name=None):
        one, other = (places[0], places[1]), (places[2], places[3])
        shared.setdefault((role, form), {})[min(one, other), max(one, other)] = int(people)
    return shared
