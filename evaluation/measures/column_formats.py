"""The columns of published tables: what they hold and how a reader sees them."""

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """What a value is, from which follow its type in files and its form in a reader's table."""

    COUNT = "count"
    MEAN = "mean"
    DECIMAL = "decimal"
    SIGNED = "signed"
    SHARE = "share"
    # A difference of two shares, in percentage points with a sign; the net promoter score says it without the word.
    POINTS = "points"
    NET_SCORE = "net_score"
    # A difference of means on the scale, and one of counts.
    STEP = "step"
    DIFFERENCE = "difference"
    # As the value of the row: its measure decides.
    AS_VALUE = "as_value"
    # A number with the ends of its interval in the columns <name>_low and <name>_high.
    ESTIMATE = "estimate"
    # A number for files only.
    NUMBER = "number"
    CODE = "code"
    OCCASION = "occasion"
    DAY = "day"
    TRUTH = "truth"
    TEXT = "text"
    COHORT = "cohort"
    ITEM = "item"
    THEME = "theme"
    VERDICT = "verdict"


_INTEGERS = frozenset({Format.COUNT, Format.CODE, Format.OCCASION})
_STRINGS = frozenset({Format.TEXT, Format.COHORT, Format.ITEM, Format.THEME, Format.VERDICT})


@dataclass(frozen=True)
class Column:
    """A column of a published table; an ``optional`` one is left out of a reader's table where no row has it."""

    name: str
    format: Format
    optional: bool = False

    @property
    def integer(self) -> bool:
        """Whether its values are whole numbers."""
        return self.format in _INTEGERS

    @property
    def type(self) -> str:
        """Its type in the words of the Data Package standard (https://datapackage.org)."""
        if self.integer:
            return "integer"
        if self.format in _STRINGS:
            return "string"
        return {Format.DAY: "date", Format.TRUTH: "boolean"}.get(self.format, "number")


def columns(format_: Format, *names: str, optional: bool = False) -> tuple[Column, ...]:
    """Return columns of one format."""
    return tuple(Column(name, format_, optional) for name in names)


def counts(*names: str) -> tuple[Column, ...]:
    """Return columns of counts."""
    return columns(Format.COUNT, *names)


def numbers(*names: str) -> tuple[Column, ...]:
    """Return columns of numbers that only files show."""
    return columns(Format.NUMBER, *names)


# The columns of every table, before those of one table and after them.
FIRST = (
    *columns(
        Format.TEXT, "family", "measure", "practice", "municipality", "county", "cohort", "level", "role",
        "questionnaire", "item", "dimension",
    ),
    *counts("n"),
    *columns(Format.AS_VALUE, "value", "low", "high"),
    *columns(Format.TEXT, "method"),
)  # fmt: skip
LAST = (*columns(Format.TRUTH, "suppressed"), *columns(Format.TEXT, "reason"), *counts("omitted"))
COMMON = (*FIRST, *LAST)

# Columns of several tables.
SPREAD = (*columns(Format.CODE, "value_code"), *columns(Format.TEXT, "value_class"), *counts("count"))
FAVOURABLE = (
    *counts("favourable", "dont_know"), *columns(Format.SHARE, "others"), *columns(Format.TRUTH, "fewer"),
    Column("national_theme", Format.THEME, optional=True),
)  # fmt: skip
# Who is behind the figures of an area.
BEHIND = (*columns(Format.TEXT, "type"), *counts("practices", "people"))
CHANGED = counts("improved", "same", "worsened")
NET = (*columns(Format.POINTS, "net"), *numbers("net_low", "net_high"))
TESTED_STEPS = (
    *columns(Format.MEAN, "median_step"), *numbers("p"), *columns(Format.SIGNED, "effect"),
    *numbers("effect_low", "effect_high"), *columns(Format.VERDICT, "verdict"),
)  # fmt: skip
LEVELS = (
    *columns(Format.MEAN, "start_mean", "end_mean"), *counts("at_best", "crossed", "fell"),
    *columns(Format.COUNT, "reliable_better", "reliable_worse", optional=True),
    *columns(Format.CODE, "scale_low", "scale_high"), *columns(Format.TEXT, "better"),
)  # fmt: skip
COMPARED = (
    *columns(Format.AS_VALUE, "plain", "shrunk"), *numbers("shrunk_low", "shrunk_high"),
    *columns(Format.SHARE, "shrinkage"), *numbers("limit_low", "limit_high", "p"), *columns(Format.VERDICT, "verdict"),
    *numbers("whole", "spread_p", "i2"), *counts("units"),
)  # fmt: skip
TREND = (
    *numbers("p"), *counts("periods"), *columns(Format.SHARE, "first", "last"), *columns(Format.VERDICT, "verdict"),
)  # fmt: skip
PERIODS = (*columns(Format.COHORT, "last_period", "before_period"), *counts("last_n", "before_n"))
SINCE_BEFORE = (
    *PERIODS, *columns(Format.SHARE, "last", "before"), *numbers("p"), *columns(Format.VERDICT, "verdict"),
)  # fmt: skip
