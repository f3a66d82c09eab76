"""A plot in words, for those who do not see it: every bar and point with its category, its series and its figure."""

from evaluation.exhibits.plot import Plot

NOTHING = "–"


def alternative_text(plot: Plot) -> str:
    """Return every figure of ``plot`` with what it is of, and what is suppressed with the reason."""
    by_series = plot.shape in ("strips", "lines")
    parts = _by_series(plot) if by_series else _by_category(plot)
    marks = [mark.reason for mark in plot.suppressed if mark.category is None and mark.series is None]
    return "; ".join([*parts, *marks])


def _by_category(plot: Plot) -> list[str]:
    several = len(plot.series) > 1
    parts = []
    for place, (label, category) in enumerate(zip(plot.labels, plot.categories, strict=True)):
        figures = [
            f"{series.name} {text}" if several else text
            for number, series in enumerate(plot.series)
            if (text := series.detail(place) or plot.reason(place, number))
        ]
        figures += filter(None, (plot.reason(place), category.levels_suppressed))
        parts.append(f"{label}: {', '.join(figures) or NOTHING}")
    return parts


def _by_series(plot: Plot) -> list[str]:
    parts = []
    for number, series in enumerate(plot.series):
        figures = [
            f"{category.name}: {text}"
            for place, category in enumerate(plot.categories)
            if (text := series.detail(place) or plot.reason(place, number))
        ]
        figures += filter(None, (plot.reason(None, number),))
        parts.append(f"{series.label}: {', '.join(figures) or NOTHING}")
    return parts
