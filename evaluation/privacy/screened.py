"""What the gate's rules are set to, and the counts that have passed it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.privacy.numbering import frame_of

CELL = ["level", "practice", "municipality", "cohort", "role", "questionnaire", "item"]
COHORT, PRACTICE, PRACTICE_ALL = "cohort", "practice", "practice_all"
# Why a cell is closed: too few people, or nearly all of them gave an unfavourable answer to something sensitive.
FEW, NEARLY_ALL = "few", "nearly_all"
SMALLEST_THRESHOLD = 3


@dataclass(frozen=True)
class Policy:
    """How many people at least stand behind any published figure, and what else is held back of small groups.

    ``values_from``: answers from which on a distribution is told answer by answer, below that in three classes.
    ``smallest_part``: the least number of people who started, completed or left that is told. ``open_from``: people
    from whom on open answers are shown. Raises ValueError for a threshold under three.
    """

    threshold: int = 5
    values_from: int = 10
    smallest_part: int = 3
    open_from: int = 10

    @property
    def of_open_answers(self) -> "Policy":
        """The policy by which texts are told, never laxer than that of figures."""
        return replace(self, threshold=max(self.threshold, self.open_from))

    def __post_init__(self) -> None:
        """Refuse a threshold that protects nobody."""
        if self.threshold < SMALLEST_THRESHOLD:
            raise ValueError(f"a threshold of {self.threshold} protects nobody")


@dataclass(frozen=True)
class Screened:
    """What passed: ``counts`` of open cells at every level, ``cell`` and the counts' own columns, and all ``cells``.

    Answer counts have ``value_class``; their ``value`` is missing where a cell is told in three classes only. Pairs
    have ``step``, above 0 for better; their start_value and end_value are missing where only the change may be told.
    ``cells`` has CELL, dimension, suppressed, reason, omitted and rank (the order of runs in time), in the order in
    which they are published, a row a number of ``cell``; one without counts is closed.
    """

    counts: pd.DataFrame
    cells: pd.DataFrame

    @cached_property
    def labels(self) -> dict[str, Any]:
        """What cells are called in a published table, by column: totals have no run, and none of one municipality."""
        cells = self.cells
        total = (cells["level"] != COHORT).to_numpy()
        found: dict[str, Any] = {
            name: pd.array(cells[name].to_numpy(), dtype="str")
            for name in ("level", "practice", "role", "questionnaire", "dimension")
        }
        # "" is also the name of a run that was given none, which at the cohort level stays as it is.
        missing = {"municipality": cells["municipality"] == "", "cohort": total, "item": cells["item"] == ""}
        for name, nameless in missing.items():
            found[name] = np.where(nameless, None, cells[name].to_numpy(dtype=object))  # type: ignore[call-overload]
        return found

    def at(self, level: str) -> npt.NDArray[np.bool_]:
        """Tell of each cell whether it is of a level."""
        return np.asarray((self.cells["level"] == level).to_numpy(dtype=bool))

    def called(self, cell: npt.ArrayLike) -> pd.DataFrame:
        """Return what cells are called: a row each, CELL."""
        chosen = np.asarray(cell, dtype=np.int64)
        return frame_of({name: self.cells[name].to_numpy()[chosen] for name in CELL})
