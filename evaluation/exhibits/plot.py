"""A chart as data: categories, series with intervals, what figures are compared with, and what is suppressed.

A renderer draws a ``Plot`` and decides nothing about its figures. Numbers and the way they are written stand side by
side; a suppressed figure is not among them.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from evaluation.findings.words import Words

Shape = Literal["stacked", "bars", "points", "columns", "strips", "lines", "panels"]
Side = Literal["worse", "middle", "better", ""]
Numbers = tuple[float | None, ...]
Texts = tuple[str, ...]
WHOLE, DECIMAL, PERCENT = "0", "0.0", "0 %"
# The figures of more lines than these would overlap.
LINES_WITH_FIGURES = 2


@dataclass(frozen=True)
class Levels:
    """Means at start and end on an item's scale, which runs from ``low`` to ``high``.

    ``texts`` are the two means and ``text`` both in one, as they are written; ``direction`` is 1 where a greater answer
    is better, -1 where a smaller one is.
    """

    start: float
    end: float
    low: float
    high: float
    texts: tuple[str, str]
    text: str
    direction: int


@dataclass(frozen=True)
class Reference:
    """What a figure is compared with: the value of all units together, and the range of chance around it.

    ``estimate`` is the unit's figure drawn towards those of the others.
    """

    whole: float
    low: float
    high: float
    estimate: float
    whole_text: str
    estimate_text: str


@dataclass(frozen=True)
class Category:
    """A row or column of a chart.

    Attributes:
        name: what it is about.
        n: of how many, as it is written, such as "n = 12".
        heading: what neighbouring categories have in common.
        summary: a figure that sums the category up, as it is written.
        day: the day it happened.
        levels: means at start and end; ``levels_suppressed`` is the reason where they are suppressed.
        reference: what its figure is compared with.
    """

    name: str
    n: str = ""
    heading: str = ""
    summary: str = ""
    day: date | None = None
    levels: Levels | None = None
    levels_suppressed: str = ""
    reference: Reference | None = None

    @property
    def label(self) -> str:
        """Heading, name and n in one line."""
        name = f"{self.heading} – {self.name}" if self.heading else self.name
        return f"{name} ({self.n})" if self.n else name


@dataclass(frozen=True)
class Series:
    """Numbers of one name and colour, one per category, or None.

    Attributes:
        name: what the numbers are of.
        values: the numbers.
        texts: the numbers as they are written at their marks.
        colour: of its marks.
        low: lower ends of the intervals, if there are any.
        high: upper ends.
        upper: where a range is published, its upper end; the number is its lower end.
        details: the numbers as they are written where there is more room, with interval or day.
        ns: the n of every number, or what it counts, as it is written.
        n: of how many all of them are, as it is written.
        level: a number with which all of them are compared, such as the people registered.
        side: the side of the middle on which it is stacked.
        symbol: the sign of its marks.
        hatched: whether its bars are hatched.
        counts: whether it counts something, beside series of shares.
    """

    name: str
    values: Numbers
    texts: Texts
    colour: str
    low: Numbers = ()
    high: Numbers = ()
    upper: Numbers = ()
    details: Texts = ()
    ns: Texts = ()
    n: str = ""
    level: float | None = None
    side: Side = ""
    symbol: str = "circle"
    hatched: bool = False
    counts: bool = False

    @property
    def label(self) -> str:
        """The name with n."""
        return f"{self.name} ({self.n})" if self.n else self.name

    @property
    def has_intervals(self) -> bool:
        """Whether any number has an interval."""
        return any(end is not None for end in self.low)

    @property
    def midpoints(self) -> "Series":
        """The same with ranges at their middle, where a point stands for all of it."""
        if not self.upper:
            return self
        pairs = zip(self.values, self.upper, strict=True)
        values = tuple(low if low is None or high is None else (low + high) / 2 for low, high in pairs)
        return replace(self, values=values, upper=())

    @property
    def reach(self) -> tuple[Numbers, Numbers]:
        """How far the intervals reach down and up from the numbers."""
        ends = list(zip(self.values, self.low, self.high, strict=True))
        down = tuple(None if value is None or low is None else max(0.0, value - low) for value, low, _ in ends)
        up = tuple(None if value is None or high is None else max(0.0, high - value) for value, _, high in ends)
        return down, up

    def detail(self, place: int) -> str:
        """Return the number of one category as fully as it is written, with its n."""
        text = self.details[place] if self.details else self.texts[place]
        n = self.ns[place] if self.ns and text else ""
        return f"{text} {n}" if n and self.counts else f"{text}, {n}" if n else text

    def written(self, place: int) -> str:
        """Return the number of one category as it is written, with its n behind it."""
        n = self.ns[place] if self.ns else ""
        return f"{self.texts[place]} ({n})" if n and self.texts[place] else self.texts[place]

    def among(self, places: tuple[int, ...]) -> "Series":
        """Return the numbers of some categories."""

        def some(column: tuple[Any, ...]) -> tuple[Any, ...]:
            return tuple(column[place] for place in places) if column else ()

        return replace(
            self,
            values=some(self.values),
            texts=some(self.texts),
            low=some(self.low),
            high=some(self.high),
            upper=some(self.upper),
            details=some(self.details),
            ns=some(self.ns),
        )


@dataclass(frozen=True)
class Suppressed:
    """The reason why figures are missing: those of a category, of a series, or of one in the other (by number)."""

    reason: str
    category: int | None = None
    series: int | None = None


@dataclass(frozen=True)
class Plot:
    """A chart as data.

    Attributes:
        shape: how it is drawn: ``stacked`` bars around a middle, ``bars`` side by side, ``points`` with intervals,
            upright ``columns``, a ``strips`` of columns per series, ``lines`` over time, ``panels`` side by side.
        categories: its rows or columns in order.
        series: their numbers.
        number_format: how a spreadsheet writes the numbers.
        suppressed: what has no figures, and why.
        axes: names of the axis of categories and of that of numbers.
        breaks: the categories (by number) from which on the questions were put in another way.
        signed: whether numbers may be negative.
    """

    shape: Shape
    categories: tuple[Category, ...]
    series: tuple[Series, ...]
    number_format: str
    suppressed: tuple[Suppressed, ...] = ()
    axes: tuple[str, str] = ("", "")
    breaks: tuple[int, ...] = ()
    signed: bool = False

    @property
    def empty(self) -> bool:
        """Whether it has no number to draw."""
        return all(value is None for series in self.series for value in series.values)

    @property
    def has_levels(self) -> bool:
        """Whether it shows means at start and end."""
        return any(row.levels is not None or row.levels_suppressed for row in self.categories)

    def reason(self, category: int | None = None, series: int | None = None) -> str:
        """Return why a category, a series, or one in the other is suppressed; empty where it is not."""
        wanted = (category, series)
        return next((mark.reason for mark in self.suppressed if (mark.category, mark.series) == wanted), "")

    @cached_property
    def drawn(self) -> "Plot":
        """What has numbers: without categories and series that have none, counts written in the names of categories.

        For programs that would draw an empty row, and have no place for a reason or a second kind of number.
        """
        shares = [series for series in self.series if not series.counts]
        rows = tuple(
            place
            for place in range(len(self.categories))
            if any(series.values[place] is not None for series in shares)
            or any(series.texts[place] for series in self.series if series.counts)
        )
        series = (line.among(rows) for line in shares if any(value is not None for value in line.values))
        shape = "points" if self.shape == "panels" else self.shape
        return Plot(shape, tuple(self._counted(place) for place in rows), tuple(series), self.number_format)

    def _counted(self, place: int) -> Category:
        counts = [series.detail(place) for series in self.series if series.counts and series.texts[place]]
        category = self.categories[place]
        return replace(category, n=", ".join(counts)) if counts else category

    @property
    def names(self) -> Texts:
        """The categories as a chart names them: points, whose intervals would hide a figure, are named with it."""
        if self.shape != "points":
            return self.labels
        figures = (
            ", ".join(series.written(place) for series in self.series if series.texts[place])
            for place in range(len(self.categories))
        )
        return tuple(
            f"{category.label}: {figure}" if figure else category.label
            for category, figure in zip(self.categories, figures, strict=True)
        )

    @property
    def labels(self) -> Texts:
        """The categories with their n, and their means at start and end."""
        return tuple(map(_with_levels, self.categories))

    @property
    def left_out(self) -> dict[str, list[str]]:
        """The names of what is suppressed, by the reason."""
        names: dict[str, dict[str, None]] = {}
        for mark in self.suppressed:
            if mark.category is not None:
                names.setdefault(mark.reason, {})[self._name(mark.category, mark.series)] = None
            elif mark.series is not None:
                names.setdefault(mark.reason, {})[self.series[mark.series].name] = None
        return {reason: list(subjects) for reason, subjects in names.items()}

    def _name(self, place: int, number: int | None) -> str:
        category = self.categories[place]
        if number is not None and self.shape != "panels":
            return f"{category.name}, {self.series[number].name}"
        if not category.heading:
            return category.name
        same = [other for other, row in enumerate(self.categories) if row.heading == category.heading]
        whole = all(self.reason(other) for other in same)
        return category.heading if whole else f"{category.heading} – {category.name}"


def _with_levels(category: Category) -> str:
    if category.levels is None:
        return category.label
    return replace(category, n="; ".join(filter(None, (category.n, category.levels.text)))).label


def in_words(series: Series, place: int, number_format: str, language: Words) -> bool:
    """Whether a number is written otherwise than a spreadsheet writes it: as counts, as a range, with a sign."""
    value = series.values[place]
    if value is None or number_format != PERCENT:
        return False
    return series.texts[place] != language.t.percent(value)


def format_in(language: Words, number_format: str) -> str:
    """Return a number format as the language writes it: not all put a space before the percent sign."""
    return language.t.percent_pattern if number_format == PERCENT else number_format
