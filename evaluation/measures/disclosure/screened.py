"""What the gate's rules are set to, and the counts that have passed it."""

from dataclasses import dataclass

import pandas as pd

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

    def __post_init__(self) -> None:
        """Refuse a threshold that protects nobody."""
        if self.threshold < SMALLEST_THRESHOLD:
            raise ValueError(f"a threshold of {self.threshold} protects nobody")


@dataclass(frozen=True)
class Screened:
    """What passed: ``counts`` of open cells at every level (CELL and the counts' own columns), and all ``cells``.

    Answer counts have ``value_class``; their ``value`` is missing where a cell is told in three classes only. Pairs
    have ``step``, above 0 for better; their start_value and end_value are missing where only the change may be told.
    ``cells`` has CELL, suppressed, reason, omitted and rank (the order of runs in time); one without counts is closed.
    """

    counts: pd.DataFrame
    cells: pd.DataFrame


def at_every_level(units: pd.DataFrame) -> pd.DataFrame:
    """Lay the counts of units beside the same counts as parts of their totals; "" stands for "all"."""
    places = units.groupby("practice")["municipality"].transform("nunique")
    return pd.concat(
        [
            units.assign(level=COHORT),
            units.assign(level=PRACTICE, cohort=""),
            units[places > 1].assign(level=PRACTICE_ALL, cohort="", municipality=""),
        ],
        ignore_index=True,
    )
