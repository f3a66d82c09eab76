"""A plot as a Plotly figure, for the pages and the web page of a report: one function per shape."""

from collections.abc import Callable, Mapping

from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.plot import Plot
from evaluation.findings import Words
from evaluation.render import plotly_bars, plotly_panels, plotly_points
from evaluation.render.plotly_figure import Figure
from evaluation.render.plotly_look import styled

SHAPES: Mapping[str, Callable[[Figure, Plot, Words], None]] = {
    "stacked": plotly_bars.stacked,
    "bars": plotly_bars.bars,
    "strips": plotly_bars.strips,
    "columns": plotly_bars.columns,
    "points": plotly_points.points,
    "lines": plotly_points.lines,
    "panels": plotly_panels.panels,
}


def figure(exhibit: Exhibit) -> Figure:
    """Return the figure of an exhibit that has a plot; raise ValueError of a table."""
    if exhibit.plot is None:
        raise ValueError("a table has no figure")
    drawing = styled(Figure(), exhibit.headline)
    SHAPES[exhibit.plot.shape](drawing, exhibit.plot, exhibit.words)
    return drawing
