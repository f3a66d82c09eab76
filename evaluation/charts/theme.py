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
ROW_HEIGHT = 50
HATCH = "/"


def filling(colour: str, hatched: bool) -> dict[str, Any]:
    """Return the marker of a bar; the bad side is hatched so that it is told apart without colour."""
    pattern = {"shape": HATCH if hatched else "", "fgopacity": 0.35, "fgcolor": INK, "size": 5}
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


def styled(figure: go.Figure, title: str, rows: int | None = None, height: int = 380) -> go.Figure:
    """Give ``figure`` its title and the common look; ``rows`` sets the height of a chart of horizontal rows."""
    figure.update_layout(
        title={"text": title, "x": 0, "xref": "container", "xanchor": "left", "y": 0.98, "yanchor": "top",
               "pad": {"l": 8}, "font": {"size": 17, "color": INK}},
        font={"family": FONT, "size": 14, "color": INK},
        paper_bgcolor=GROUND,
        plot_bgcolor=GROUND,
        height=height if rows is None else 140 + ROW_HEIGHT * max(rows, 1),
        margin={"l": 8, "r": 16, "t": 62, "b": 8},
        legend={"orientation": "h", "yref": "container", "yanchor": "bottom", "y": 0.01, "x": 0},
        legend_traceorder="normal",
        hoverlabel={"font": {"family": FONT}},
        bargap=0.28,
        barmode="group",
    )  # fmt: skip
    axis: dict[str, Any] = {"gridcolor": RULE, "zerolinecolor": RULE, "automargin": True, "fixedrange": True}
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    return figure


def rows_axis(figure: go.Figure, labels: Sequence[str]) -> None:
    """Show ``labels`` from the top down as the rows of a horizontal chart."""
    figure.update_yaxes(
        categoryorder="array", categoryarray=list(reversed(labels)), showgrid=False, ticklabelstandoff=6,
        type="category", range=[-0.6, len(labels) - 0.4],
    )  # fmt: skip


def wrapped(text: str, width: int = 26) -> str:
    """Return ``text`` in lines of at most about ``width`` signs, for the label of a row."""
    lines: list[str] = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def mark_suppressed(figure: go.Figure, labels: Sequence[str], at: float, text: str) -> None:
    """Write ``text`` in the rows whose figures are not shown."""
    for label in labels:
        figure.add_annotation(
            x=at, y=label, text=f"<i>{text}</i>", showarrow=False, xanchor="left", font={"size": 12, "color": QUIET}
        )
