"""Practices side by side: one figure of each, with its interval."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from evaluation.charts.satisfaction import interval_bars, share_axis
from evaluation.charts.theme import MAIN, QUIET, lay_rows, mark_suppressed, styled
from evaluation.charts.words import COUNTS, MEANS, Words, in_range
from evaluation.measures import Published, records


def comparison(published: Published, words: Words, title: str, compared: Published | None = None) -> go.Figure:
    """Points with intervals, a row a practice and municipality, in the order of their names; runs in that of time.

    Not in the order of their figures: the intervals of small groups overlap, and a ranking would be read as one.
    ``compared`` are the same units compared: their smoothed estimates and the limits of chance are drawn beside.
    """
    figure = go.Figure()
    rows = published.frame.assign(name=[words.place(row) for row in records(published.frame)])
    if not rows["level"].eq("cohort").all():
        rows = rows.sort_values("name")
    rows["label"] = [_label(words, row) for row in records(rows)]
    shown = rows[~rows["suppressed"]]
    measure = str(published.measure.partition(".")[2] if shown.empty else shown["measure"].iloc[0])
    shown = shown.assign(value=[_place(row) for row in records(shown)])
    spoken = [words.figure(row) for row in records(shown)]
    figure.add_scatter(
        x=shown["value"],
        y=shown["label"],
        mode="markers",
        marker={"size": 12, "color": MAIN},
        error_x=interval_bars(shown) if shown["low"].notna().any() else None,
        customdata=spoken,
        hovertemplate="%{y}: %{customdata}<extra></extra>",
        showlegend=False,
    )
    if compared is not None:
        _draw_compared(figure, rows.merge(compared.frame[[*_UNIT, *_DRAWN]], on=_UNIT), words)
    styled(figure, title)
    lay_rows(figure, list(rows["label"]), below=60 if compared is None else 110)
    end = 1.02
    if measure in COUNTS | MEANS:
        top = max(float(shown["value"].max()), float(shown["high"].max() or 0)) if not shown.empty else 1.0
        figure.update_xaxes(range=[0, 1.2 * top], zeroline=False)
        end = 1.03 * top
    else:
        share_axis(figure)
    for label, text in zip(shown["label"], spoken, strict=True):
        figure.add_annotation(x=end, y=label, xanchor="left", showarrow=False, text=f"<b>{text}</b>")
    hidden = rows[rows["suppressed"]]
    why = [words.withheld(published, reason) for reason in hidden["reason"]]
    mark_suppressed(figure, dict(zip(hidden["label"], why, strict=True)), 0.02)
    return figure


_UNIT = ["level", "practice", "municipality", "cohort"]
_DRAWN = ["shrunk", "limit_low", "limit_high"]


def _draw_compared(figure: go.Figure, rows: pd.DataFrame, words: Words) -> None:
    """Draw where each unit would lie by chance alone, and its estimate drawn towards the others."""
    for name, columns, symbol, size in (
        ("charts.chance_range", ("limit_low", "limit_high"), "line-ns-open", 16),
        ("charts.column_shrunk", ("shrunk",), "diamond-open", 12),
    ):
        for number, column in enumerate(columns):
            figure.add_scatter(
                x=rows[column].astype(float),
                y=rows["label"],
                mode="markers",
                name=words.t(name),
                legendgroup=name,
                marker={"symbol": symbol, "size": size, "color": QUIET, "line": {"width": 2}},
                customdata=[words.value("favourable", value) for value in rows[column]],
                hovertemplate="%{y}<br>%{fullData.name}: %{customdata}<extra></extra>",
                showlegend=number == 0,
            )


def _place(row: Any) -> float:
    """Return where a row is drawn: at its figure, or in the middle of the range that is told of it."""
    return (row.at_least + row.at_most) / 2 / row.n if in_range(row) else float(row.value)


def _label(words: Words, row: object) -> str:
    n = getattr(row, "n", None)
    name = str(row.name)  # type: ignore[attr-defined]
    return name if n is None or pd.isna(n) else f"{name} ({words.n(n)})"
