"""Native PowerPoint charts: editable, with their figures in the workbook behind them, and their intervals as bars."""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from evaluation.exhibits.colours import INK, ink_on
from evaluation.exhibits.plot import LINES_WITH_FIGURES, PERCENT, Plot, Series, format_in, in_words
from evaluation.findings import Words

LABEL_FROM = 0.08
PALER = 0.6
CROWDED, FEW = 16, 3
# Beyond the longest bar, as a share of it, for the text at its end.
ROOM_BESIDE = 0.3
KINDS = {
    "stacked": XL_CHART_TYPE.BAR_STACKED_100,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "points": XL_CHART_TYPE.BAR_CLUSTERED,
    "strips": XL_CHART_TYPE.LINE_MARKERS,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "columns": XL_CHART_TYPE.COLUMN_STACKED,
}
LYING, LINES = ("stacked", "bars", "points"), ("strips", "lines")
Box = tuple[Any, Any, Any, Any]


def add_chart(slide: Any, drawn: Plot, box: Box, own_look: bool, words: Words) -> Any:
    """Draw ``drawn`` on ``slide`` in ``box`` (left, top, width, height); return the shape.

    ``own_look``: texts have the toolkit's ink; else the template's, which may have a dark ground.
    """
    number_format = format_in(words, drawn.number_format)
    names = _names(drawn)
    data = CategoryChartData(number_format=number_format)
    data.categories = names
    for series in drawn.series:
        data.add_series(series.label, series.values)
    shape = slide.shapes.add_chart(KINDS[drawn.shape], *box, data)
    native = shape.chart
    crowded = len(names) > CROWDED
    native.font.size = Pt(10 if crowded else 12)
    if own_look:
        native.font.color.rgb = _rgb(INK)
    native.has_title = False
    # Where every column has a name, a legend would repeat the names.
    native.has_legend = len(drawn.series) > 1 and [series.label for series in drawn.series] != names
    if native.has_legend:
        native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _lay_axes(native, drawn, number_format)
    plot = native.plots[0]
    if drawn.shape not in LINES:
        plot.gap_width = 55 if len(names) > FEW else 160
        plot.overlap = 100 if drawn.shape in ("stacked", "points", "columns") else 0
    for shape_series, series in zip(plot.series, drawn.series, strict=True):
        ground = _ground(series, drawn, own_look)
        _colour(shape_series, ground, drawn)
        if drawn.shape == "points" and not own_look:
            _see_through(shape_series)
        _add_interval(shape_series, series, drawn, own_look)
        if drawn.shape != "points" and not (crowded and drawn.shape == "columns"):
            _label_points(shape_series, series, drawn, ground, own_look, words)
    return shape


def _names(drawn: Plot) -> list[str]:
    """Return the names of the rows; below a question of a stacked chart stands the figure that sums it up."""
    if drawn.shape != "stacked":
        return list(drawn.names)
    return [
        f"{label}\n{category.summary}" if category.summary else label
        for label, category in zip(drawn.labels, drawn.categories, strict=True)
    ]


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour[1:])


def _lay_axes(native: Any, drawn: Plot, number_format: str) -> None:
    native.category_axis.format.line.fill.background()
    native.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    native.category_axis.has_major_gridlines = False
    axis = native.value_axis
    axis.has_major_gridlines = False
    # A chart that lies is read from the top down; one whose bars carry their figures needs no axis.
    native.category_axis.reverse_order = drawn.shape in LYING
    axis.visible = drawn.shape not in LYING
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = number_format, False
    lows = [low for series in drawn.series for low in (*series.values, *series.low) if low is not None]
    if min(lows, default=0) >= 0:
        axis.minimum_scale = 0
    if drawn.number_format == PERCENT and drawn.shape != "stacked":
        axis.maximum_scale = 1
    elif drawn.shape == "bars":
        highest = max((value for series in drawn.series for value in series.values if value is not None), default=0)
        axis.maximum_scale = (1 + ROOM_BESIDE) * highest or 1
    if drawn.shape not in LINES and axis.visible and all(value == int(value) for value in lows):
        axis.format.line.fill.background()


def _colour(series: Any, colour: str, drawn: Plot) -> None:
    if drawn.shape in LINES:
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = _rgb(colour), Pt(2.25)
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(colour)
        series.marker.format.line.color.rgb = _rgb(colour)
        return
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = _rgb(colour)


def _see_through(series: Any) -> None:
    """Let a template's ground, light or dark, shine through a bar, so that the interval drawn upon it is seen.

    python-pptx cannot do so.
    """
    colour = series.format.fill._xPr.find(qn("a:solidFill")).find(qn("a:srgbClr"))
    colour.append(parse_xml(f'<a:alpha {nsdecls("a")} val="40000"/>'))


def _ground(series: Series, drawn: Plot, own_look: bool) -> str:
    """Return the colour of a bar: in the toolkit's look a paler one where its dark interval is drawn upon it."""
    if drawn.shape != "points" or not own_look:
        return series.colour
    parts = [int(series.colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(part + (255 - part) * PALER):02X}" for part in parts)


def _add_interval(shape_series: Any, series: Series, drawn: Plot, own_look: bool) -> None:
    """Draw the intervals; python-pptx cannot do so."""
    if not series.has_intervals:
        return
    below, above = series.reach
    across = '<c:errDir val="y"/>' if drawn.shape in LINES else ""
    ink = f'<a:srgbClr val="{INK[1:]}"/>' if own_look else '<a:schemeClr val="tx1"/>'
    bars = parse_xml(
        f"<c:errBars {nsdecls('c', 'a')}>{across}"
        '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_literal(above)}</c:plus><c:minus>{_literal(below)}</c:minus>"
        f'<c:spPr><a:ln w="15875"><a:solidFill>{ink}</a:solidFill></a:ln></c:spPr>'
        "</c:errBars>"
    )
    # The order of a series' parts is laid down: intervals come before the categories.
    shape_series._element.find(qn("c:cat")).addprevious(bars)


def _literal(values: Sequence[float | None]) -> str:
    """Return numbers that stand in the chart itself."""
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>' for place, value in enumerate(values) if value is not None
    )
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'


def _label_points(shape_series: Any, series: Series, drawn: Plot, ground: str, own_look: bool, words: Words) -> None:
    """Write on every bar that has room for it its figure, in words where a number would say too much."""
    for place, (value, text) in enumerate(zip(series.values, series.texts, strict=True)):
        total = sum(abs(other.values[place] or 0) for other in drawn.series)
        narrow = drawn.shape == "stacked" and (not total or (value or 0) / total < LABEL_FROM)
        if value is None or narrow or (drawn.shape == "columns" and not value):
            continue
        position = _position(series, drawn, place)
        if position is None:
            continue
        label = shape_series.points[place].data_label
        if drawn.shape == "bars" or in_words(series, place, drawn.number_format, words):
            label.text_frame.text, label.text_frame.word_wrap = text, False
            font = label.text_frame.paragraphs[0].runs[0].font
        else:
            label.has_text_frame = False
            font = label.font
            # python-pptx cannot show the value of one point.
            label._dLbl.find(qn("c:showVal")).set("val", "1")
        label.position = position
        font.size = Pt(10 if len(series.values) > CROWDED else 12)
        if drawn.shape in ("stacked", "columns"):
            font.color.rgb = _rgb(ink_on(ground))
        elif own_look:
            font.color.rgb = _rgb(INK)


def _position(series: Series, drawn: Plot, place: int) -> Any:
    """Return where the figure of a point stands; None where the figures of several lines would overlap."""
    if drawn.shape not in LINES:
        return XL_LABEL_POSITION.OUTSIDE_END if drawn.shape == "bars" else XL_LABEL_POSITION.CENTER
    if len(drawn.series) > LINES_WITH_FIGURES:
        return None
    highest = max(range(len(drawn.series)), key=lambda number: (drawn.series[number].values[place] or 0, -number))
    return XL_LABEL_POSITION.ABOVE if series is drawn.series[highest] else XL_LABEL_POSITION.BELOW
