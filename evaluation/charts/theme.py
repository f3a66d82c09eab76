"""The one look of all figures: colours that the colour-blind tell apart, room for the words, and the dark of both."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from evaluation.charts.figure import Figure, Text

INK, QUIET, RULE, GROUND = "#1B2A33", "#5B6B75", "#D5DDE1", "#FFFFFF"
MAIN = "#1F5F7A"
# Differing in lightness as well as in hue, so that they part in grey too; the bad side is hatched besides.
GOOD, NEUTRAL, BAD = "#1F5F7A", "#C9D1D6", "#D17B22"
BAND = "#E3E9EC"
# Runs have no good and bad: their colours are none of those, and their symbols tell them apart in grey.
SERIES = ("#1F5F7A", "#8A5FA8", "#2F855A", "#8C2D3F", "#5B6B75", "#A3761B")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star")
ROLES: Mapping[str, tuple[str, str]] = {
    "client": (SERIES[0], "circle"),
    "worker": (SERIES[1], "square"),
    "supervisor": (SERIES[3], "diamond"),
    "partner": (SERIES[2], "triangle-up"),
}
FONT = "Segoe UI, Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
BAR, LABEL_ROOM, LABEL_LINE, LABEL_WIDTH = 24, 32, 14, 46
# Above what is drawn, with a title and where the page says it as text.
TITLE_ROOM, TOP = 56, 8
HATCH = "/"
SHADES: Mapping[str, Sequence[str]] = {
    "favourable": ("#1F5F7A", "#6FA8BF", "#A9CCDA", "#CFE3EB"),
    "unfavourable": ("#AE5C16", "#EDB27C", "#F5D3B3", "#FAE7D6"),
}
# Every colour above by its counterpart on the dark page: what stood out by being dark stands out by being light.
DARK: Mapping[str, str] = {
    INK: "#E6EDF1", QUIET: "#A9B8C1", RULE: "#3A4A54", GROUND: "#10191F", BAND: "#26343D",
    MAIN: "#7CC0DA", NEUTRAL: "#66757F", BAD: "#D07B26",
    SERIES[1]: "#C3A3DC", SERIES[2]: "#7CCB9F", SERIES[3]: "#E58A9B", SERIES[5]: "#DDB462",
    "#6FA8BF": "#579FBA", "#A9CCDA": "#3A7389", "#CFE3EB": "#2E5566",
    "#AE5C16": "#F0A765", "#EDB27C": "#CB8243", "#F5D3B3": "#8F5A2A", "#FAE7D6": "#684626",
}  # fmt: skip

# What is written in a bar follows the bar, by its ink on the light page and whether it is bright on the dark one. The
# colours differ from each other, if hardly to be seen, so that the way back to the light page is known.
INK_IN_BARS: Mapping[tuple[str, bool], str] = {
    (INK, True): "#FEFEFE", (GROUND, True): "#FDFDFD", (INK, False): "#101A20", (GROUND, False): "#101A21",
}  # fmt: skip


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: str) -> str:
    """Return the colour of text upon ``colour``: the one of ink and white that stands out more."""
    return max((INK, GROUND), key=lambda ink: contrast(ink, colour))


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
    shown = Figure(_recoloured(figure.layout))
    shown.traces = _recoloured(traces)
    return shown


def _ink_in_dark(ink: str, colour: str) -> str:
    return INK_IN_BARS[ink, ink_on(colour) == GROUND]


def in_light() -> Mapping[str, str]:
    """Return by each colour of the dark page the one it stands for."""
    inks = {shown: ink for (ink, _), shown in INK_IN_BARS.items()}
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
    """Return the marker of a bar, outlined for the pale ones; the bad side is hatched to be told without colour."""
    pattern = {
        "shape": HATCH if hatched else "",
        "bgcolor": colour,
        "fgcolor": ink_on(colour),
        "fgopacity": 0.4,
        "size": 5,
    }
    return {"color": colour, "pattern": pattern, "line": {"color": QUIET, "width": 1}}


def diverging(classes: Sequence[str | None]) -> list[str]:
    """Return a colour for each answer of a scale in order, paler towards the middle on both sides."""
    found = []
    for index, name in enumerate(classes):
        if name is None or name not in SHADES:
            found.append(NEUTRAL)
            continue
        same = [number for number, other in enumerate(classes) if other == name]
        ends_low = index <= len(classes) - 1 - index
        rank = same.index(index) if ends_low else len(same) - 1 - same.index(index)
        found.append(SHADES[name][min(rank, 3)])
    return found


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
    shown = figure.without("title")
    shown.update_layout(margin={"t": TOP}, height=figure.height - TITLE_ROOM + TOP)
    return shown


def lay_rows(figure: Figure, labels: Sequence[str], bar: int = BAR, below: int = 60) -> int:
    """Show ``labels`` from the top down as the rows of a horizontal chart, each label above its bar.

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
        said(wrapped(label), 0, place, xref="paper", yanchor="bottom")
        for label, place in zip(labels, places, strict=True)
    ])  # fmt: skip
    return pitch


def lay_pixels(figure: Figure, height: float, below: int = 60) -> None:
    """Make the vertical axis one of pixels from the top down, so that rows of several parts can be laid by hand."""
    figure.update_layout(height=round(TITLE_ROOM + height + below), margin={"b": below})
    figure.update_yaxis(range=[height, 0], showgrid=False, showticklabels=False, zeroline=False)


def said(text: str, x: float, y: float | str, size: int = 13, colour: str = INK, **more: Any) -> Text:
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
    """Return for the rows whose figures are not shown why that is: ``marks`` are texts by row."""
    return [said(f"<i>{wrapped(text, width)}</i>", at, label, 12, QUIET) for label, text in marks.items()]


def tracks(figure: Figure, rows: Iterable[float | str], colour: str = RULE, width: int = 1, **more: Any) -> None:
    """Draw in each of ``rows`` the line from 0 to 1 upon which its marks lie."""
    places = list(rows)
    figure.add_scatter(
        x=[0, 1, None] * len(places), y=[each for row in places for each in (row, row, None)], mode="lines",
        line={"color": colour, "width": width}, hoverinfo="skip", showlegend=False, **more,
    )  # fmt: skip
