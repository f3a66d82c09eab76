"""Native Excel charts of exhibits: editable, drawn from the cells below them."""

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_range_formula

from evaluation.exhibits.colours import INK, QUIET, RULE, ink_on
from evaluation.exhibits.plot import LINES_WITH_FIGURES, PERCENT, Plot, Series, format_in, in_words
from evaluation.findings import Words

WIDTH, ROW_HEIGHT, ROOM, UPRIGHT_HEIGHT = 760, 40, 130, 380
LABEL_FROM = 0.08
LINES = ("strips", "lines")
Corner = tuple[str, int, int]
_KINDS: Mapping[str, Mapping[str, str]] = {
    "stacked": {"type": "bar", "subtype": "percent_stacked"},
    "bars": {"type": "bar"},
    "points": {"type": "bar"},
    "strips": {"type": "line"},
    "lines": {"type": "line"},
    "columns": {"type": "column", "subtype": "stacked"},
}


def height_of(drawn: Plot) -> int:
    """Return the height of the chart in pixels."""
    if drawn.shape in (*LINES, "columns"):
        return UPRIGHT_HEIGHT
    beside = len(drawn.series) if _side_by_side(drawn) else 1
    return ROOM + len(drawn.categories) * (ROW_HEIGHT + 16 * (beside - 1))


def _side_by_side(drawn: Plot) -> bool:
    """Tell whether a category has one bar per series."""
    if drawn.shape not in ("bars", "points"):
        return False
    numbers = zip(*(series.values for series in drawn.series), strict=True)
    return any(sum(number is not None for number in row) > 1 for row in numbers)


def excel_chart(book: Workbook, drawn: Plot, title: str, corner: Corner, words: Words) -> Chart:
    """Return the chart of ``drawn``, whose numbers stand in a sheet from ``corner`` (name, line, column) on.

    There is a column a series, and after them two for every series with intervals: how far they reach down and up.
    """
    number_format = format_in(words, drawn.number_format)
    chart = book.add_chart(dict(_KINDS[drawn.shape]))
    for number in range(len(drawn.series)):
        chart.add_series(_series(drawn, number, corner, number_format, words))
    lying = drawn.shape in ("stacked", "bars", "points")
    chart.set_title({"name": title, "overlay": False, "name_font": {"size": 12, "color": INK}})
    chart.set_size({"width": WIDTH, "height": height_of(drawn)})
    chart.set_legend({"none": True} if len(drawn.series) == 1 else {"position": "bottom", "font": {"color": INK}})
    # Excel has the first category at the bottom of a bar chart unless it is turned round; the values' axis goes along.
    named = {"reverse": lying, "num_font": {"size": 10, "color": INK}, "line": {"color": RULE}}
    named |= {"major_gridlines": {"visible": False}, "label_position": "low"}
    across, upward = (_value_axis(drawn, number_format), named) if lying else (named, _value_axis(drawn, number_format))
    chart.set_x_axis(across)
    chart.set_y_axis(upward)
    chart.show_blanks_as("gap")
    return chart


def _value_axis(drawn: Plot, number_format: str) -> dict[str, Any]:
    look: dict[str, Any] = {
        "num_font": {"color": QUIET},
        "num_format": number_format,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": RULE}},
        "label_position": "high" if drawn.shape in ("bars", "points") else "next_to",
    }
    if drawn.shape == "stacked":
        return {"visible": False, "major_gridlines": {"visible": False}}
    if drawn.number_format == PERCENT:
        return look | {"min": 0, "max": 1, "major_unit": 0.25}
    lowest = min(
        (low for series in drawn.series for low in (*series.values, *series.low) if low is not None), default=0
    )
    return look if lowest < 0 else look | {"min": 0}


def _series(drawn: Plot, number: int, corner: Corner, number_format: str, words: Words) -> dict[str, Any]:
    name, line, column = corner
    last, values = line + len(drawn.categories), column + 1 + number
    series = drawn.series[number]
    look: dict[str, Any] = {
        "name": [name, line, values],
        "categories": [name, line + 1, column, last, column],
        "values": [name, line + 1, values, last, values],
        "data_labels": _labels(drawn, series, number_format, words),
    }
    if drawn.shape in LINES:
        filling = {"fill": {"color": series.colour}, "border": {"color": series.colour}}
        look["line"] = {"color": series.colour, "width": 2}
        look["marker"] = {"type": "circle", "size": 7} | filling
    else:
        # An interval is drawn over its bar and must be seen on it.
        pale = {"transparency": 60} if drawn.shape == "points" else {}
        look |= {"fill": {"color": series.colour} | pale, "border": {"color": QUIET, "width": 0.5}, "gap": 60}
        look["overlap"] = 0 if _side_by_side(drawn) else 100
    if series.has_intervals:
        before = sum(other.has_intervals for other in drawn.series[:number])
        first = column + 1 + len(drawn.series) + 2 * before
        down, up = (xl_range_formula(name, line + 1, place, last, place) for place in (first, first + 1))
        bars = {"type": "custom", "minus_values": down, "plus_values": up, "line": {"color": INK, "width": 1.25}}
        look["x_error_bars" if drawn.shape == "points" else "y_error_bars"] = bars
    return look


def _labels(drawn: Plot, series: Series, number_format: str, words: Words) -> dict[str, Any]:
    """Write the figure on every bar that has room for it, in words where a number would say too much."""
    crowded = drawn.shape == "columns" and len(drawn.categories) > 15
    # The figures of more lines would overlap; they stand in the cells below.
    tangled = drawn.shape in LINES and len(drawn.series) > LINES_WITH_FIGURES
    if crowded or tangled or drawn.shape == "points":
        return {}
    totals = [sum(other.values[place] or 0 for other in drawn.series) for place in range(len(drawn.categories))]
    custom: list[dict[str, Any]] = []
    for place, (value, text, total) in enumerate(zip(series.values, series.texts, totals, strict=True)):
        narrow = drawn.shape == "stacked" and (not total or (value or 0) / total < LABEL_FROM)
        if value is None or narrow or (drawn.shape == "columns" and not value):
            custom.append({"delete": True})
        else:
            worded = drawn.shape == "bars" or in_words(series, place, drawn.number_format, words)
            custom.append({"value": text} if worded else {})
    look: dict[str, Any] = {"value": True, "custom": custom, "num_format": number_format}
    below = drawn.shape in LINES and len(drawn.series) > 1 and _lower(series, drawn)
    line = "below" if below else "above"
    positions = {"stacked": "center", "bars": "outside_end", "strips": line, "lines": line}
    if drawn.shape in positions:
        look["position"] = positions[drawn.shape]
    upon = drawn.shape in ("stacked", "columns")
    look["font"] = {"size": 10, "color": ink_on(series.colour) if upon else INK}
    return look


def _lower(series: Series, drawn: Plot) -> bool:
    """Tell whether another line runs above a line on the whole, or as high and is named before it."""

    def height(line: Series) -> tuple[float, int]:
        return sum(value or 0 for value in line.values), -drawn.series.index(line)

    return height(series) < max(map(height, drawn.series))
