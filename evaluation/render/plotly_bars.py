"""Plots of bars in Plotly: stacked around a middle, side by side, in strips, and upright columns."""

from datetime import date
from itertools import pairwise

from evaluation.exhibits.colours import BAD, GOOD, GROUND, INK, MAIN, NEUTRAL, QUIET, RULE, ink_on
from evaluation.exhibits.plot import PERCENT, Category, Levels, Plot, Series
from evaluation.findings import Words
from evaluation.render.plotly_figure import Figure
from evaluation.render.plotly_look import annotation, filling, lay_pixels, lay_rows, marked, tracks, wrapped

LABEL_FROM = 0.09
LEFT, RIGHT, WHOLE = (0.0, 0.52), (0.58, 1.0), (0.0, 1.0)
# Room for the heads of levels and bars, and height of a row that has both.
HEADS, ROW = 48, 32
HEAD, LINE, STRIP, GAP = 20, 20, 56, 12

Ends = tuple[float, float]


def stacked(figure: Figure, plot: Plot, words: Words) -> None:
    """Draw the parts of the rows on both sides of a middle; with levels these stand on the left."""
    labels = [category.label for category in plot.categories]
    axis = "x2" if plot.has_levels else "x"
    ends = _draw_parts(figure, plot, labels, axis)
    figure.update_layout(barmode="overlay")
    reasons = {label: plot.reason(place) for place, label in enumerate(labels) if plot.reason(place)}
    if plot.has_levels:
        _draw_levels(figure, [(label, row.levels) for label, row in _with_levels(plot, labels)], words)
        _lay_levels(figure, labels, words)
        _part_axis(figure, ends, RIGHT, axis)
        held_back = {
            label: row.levels_suppressed
            for label, row in zip(labels, plot.categories, strict=True)
            if row.levels_suppressed
        }
        figure.write(marked(reasons | held_back, -0.12, 24))
        return
    if plot.number_format == PERCENT:
        lay_rows(figure, labels, below=110)
        look = {"showticklabels": False, "showgrid": False, "zeroline": True}
        figure.update_xaxis(range=[ends[0] - 0.03, (ends[1] or 1) + 0.03], **look)
    else:
        lay_rows(figure, labels)
        _part_axis(figure, ends, WHOLE, axis)
    figure.write(marked(reasons, ends[0]))


def _draw_parts(figure: Figure, plot: Plot, labels: list[str], axis: str) -> Ends:
    """Draw the parts of the rows from left to right; return how far they reach to both sides."""
    shares = plot.number_format == PERCENT
    starts = [-_left(plot, place) for place in range(len(labels))]
    low, high = min([0.0, *starts]), 0.0 if shares else 1.0
    for series in plot.series:
        rows = [place for place, value in enumerate(series.values) if value is not None]
        values = [series.values[place] or 0.0 for place in rows]
        beside = series.side == "worse" and not shares
        if beside:
            # Few are worse as a rule: their number has no room in the bar.
            figure.write(
                annotation(series.texts[place], starts[place], labels[place], xanchor="right", xshift=-2, xref=axis)
                for place in rows if series.values[place]
            )  # fmt: skip
        figure.add_bar(
            y=[labels[place] for place in rows],
            x=values,
            base=[starts[place] for place in rows],
            orientation="h",
            xaxis=axis,
            name=series.name,
            marker=filling(series.colour, series.hatched),
            text=[series.texts[place] if value >= (LABEL_FROM if shares else 1) else ""
                  for place, value in zip(rows, values, strict=True)],
            textposition="none" if beside else "inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": ink_on(series.colour), "size": 13},
            customdata=[series.detail(place) for place in rows],
            hovertemplate="%{y}<br>%{fullData.name}: %{customdata}<extra></extra>",
        )  # fmt: skip
        for place, value in zip(rows, values, strict=True):
            starts[place] += value
        high = max([high, *starts])
    return low, high


def _left(plot: Plot, place: int) -> float:
    """Return what stands left of the middle of a row: the worse side, and half of those in the middle."""
    worse = sum(series.values[place] or 0.0 for series in plot.series if series.side == "worse")
    return worse + sum(series.values[place] or 0.0 for series in plot.series if series.side == "middle") / 2


def _part_axis(figure: Figure, ends: Ends, domain: Ends, axis: str) -> None:
    room = (ends[1] - ends[0]) / 10
    look = {
        "showticklabels": False, "showgrid": False, "zeroline": False, "fixedrange": True, "domain": domain,
        "range": [ends[0] - room, ends[1] + room / 4],
    }  # fmt: skip
    figure.update_layout(**{"xaxis" if axis == "x" else "xaxis2": look})


def _with_levels(plot: Plot, labels: list[str]) -> list[tuple[str, Category]]:
    rows = zip(labels, plot.categories, strict=True)
    return [(label, category) for label, category in rows if category.levels is not None]


def _lay_levels(figure: Figure, labels: list[str], words: Words) -> None:
    pitch = lay_rows(figure, labels, ROW, below=84)
    figure.update_yaxis(range=[-0.5, len(labels) - 0.35 + HEADS / pitch])
    figure.update_layout(height=figure.height + HEADS)
    figure.update_xaxis(range=[-0.12, 1.12], domain=LEFT, showticklabels=False, showgrid=False, zeroline=False)
    heads = (("charts.head_levels", LEFT[0]), ("charts.head_people", RIGHT[0]))
    figure.write((
        annotation(wrapped(words.t(text), 26), place, 1, 12, QUIET, xref="paper", yref="paper", yanchor="top")
        for text, place in heads
    ))  # fmt: skip


def _draw_levels(figure: Figure, rows: list[tuple[str, Levels | None]], words: Words) -> None:
    """Draw per scale a track from its low to its high end, with the two means and their numbers on it."""
    known = [(label, levels, _place(levels, levels.start), _place(levels, levels.end))
             for label, levels in rows if levels is not None]  # fmt: skip
    tracks(figure, [label for label, *_ in known], RULE, 4)
    steps: dict[str, list[tuple[str, float, float]]] = {}
    for label, levels, start, end in known:
        better = (end - start) * levels.direction
        colour = NEUTRAL if better == 0 else GOOD if better > 0 else BAD
        steps.setdefault(colour, []).append((label, start, end))
    for colour, lines in steps.items():
        figure.add_scatter(
            x=[place for _, start, end in lines for place in (start, end, None)],
            y=[place for label, *_ in lines for place in (label, label, None)],
            mode="lines",
            line={"color": colour, "width": 4},
            hoverinfo="skip",
            showlegend=False,
        )
    figure.write((
        annotation(f"{text:g}", place, label, 10, QUIET, xanchor="center", yshift=-13)
        for label, levels, *_ in known
        for place, text in ((0, levels.low), (1, levels.high))
    ))  # fmt: skip
    for number, name in enumerate(("charts.at_start", "charts.at_end")):
        at_end = number == 1
        figure.add_scatter(
            x=[end if at_end else start for _, _, start, end in known],
            y=[label for label, *_ in known],
            mode="markers+text",
            name=words.t(name),
            marker={"size": 13, "color": MAIN if at_end else GROUND, "line": {"width": 2, "color": MAIN}},
            text=[levels.texts[number] for _, levels, *_ in known],
            textposition=["middle right" if (end > start) == at_end else "middle left" for _, _, start, end in known],
            textfont={"size": 12},
            cliponaxis=False,
            hovertemplate="%{y}<br>%{fullData.name}: %{text}<extra></extra>",
        )


def _place(levels: Levels, value: float) -> float:
    """Return where a mean lies on its scale, the low end being 0 and the high end 1."""
    return (value - levels.low) / (levels.high - levels.low)


def bars(figure: Figure, plot: Plot, _words: Words) -> None:
    """Draw a bar per series below the name of its category, its figure beside it."""
    height, places, texts = 4.0, {}, []
    for row, category in enumerate(plot.categories):
        texts.append(annotation(wrapped(category.label), 0, height, xref="paper", yanchor="top"))
        height += HEAD
        for number, series in enumerate(plot.series):
            reason = plot.reason(row, number)
            if series.values[row] is None and not reason:
                continue
            places[row, number] = height + LINE / 2
            if reason:
                texts.append(annotation(f"<i>{series.name}: {reason}</i>", 0, places[row, number], 12, QUIET))
            height += LINE
        height += GAP
    for number, series in enumerate(plot.series):
        rows = [row for row, value in enumerate(series.values) if value is not None]
        figure.add_bar(
            x=[series.values[row] for row in rows],
            y=[places[row, number] for row in rows],
            width=LINE - 3,
            orientation="h",
            name=series.name,
            marker=filling(series.colour, series.hatched),
            text=[f" {series.texts[row]}" for row in rows],
            textposition="outside",
            textfont={"size": 12},
            constraintext="none",
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=True,
        )
    figure.write(texts)
    lay_pixels(figure, height, below=48)
    figure.update_layout(barmode="overlay")
    most = max((value for series in plot.series for value in series.values if value is not None), default=1)
    figure.update_xaxis(range=[0, 2.4 * most], showgrid=False, showticklabels=False, zeroline=False)


def strips(figure: Figure, plot: Plot, _words: Words) -> None:
    """Draw a strip of columns per series, below a line at the number it is compared with."""
    height, texts, levels = 4.0, [], []
    numbers = [number for series in plot.series for number in (*series.values, series.level) if number is not None]
    most = max([1.0, *numbers])
    for number, series in enumerate(plot.series):
        texts.append(annotation(series.label, 0, height, xref="paper", yanchor="top"))
        height += HEAD + STRIP + 14
        if plot.reason(None, number):
            reason = f"<i>{plot.reason(None, number)}</i>"
            texts.append(annotation(reason, 0.5, height - STRIP / 2, 12, QUIET))
        _draw_strip(figure, plot, series, height, most)
        if series.level is not None:
            levels.append(height - series.level / most * STRIP)
        height += GAP
    lay_pixels(figure, height, below=48)
    figure.write(texts)
    figure.update_yaxis(showgrid=True, tickvals=levels, gridcolor=QUIET, griddash="dot")
    figure.update_layout(barmode="overlay", bargap=0.35)
    places = list(range(len(plot.categories)))
    figure.update_xaxis(
        title={"text": plot.axes[0]}, tickvals=places, ticktext=[category.name for category in plot.categories],
        range=[-0.6, len(places) - 0.4], tickangle=0, showgrid=False, zeroline=False,
    )  # fmt: skip


def _draw_strip(figure: Figure, plot: Plot, series: Series, bottom: float, most: float) -> None:
    rows = [place for place, value in enumerate(series.values) if value is not None]
    figure.add_bar(
        x=rows,
        y=[-(series.values[place] or 0.0) / most * STRIP for place in rows],
        base=bottom,
        marker=filling(MAIN, False),
        text=[series.texts[place] for place in rows],
        textposition="auto",
        textangle=0,
        insidetextfont={"color": ink_on(MAIN), "size": 11},
        outsidetextfont={"color": INK, "size": 11},
        cliponaxis=False,
        customdata=[f"{plot.categories[place].name}.: {series.detail(place)}" for place in rows],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )


def columns(figure: Figure, plot: Plot, _words: Words) -> None:
    """Draw upright columns: days on an axis of time, with no figures upon them; or one per category."""
    days = [category.day for category in plot.categories if category.day is not None]
    for series in plot.series:
        rows = [place for place, value in enumerate(series.values) if value is not None]
        look = {"width": 1000 * 60 * 60 * 24 * _bar_days(days), "showlegend": True} if days else {
            "text": [series.texts[place] if series.values[place] else "" for place in rows],
            "textposition": "outside", "cliponaxis": False,
        }  # fmt: skip
        figure.add_bar(
            x=[plot.categories[place].day or plot.categories[place].name for place in rows],
            y=[series.values[place] for place in rows],
            name=series.label,
            marker=filling(series.colour, series.hatched),
            customdata=[f"{plot.categories[place].name}: {series.detail(place)}" for place in rows],
            hovertemplate="%{customdata}<extra></extra>",
            **look,
        )
    figure.update_layout(barmode="overlay")
    if days:
        figure.update_xaxis(tickformat="%-m/%Y", showgrid=False)
    else:
        figure.update_layout(height=360, bargap=0.2)
        names = [category.name for category in plot.categories]
        figure.update_xaxis(
            type="category", categoryorder="array", categoryarray=names, tickangle=0, showgrid=False,
            # On a telephone names in one line would lie upon each other.
            tickvals=names, ticktext=[name.replace(" (", "<br>(") for name in names],
            title={"text": plot.axes[0]},
        )  # fmt: skip
    figure.update_yaxis(title={"text": plot.axes[1]}, rangemode="tozero")
    figure.write([
        annotation(mark.reason, 0.5, 0.5, xanchor="center", xref="paper", yref="paper") for mark in plot.suppressed
    ])  # fmt: skip


def _bar_days(days: list[date]) -> float:
    """Return the width of a column in days: a little less than the least time between two openings."""
    gaps = [(after - before).days for before, after in pairwise(sorted(set(days)))]
    return 0.8 * float(min(gaps)) if gaps else 0.8
