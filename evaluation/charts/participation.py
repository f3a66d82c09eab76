"""Charts of participation: enrolment, people at each session, visitors at each opening."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from evaluation.charts.figure import Figure
from evaluation.charts.theme import (
    INK,
    MAIN,
    QUIET,
    SERIES,
    SHADES,
    filling,
    ink_on,
    lay_pixels,
    said,
    styled,
    wrapped,
)
from evaluation.charts.words import Words
from evaluation.measures import Published, records

ENROLMENT = ("registered", "started", "completed")
# The further people came, the darker.
STAGES = (SHADES["favourable"][3], SHADES["favourable"][1], SHADES["favourable"][0])
HEAD, LINE, STRIP, GAP = 20, 20, 56, 12


def enrolment(published: Published, words: Words) -> Figure:
    """Bars of people registered, started and completed, run by run; shares with intervals stand beside the bars.

    Where only a range is told the bar reaches to its lower end.
    """
    figure = Figure()
    rows = published.frame
    height, places, texts = 4.0, {}, []
    for (municipality, cohort), own in rows.groupby(["municipality", "cohort"], sort=False, dropna=False):
        name = wrapped(_series(words, municipality, cohort, rows))
        texts.append(said(name, 0, height, xref="paper", yanchor="top"))
        height += HEAD
        for stage in ENROLMENT:
            if own["measure"].isin([stage, "enrolment"]).any():
                places[municipality, cohort, stage] = height + LINE / 2
                height += LINE
        height += GAP
    for stage, colour in zip(ENROLMENT, STAGES, strict=True):
        shown = published.shown[published.shown["measure"] == stage]
        figure.add_bar(
            x=shown["at_least"].astype(float),
            y=[places[row.municipality, row.cohort, stage] for row in records(shown)],
            width=LINE - 3,
            orientation="h",
            name=words.measure(stage),
            marker=filling(colour, False),
            text=[f" {_enrolment_text(words, row)}" for row in records(shown)],
            textposition="outside",
            textfont={"size": 12},
            constraintext="none",
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=True,
        )
    most = published.shown["at_least"].astype(float).max() if not published.shown.empty else 1
    for row in records(rows[rows["suppressed"]]):
        for stage in ENROLMENT if row.measure == "enrolment" else (row.measure,):
            text = f"<i>{words.measure(stage)}: {words.withheld(published, row.reason)}</i>"
            texts.append(said(text, 0, places[row.municipality, row.cohort, stage], 12, QUIET))
    figure.write(texts)
    styled(figure, words.t("charts.enrolment_title"))
    lay_pixels(figure, height, below=48)
    figure.update_layout(barmode="overlay")
    figure.update_xaxis(range=[0, 2.4 * most], showgrid=False, showticklabels=False, zeroline=False)
    return figure


def marks(published: Published, words: Words, labels: Mapping[str, str]) -> dict[str, str]:
    """Return why the figures of questions are not shown, by the label of the row."""
    closed = published.frame[published.frame["suppressed"]]
    return {labels[row.item]: words.withheld(published, row.reason) for row in records(closed)}


def _enrolment_text(words: Words, row: Any) -> str:
    count = words.number_between(row.at_least, row.at_most)
    if row.measure == "registered":
        return count
    share, interval = words.figure(row), words.interval(row.measure, row.low, row.high)
    return f"{words.t('charts.count_of', count=count, n=words.t.number(row.n))} · {share} ({interval})"


def _series(words: Words, municipality: Any, cohort: Any, frame: pd.DataFrame) -> str:
    """Return the name of a run, with its municipality where there are several."""
    name = words.cohort(cohort)
    return f"{municipality}: {name}" if frame["municipality"].nunique() > 1 else name


def sessions(published: Published, words: Words) -> Figure:
    """Columns of how many were present at each session, a strip a run, below a line at the number registered."""
    figure = Figure()
    rows = published.frame
    height, texts, levels = 4.0, [], []
    most = max(1.0, float(published.shown[["value", "n"]].max().max())) if not published.shown.empty else 1.0
    for (municipality, cohort), own in rows.groupby(["municipality", "cohort"], sort=False, dropna=False):
        name, registered = _series(words, municipality, cohort, rows), own["n"].max()
        told = "" if pd.isna(registered) else f" ({words.t('charts.registered_n', n=words.t.number(registered))})"
        texts.append(said(f"{name}{told}", 0, height, xref="paper", yanchor="top"))
        height += HEAD + STRIP + 14
        for row in records(own[own["suppressed"]]):
            withheld = f"<i>{words.withheld(published, row.reason)}</i>"
            texts.append(said(withheld, 0.5, height - STRIP / 2, 12, QUIET))
        shown = own[~own["suppressed"]].sort_values("session_no")
        tall = shown["value"].astype(float) / most * STRIP
        figure.add_bar(
            x=shown["session_no"],
            y=-tall,
            base=height,
            marker=filling(MAIN, False),
            text=[words.t.number(value) for value in shown["value"]],
            textposition="auto",
            textangle=0,
            insidetextfont={"color": ink_on(MAIN), "size": 11},
            outsidetextfont={"color": INK, "size": 11},
            cliponaxis=False,
            customdata=[
                words.t("charts.count_of", count=words.t.number(row.value), n=words.t.number(row.n))
                + f" ({words.day(row.held_on)})"
                for row in records(shown)
            ],
            hovertemplate="%{x}.: %{customdata}<extra></extra>",
            showlegend=False,
        )
        if not pd.isna(registered):
            levels.append(height - registered / most * STRIP)
        height += GAP
    styled(figure, words.t("charts.sessions_title"))
    lay_pixels(figure, height, below=48)
    figure.write(texts)
    figure.update_yaxis(showgrid=True, tickvals=levels, gridcolor=QUIET, griddash="dot")
    figure.update_layout(barmode="overlay", bargap=0.35)
    figure.update_xaxis(title={"text": words.t("charts.session")}, dtick=1, tickangle=0, showgrid=False, zeroline=False)
    return figure


def openings(published: Published, words: Words) -> Figure:
    """Bars of visitors on each opening, a colour and a hatching a kind of opening; n counts openings."""
    figure = Figure()
    shown = published.shown
    kinds = shown.assign(kind=[words.occasion(code) for code in shown["occasion"].astype(float)])
    for index, (kind, rows) in enumerate(kinds.groupby("kind", sort=False)):
        figure.add_bar(
            x=pd.to_datetime(rows["held_on"]),
            y=rows["value"],
            name=f"{kind} ({words.n(len(rows))})",
            marker=filling(SERIES[index % len(SERIES)], index > 0),
            width=1000 * 60 * 60 * 24 * _bar_days(kinds),
            hovertemplate="%{x|%d.%m.%Y}: %{y}<extra></extra>",
            showlegend=True,
        )
    styled(figure, words.t("charts.openings_title"))
    figure.update_layout(barmode="overlay")
    figure.update_xaxis(tickformat="%-m/%Y", showgrid=False)
    figure.update_yaxis(title={"text": words.t("charts.visitors")}, rangemode="tozero")
    return figure


def _bar_days(days: pd.DataFrame) -> float:
    """Return the width of a bar in days: a little less than the least time between two openings."""
    gaps = pd.to_datetime(days["held_on"]).drop_duplicates().sort_values().diff().dt.days.dropna()
    return 0.8 * float(gaps.min()) if not gaps.empty else 0.8


def label_of(words: Words, item: str, n: float | None) -> str:
    """Return the label of a question's row with its n."""
    name = words.item(item)
    return name if n is None or pd.isna(n) else f"{name} ({words.n(n)})"
