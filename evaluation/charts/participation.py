"""Charts of participation: enrolment, people at each session, visitors at each opening."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from evaluation.charts.theme import BAR, SERIES, SYMBOLS, filling, lay_rows, mark_suppressed, styled
from evaluation.charts.words import Words
from evaluation.measures import Published, records

ENROLMENT = ("registered", "started", "completed")


def enrolment(published: Published, words: Words) -> go.Figure:
    """Bars of people registered, started and completed, a colour a run; shares with intervals stand beside the bars.

    Where only a range is told the bar reaches to its lower end.
    """
    figure = go.Figure()
    shown = published.shown
    labels = [words.measure(name) for name in ENROLMENT]
    groups = list(shown.groupby(["municipality", "cohort"], sort=False, dropna=False))
    # The last bar of a group is drawn uppermost, so the runs are drawn from the latest back.
    for index, ((municipality, cohort), rows) in reversed(list(enumerate(groups))):
        ordered = rows.set_index("measure").reindex(ENROLMENT)
        figure.add_bar(
            y=labels,
            x=ordered["at_least"].astype(float),
            orientation="h",
            name=_series(words, municipality, cohort, shown),
            marker_color=SERIES[index % len(SERIES)],
            text=[_enrolment_text(words, row) for row in records(ordered.reset_index())],
            textposition="outside",
            textfont={"size": 13},
            constraintext="none",
            cliponaxis=False,
            customdata=[_enrolment_text(words, row).strip() for row in records(ordered.reset_index())],
            hovertemplate="%{y}: %{customdata}<extra></extra>",
            showlegend=len(groups) > 1,
        )
    styled(figure, words.t("charts.enrolment_title"))
    lay_rows(figure, labels, bar=max(BAR, 20 * len(groups)), below=90)
    figure.update_layout(legend_traceorder="reversed")
    most = shown["at_least"].astype(float).max() if not shown.empty else 1
    figure.update_xaxes(title=words.t("charts.people"), range=[0, 2.1 * most], rangemode="tozero")
    hidden = {words.measure(name): reason for name in ENROLMENT if (reason := _hidden(published, name))}
    mark_suppressed(figure, {label: words.withheld(published, reason) for label, reason in hidden.items()}, 0)
    return figure


def _hidden(published: Published, measure: str) -> str | None:
    """Return why a measure is shown of no run, or None where it is of some."""
    rows = published.frame[published.frame["measure"].isin([measure, "enrolment"])]
    return str(rows["reason"].iloc[0]) if len(rows) and rows["suppressed"].all() else None


def marks(published: Published, words: Words, labels: Mapping[str, str]) -> dict[str, str]:
    """Return why the figures of questions are not shown, by the label of the row."""
    closed = published.frame[published.frame["suppressed"]]
    return {labels[row.item]: words.withheld(published, row.reason) for row in records(closed)}


def _enrolment_text(words: Words, row: Any) -> str:
    if pd.isna(row.at_least):
        return ""
    count = words.number_between(row.at_least, row.at_most)
    if row.measure == "registered":
        return f" {count}"
    share, interval = words.figure(row), words.interval(row.measure, row.low, row.high)
    return f" {words.t('charts.count_of', count=count, n=words.t.number(row.n))} · {share} ({interval})"


def _series(words: Words, municipality: Any, cohort: Any, frame: pd.DataFrame) -> str:
    """Return the name of a run, with its municipality where there are several."""
    name = words.cohort(cohort)
    return f"{municipality}: {name}" if frame["municipality"].nunique() > 1 else name


def sessions(published: Published, words: Words) -> go.Figure:
    """Points of how many were present at each session, a line a run; n is the number registered."""
    figure = go.Figure()
    shown = published.shown
    grouped = shown.groupby(["municipality", "cohort"], sort=False, dropna=False)
    for index, ((municipality, cohort), rows) in enumerate(grouped):
        ordered = rows.sort_values("session_no")
        days = [words.day(day) for day in ordered["held_on"]]
        figure.add_scatter(
            x=ordered["session_no"],
            y=ordered["value"],
            mode="lines+markers",
            name=f"{_series(words, municipality, cohort, shown)} ({words.n(ordered['n'].max())})",
            line={"color": SERIES[index % len(SERIES)], "width": 2},
            marker={"symbol": SYMBOLS[index % len(SYMBOLS)], "size": 9},
            customdata=days,
            hovertemplate="%{x}. (%{customdata}): %{y}<extra></extra>",
            showlegend=True,
        )
    styled(figure, words.t("charts.sessions_title"))
    figure.update_xaxes(title=words.t("charts.session"), dtick=1, showgrid=False)
    figure.update_yaxes(title=words.t("charts.people_present"), rangemode="tozero")
    _whole_numbers(figure, shown["value"])
    return figure


def _whole_numbers(figure: go.Figure, values: pd.Series) -> None:
    if not values.empty and values.max() <= 12:
        figure.update_yaxes(dtick=2, range=[0, values.max() * 1.12 + 0.5])


def openings(published: Published, words: Words) -> go.Figure:
    """Bars of visitors on each opening, a colour and a hatching a kind of opening; n counts openings."""
    figure = go.Figure()
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
    figure.update_xaxes(tickformat="%-m/%Y", showgrid=False)
    figure.update_yaxes(title=words.t("charts.visitors"), rangemode="tozero")
    return figure


def _bar_days(days: pd.DataFrame) -> float:
    """Return the width of a bar in days: a little less than the least time between two openings."""
    gaps = pd.to_datetime(days["held_on"]).drop_duplicates().sort_values().diff().dt.days.dropna()
    return 0.8 * float(gaps.min()) if not gaps.empty else 0.8


def label_of(words: Words, item: str, n: float | None) -> str:
    """Return the label of a question's row with its n."""
    name = words.item(item)
    return name if n is None or pd.isna(n) else f"{name} ({words.n(n)})"
