"""PowerPoint's own charts from published tables: editable, with their figures in the workbook behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from evaluation.charts.satisfaction import CLASS_COLOURS
from evaluation.charts.theme import BAD, GOOD, INK, NEUTRAL, SERIES, diverging
from evaluation.charts.words import Words, in_range
from evaluation.measures import Published, records

LABEL_FROM = 0.08


@dataclass(frozen=True)
class NativeChart:
    """What a native chart shows: its kind, categories from the top down, series with colours, and number format.

    ``said`` are texts by series and category of the points whose label is not their number.
    """

    kind: Any
    categories: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None], str]]
    number_format: str
    legend: bool = True
    said: Mapping[tuple[int, int], str] = field(default_factory=lambda: MappingProxyType({}))


def enrolment(published: Published, words: Words) -> NativeChart:
    """Return bars of registered, started and completed, a series a run; of a range, its lower end."""
    shown = published.shown
    names = ("registered", "started", "completed")
    series, said = [], {}
    for index, ((_, cohort), rows) in enumerate(shown.groupby(["municipality", "cohort"], sort=False, dropna=False)):
        for row in records(rows):
            if in_range(row):
                said[index, names.index(row.measure)] = words.number_between(row.at_least, row.at_most)
        counts = rows.set_index("measure")["at_least"].reindex(names)
        values = [None if pd.isna(count) else float(count) for count in counts]
        place = f"{rows['municipality'].iloc[0]}: " if shown["municipality"].nunique() > 1 else ""
        series.append((place + words.cohort(str(cohort)), values, SERIES[index % len(SERIES)]))
    alone = {row.measure: _said(words, row) for row in records(shown)}
    one_run = len(series) == 1
    labels = [_two_lines(words.measure(name), alone.get(name, "") if one_run else "") for name in names]
    return NativeChart(XL_CHART_TYPE.BAR_CLUSTERED, labels, series, "0", legend=not one_run, said=said)


def _said(words: Words, row: Any) -> str:
    """Return the interval of a share, after the range of the number where only that is told."""
    interval = words.interval(row.measure, row.low, row.high)
    return f"{words.number_between(row.at_least, row.at_most)} ({interval})" if in_range(row) else interval


def openings(published: Published, words: Words) -> NativeChart:
    """Return columns of the mean number of visitors, a category a kind of opening."""
    shown = published.shown
    labels = [f"{words.occasion(row.occasion)}\n({words.n(row.n)})" for row in records(shown)]
    name = words.measure("visits_per_opening")
    return NativeChart(
        XL_CHART_TYPE.BAR_CLUSTERED, labels, [(name, [float(v) for v in shown["value"]], GOOD)], "0.0", False
    )


def distribution(published: Published, favourable: Published, words: Words) -> NativeChart:
    """Return stacked bars of how the answers of each question spread, with the interval of the favourable share.

    The questions are of one scale, and either all told answer by answer or all in three classes.
    """
    shown = published.shown[published.shown["value"].notna()]
    items = list(dict.fromkeys(shown["item"]))
    coarse = bool(shown["value_code"].isna().any())
    names = shown["value_class"] if coarse else shown["value_code"]
    table = shown.assign(answer=names).set_index(["item", "answer"])
    answers = list(dict.fromkeys(names))
    classes = [str(table.loc[(items[0], answer), "value_class"]) for answer in answers]
    colours = [CLASS_COLOURS[name] for name in classes] if coarse else diverging(classes)
    intervals = {row.item: words.interval("favourable", row.low, row.high) for row in records(favourable.shown)}
    told = words.measure("favourable")
    labels = [
        _two_lines(_row(words, item, float(table.loc[(item, answers[0]), "n"])), f"{told} {intervals[item]}")
        for item in items
    ]
    series = [
        (
            words.answer(items[0], None if coarse else answer, name),
            [float(table.loc[(item, answer), "value"]) for item in items],
            colour,
        )
        for answer, name, colour in zip(answers, classes, colours, strict=True)
    ]
    return NativeChart(XL_CHART_TYPE.BAR_STACKED_100, labels, series, "0 %")


def change(published: Published, words: Words) -> NativeChart:
    """Return stacked bars of people worsened, the same and improved, a row a question."""
    shown = published.shown
    better = words.t("charts.improved")
    labels = [
        _two_lines(_row(words, row.item, row.n), f"{better} {words.interval('paired', row.low, row.high)}")
        for row in records(shown)
    ]
    series = [
        (words.t(f"charts.{name}"), [float(count) for count in shown[name]], colour)
        for name, colour in (("worsened", BAD), ("same", NEUTRAL), ("improved", GOOD))
    ]
    return NativeChart(XL_CHART_TYPE.BAR_STACKED_100, labels, series, "0")


def _two_lines(first: str, second: str) -> str:
    return f"{first}\n{second}" if second else first


def _row(words: Words, item: str, n: float) -> str:
    return f"{words.item(item)} ({words.n(n)})"


def add_chart(slide: Any, chart: NativeChart, box: tuple[Any, Any, Any, Any]) -> None:
    """Draw ``chart`` on ``slide`` in ``box`` (left, top, width, height)."""
    data = CategoryChartData(number_format=chart.number_format)
    data.categories = list(chart.categories)
    for name, values, _ in chart.series:
        data.add_series(name, values)
    native = slide.shapes.add_chart(chart.kind, *box, data).chart
    native.font.size, native.font.color.rgb = Pt(13), RGBColor.from_string(INK[1:])
    native.has_title = False
    native.has_legend = chart.legend
    if chart.legend:
        native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    native.category_axis.reverse_order = True
    native.category_axis.format.line.fill.background()
    native.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    native.value_axis.visible = False
    native.value_axis.has_major_gridlines = False
    native.value_axis.minimum_scale = 0
    plot = native.plots[0]
    plot.gap_width = 55
    stacked = chart.kind == XL_CHART_TYPE.BAR_STACKED_100
    if stacked:
        plot.overlap = 100
    for number, (series, (_, values, colour)) in enumerate(zip(plot.series, chart.series, strict=True)):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
        _label_points(series, values, colour, chart, stacked)
        for index in range(len(values)):
            if (number, index) in chart.said:
                series.points[index].data_label.text_frame.text = chart.said[number, index]


def _label_points(series: Any, values: Sequence[float | None], colour: str, chart: NativeChart, stacked: bool) -> None:
    """Write the figure on every bar wide enough for it."""
    for index, value in enumerate(values):
        total = sum(abs(other[1][index] or 0) for other in chart.series)
        if value is None or (stacked and (not total or value / total < LABEL_FROM)):
            continue
        label = series.points[index].data_label
        label.has_text_frame = False
        label.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
        label.font.size = Pt(12)
        ink = "FFFFFF" if stacked and colour in (GOOD, "#B8641B") else INK[1:]
        label.font.color.rgb = RGBColor.from_string(ink)
        # python-pptx has no way of its own to show the value of one point.
        element = label._dLbl
        show = element.find("{http://schemas.openxmlformats.org/drawingml/2006/chart}showVal")
        show.set("val", "1")
