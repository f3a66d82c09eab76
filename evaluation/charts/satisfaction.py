"""Charts of satisfaction: how answers spread, the share that is favourable, and the recommendation."""

from collections.abc import Iterator

import pandas as pd

from evaluation.charts.figure import Figure
from evaluation.charts.participation import label_of, marks
from evaluation.charts.theme import (
    BAD,
    GOOD,
    MAIN,
    NEUTRAL,
    diverging,
    filling,
    ink_on,
    lay_rows,
    marked,
    said,
    styled,
)
from evaluation.charts.words import Words
from evaluation.definitions import Scale
from evaluation.measures import Published, records

LABEL_FROM = 0.09
CLASS_COLOURS = {"favourable": GOOD, "neutral": NEUTRAL, "unfavourable": BAD}


def satisfaction(published: Published, words: Words) -> Figure:
    """Stacked bars of the answers of each question around the middle of the neutral answer; one scale a chart.

    A question that few answered has a bar in three parts: favourable, neutral, unfavourable.
    """
    figure = Figure()
    items = list(dict.fromkeys(published.frame["item"]))
    shown = published.shown[published.shown["value"].notna()]
    labels = {item: label_of(words, item, _n(shown, item)) for item in items}
    start = {item: -_left(shown[shown["item"] == item]) for item in items}
    low = min(start.values())
    for name, colour, bad, rows in _segments(shown, words.scale(items[0]), words):
        shares = rows["value"].astype(float)
        figure.add_bar(
            y=[labels[item] for item in rows["item"]],
            x=shares,
            base=[start[item] for item in rows["item"]],
            orientation="h",
            name=name,
            marker=filling(colour, bad),
            text=[words.t.percent(share) if share >= LABEL_FROM else "" for share in shares],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": ink_on(colour), "size": 13},
            customdata=rows["count"],
            hovertemplate="%{y}<br>%{fullData.name}: %{customdata}<extra></extra>",
        )
        for item, share in zip(rows["item"], shares, strict=True):
            start[item] += share
    styled(figure, words.t("charts.satisfaction_title"))
    figure.update_layout(barmode="overlay")
    lay_rows(figure, list(labels.values()), below=110)
    high = max(start.values(), default=0) or 1
    figure.update_xaxis(showticklabels=False, showgrid=False, zeroline=True, range=[low - 0.03, high + 0.03])
    figure.write(marked(marks(published, words, labels), low))
    return figure


def _segments(shown: pd.DataFrame, scale: Scale, words: Words) -> Iterator[tuple[str, str, bool, pd.DataFrame]]:
    """Yield name, colour, whether it is a bad one, and rows of each part of the bars, from left to right."""
    whole = shown["value_code"].isna()
    if not whole.all():
        colours = diverging([value.value_class for value in scale.values])
        for value, colour in zip(scale.values, colours, strict=True):
            rows = shown[shown["value_code"] == value.code]
            yield words.t.label(value.label.root), colour, value.value_class == "unfavourable", rows
    for name in dict.fromkeys(shown.loc[whole, "value_class"]):
        rows = shown[whole & (shown["value_class"] == name)]
        yield words.t(f"charts.class_{name}"), CLASS_COLOURS[name], name == "unfavourable", rows


def _n(shown: pd.DataFrame, item: str) -> float | None:
    rows = shown.loc[shown["item"] == item, "n"]
    return None if rows.empty else float(rows.iloc[0])


def _left(rows: pd.DataFrame) -> float:
    """Return the share that stands left of the middle: the unfavourable answers and half of the neutral ones."""
    shares = rows.groupby("value_class")["value"].sum()
    return float(shares.get("unfavourable", 0)) + float(shares.get("neutral", 0)) / 2


def favourable(published: Published, words: Words) -> Figure:
    """Points of the share of favourable answers with their intervals, a row a question."""
    figure = Figure()
    shown = published.shown
    labels = {row.item: label_of(words, str(row.item), row.n) for row in records(published.frame)}
    figure.add_scatter(
        x=shown["value"],
        y=[labels[item] for item in shown["item"]],
        mode="markers",
        marker={"size": 12, "color": MAIN},
        error_x=interval_bars(shown),
        customdata=[words.interval("favourable", row.low, row.high) for row in records(shown)],
        hovertemplate="%{y}: %{x:.0%} (%{customdata})<extra></extra>",
        showlegend=False,
    )
    styled(figure, words.t("charts.favourable_title"))
    lay_rows(figure, list(labels.values()))
    share_axis(figure, words)
    figure.write(said(f"<b>{words.figure(row)}</b>", 1.02, labels[row.item], 14) for row in records(shown))
    figure.write(marked(marks(published, words, labels), 0.02))
    return figure


def interval_bars(rows: pd.DataFrame) -> dict[str, object]:
    """Return the intervals of ``rows`` as error bars."""
    return {
        "type": "data",
        "symmetric": False,
        "array": (rows["high"] - rows["value"]).clip(lower=0),
        "arrayminus": (rows["value"] - rows["low"]).clip(lower=0),
        "color": MAIN,
        "thickness": 2,
        "width": 6,
    }


def share_axis(figure: Figure, words: Words) -> None:
    """Make the horizontal axis one of shares from 0 to 100 %, with room for a figure after it."""
    ticks = [0, 0.25, 0.5, 0.75, 1]
    figure.update_xaxis(
        range=[-0.02, 1.16],
        tickangle=0,
        tickvals=ticks,
        ticktext=[words.t.percent(tick) for tick in ticks],
        zeroline=False,
    )


def recommendation(published: Published, words: Words) -> Figure:
    """Columns of how many gave each answer from 0 to 10, coloured by whether it is favourable; one question.

    Where few answered there is a column for each of the three classes.
    """
    figure = Figure()
    shown = published.shown[published.shown["value"].notna()]
    coarse = bool(shown["value_code"].isna().any())
    for name, rows in shown.groupby("value_class", sort=False):
        figure.add_bar(
            x=[words.t(f"charts.recommend_{name}")] if coarse else rows["value_code"],
            y=rows["count"].astype(float),
            name=words.t(f"charts.recommend_{name}"),
            marker=filling(CLASS_COLOURS[str(name)], name == "unfavourable"),
            text=[words.t.number(count) if count else "" for count in rows["count"]],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{x}: %{y}<extra></extra>",
        )
    item = str(published.frame["item"].iloc[0])
    n = _n(shown, item)
    head = words.item(item) if n is None else f"{words.item(item)} ({words.n(n)})"
    styled(figure, head, height=360)
    figure.update_layout(barmode="overlay", bargap=0.2)
    if not coarse:
        figure.update_xaxis(
            dtick=1, range=[-0.6, 10.6], showgrid=False, title={"text": words.t("charts.recommend_axis")}
        )
    figure.update_yaxis(title={"text": words.t("charts.answers")}, rangemode="tozero")
    if shown.empty:
        why = words.withheld(published, published.frame["reason"].iloc[0])
        figure.write([said(why, 5, 0.5, xanchor="center")])
    return figure
