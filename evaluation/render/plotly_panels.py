"""Plots of panels side by side in Plotly: what is counted, and shares with their intervals, a row per category."""

from collections.abc import Sequence

from evaluation.exhibits.colours import QUIET
from evaluation.exhibits.plot import Plot, Series
from evaluation.findings import Words
from evaluation.render.plotly_figure import Figure, Text
from evaluation.render.plotly_look import annotation, filling, lay_pixels, tracks, wrapped
from evaluation.render.plotly_points import interval_bars

# The heads of the panels, the height of a row's name, marks and gap, and the room between panels as a share.
HEADS, NAME, LINE, GAP, BETWEEN = 40, 19, 32, 6, 0.06
# Where a figure stands beside its mark; the marks are drawn from 0 to 1.
BESIDE, WIDTH = 1.08, 1.95


def panels(figure: Figure, plot: Plot, words: Words) -> None:
    """Draw the series in panels side by side, those of one name in one panel; a row per category."""
    pitch = NAME + LINE + GAP
    rows = range(len(plot.categories))
    places = [HEADS + NAME + LINE / 2 + pitch * row for row in rows]
    texts = [
        annotation(f"<b>{category.name}</b>", 0, place - LINE / 2, xref="paper", yanchor="bottom")
        for category, place in zip(plot.categories, places, strict=True)
    ]
    names = list(dict.fromkeys(series.name for series in plot.series))
    wide = (1 - BETWEEN * (len(names) - 1)) / len(names)
    for number, name in enumerate(names):
        axis, start = f"x{number + 1}" if number else "x", number * (wide + BETWEEN)
        look = {
            "domain": (start, start + wide), "range": [-0.06, WIDTH], "showgrid": False, "zeroline": False,
            "showticklabels": False, "fixedrange": True,
        }  # fmt: skip
        figure.update_layout(**{axis.replace("x", "xaxis"): look})
        members = [index for index, series in enumerate(plot.series) if series.name == name]
        for index in members:
            _draw_in_panel(figure, plot, plot.series[index], places, axis)
        texts.append(annotation(wrapped(name, 14), start, 0, 12, QUIET, xref="paper", yanchor="top"))
        texts += [_panel_text(plot, members, row, places[row], axis, words) for row in rows]
    figure.write(texts)
    lay_pixels(figure, HEADS + pitch * len(places), below=44)
    figure.update_layout(barmode="overlay")


def _draw_in_panel(figure: Figure, plot: Plot, series: Series, places: Sequence[float], axis: str) -> None:
    """Draw what is counted as bars on a separate scale, shares as points with intervals."""
    rows = [row for row, value in enumerate(series.values) if value is not None]
    values, ys = [series.values[row] or 0.0 for row in rows], [places[row] for row in rows]
    if series.counts and rows:
        figure.add_bar(
            x=[value / max(values) for value in values],
            y=ys,
            width=14,
            orientation="h",
            xaxis=axis,
            marker=filling(series.colour, series.hatched),
            hoverinfo="skip",
            showlegend=False,
        )
    elif not series.counts:
        tracks(figure, ys, xaxis=axis)
        figure.add_scatter(
            x=values,
            y=ys,
            mode="markers",
            xaxis=axis,
            marker={"size": 10, "color": series.colour},
            error_x=interval_bars(series, rows),
            customdata=[f"{plot.categories[row].name}: {series.detail(row)}" for row in rows],
            hovertemplate="%{customdata}<extra></extra>",
            showlegend=False,
        )


def _panel_text(plot: Plot, members: Sequence[int], row: int, y: float, axis: str, words: Words) -> Text:
    """Return the figure of a row in a panel with its n below, why it is suppressed, or that there is none."""
    for index in members:
        series = plot.series[index]
        if series.values[row] is not None:
            return annotation(f"<b>{series.texts[row]}</b><br>{series.ns[row]}", BESIDE, y, 12, xref=axis)
        if plot.reason(row, index):
            return annotation(f"<i>{wrapped(plot.reason(row, index), 18)}</i>", 0, y, 11, QUIET, xref=axis)
    return annotation(words.t("common.not_available"), 0, y, 12, QUIET, xref=axis)
