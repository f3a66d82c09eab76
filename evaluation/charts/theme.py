"""The one look of all figures: colours that the colour-blind tell apart, light grounds, room for the words."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

INK, QUIET, RULE, GROUND = "#1B2A33", "#5B6B75", "#D5DDE1", "#FFFFFF"
MAIN = "#1F5F7A"
# Differing in lightness as well as in hue, so that they part in grey too; the bad side is hatched besides.
GOOD, NEUTRAL, BAD = "#1F5F7A", "#C9D1D6", "#D9822B"
SERIES = ("#1F5F7A", "#D9822B", "#6A4C93", "#3A8F5C", "#8C2D3F", "#5B6B75")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star")
FONT = "Segoe UI, Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
BAR, LABEL_ROOM, TITLE_ROOM, LABEL_WIDTH = 24, 32, 56, 46
HATCH = "/"


def filling(colour: str, hatched: bool) -> dict[str, Any]:
    """Return the marker of a bar; the bad side is hatched so that it is told apart without colour."""
    pattern = {"shape": HATCH if hatched else "", "bgcolor": colour, "fgcolor": INK, "fgopacity": 0.35, "size": 5}
    return {"color": colour, "pattern": pattern}


def diverging(classes: Sequence[str | None]) -> list[str]:
    """Return a colour for each answer of a scale in order, paler towards the middle on both sides."""
    shades: Mapping[str, Sequence[str]] = {
        "favourable": ("#1F5F7A", "#6FA8BF", "#A9CCDA", "#CFE3EB"),
        "unfavourable": ("#B8641B", "#EDB27C", "#F5D3B3", "#FAE7D6"),
    }
    found = []
    for index, name in enumerate(classes):
        if name is None or name not in shades:
            found.append(NEUTRAL)
            continue
        same = [number for number, other in enumerate(classes) if other == name]
        ends_low = index <= len(classes) - 1 - index
        rank = same.index(index) if ends_low else len(same) - 1 - same.index(index)
        found.append(shades[name][min(rank, 3)])
    return found


def styled(figure: go.Figure, title: str, height: int = 380) -> go.Figure:
    """Give ``figure`` its title and the common look."""
    figure.update_layout(
        title={"text": title, "x": 0, "xref": "container", "xanchor": "left", "y": 0.98, "yanchor": "top",
               "pad": {"l": 8}, "font": {"size": 17, "color": INK}},
        font={"family": FONT, "size": 14, "color": INK},
        paper_bgcolor=GROUND,
        plot_bgcolor=GROUND,
        height=height,
        margin={"l": 8, "r": 16, "t": TITLE_ROOM, "b": 8},
        legend={"orientation": "h", "yref": "container", "yanchor": "bottom", "y": 0.01, "x": 0},
        legend_traceorder="normal",
        hoverlabel={"font": {"family": FONT}},
        uniformtext={"minsize": 11, "mode": "hide"},
        bargap=0.28,
        barmode="group",
    )  # fmt: skip
    axis: dict[str, Any] = {
        "gridcolor": RULE, "zerolinecolor": RULE, "automargin": True, "fixedrange": True, "title_font_size": 13,
    }  # fmt: skip
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    return figure


def lay_rows(figure: go.Figure, labels: Sequence[str], bar: int = BAR, below: int = 60) -> None:
    """Show ``labels`` from the top down as the rows of a horizontal chart, each label above its bar.

    A label beside its bar would leave half of a telephone's width to the bars.

    Args:
        figure: the chart, already styled.
        labels: the rows' names, the categories of the vertical axis.
        bar: height of a row's bar or bars, in pixels.
        below: room for axis and legend, in pixels.
    """
    figure.update_layout(
        height=TITLE_ROOM + below + len(labels) * (bar + LABEL_ROOM), bargap=LABEL_ROOM / (bar + LABEL_ROOM)
    )
    figure.update_yaxes(
        categoryorder="array", categoryarray=list(reversed(labels)), showgrid=False, showticklabels=False,
        type="category", range=[-0.5, len(labels) - 0.35],
    )  # fmt: skip
    for label in labels:
        figure.add_annotation(
            xref="paper", x=0, y=label, text=wrapped(label), showarrow=False, xanchor="left", yanchor="bottom",
            align="left", yshift=bar / 2, font={"size": 13},
        )  # fmt: skip


def wrapped(text: str, width: int = LABEL_WIDTH) -> str:
    """Return ``text`` in lines of at most about ``width`` signs."""
    lines: list[str] = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def mark_suppressed(figure: go.Figure, marks: Mapping[str, str], at: float) -> None:
    """Write in the rows whose figures are not shown why that is: ``marks`` are texts by row."""
    for label, text in marks.items():
        figure.add_annotation(
            x=at, y=label, text=f"<i>{text}</i>", showarrow=False, xanchor="left", font={"size": 12, "color": QUIET}
        )
