"""Chart of all practices at a glance: people reached, the share satisfied and the share improved, a row a practice."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from evaluation.charts.figure import Figure, Text
from evaluation.charts.satisfaction import interval_bars
from evaluation.charts.theme import (
    GOOD,
    MAIN,
    QUIET,
    RULE,
    filling,
    lay_pixels,
    said,
    styled,
    tracks,
    wrapped,
)
from evaluation.charts.words import Words
from evaluation.measures import Published, records

NAME, LINE, GAP = 19, 32, 6
HEADS = 40
COLUMNS = (("reached", (0.0, 0.28)), ("satisfied", (0.34, 0.65)), ("improved", (0.69, 1.0)))
# Where the figure stands beside the mark; the marks are drawn from 0 to 1.
BESIDE, WIDTH = 1.08, 1.95


def glance(registered: Published, visits: Published, satisfied: Published, improved: Published, words: Words) -> Figure:
    """Three columns side by side: a bar of people or visits, and two points with intervals; a row a practice.

    Args:
        registered: of a practice at most one row, the people registered.
        visits: the visits, drawn where nobody is registered.
        satisfied: a favourable share.
        improved: a share improved.
        words: the reader's language.
    """
    figure = Figure()
    tables = {"reached": registered, "satisfied": satisfied, "improved": improved}
    frames = {name: table.frame for name, table in tables.items()}
    frames["reached"] = pd.concat([registered.frame, visits.frame], ignore_index=True).drop_duplicates("practice")
    practices = sorted({each for frame in frames.values() for each in frame["practice"]}, key=words.practice)
    pitch = NAME + LINE + GAP
    places = {each: HEADS + NAME + LINE / 2 + pitch * number for number, each in enumerate(practices)}
    texts = [
        said(f"<b>{words.practice(each)}</b>", 0, place - LINE / 2, xref="paper", yanchor="bottom")
        for each, place in places.items()
    ]
    for number, (name, domain) in enumerate(COLUMNS, 1):
        axis = f"x{number}" if number > 1 else "x"
        rows = frames[name].assign(y=frames[name]["practice"].map(places))
        look = {
            "domain": domain, "range": [-0.06, WIDTH], "showgrid": False, "zeroline": False, "showticklabels": False,
            "fixedrange": True,
        }  # fmt: skip
        figure.update_layout(**{axis.replace("x", "xaxis"): look})
        (_draw_bars if name == "reached" else _draw_shares)(figure, rows[~rows["suppressed"]], axis, words)
        head = wrapped(words.t(f"charts.glance_{name}"), 14)
        texts.append(said(head, domain[0], 0, 12, QUIET, xref="paper", yanchor="top"))
        texts += _written(rows, places, tables[name], axis, words)
    figure.write(texts)
    styled(figure, words.t("charts.glance_title"))
    lay_pixels(figure, HEADS + pitch * len(practices), below=44)
    figure.update_layout(barmode="overlay")
    return figure


def _written(
    rows: pd.DataFrame, places: Mapping[str, float], published: Published, axis: str, words: Words
) -> Iterator[Text]:
    """Yield for each practice its figure, why it is not shown, or that there is none."""
    told = {row.practice: row for row in records(rows)}
    for practice, place in places.items():
        row = told.get(practice)
        if row is None:
            yield said(words.t("common.not_available"), 0, place, 12, QUIET, xref=axis)
        elif row.suppressed:
            why = wrapped(words.withheld(published, row.reason), 18)
            yield said(f"<i>{why}</i>", 0, place, 11, QUIET, xref=axis)
        else:
            yield said(_beside(words, row), BESIDE, place, 12, xref=axis)


def _beside(words: Words, row: Any) -> str:
    """Return the figure with its n in two lines: what is counted, or how many answered."""
    below = words.t(f"charts.unit_{row.measure}") if row.measure in ("registered", "visits") else words.n(row.n)
    return f"<b>{words.figure(row)}</b><br>{below}"


def _draw_bars(figure: Figure, rows: pd.DataFrame, axis: str, _words: Words) -> None:
    """Draw what was counted; people and visits each on their own scale, visits hatched, as they are other things."""
    for measure, own in rows.groupby("measure", sort=False):
        figure.add_bar(
            x=own["value"].astype(float) / float(own["value"].max()),
            y=own["y"],
            width=14,
            orientation="h",
            xaxis=axis,
            marker=filling(MAIN if measure == "registered" else RULE, measure == "visits"),
            hoverinfo="skip",
            showlegend=False,
        )


def _draw_shares(figure: Figure, rows: pd.DataFrame, axis: str, words: Words) -> None:
    tracks(figure, rows["y"], xaxis=axis)
    figure.add_scatter(
        x=rows["value"].astype(float),
        y=rows["y"],
        mode="markers",
        xaxis=axis,
        marker={"size": 10, "color": GOOD},
        error_x=interval_bars(rows),
        customdata=[
            f"{words.practice(row.practice)}: {words.figure(row)} ({words.interval(row.measure, row.low, row.high)})"
            for row in records(rows)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
