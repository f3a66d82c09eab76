"""Charts of self-reported change: start and end side by side, and how many improved, stayed the same or worsened."""

import pandas as pd
import plotly.graph_objects as go

from evaluation.charts.participation import label_of, marks
from evaluation.charts.theme import BAD, GOOD, INK, MAIN, NEUTRAL, filling, lay_rows, mark_suppressed, styled
from evaluation.charts.words import Words
from evaluation.measures import Published, records

PARTS = (("worsened", BAD, INK), ("same", NEUTRAL, INK), ("improved", GOOD, "#FFFFFF"))


def change_bars(published: Published, words: Words) -> go.Figure:
    """Bars of people worsened, the same and improved, a row a question, around the middle of those the same."""
    figure = go.Figure()
    shown = published.shown
    labels = {row.item: label_of(words, str(row.item), row.n) for row in records(published.frame)}
    left = -(shown["worsened"] + shown["same"] / 2).astype(float)
    for name, colour, ink in PARTS:
        counts = shown[name].astype(float)
        figure.add_bar(
            y=[labels[item] for item in shown["item"]],
            x=counts,
            base=left,
            orientation="h",
            name=words.t(f"charts.{name}"),
            marker=filling(colour, name == "worsened"),
            text=[words.t.number(count) if count else "" for count in counts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": ink, "size": 13},
            hovertemplate="%{y}<br>%{fullData.name}: %{x}<extra></extra>",
        )
        left = left + counts
    styled(figure, words.t(f"charts.{published.measure.partition('.')[2]}_title"))
    figure.update_layout(barmode="overlay")
    lay_rows(figure, list(labels.values()))
    reach = max((shown["n"].max() if not shown.empty else 1), 1)
    figure.update_xaxes(showticklabels=False, showgrid=False, zeroline=True, range=[-0.9 * reach, 1.05 * reach])
    mark_suppressed(figure, marks(published, words, labels), -0.4 * reach)
    return figure


def dumbbell(published: Published, words: Words) -> go.Figure:
    """Arrows from the mean at the start to the mean at the end of the same people, a row a question.

    Where only the change may be told, the means are not: the row says so.
    """
    figure = go.Figure()
    held_back = published.shown[published.shown["start_mean"].isna()]
    shown = published.shown.drop(index=held_back.index)
    labels = {row.item: label_of(words, str(row.item), row.n) for row in records(published.frame)}
    for row in records(shown):
        better = (row.end_mean - row.start_mean) * words.scale(str(row.item)).direction >= 0
        figure.add_annotation(
            x=row.end_mean, y=labels[row.item], ax=row.start_mean, ay=labels[row.item], axref="x", ayref="y", text="",
            xref="x", yref="y", showarrow=True, arrowhead=2, arrowwidth=2.5, arrowcolor=GOOD if better else BAD,
            standoff=7, startstandoff=6,
        )  # fmt: skip
    for name, column, symbol, fill in (
        ("charts.at_start", "start_mean", "circle-open", MAIN),
        ("charts.at_end", "end_mean", "circle", MAIN),
    ):
        means = shown[column].astype(float)
        figure.add_scatter(
            x=means,
            y=[labels[item] for item in shown["item"]],
            mode="markers",
            name=words.t(name),
            marker={"symbol": symbol, "size": 13, "color": fill, "line": {"width": 2}},
            customdata=[words.t.number(mean, 1) for mean in means],
            hovertemplate="%{y}<br>%{fullData.name}: %{customdata}<extra></extra>",
        )
    styled(figure, words.t("charts.dumbbell_title"))
    lay_rows(figure, list(labels.values()), below=100)
    low, high = _ends(shown)
    figure.update_xaxes(
        range=[low - 0.2, high + 0.2],
        dtick=1,
        title=words.t("charts.scale_mean", low=f"{low:g}", high=f"{high:g}"),
        zeroline=False,
    )
    mark_suppressed(figure, marks(published, words, labels), low)
    mark_suppressed(figure, {labels[item]: words.t("common.nearly_all") for item in held_back["item"]}, low)
    return figure


def _ends(shown: pd.DataFrame) -> tuple[float, float]:
    if shown.empty:
        return 1.0, 5.0
    return float(shown["scale_low"].min()), float(shown["scale_high"].max())
