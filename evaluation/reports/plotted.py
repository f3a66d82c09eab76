"""A chart as plain numbers: categories and series, and how their figures are written and told."""

from dataclasses import dataclass
from typing import Literal

from evaluation.charts import Words
from evaluation.measures import REGISTRY, Format

Shape = Literal["stacked", "bars", "points", "line", "columns"]
Numbers = tuple[float | None, ...]
WHOLE, DECIMAL, PERCENT = "0", "0.0", "0 %"
# The figures of more lines than these would hide each other.
LINES_WITH_FIGURES = 2


@dataclass(frozen=True)
class Series:
    """Numbers of one name and colour, a category each; ``low`` and ``high`` are ends of intervals, if there are any."""

    name: str
    values: Numbers
    said: tuple[str, ...]
    colour: str
    low: Numbers = ()
    high: Numbers = ()

    @property
    def has_intervals(self) -> bool:
        """Tell whether any number has an interval."""
        return any(end is not None for end in self.low)

    @property
    def reach(self) -> tuple[Numbers, Numbers]:
        """How far the intervals reach down and up from the numbers."""
        ends = list(zip(self.values, self.low, self.high, strict=True))
        down = tuple(None if value is None or low is None else max(0.0, value - low) for value, low, _ in ends)
        up = tuple(None if value is None or high is None else max(0.0, high - value) for value, _, high in ends)
        return down, up


@dataclass(frozen=True)
class Plot:
    """Categories from the first on, their series, and how the numbers are written in a spreadsheet."""

    shape: Shape
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str

    @property
    def named(self) -> tuple[str, ...]:
        """The categories as a chart names them: a figure on a bar would lie under its interval, so it is named too."""
        if self.shape != "points":
            return self.categories
        said = (", ".join(filter(None, each)) for each in zip(*(one.said for one in self.series), strict=True))
        return tuple(f"{name}: {text}" if text else name for name, text in zip(self.categories, said, strict=True))


def described(drawn: Plot, words: Words, most: int = 20) -> str:
    """Return the figures of at most ``most`` categories as a text, for those who do not see the chart."""
    told = []
    for place, category in enumerate(drawn.categories[:most]):
        figures = [f"{each.name} {each.said[place]}" for each in drawn.series if each.said[place]]
        told.append(f"{category}: {', '.join(figures) or words.t('common.not_available')}")
    return "; ".join(told) + (words.t("charts.and_more") if len(drawn.categories) > most else "")


def number_format(measure: str) -> str:
    """Return how figures of a measure are written in a spreadsheet."""
    format_ = REGISTRY.figures[measure]
    if format_ in (Format.COUNT, Format.DIFFERENCE):
        return WHOLE
    return DECIMAL if format_ in (Format.MEAN, Format.STEP) else PERCENT


def written(number_format: str, words: Words) -> str:
    """Return the format as the language writes it: only some put a space before the sign of percent."""
    return words.t.percent_pattern if number_format == PERCENT else number_format
