"""The rules of publication, and the counts that have passed the gate."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.definitions.municipalities import county_of
from evaluation.privacy.numbering import frame_of

CELL = ["level", "practice", "municipality", "cohort", "role", "questionnaire", "item"]
COHORT, PRACTICE, PRACTICE_ALL = "cohort", "practice", "practice_all"
# Why a cell is suppressed: too few people; nearly all of them gave an unfavourable answer to something sensitive; or
# options that so few chose that not even together they can be published.
FEW, NEARLY_ALL, SMALL_PARTS = "few", "nearly_all", "small_parts"
SMALLEST_THRESHOLD = 3


@dataclass(frozen=True)
class Policy:
    """How many people at least stand behind any published figure, and what else is suppressed of small groups.

    Attributes:
        threshold: people behind a figure; raises ValueError under three.
        values_from: answers from which on a distribution is published value by value, with fewer in three classes.
        smallest_part: the least number of people who started, completed or left that is published.
        open_from: people from whom on open answers are published.
        background_from: people from whom on it is published who they are.
        quartiles_from: people from whom on the quartiles of numbers are published.
    """

    threshold: int = 5
    values_from: int = 10
    smallest_part: int = 3
    open_from: int = 10
    background_from: int = 10
    quartiles_from: int = 20

    @property
    def for_background(self) -> "Policy":
        """The policy for who respondents are, never laxer than that for figures."""
        return replace(self, threshold=max(self.threshold, self.background_from))

    @property
    def for_open_answers(self) -> "Policy":
        """The policy for texts, never laxer than that for figures."""
        return replace(self, threshold=max(self.threshold, self.open_from))

    def __post_init__(self) -> None:
        """Refuse a threshold that protects nobody."""
        if self.threshold < SMALLEST_THRESHOLD:
            raise ValueError(f"a threshold of {self.threshold} protects nobody")


def _county(municipality: str | None) -> str | None:
    county = county_of(municipality) if municipality else None
    return county.id if county else None


@dataclass(frozen=True)
class PublishableCounts:
    """What may be published: the counts of publishable cells at every level, and all cells.

    Attributes:
        counts: ``cell`` and what is counted. Answers have ``value_class``; their ``value`` is missing where a cell may
            be published in three classes only. Pairs have ``step``, above 0 for better; their start_value and end_value
            are missing where only the change may be published.
        cells: CELL, dimension, suppressed, reason, omitted, rank (the order of cohorts in time) and independence
            (what part of a different person every form is worth at least), a row a number of ``cell``, in the order in
            which they are published; one without counts is suppressed.
    """

    counts: pd.DataFrame
    cells: pd.DataFrame

    @cached_property
    def labels(self) -> dict[str, Any]:
        """The names of cells in a published table, by column; totals have no cohort, some no municipality."""
        cells = self.cells
        total = (cells["level"] != COHORT).to_numpy()
        labels: dict[str, Any] = {
            name: pd.array(cells[name].to_numpy(), dtype="str")
            for name in ("level", "role", "questionnaire", "dimension")
        }
        # "" is also the name of a cohort that has none, which at the cohort level stays as it is.
        missing = {"municipality": cells["municipality"] == "", "cohort": total, "item": cells["item"] == ""}
        for name, nameless in missing.items():
            labels[name] = np.where(nameless, None, cells[name].to_numpy(dtype=object))  # type: ignore[call-overload]
        practices = cells["practice"].to_numpy(dtype=object)
        nobodys = practices == ""
        labels["practice"] = (
            np.where(nobodys, None, practices) if nobodys.any() else pd.array(practices, dtype="str")  # type: ignore[call-overload]
        )
        if "county" in cells:
            labels["county"] = cells["county"].to_numpy(dtype=object)
        else:
            labels["county"] = np.array([_county(name) for name in labels["municipality"]], dtype=object)
        return labels

    @cached_property
    def repeated(self) -> npt.NDArray[np.bool_]:
        """Whether one person may be counted more than once, by cell: fewer people may be behind it than forms."""
        return np.asarray(self.independence < 1)

    @cached_property
    def independence(self) -> npt.NDArray[np.float64]:
        """What part of a different person every form is worth at least, by cell; as KnownPeople.independence."""
        return self.cells["independence"].to_numpy(dtype=float)

    @cached_property
    def repeated_in_total(self) -> npt.NDArray[np.bool_]:
        """Whether that is so of the total over cohorts that a cell is a part of, so that these share people."""
        total = self.cells["practice_total"].to_numpy(dtype=np.int64)
        return np.asarray(np.append(self.repeated, False)[total])

    def at_level(self, level: str) -> npt.NDArray[np.bool_]:
        """Return by cell whether it is of a level."""
        return np.asarray((self.cells["level"] == level).to_numpy(dtype=bool))

    def names(self, cell: npt.ArrayLike) -> pd.DataFrame:
        """Return the names of cells: CELL, and county and type of areas, a row for every number in ``cell``."""
        numbers = np.asarray(cell, dtype=np.int64)
        names = [*CELL, *(name for name in ("county", "type") if name in self.cells)]
        return frame_of({name: self.cells[name].to_numpy()[numbers] for name in names})
