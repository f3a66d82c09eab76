"""Chart of a share over runs or periods, a strip a question or practice, with its intervals and its breaks."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from evaluation.charts.figure import Figure, Text
from evaluation.charts.theme import MAIN, QUIET, lay_pixels, line, said, styled, wrapped
from evaluation.charts.words import Words
from evaluation.measures import Published, records

STRIP, HEAD, GAP = 74, 19, 20
# Room for the figure of a point at 100 %.
ABOVE = 20
# Below such a point there is no room for its figure.
LOW = 0.2


def trend(published: Published, words: Words, title: str, breaks: Collection[str] = (), by: str = "item") -> Figure:
    """Points joined from one run to the next, a strip each, all on a scale from 0 to 100 %.

    A strip of its own keeps lines apart that would cross and hide each other, and needs neither colours nor a legend.

    Args:
        published: rows of single runs (level "cohort") of a share with its interval, in the order of time.
        words: the reader's language.
        title: what is followed, and of whom.
        breaks: runs from which on the questions were asked in another way: the line is not joined, and a mark says so.
        by: "item", a strip a question, or "place", a strip a practice and municipality.
    """
    figure = Figure()
    frame = published.frame
    runs = _in_order(frame)
    names = [_name(words, row, by) for row in records(frame)]
    height, rules = 22.0 if breaks else 4.0, []
    texts: list[Text] = []
    for name, rows in frame.assign(name=names).groupby("name", sort=False):
        head = wrapped(str(name)).split("<br>")
        texts.append(said("<br>".join(head), 0, height, xref="paper", yanchor="top"))
        height += HEAD * len(head) + ABOVE
        texts += _draw_strip(figure, rows, runs, breaks, height, published, words)
        rules += [height, height + STRIP / 2, height + STRIP]
        height += STRIP + GAP
    styled(figure, title)
    lay_pixels(figure, height, below=64)
    for run in breaks:
        if run in runs:
            place = runs.index(run) - 0.5
            figure.draw([line(place, 0, 1, yref="y domain", line={"color": QUIET, "width": 1.5, "dash": "dash"})])
            texts.append(said(words.t("charts.form_changed"), place, 8, 11, QUIET, xshift=4))
    figure.write(texts)
    figure.update_yaxis(showgrid=True, tickvals=rules)
    figure.update_xaxis(
        range=[-0.45, len(runs) - 0.55],
        tickvals=list(range(len(runs))),
        ticktext=[wrapped(words.cohort(run), 12) for run in runs],
        showgrid=False,
        zeroline=False,
    )
    return figure


def _in_order(frame: pd.DataFrame) -> list[str]:
    """Return the runs in the order of time: that of the rows, those of several practices fitted into each other."""
    found: list[str] = []
    for _, rows in frame.groupby(["practice", "municipality"], sort=False, dropna=False):
        place = 0
        for run in dict.fromkeys(rows["cohort"]):
            if run not in found:
                found.insert(place, run)
            place = found.index(run) + 1
    return found


def _name(words: Words, row: Any, by: str) -> str:
    if by == "item":
        return words.item(row.item)
    return f"{words.practice(row.practice)}, {row.municipality or words.t('charts.all_municipalities')}"


def _draw_strip(
    figure: Figure,
    rows: pd.DataFrame,
    runs: list[str],
    breaks: Collection[str],
    top: float,
    published: Published,
    words: Words,
) -> list[Text]:
    """Draw the points of one strip with their intervals; return their n, and why some are not shown."""
    texts = []
    xs: list[float | None] = []
    shown: list[Any] = []
    for row in records(rows):
        if row.suppressed:
            text = f"<i>{wrapped(words.withheld(published, row.reason), 14)}</i>"
            texts.append(said(text, runs.index(row.cohort), top + STRIP / 2, 11, QUIET, xanchor="center"))
        if row.suppressed or row.cohort in breaks:
            xs.append(None)
            shown.append(None)
        if not row.suppressed:
            xs.append(runs.index(row.cohort))
            shown.append(row)
    figure.add_scatter(
        x=xs,
        y=[None if row is None else top + (1 - row.value) * STRIP for row in shown],
        mode="lines+markers+text",
        line={"color": MAIN, "width": 2},
        marker={"size": 9, "color": MAIN},
        error_y={
            "type": "data", "symmetric": False, "color": MAIN, "thickness": 1.5, "width": 5,
            # The axis runs downwards, so what is added to a place lies below it.
            "array": [0 if row is None else (row.value - row.low) * STRIP for row in shown],
            "arrayminus": [0 if row is None else (row.high - row.value) * STRIP for row in shown],
        },
        text=["" if row is None else f" {words.value('favourable', row.value)}" for row in shown],
        textposition=_beside_the_line(shown),
        textfont={"size": 12},
        cliponaxis=False,
        customdata=["" if row is None else _spoken(words, row) for row in shown],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )  # fmt: skip
    below = top + STRIP + 8
    seen = [row for row in shown if row is not None]
    return texts + [said(words.n(row.n), runs.index(row.cohort), below, 10, QUIET, xanchor="center") for row in seen]


def _beside_the_line(rows: list[Any]) -> list[str]:
    """Return where each figure stands so that the line to the next point does not cross it."""
    places = []
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if row is None or after is None:
            places.append("middle right")
        else:
            places.append("bottom right" if after.value > row.value > LOW else "top right")
    return places


def _spoken(words: Words, row: Any) -> str:
    interval = words.interval("favourable", row.low, row.high)
    return f"{words.cohort(row.cohort)}: {words.value('favourable', row.value)} ({interval}), {words.n(row.n)}"
