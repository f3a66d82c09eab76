"""Totals of areas: of a type of practices, a municipality or a county, as sums of whole cells that lie wholly inside.

A cell is an item of a publication unit that is published, or of a joint unit. Cells hold enough people each and do not
overlap, so neither does anything that is left when totals are subtracted from each other, or from a practice's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from evaluation.privacy.area_people import Joints, people_of_areas
from evaluation.privacy.cell_contents import CLASSES_COUNTED, cell_contents, units_looked_at
from evaluation.privacy.detail import BUT_ONE, CLASSES
from evaluation.privacy.gate import UnitCounts
from evaluation.privacy.joint_units import JointUnit, UnitName
from evaluation.privacy.numbering import Truth, added, frame_of, numbered
from evaluation.privacy.publishable_counts import PublishableCounts
from evaluation.store import Selection

TYPE, MUNICIPALITY, COUNTY, COUNTY_TYPE = "type", "municipality", "county", "county_type"
# What is the same of all parts of a total, by its level.
COMMON: Mapping[str, tuple[str, ...]] = {
    TYPE: ("type",),
    MUNICIPALITY: ("municipality",),
    COUNTY: ("county",),
    COUNTY_TYPE: ("county", "type"),
}
AREAS = tuple(COMMON)
QUESTION = ["role", "questionnaire", "item"]
UNIT = ["practice", "municipality", "role", "questionnaire", "cohorts"]


@dataclass(frozen=True)
class AreaCounts:
    """The counts of answers by area, whichever units are looked at.

    Attributes:
        counts: the answers by publication unit.
        types: the types of practices.
        levels: which totals are wanted, of COMMON.
        least_practices: of how many practices a total is at least.
        joints: the units that are joined.
    """

    counts: UnitCounts
    types: Mapping[str, str]
    levels: tuple[str, ...]
    least_practices: int = 1
    joints: Joints = field(default_factory=Joints)

    def publishable(self, selection: Selection) -> PublishableCounts:
        """Return the totals of what is looked at, in classes.

        The cells have ``county``, ``type``, ``practices`` (their number) and ``people`` (the least number of them)
        beside the columns of PublishableCounts; ``omitted`` are the units of the area that are not counted.
        """
        contents = cell_contents(self.counts, selection, self.types)
        contents = contents.assign(joint=-1, counted=contents["alone"])
        self._join(contents, units_looked_at(self.counts.gate, selection))
        areas = pd.concat([self._totals(level, contents) for level in self.levels], ignore_index=True)
        size, kinds = len(areas), len(CLASSES_COUNTED)
        counts = {
            "cell": np.repeat(np.arange(size), kinds),
            "value": np.full(size * kinds, np.nan),
            "value_class": np.array(CLASSES_COUNTED * size, dtype=object),
            "n": areas[CLASSES_COUNTED].to_numpy(dtype=np.int64).ravel(),
        }
        return PublishableCounts(frame_of(counts), areas.drop(columns=CLASSES_COUNTED))

    def _join(self, contents: pd.DataFrame, looked_at: frozenset[UnitName]) -> None:
        """Mark the cells of joint units that are looked at as wholes, and which of these are counted, item by item."""
        if not self.joints.units:
            return
        number_of = {part.name: number for number, joint in enumerate(self.joints.units) for part in joint.parts}
        keys = zip(*(contents[name] for name in UNIT), strict=True)
        joint = np.array([number_of.get(key, -1) for key in keys], dtype=np.int64)
        names = [{part.name for part in one.parts} for one in self.joints.units]
        whole = [number for number, parts in enumerate(names) if parts <= looked_at]
        contents["joint"] = np.where(np.isin(joint, whole), joint, -1)
        threshold = self.counts.gate.policy.threshold
        together = contents[(contents["joint"] >= 0) & ~contents["alone"]]
        for _, rows in together.groupby(["joint", "item"]):
            answers = int(rows[CLASSES].to_numpy().sum())
            alike = bool(rows["sensitive"].iloc[0]) and rows["unfavourable"].sum() >= answers - BUT_ONE
            # A joint has one unit of a place: what other cohorts share with it is no matter of the joint's.
            people = self.joints.people(rows.assign(in_both=rows["shared"]))
            if people >= threshold and not alike:
                contents.loc[rows.index, "counted"] = True

    def _totals(self, level: str, contents: pd.DataFrame) -> pd.DataFrame:
        """Return the totals of a level: cells as PublishableCounts has them, with their answers by class."""
        names = [*COMMON[level], *QUESTION]
        known = contents[contents[list(COMMON[level])].notna().all(axis=1)]
        number, first = numbered(known, names, ordered=True)
        size, rows = len(first), known["counted"].to_numpy() & ~self._across(level, known)
        counted, of_total = known[rows], number[rows]
        _, practice = numbered(counted.assign(total=of_total), ["total", "practice"])
        people = people_of_areas(counted.assign(total=of_total), size, self.joints)
        areas = known[names].take(first).reset_index(drop=True)
        missing = {name: None for name in ("municipality", "county", "type") if name not in areas}
        areas = areas.assign(
            **{name: pd.Series([value] * size, dtype=object) for name, value in missing.items()},
            level=level, practice="", cohort="", dimension=known["dimension"].to_numpy()[first],
            suppressed=False, reason="", omitted=np.bincount(number[~rows], minlength=size), rank=0,
            practices=np.bincount(of_total[practice], minlength=size), people=people.least,
            independence=people.independence, practice_total=-1,
            **{name: added(of_total, counted[name], size) for name in CLASSES_COUNTED},
        )  # fmt: skip
        areas["municipality"] = areas["municipality"].fillna("")
        return areas[areas["practices"] >= max(self.least_practices, 1)].reset_index(drop=True)

    def _across(self, level: str, cells: pd.DataFrame) -> Truth:
        """Return by cell whether it is of a joint unit that lies in several areas of a level."""
        wide = [number for number, joint in enumerate(self.joints.units) if _in_several(joint, COMMON[level])]
        return np.asarray(cells["joint"].isin(wide) & ~cells["alone"], dtype=bool)


def _in_several(joint: JointUnit, common: tuple[str, ...]) -> bool:
    return len({tuple(getattr(part, name) for name in common) for part in joint.parts}) > 1
