"""Plots of points in Plotly: rows with intervals, under headings or not, and lines over time in strips."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from evaluation.exhibits.colours import BAND, GROUND, INK, MAIN, QUIET
from evaluation.exhibits.plot import PERCENT, Category, Plot, Reference, Series
from evaluation.findings import Words
from evaluation.render.plotly_figure import Figure, Text
from evaluation.render.plotly_look import annotation, lay_pixels, lay_rows, line, marked, wrapped

# Signs of a usual figure, 100 %, and the room that one more needs, as a share of the axis on a telephone.
USUAL, ROOM_A_SIGN = 5, 0.05
LINE, HEAD, GAP = 20, 19, 12
# On a telephone a line of so many signs of the small print still fits.
CLOSING_WIDTH = 50
# Lines: the height of a strip, and room above for the figure of a point at 100 %; below a low point there is none.
STRIP, ABOVE, BETWEEN, LOW = 74, 20, 20, 0.2


def points(figure: Figure, plot: Plot, words: Words) -> None:
    """Draw row by row a point with its interval and its figure beside it; under headings where there are any."""
    if any(category.heading for category in plot.categories):
        _under_headings(figure, plot, words)
        return
    labels = [category.label for category in plot.categories]
    references = [(place, row.reference) for place, row in enumerate(plot.categories) if row.reference is not None]
    (series,) = (line.midpoints for line in plot.series)
    if references:
        _draw_references(figure, references, len(labels), words)
    rows = [place for place, value in enumerate(series.values) if value is not None]
    figure.add_scatter(
        x=[series.values[place] for place in rows],
        y=[labels[place] for place in rows],
        mode="markers",
        name=words.t("charts.own_figure"),
        marker={"size": 12, "color": series.colour},
        error_x=interval_bars(series, rows) if series.has_intervals else None,
        customdata=[series.detail(place) for place in rows],
        hovertemplate="%{y}: %{customdata}<extra></extra>",
        showlegend=bool(references),
    )
    if references:
        _draw_estimates(figure, [(labels[place], reference) for place, reference in references], words)
    lay_rows(figure, labels, below=110 if references else 60)
    end = _axis(figure, plot, series, words)
    figure.write(annotation(f"<b>{series.texts[place]}</b>", end, labels[place], 14, xshift=6) for place in rows)
    low = figure.layout["xaxis"]["range"][0]
    reasons = {label: plot.reason(place) for place, label in enumerate(labels) if plot.reason(place)}
    figure.write(marked(reasons, low + 0.02 * (end - low)))


def interval_bars(series: Series, rows: Sequence[int]) -> dict[str, object]:
    """Return the intervals of some categories as error bars."""
    down, up = series.reach
    return {
        "type": "data",
        "symmetric": False,
        "array": [up[place] for place in rows],
        "arrayminus": [down[place] for place in rows],
        "color": series.colour,
        "thickness": 2,
        "width": 6,
    }


def _axis(figure: Figure, plot: Plot, series: Series, words: Words) -> float:
    """Lay the horizontal axis; return where the written figures stand."""
    ends = [end for end in (*series.low, *series.high) if end is not None]
    if plot.signed:
        references = [row.reference for row in plot.categories if row.reference is not None]
        ends += [end for reference in references for end in (reference.low, reference.high)]
        reach = max([0.5, *map(abs, ends)])
        figure.update_layout(separators=f"{words.t.number(0.5, 1)[1]} ")
        figure.update_xaxis(range=[-1.05 * reach, 1.45 * reach], zeroline=True, zerolinecolor=QUIET)
        return 1.1 * reach
    if plot.number_format != PERCENT:
        numbers = [value for value in series.values if value is not None]
        top = max([*numbers, *ends], default=1.0)
        figure.update_xaxis(range=[0, 1.2 * top], zeroline=False)
        return 1.03 * top
    _share_axis(figure, words)
    longest = max(map(len, series.texts), default=0)
    figure.update_xaxis(range=[-0.02, 1.16 + ROOM_A_SIGN * max(0, longest - USUAL)])
    return 1.02


def _share_axis(figure: Figure, words: Words) -> None:
    """Make the horizontal axis one of shares from 0 to 100 %."""
    ticks = [0, 0.25, 0.5, 0.75, 1]
    texts = [words.t.percent(tick) for tick in ticks]
    figure.update_xaxis(tickangle=0, tickvals=ticks, ticktext=texts, zeroline=False)


def _draw_references(figure: Figure, references: Sequence[tuple[int, Reference]], rows: int, words: Words) -> None:
    """Draw behind the points the units' ranges of chance, and the value of all units together as a line."""
    known = [(rows - 1 - place, reference) for place, reference in references]
    bands = [
        {"type": "rect", "x0": reference.low, "x1": reference.high, "y0": middle - 0.24, "y1": middle + 0.24,
         "layer": "below", "fillcolor": BAND, "line": {"width": 0}}
        for middle, reference in known
    ]  # fmt: skip
    pen = {"color": INK, "width": 1.5, "dash": "dot"}
    wholes = [line(ref.whole, middle - 0.5, middle + 0.5, layer="below", line=pen) for middle, ref in known]
    figure.draw([*bands, *wholes])
    texts = {reference.whole_text for _, reference in references}
    name = words.t("charts.whole")
    name = f"{name}: {texts.pop()}" if len(texts) == 1 else name
    for text, symbol, colour in ((words.t("charts.chance_range"), "square", BAND), (name, "line-ns", INK)):
        figure.add_scatter(
            x=[None], y=[None], mode="markers", name=text,
            marker={"symbol": symbol, "size": 13, "color": colour, "line": {"width": 1.5, "color": QUIET}},
        )  # fmt: skip


def _draw_estimates(figure: Figure, rows: Sequence[tuple[str, Reference]], words: Words) -> None:
    """Draw the units' estimates, shrunk towards the others."""
    figure.add_scatter(
        x=[reference.estimate for _, reference in rows],
        y=[label for label, _ in rows],
        mode="markers",
        name=words.t("charts.column_shrunk"),
        marker={"symbol": "diamond", "size": 10, "color": GROUND, "line": {"width": 2, "color": MAIN}},
        customdata=[reference.estimate_text for _, reference in rows],
        hovertemplate="%{y}<br>%{fullData.name}: %{customdata}<extra></extra>",
        showlegend=True,
    )


def _under_headings(figure: Figure, plot: Plot, words: Words) -> None:
    """Draw a line per category under its heading; headings without any figure are named together at the end."""
    height, places, texts = 4.0, {}, []
    withheld: dict[str, list[str]] = {}
    for heading, group in _by_heading(plot.categories):
        if all(plot.reason(place) for place in group):
            withheld.setdefault(plot.reason(group[0]), []).append(heading)
            continue
        head = wrapped(heading).split("<br>")
        texts.append(annotation(f"<b>{'<br>'.join(head)}</b>", 0, height, xref="paper", yanchor="top"))
        height += HEAD * len(head)
        for place in group:
            places[place] = height + LINE / 2
            texts.append(_line_text(plot, place, places[place]))
            height += LINE
        height += GAP
    for series in plot.series:
        rows = [place for place, value in enumerate(series.values) if value is not None]
        figure.add_scatter(
            x=[series.values[place] for place in rows],
            y=[places[place] for place in rows],
            mode="markers",
            name=series.name,
            marker={"size": 12, "color": series.colour, "symbol": series.symbol},
            error_x=interval_bars(series, rows),
            customdata=[f"{series.detail(place)}, {plot.categories[place].n}" for place in rows],
            hovertemplate="%{fullData.name}: %{customdata}<extra></extra>",
            showlegend=True,
        )
    for reason, headings in withheld.items():
        closing = wrapped(f"{reason}: {', '.join(headings)}", CLOSING_WIDTH)
        texts.append(annotation(f"<i>{closing}</i>", 0, height, 12, QUIET, xref="paper", yanchor="top"))
        height += LINE * (1 + closing.count("<br>"))
    figure.write(texts)
    lay_pixels(figure, height, below=84)
    _share_axis(figure, words)
    figure.update_xaxis(range=[-0.06, 1.5])


def _by_heading(categories: Sequence[Category]) -> Iterator[tuple[str, list[int]]]:
    for heading, places in groupby(range(len(categories)), key=lambda place: categories[place].heading):
        yield heading, list(places)


def _line_text(plot: Plot, place: int, y: float) -> Text:
    """Return the figure of a category with its n, or why it is suppressed."""
    category, reason = plot.categories[place], plot.reason(place)
    if reason:
        return annotation(f"<i>{category.name}: {reason}</i>", 0, y, 12, QUIET)
    figure = next(series.texts[place] for series in plot.series if series.texts[place])
    return annotation(f"{figure} ({category.n})", 1.03, y, 12)


def lines(figure: Figure, plot: Plot, words: Words) -> None:
    """Draw a strip from 0 to 100 % per series, its points joined from one category to the next.

    One strip per line separates lines that would cross and overlap, and needs neither colours nor a legend.
    Over a break the line is not joined, and a mark says so.
    """
    height, rules = 22.0 if plot.breaks else 4.0, []
    texts: list[Text] = []
    for number, series in enumerate(plot.series):
        head = wrapped(series.name).split("<br>")
        texts.append(annotation("<br>".join(head), 0, height, xref="paper", yanchor="top"))
        height += HEAD * len(head) + ABOVE
        texts += _draw_line(figure, plot, number, height)
        rules += [height, height + STRIP / 2, height + STRIP]
        height += STRIP + BETWEEN
    lay_pixels(figure, height, below=64)
    for place in plot.breaks:
        pen = {"color": QUIET, "width": 1.5, "dash": "dash"}
        figure.draw([line(place - 0.5, 0, 1, yref="y domain", line=pen)])
        texts.append(annotation(words.t("charts.form_changed"), place - 0.5, 8, 11, QUIET, xshift=4))
    figure.write(texts)
    figure.update_yaxis(showgrid=True, tickvals=rules)
    count = len(plot.categories)
    figure.update_xaxis(
        range=[-0.45, count - 0.55],
        tickvals=list(range(count)),
        ticktext=[wrapped(category.name, 12) for category in plot.categories],
        showgrid=False,
        zeroline=False,
    )


def _draw_line(figure: Figure, plot: Plot, number: int, top: float) -> list[Text]:
    """Draw the points of one series with their intervals; return their n, and why some are missing."""
    series, texts = plot.series[number], []
    points: list[int | None] = []
    for place, value in enumerate(series.values):
        reason = plot.reason(place, number)
        if reason:
            text = f"<i>{wrapped(reason, 14)}</i>"
            texts.append(annotation(text, place, top + STRIP / 2, 11, QUIET, xanchor="center"))
        if reason or (value is not None and place in plot.breaks):
            points.append(None)
        if value is not None:
            points.append(place)
    down, up = series.reach
    values = [None if place is None else series.values[place] for place in points]
    figure.add_scatter(
        x=points,
        y=[None if value is None else top + (1 - value) * STRIP for value in values],
        mode="lines+markers+text",
        line={"color": MAIN, "width": 2},
        marker={"size": 9, "color": MAIN},
        error_y={
            "type": "data", "symmetric": False, "color": MAIN, "thickness": 1.5, "width": 5,
            # The axis runs downwards, so what is added to a place lies below it.
            "array": [0 if place is None else (down[place] or 0) * STRIP for place in points],
            "arrayminus": [0 if place is None else (up[place] or 0) * STRIP for place in points],
        },
        text=["" if place is None else f" {series.texts[place]}" for place in points],
        textposition=_beside_the_line(values),
        textfont={"size": 12},
        cliponaxis=False,
        customdata=["" if place is None else f"{plot.categories[place].name}: {series.detail(place)}"
                    for place in points],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )  # fmt: skip
    below = top + STRIP + 8
    ns = [(place, series.ns[place]) for place in points if place is not None and series.ns]
    return texts + [annotation(n, place, below, 10, QUIET, xanchor="center") for place, n in ns]


def _beside_the_line(values: Sequence[float | None]) -> list[str]:
    """Return where the figures stand so that the line to the next point does not cross it."""
    places = []
    for value, after in zip(values, [*values[1:], None], strict=True):
        if value is None or after is None:
            places.append("middle right")
        else:
            places.append("bottom right" if after > value > LOW else "top right")
    return places
