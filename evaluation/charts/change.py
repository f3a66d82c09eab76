"""Charts of self-reported change: start and end side by side, and how many improved, stayed the same or worsened."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from evaluation.charts.figure import Figure
from evaluation.charts.participation import label_of, marks
from evaluation.charts.theme import (
    BAD,
    GOOD,
    GROUND,
    MAIN,
    NEUTRAL,
    QUIET,
    RULE,
    filling,
    ink_on,
    lay_rows,
    marked,
    said,
    styled,
    tracks,
    wrapped,
)
from evaluation.charts.words import Words
from evaluation.measures import Published, records

PARTS = (("worsened", BAD), ("same", NEUTRAL), ("improved", GOOD))
LEFT, RIGHT, WHOLE = (0.0, 0.52), (0.58, 1.0), (0.0, 1.0)
HEADS, ROW = 48, 32


def change_bars(published: Published, words: Words) -> Figure:
    """Bars of people worsened, the same and improved, a row a question, around the middle of those the same."""
    figure = Figure()
    labels = {row.item: label_of(words, str(row.item), row.n) for row in records(published.frame)}
    ends = _draw_bars(figure, published.shown, labels, words, "x")
    styled(figure, words.t(f"charts.{published.measure.partition('.')[2]}_title"))
    figure.update_layout(barmode="overlay")
    lay_rows(figure, list(labels.values()))
    _bar_axis(figure, ends, WHOLE, "x")
    figure.write(marked(marks(published, words, labels), ends[0]))
    return figure


def change(published: Published, words: Words, matched: Published | None = None) -> Figure:
    """Means at start and end of the same people on each question's own scale, beside the bars of ``change_bars``.

    Where the gate tells the change without the levels, only the bar is drawn. ``matched`` says of how many forms at
    the end the one at the start was found too: the label then has n of all n.
    """
    figure = Figure()
    shown = published.shown
    with_levels, without = shown[shown["start_mean"].notna()], shown[shown["start_mean"].isna()]
    labels = _labels(published, words, matched)
    ends = _draw_bars(figure, shown, labels, words, "x2")
    _draw_levels(figure, with_levels, labels, words)
    title = words.t("charts.paired_title")
    styled(figure, title if matched is None else words.t("charts.matched_title", title=title))
    figure.update_layout(barmode="overlay")
    pitch = lay_rows(figure, list(labels.values()), ROW, below=84)
    figure.update_yaxis(range=[-0.5, len(labels) - 0.35 + HEADS / pitch])
    figure.update_layout(height=figure.height + HEADS)
    figure.update_xaxis(range=[-0.12, 1.12], domain=LEFT, showticklabels=False, showgrid=False, zeroline=False)
    _bar_axis(figure, ends, RIGHT, "x2")
    heads = (("charts.head_levels", LEFT[0]), ("charts.head_people", RIGHT[0]))
    figure.write((
        said(wrapped(words.t(text), 26), place, 1, 12, QUIET, xref="paper", yref="paper", yanchor="top")
        for text, place in heads
    ))  # fmt: skip
    held_back = {labels[item]: words.t("charts.levels_withheld") for item in without["item"]}
    figure.write(marked(marks(published, words, labels) | held_back, -0.12, 24))
    return figure


def _labels(published: Published, words: Words, matched: Published | None) -> dict[str, str]:
    """Return the rows' labels by question, with how many people have both answers, of how many forms at the end."""
    everybody = {} if matched is None else {row.questionnaire: row.n for row in records(matched.shown)}
    found = {}
    for row in records(published.frame):
        found[row.item] = label_of(words, str(row.item), row.n)
        whole = everybody.get(row.questionnaire)
        if whole is not None and row.n is not None and not pd.isna(row.n):
            n = words.t("charts.count_of", count=words.t.number(row.n), n=words.t.number(whole))
            told = words.t("common.n", n=n).replace(" ", "\N{NO-BREAK SPACE}")
            found[row.item] = f"{words.item(str(row.item))} ({told})"
    return found


def _draw_bars(
    figure: Figure, shown: pd.DataFrame, labels: Mapping[str, str], words: Words, axis: str
) -> tuple[float, float]:
    """Draw the numbers of people around the middle of those the same; return how far they reach to both sides."""
    left = -(shown["worsened"] + shown["same"] / 2).astype(float)
    low, high = min([0.0, *left]), 1.0
    worse = [(row, end) for row, end in zip(records(shown), left, strict=True) if row.worsened]
    figure.write((
        said(words.t.number(row.worsened), end, labels[row.item], xanchor="right", xshift=-2, xref=axis)
        for row, end in worse
    ))  # fmt: skip
    for name, colour in PARTS:
        counts = shown[name].astype(float)
        figure.add_bar(
            y=[labels[item] for item in shown["item"]],
            x=counts,
            base=left,
            orientation="h",
            xaxis=axis,
            name=words.t(f"charts.{name}"),
            marker=filling(colour, name == "worsened"),
            text=[words.t.number(count) if count else "" for count in counts],
            # Few are worse as a rule: their number has no room in the bar.
            textposition="none" if name == "worsened" else "inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": ink_on(colour), "size": 13},
            hovertemplate="%{y}<br>%{fullData.name}: %{x}<extra></extra>",
        )
        left = left + counts
        high = max([high, *left])
    return low, high


def _bar_axis(figure: Figure, ends: tuple[float, float], domain: tuple[float, float], axis: str) -> None:
    room = (ends[1] - ends[0]) / 10
    look = {
        "showticklabels": False, "showgrid": False, "zeroline": False, "fixedrange": True, "domain": domain,
        "range": [ends[0] - room, ends[1] + room / 4],
    }  # fmt: skip
    figure.update_layout(**{"xaxis" if axis == "x" else "xaxis2": look})


def _draw_levels(figure: Figure, shown: pd.DataFrame, labels: Mapping[str, str], words: Words) -> None:
    """Draw a track from the low to the high end of each scale, with the two means and their numbers upon it."""
    rows = [(labels[row.item], row, *_places(row)) for row in records(shown)]
    tracks(figure, [label for label, *_ in rows], RULE, 4)
    for colour, steps in _steps(rows, words).items():
        figure.add_scatter(
            x=[place for _, _, start, end in steps for place in (start, end, None)],
            y=[place for label, *_ in steps for place in (label, label, None)],
            mode="lines",
            line={"color": colour, "width": 4},
            hoverinfo="skip",
            showlegend=False,
        )
    figure.write((
        said(f"{text:g}", place, label, 10, QUIET, xanchor="center", yshift=-13)
        for label, row, *_ in rows
        for place, text in ((0, row.scale_low), (1, row.scale_high))
    ))  # fmt: skip
    for name, column, filled in (("charts.at_start", "start_mean", False), ("charts.at_end", "end_mean", True)):
        figure.add_scatter(
            x=[end if filled else start for _, _, start, end in rows],
            y=[label for label, *_ in rows],
            mode="markers+text",
            name=words.t(name),
            marker={"size": 13, "color": MAIN if filled else GROUND, "line": {"width": 2, "color": MAIN}},
            text=[words.t.number(getattr(row, column), 1) for _, row, *_ in rows],
            textposition=["middle right" if (end > start) == filled else "middle left" for _, _, start, end in rows],
            textfont={"size": 12},
            cliponaxis=False,
            hovertemplate="%{y}<br>%{fullData.name}: %{text}<extra></extra>",
        )


Row = tuple[str, Any, float, float]


def _steps(rows: Sequence[Row], words: Words) -> dict[str, list[Row]]:
    """Return the rows by the colour of their step: towards the good end of their scale, or away from it."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        better = (row[3] - row[2]) * words.scale(str(row[1].item)).direction
        found.setdefault(NEUTRAL if better == 0 else GOOD if better > 0 else BAD, []).append(row)
    return found


def _places(row: Any) -> tuple[float, float]:
    """Return where start and end lie on the scale, its low end being 0 and its high end 1."""
    width = row.scale_high - row.scale_low
    return (row.start_mean - row.scale_low) / width, (row.end_mean - row.scale_low) / width
