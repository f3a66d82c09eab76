"""What a published table says, before it is put into words: one frozen value per sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pandas as pd

from evaluation.measures import NEARLY_ALL, Published


class Topic(StrEnum):
    """What a finding is about."""

    REGISTERED = "registered"
    VISITS = "visits"
    SATISFIED = "satisfied"
    IMPROVED = "improved"
    REGISTERED_ONLY = "registered_only"
    ENROLLED = "enrolled"
    ENROLLED_PARTLY = "enrolled_partly"
    COMPLETED = "completed"
    COMPLETED_KNOWN = "completed_known"
    STARTED_BY_FORM = "started_by_form"
    ENDED_BY_FORM = "ended_by_form"
    SESSIONS = "sessions"
    PRESENCES = "presences"
    OPENINGS = "openings"
    OPENINGS_OF_KIND = "openings_of_kind"
    LEFT_EARLY = "left_early"
    CANCELLED = "cancelled"
    NEWCOMERS = "newcomers"
    WAITING = "waiting"
    GOOD_ANSWER = "good_answer"
    RESPONSE = "response"
    MATCHED = "matched"
    RECOMMENDATION = "recommendation"
    FAVOURABLE = "favourable"
    PAIRED = "paired"
    RETROSPECTIVE = "retrospective"
    BALANCE = "balance"
    CHANGE = "change"
    TREND = "trend"
    SINCE_BEFORE = "since_before"
    DISTANCE = "distance"
    COMPARISON = "comparison"
    SPREAD = "spread"
    CEILING = "ceiling"
    REGRESSION = "regression"
    SHIFT = "shift"
    LEAVERS = "leavers"
    CHOSEN = "chosen"
    NUMBER = "number"
    REGISTERED_TABLE = "registered_table"
    HEADLINE = "headline"


class Case(StrEnum):
    """How sure a finding is.

    Attributes:
        CLEAR: a difference or change that is more than chance.
        NOT_APART: a difference or change that may be chance.
        TOO_FEW: fewer people than a figure, or a comparison, needs.
        WITHHELD: enough people, but the figure would say how nearly all of them answered.
        NOT_ESTIMATED: differences of which people are too few, or too alike, to say how much is chance.
        UNTESTED: a figure, or a difference, to which no test applies.
        TARGET: a figure that misses a level set beforehand.
        UNLIKE: figures of which no single one can be made: of different questions, practices, or answers that repeat.
    """

    CLEAR = "clear"
    NOT_APART = "not_apart"
    TOO_FEW = "too_few"
    WITHHELD = "withheld"
    NOT_ESTIMATED = "not_estimated"
    UNTESTED = "untested"
    TARGET = "target"
    UNLIKE = "unlike"


class Direction(StrEnum):
    """Where a clear difference points: up is more, better or more favourable."""

    UP = "up"
    DOWN = "down"


class Comparator(StrEnum):
    """What a figure is compared with."""

    START = "start"
    FIRST_PERIOD = "first_period"
    PERIOD_BEFORE = "period_before"
    CLIENTS = "clients"
    OTHER_UNITS = "other_units"
    LEVEL = "level"
    OTHER_ITEMS = "other_items"


@dataclass(frozen=True)
class Against:
    """What a finding is compared with, its figure, and the period that the figure is of."""

    what: Comparator
    value: float | None = None
    period: str | None = None


@dataclass(frozen=True)
class Unit:
    """A practice, municipality, cohort or county that is compared with others; a county has no practice."""

    practice: str | None
    municipality: str | None
    cohort: str | None
    level: str
    county: str | None = None


@dataclass(frozen=True)
class Part:
    """One of the figures that a finding names.

    Attributes:
        measure, value: the figure; of a range its middle.
        count: how many of ``n``, least and most; None where it is no share.
        n: how many people, answers or sessions there are in all.
        item, unit, role: what it is of.
        of_forms: whether one person may have filled in several of the forms that it counts.
    """

    measure: str
    value: float
    count: tuple[float, float] | None
    n: float
    item: str = ""
    unit: Unit | None = None
    role: str = ""
    of_forms: bool = False


@dataclass(frozen=True)
class Finding:
    """One thing that a published table says; ``wording.sentence`` puts it into words.

    Attributes:
        topic: what it is about.
        case: how sure it is.
        direction: where a clear difference points.
        practice, form, items: ids of what it is about; no form where the sentence needs none.
        measure: the name of its figure, which decides how the figure is written.
        value: its figure; None where the figure is a range.
        count: how many of ``n``, at least and at most; they differ where the number would tell of one or two.
        n: how many people, answers, sessions or periods there are in all.
        interval: the ends of the confidence interval, or of the range of a mean.
        against: what it is compared with.
        period: the cohort that its figure is of.
        units: the units that it names.
        repeated: whether one person may have answered many times, so that no interval holds.
        of_forms: whether one person may be in several cohorts, so that counts are of forms.
        mean: the mean of the answers, beside another figure.
        occasion: the code of the kind of opening.
        option: the code of the option that it counts; an option of several choices is its item.
        counts: further counts by the name of their gap in the sentence.
        parts: the figures that it names, the highest first; ``lowest`` are those at the other end, if it names them.
        message: key of the sentence of a registered table or a headline.
        addenda: keys of the sentences that follow, with the same gaps.
    """

    topic: Topic
    case: Case = Case.UNTESTED
    direction: Direction | None = None
    practice: str = ""
    form: str = ""
    items: tuple[str, ...] = ()
    measure: str = ""
    value: float | None = None
    count: tuple[float, float] | None = None
    n: float | None = None
    interval: tuple[float, float] | None = None
    against: Against | None = None
    period: str | None = None
    units: tuple[Unit, ...] = ()
    repeated: bool = False
    of_forms: bool = False
    mean: float | None = None
    occasion: float | None = None
    option: int | None = None
    counts: Mapping[str, float] = field(default_factory=dict, hash=False)
    parts: tuple[Part, ...] = ()
    lowest: tuple[Part, ...] = ()
    message: str = ""
    addenda: tuple[str, ...] = ()


# The columns with least and most of what a share counts, by its measure; means, differences and scores have none.
COUNTED: Mapping[str, tuple[str, str]] = {
    "favourable": ("favourable", "favourable"),
    "distribution": ("count", "count"),
    "retrospective": ("improved", "improved"),
    "paired": ("improved", "improved"),
    "follow_up": ("improved", "improved"),
    "balance": ("improved", "improved"),
    "started": ("at_least", "at_most"),
    "completed": ("at_least", "at_most"),
}


def in_range(row: Any) -> bool:
    """Whether a row is published as a range, because the number would count one or two people."""
    return getattr(row, "at_least", None) is not None and bool(row.at_least < row.at_most)


def counted(row: Any) -> tuple[float, float] | None:
    """Return how many of its n the share of a row counts, least and most; None where its figure is no such share."""
    names = COUNTED.get(str(row.measure))
    return None if names is None else (float(getattr(row, names[0])), float(getattr(row, names[1])))


def finding_of(topic: Topic, row: Any, **more: Any) -> Finding:
    """Return the finding of one published row with its figure, count, n and interval; ``more`` adds or replaces.

    Those who could not say are counted in a sentence of their own.
    """
    unsure = {} if pd.isna(unsure_n := getattr(row, "dont_know", None)) or not unsure_n else {"unsure": int(unsure_n)}
    more["counts"] = unsure | dict(more.get("counts", {}))
    more["addenda"] = (*(("reports.could_not_say",) if unsure else ()), *more.get("addenda", ()))
    fields: dict[str, Any] = {
        "practice": row.practice,
        "items": (row.item,) if row.item else (),
        "measure": str(row.measure),
        "value": None if in_range(row) else row.value,
        "count": _count(row),
        "n": row.n,
        "interval": None if pd.isna(row.low) or pd.isna(row.high) else (row.low, row.high),
        "repeated": row.method == "answers",
        "of_forms": row.method == "clusters",
    }
    return Finding(topic, **(fields | more))


def _count(row: Any) -> tuple[float, float] | None:
    if in_range(row):
        return row.at_least, row.at_most
    count = getattr(row, "count", None)
    return None if callable(count) or count is None or pd.isna(count) else (count, count)


def suppressed(topic: Topic, published: Published, reason: str) -> Finding:
    """Return the finding that a figure of ``published`` is suppressed, by the ``reason`` of its row."""
    case = Case.WITHHELD if reason == NEARLY_ALL else Case.TOO_FEW
    return Finding(topic, case, counts={"threshold": published.threshold})
