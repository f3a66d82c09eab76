"""The one look of all Plotly figures: room for the words, and the light and the dark page."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from evaluation.exhibits.colours import DARK, GROUND, INK, QUIET, RULE, ink_on
from evaluation.render.plotly_figure import Figure, Text

FONT = "Segoe UI, Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
BAR, LABEL_ROOM, LABEL_LINE, LABEL_WIDTH = 24, 32, 14, 46
# Above what is drawn, with a title and where the page says it as text.
TITLE_ROOM, TOP = 56, 8
HATCH = "/"
# What is written in a bar follows the bar, by its ink on the light page and whether it is bright on the dark one. The
# colours differ from each other, if hardly to be seen, so that the way back to the light page is known.
INK_IN_BARS: Mapping[tuple[str, bool], str] = {
    (INK, True): "#FEFEFE", (GROUND, True): "#FDFDFD", (INK, False): "#101A20", (GROUND, False): "#101A21",
}  # fmt: skip


def in_dark(figure: Figure) -> Figure:
    """Return ``figure`` in the colours of the dark page."""
    traces = deepcopy(figure.traces)
    for trace in traces:
        marker = trace.get("marker", {})
        upon = DARK.get(str(marker.get("color")), GROUND)
        if "pattern" in marker:
            marker["pattern"]["fgcolor"] = _ink_in_dark(marker["pattern"]["fgcolor"], upon)
        if "insidetextfont" in trace:
            trace["insidetextfont"]["color"] = _ink_in_dark(trace["insidetextfont"]["color"], upon)
    dark = Figure(_recoloured(figure.layout))
    dark.traces = _recoloured(traces)
    return dark


def _ink_in_dark(ink: str, colour: str) -> str:
    return INK_IN_BARS[ink, ink_on(colour) == GROUND]


def in_light() -> Mapping[str, str]:
    """Return the colours of the light page by their colours on the dark one."""
    inks = {dark: light for (light, _), dark in INK_IN_BARS.items()}
    return {dark: light for light, dark in DARK.items()} | inks


def _recoloured(value: Any) -> Any:
    if isinstance(value, str):
        return DARK.get(value, value)
    if isinstance(value, dict):
        return {name: _recoloured(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_recoloured(inner) for inner in value]
    return value


def filling(colour: str, hatched: bool) -> dict[str, Any]:
    """Return the marker of a bar, outlined for the pale ones; the bad side is hatched, to differ without colour."""
    pattern = {
        "shape": HATCH if hatched else "",
        "bgcolor": colour,
        "fgcolor": ink_on(colour),
        "fgopacity": 0.4,
        "size": 5,
    }
    return {"color": colour, "pattern": pattern, "line": {"color": QUIET, "width": 1}}


AXIS = {
    "gridcolor": RULE, "zerolinecolor": RULE, "automargin": True, "fixedrange": True, "title": {"font": {"size": 13}},
}  # fmt: skip
TEMPLATE = {
    "layout": {
        "title": {"x": 0, "xref": "container", "xanchor": "left", "y": 0.98, "yanchor": "top",
                  "pad": {"l": 8}, "font": {"size": 17, "color": INK}},
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 16, "t": TITLE_ROOM, "b": 8},
        "legend": {"orientation": "h", "yref": "container", "yanchor": "bottom", "y": 0.01, "x": 0,
                   "itemclick": False, "itemdoubleclick": False, "traceorder": "normal",
                   # As high as its names need: else it gets a bar to scroll, which paper cannot.
                   "maxheight": 1000},
        "hoverlabel": {"font": {"family": FONT, "color": INK}, "bgcolor": GROUND, "bordercolor": QUIET},
        "uniformtext": {"minsize": 11, "mode": "hide"},
        "bargap": 0.28,
        "barmode": "group",
        "xaxis": AXIS,
        "yaxis": AXIS,
    }
}  # fmt: skip


def styled(figure: Figure, title: str, height: int = 380) -> Figure:
    """Give ``figure`` its title and the common look; its ground is that of the page."""
    figure.update_layout(template=TEMPLATE, title={"text": title}, height=height)
    return figure


def untitled(figure: Figure) -> Figure:
    """Return the figure without its title, for a page that says it as text: lower by the room that this took."""
    untitled_figure = figure.without("title")
    untitled_figure.update_layout(margin={"t": TOP}, height=figure.height - TITLE_ROOM + TOP)
    return untitled_figure


def lay_rows(figure: Figure, labels: Sequence[str], bar: int = BAR, below: int = 60) -> int:
    """Show ``labels`` from the top down as the rows of a horizontal chart, labels above their bars.

    A label beside its bar would leave half of a telephone's width to the bars.

    Args:
        figure: the chart, already styled.
        labels: the rows' names, the categories of the vertical axis.
        bar: height of a row's bar or bars, in pixels.
        below: room for axis and legend, in pixels.

    Returns:
        The height of a row with its label, in pixels.
    """
    lines = max((wrapped(label).count("<br>") for label in labels), default=0)
    pitch = bar + LABEL_ROOM + lines * LABEL_LINE
    figure.update_layout(height=TITLE_ROOM + below + len(labels) * pitch, bargap=1 - bar / pitch)
    figure.update_yaxis(
        categoryorder="array", categoryarray=list(reversed(labels)), showgrid=False, showticklabels=False,
        type="category", range=[-0.5, len(labels) - 0.35],
    )  # fmt: skip
    # A category's place as a number: where a row has more room than it needs, its bar is thicker, and the label higher.
    places = [len(labels) - number + bar / pitch / 2 for number in range(1, len(labels) + 1)]
    figure.write([
        annotation(wrapped(label), 0, place, xref="paper", yanchor="bottom")
        for label, place in zip(labels, places, strict=True)
    ])  # fmt: skip
    return pitch


def lay_pixels(figure: Figure, height: float, below: int = 60) -> None:
    """Make the vertical axis one of pixels from the top down, so that rows of several parts can be laid by hand."""
    figure.update_layout(height=round(TITLE_ROOM + height + below), margin={"b": below})
    figure.update_yaxis(range=[height, 0], showgrid=False, showticklabels=False, zeroline=False)


def annotation(text: str, x: float, y: float | str, size: int = 13, colour: str = INK, **more: Any) -> Text:
    """Return ``text`` as it is written with its left end at a point; where x is a place in the figure, say ``xref``."""
    look = {"xanchor": "left", "yanchor": "middle", "align": "left", "showarrow": False} | more
    return {"x": x, "y": y, "text": text, "font": {"size": size, "color": colour}, **look}


def wrapped(text: str, width: int = LABEL_WIDTH) -> str:
    """Return ``text`` in lines of at most about ``width`` signs."""
    lines: list[str] = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def line(x: float, low: float, high: float, **look: Any) -> dict[str, Any]:
    """Return an upright line as a shape."""
    return {"type": "line", "x0": x, "x1": x, "y0": low, "y1": high, **look}


def marked(marks: Mapping[str, str], at: float, width: int = LABEL_WIDTH) -> list[Text]:
    """Return for the rows without figures why that is: ``marks`` are texts by row."""
    return [annotation(f"<i>{wrapped(text, width)}</i>", at, label, 12, QUIET) for label, text in marks.items()]


def tracks(figure: Figure, rows: Iterable[float | str], colour: str = RULE, width: int = 1, **more: Any) -> None:
    """Draw in ``rows`` the line from 0 to 1 upon which its marks lie."""
    places = list(rows)
    figure.add_scatter(
        x=[0, 1, None] * len(places), y=[end for row in places for end in (row, row, None)], mode="lines",
        line={"color": colour, "width": width}, hoverinfo="skip", showlegend=False, **more,
    )  # fmt: skip
