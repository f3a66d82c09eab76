"""Practices or runs side by side: one figure of each with its interval, and what is known of all of them together."""

import math
from typing import Any, Literal

import pandas as pd

from evaluation.charts.figure import Figure
from evaluation.charts.satisfaction import interval_bars, share_axis
from evaluation.charts.theme import (
    BAND,
    GROUND,
    INK,
    MAIN,
    QUIET,
    lay_rows,
    line,
    marked,
    said,
    styled,
)
from evaluation.charts.words import Words, in_range
from evaluation.measures import REGISTRY, Format, Published, records

Order = Literal["name", "value"]
# Signs of a usual figure, 100 %, and the room that one more needs, as a share of the axis on a telephone.
USUAL, ROOM_A_SIGN = 5, 0.05
_UNIT = ["level", "practice", "municipality", "cohort"]
_DRAWN = ["shrunk", "limit_low", "limit_high", "whole"]


def comparison(
    published: Published, words: Words, title: str, compared: Published | None = None, order: Order = "name"
) -> Figure:
    """Points with intervals, a row a practice and municipality or run; units too small stand there without a figure.

    By name (runs by time) unless asked otherwise: the intervals of small groups overlap, and a ranking would be read
    as one.

    Args:
        published: one figure of each unit.
        words: the reader's language.
        title: what is compared.
        compared: the same units compared: beside each point its estimate drawn towards the others, behind it the range
            in which a unit of its size lies by chance alone, and through all of them the value of the whole.
        order: "name", or "value" for the greatest first.
    """
    figure = Figure()
    rows = _ordered(published, words, order)
    if compared is not None:
        own = rows.drop(columns=_DRAWN, errors="ignore")
        rows = own.merge(compared.frame[[*_UNIT, *_DRAWN]], on=_UNIT, how="left")
    shown = rows[~rows["suppressed"]]
    measure = str(published.measure.partition(".")[2] if shown.empty else shown["measure"].iloc[0])
    spoken = [words.figure(row) for row in records(shown)]
    if compared is not None:
        _draw_whole(figure, rows, words, measure)
    figure.add_scatter(
        x=shown["place"],
        y=shown["label"],
        mode="markers",
        name=words.t("charts.own_figure"),
        marker={"size": 12, "color": MAIN},
        error_x=interval_bars(shown.assign(value=shown["place"])) if shown["low"].notna().any() else None,
        customdata=[_with_interval(words, row) for row in records(shown)],
        hovertemplate="%{y}: %{customdata}<extra></extra>",
        showlegend=compared is not None,
    )
    if compared is not None:
        _draw_shrunk(figure, shown, words, measure)
    styled(figure, title)
    lay_rows(figure, list(rows["label"]), below=60 if compared is None else 110)
    end = _axis(figure, shown, measure, words)
    pairs = zip(shown["label"], spoken, strict=True)
    figure.write((said(f"<b>{text}</b>", end, label, 14, xshift=6) for label, text in pairs))
    hidden = rows[rows["suppressed"]]
    why = [words.withheld(published, reason) for reason in hidden["reason"]]
    low = figure.layout["xaxis"]["range"][0]
    figure.write(marked(dict(zip(hidden["label"], why, strict=True)), low + 0.02 * (end - low)))
    return figure


def _ordered(published: Published, words: Words, order: Order) -> pd.DataFrame:
    """Return the rows in the order asked for, each with its name, its label and where it is drawn."""
    rows = published.frame.assign(
        name=[words.place(row) for row in records(published.frame)],
        place=[math.nan if row.suppressed else _place(row) for row in records(published.frame)],
    )
    if order == "value":
        rows = rows.sort_values("place", ascending=False, kind="stable", na_position="last")
    elif not rows["level"].eq("cohort").all():
        rows = rows.sort_values("name")
    return rows.assign(label=[_label(words, row) for row in records(rows)])


def _axis(figure: Figure, shown: pd.DataFrame, measure: str, words: Words) -> float:
    """Lay the horizontal axis; return where the figures in words stand."""
    format_ = REGISTRY.figures[measure]
    if format_ is Format.STEP:
        drawn = [name for name in ("low", "high", "limit_low", "limit_high") if name in shown]
        reach = max(0.5, *shown[drawn].astype(float).abs().max().fillna(0))
        figure.update_layout(separators=f"{words.t.number(0.5, 1)[1]} ")
        figure.update_xaxis(range=[-1.05 * reach, 1.45 * reach], zeroline=True, zerolinecolor=QUIET)
        return float(1.1 * reach)
    if format_ in (Format.COUNT, Format.MEAN):
        top = 1.0 if shown.empty else max(float(shown["place"].max()), float(shown["high"].fillna(0).max()))
        figure.update_xaxis(range=[0, 1.2 * top], zeroline=False)
        return 1.03 * top
    share_axis(figure, words)
    longest = max((len(words.figure(row)) for row in records(shown)), default=0)
    figure.update_xaxis(range=[-0.02, 1.16 + ROOM_A_SIGN * max(0, longest - USUAL)])
    return 1.02


def _draw_whole(figure: Figure, rows: pd.DataFrame, words: Words, measure: str) -> None:
    """Draw behind the points the range of chance of each unit, and the value of all units together as a line."""
    known = [
        (len(rows) - 1 - number, row) for number, row in enumerate(records(rows)) if not pd.isna(row.whole)
    ]  # fmt: skip
    bands = [
        {"type": "rect", "x0": row.limit_low, "x1": row.limit_high, "y0": middle - 0.24, "y1": middle + 0.24,
         "layer": "below", "fillcolor": BAND, "line": {"width": 0}}
        for middle, row in known
    ]  # fmt: skip
    lines = [
        line(row.whole, middle - 0.5, middle + 0.5, layer="below", line={"color": INK, "width": 1.5, "dash": "dot"})
        for middle, row in known
    ]  # fmt: skip
    figure.draw([*bands, *lines])
    wholes = rows["whole"].dropna().unique()
    said = words.t("charts.whole")
    if len(wholes) == 1:
        said = f"{said}: {words.value(measure, float(wholes[0]))}"
    for name, symbol, colour in ((words.t("charts.chance_range"), "square", BAND), (said, "line-ns", INK)):
        figure.add_scatter(
            x=[None], y=[None], mode="markers", name=name,
            marker={"symbol": symbol, "size": 13, "color": colour, "line": {"width": 1.5, "color": QUIET}},
        )  # fmt: skip


def _draw_shrunk(figure: Figure, rows: pd.DataFrame, words: Words, measure: str) -> None:
    """Draw each unit's estimate drawn towards the others."""
    figure.add_scatter(
        x=rows["shrunk"].astype(float),
        y=rows["label"],
        mode="markers",
        name=words.t("charts.column_shrunk"),
        marker={"symbol": "diamond", "size": 10, "color": GROUND, "line": {"width": 2, "color": MAIN}},
        customdata=[words.value(measure, value) for value in rows["shrunk"].astype(float)],
        hovertemplate="%{y}<br>%{fullData.name}: %{customdata}<extra></extra>",
        showlegend=True,
    )


def _place(row: Any) -> float:
    """Return where a row is drawn: at its figure, or in the middle of the range that is told of it."""
    return (row.at_least + row.at_most) / 2 / row.n if in_range(row) else float(row.value)


def _label(words: Words, row: Any) -> str:
    return str(row.name) if pd.isna(row.n) else f"{row.name} ({words.n(row.n)})"


def _with_interval(words: Words, row: Any) -> str:
    interval = words.interval(str(row.measure), row.low, row.high)
    return f"{words.figure(row)} ({interval})" if interval else words.figure(row)
