"""How many different people stand behind the totals of areas, and what their forms are worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from evaluation.privacy.joint_units import JointUnit, Place, PlacePeople, SharedCodes, least_people_of_places
from evaluation.privacy.numbering import Truth, Whole, added, numbered
from evaluation.privacy.repeated_people import greatest_squares
from evaluation.statistics.proportions import Numbers

PLACE = ["practice", "municipality"]


@dataclass(frozen=True)
class Joints:
    """The units that are joined, and what distinguishes the people of several places.

    Attributes:
        units: the units that are joined.
        shared: the codes in two places, by the roles and questionnaires whose codes were compared.
        stated: the places whose cohorts were stated to be of different people. That says nothing of people of other
            places, so whoever is known to differ by it alone is not known to differ from these.
    """

    units: tuple[JointUnit, ...] = ()
    shared: Mapping[tuple[str, str], SharedCodes] = field(default_factory=dict)
    stated: frozenset[Place] = frozenset()

    def of_people(self, least: int) -> tuple[JointUnit, ...]:
        """Return the joints of at least that many people."""
        nobody: SharedCodes = {}
        return tuple(
            joint
            for joint in self.units
            if least_people_of_places(
                [part.behind for part in joint.parts],
                self.shared.get((joint.parts[0].role, joint.parts[0].questionnaire), nobody),
            )
            >= least
        )

    def people(self, cells: pd.DataFrame) -> int:
        """Return the least number of people behind cells of one item; their columns are as of people_of_areas."""
        return int(people_of_areas(cells.assign(total=0), 1, self).least[0])


@dataclass(frozen=True)
class AreaPeople:
    """By total the least number of people, and what part of a different person every form is worth at least."""

    least: Whole
    independence: Numbers


def people_of_areas(cells: pd.DataFrame, size: int, joints: Joints) -> AreaPeople:
    """Return who is behind totals.

    Args:
        cells: total, practice, municipality, role, questionnaire, people (the least number), coded, in_both (codes in
            two cohorts of the place), forms and cohort_count of cells.
        size: how many totals there are, numbered from 0.
        joints: which codes were compared; codes that were not distinguish nobody of two practices.
    """
    place, first = numbered(cells, ["total", *PLACE])
    places = cells.take(first)
    coded = added(place, cells["coded"], len(first)) - places["in_both"].to_numpy(dtype=np.int64)
    people = np.maximum(_greatest(place, cells["people"].to_numpy(dtype=np.int64), len(first)), coded)
    forms, cohorts = (added(place, cells[name], len(first)) for name in ("forms", "cohort_count"))
    compared = _among(places, list(joints.shared))
    stated = np.array(
        [place in joints.stated for place in zip(*(places[name] for name in PLACE), strict=True)], dtype=bool
    )
    known = np.where(compared & ~stated, coded, 0)
    town, first_of_town = numbered(places, ["total", "municipality"])
    towns = len(first_of_town)
    together = added(town, known, towns)
    of_town = np.maximum(_greatest(town, people, towns), together)
    total = places["total"].to_numpy(dtype=np.int64)
    of_towns = total[first_of_town]
    least = added(of_towns, of_town, size)
    squares = added(of_towns, greatest_squares(added(town, forms, towns), of_town, added(town, cohorts, towns)), size)
    every = added(total, forms, size)
    several = added(total, cohorts, size)
    # Where a code stands in two places, pairs of places are gone through one by one.
    for number in np.unique(total[_among(places, [form for form, codes in joints.shared.items() if codes])]):
        rows = np.flatnonzero(total == number)
        form = (places["role"].iloc[rows[0]], places["questionnaire"].iloc[rows[0]])
        names = zip(*(places[name].iloc[rows] for name in PLACE), strict=True)
        behind = [PlacePeople(*of_place) for of_place in zip(names, people[rows], known[rows], strict=True)]
        least[number] = least_people_of_places(behind, joints.shared[form])
        squares[number] = greatest_squares(int(every[number]), int(least[number]), int(several[number]))
    return AreaPeople(least, np.where(squares > 0, every / np.maximum(squares, 1), 1.0))


def _among(places: pd.DataFrame, forms: list[tuple[str, str]]) -> Truth:
    wanted = set(forms)
    keys = zip(places["role"], places["questionnaire"], strict=True)
    return np.array([key in wanted for key in keys], dtype=bool)


def _greatest(number: Whole, values: Whole, size: int) -> Whole:
    greatest = np.zeros(size, dtype=np.int64)
    np.maximum.at(greatest, number, values)
    return greatest
