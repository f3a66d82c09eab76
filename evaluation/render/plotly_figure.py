"""A figure as the Plotly of the browser reads it: plain values, which a page hands on as they are.

Plotly for Python would check every value of it anew for every reader, which takes longer than all else of a chart; the
tests let it check every kind of chart instead (``checked``).
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import plotly.graph_objects as go

Text = dict[str, Any]


class Figure:
    """Traces and a layout in the making, named as in Plotly's figure reference."""

    def __init__(self, layout: Mapping[str, Any] | None = None) -> None:
        """Begin an empty figure."""
        self.traces: list[dict[str, Any]] = []
        self.layout: dict[str, Any] = dict(layout or {})

    def add_bar(self, **trace: Any) -> None:
        """Add bars."""
        self.traces.append({"type": "bar", **trace})

    def add_scatter(self, **trace: Any) -> None:
        """Add points or lines."""
        self.traces.append({"type": "scatter", **trace})

    def update_layout(self, **layout: Any) -> None:
        """Set parts of the layout; what stands beside them stays."""
        _merge(self.layout, layout)

    def update_xaxis(self, **axis: Any) -> None:
        """Set parts of the (first) horizontal axis."""
        self.update_layout(xaxis=axis)

    def update_yaxis(self, **axis: Any) -> None:
        """Set parts of the vertical axis."""
        self.update_layout(yaxis=axis)

    def write(self, texts: Iterable[Text]) -> None:
        """Write ``texts`` into the figure."""
        self.layout.setdefault("annotations", []).extend(texts)

    def draw(self, shapes: Iterable[dict[str, Any]]) -> None:
        """Draw ``shapes`` that belong to no trace."""
        self.layout.setdefault("shapes", []).extend(shapes)

    @property
    def title(self) -> str:
        """The title."""
        return str(self.layout["title"]["text"])

    @property
    def height(self) -> int:
        """The height in pixels."""
        return int(self.layout["height"])

    def without(self, part: str) -> "Figure":
        """Return the same traces in a layout that lacks a part."""
        rest = Figure({name: value for name, value in self.layout.items() if name != part})
        rest.traces = self.traces
        return rest

    def plain(self) -> dict[str, Any]:
        """Return the figure of lists and dicts, numbers, texts and None, as JSON has them."""
        return {"data": _plain(self.traces), "layout": _plain(self.layout)}

    def to_json(self) -> str:
        """Return the figure as JSON."""
        return json.dumps(self.plain(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    def checked(self) -> "go.Figure":
        """Return the figure as Plotly for Python has it; raise ValueError where there is no such value or name."""
        import plotly.graph_objects as go

        return go.Figure(self.plain())


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    for name, value in more.items():
        if isinstance(value, Mapping):
            into[name] = dict(into.get(name, {}))
            _merge(into[name], value)
        else:
            into[name] = value


def _plain(value: Any) -> Any:
    """Return ``value`` as JSON has it; what is missing, in whatever way, as None."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, pd.Series | np.ndarray):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if value is None or pd.isna(value):
        return None
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if isinstance(value, np.generic) else value
