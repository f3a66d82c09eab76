"""Plots of the printed page as rows and columns from 0 to 1, which its template draws as vector shapes."""

from collections.abc import Sequence
from typing import Any

from evaluation.exhibits.alternative_text import alternative_text
from evaluation.exhibits.colours import INK, ink_on
from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.plot import PERCENT, Plot, Series
from evaluation.exhibits.practice_exhibits import lowered
from evaluation.findings import Words

# A number is written in a bar that is at least this wide.
LABEL_FROM = 0.12
WIDE_FROM = 20
SIGN_WIDTH, GAP = 4.9, 0.3
UPRIGHT_HEIGHT, ROW_HEIGHT = 90, 28
LINES = ("strips", "lines")


def page_chart(exhibit: Exhibit, words: Words, most: int) -> dict[str, Any] | None:
    """Return what the template draws of ``exhibit``, its first ``most`` rows; None if it draws nothing of it.

    Rows have bars made of segments, or a mark with its interval, and the figure as it is written; several series stand
    in panels side by side.
    """
    plot, drawn = exhibit.plot, exhibit.drawn
    if plot is None or drawn is None or plot.shape in LINES:
        return None
    notes = [f"{', '.join(subjects)}: {lowered(reason)}" for reason, subjects in plot.left_out.items()]
    notes = [f"{exhibit.explanation}.", *notes] if exhibit.explanation else notes
    chart: dict[str, Any] = {
        "wide": False, "panels": 1, "heads": [], "rows": [], "columns": [], "axis": [], "legend": [], "notes": notes,
        "label_width": 0, "alt": alternative_text(plot),
    }  # fmt: skip
    if drawn.shape == "columns":
        return chart | _columns(drawn, words) | {"height": UPRIGHT_HEIGHT}
    count = min(most, len(drawn.categories))
    rows = [{"label": drawn.labels[place], "panels": _panels(drawn, place)} for place in range(count)]
    texts = [series.written(place) for series in drawn.series for place in range(count)]
    panels = plot.shape == "panels"
    chart |= {
        "wide": panels,
        "rows": rows if panels else [bar for row in rows for bar in _one_below_the_other(row)],
        "panels": len(drawn.series) if panels else 1,
        "axis": [words.t.percent(share) for share in (0, 0.5, 1)] if _of_shares(drawn) else [],
        "label_width": 0 if drawn.shape == "stacked" else SIGN_WIDTH * max(map(len, texts)),
        "heads": [{"name": series.name, "colour": series.colour} for series in drawn.series] if panels else [],
        "legend": [] if panels or len(drawn.series) == 1 else _legend(drawn.series),
        "height": ROW_HEIGHT * count,
    }
    if count < len(drawn.categories):
        chart["notes"] = [words.t("files.first_rows", count=count, all=len(drawn.categories)), *notes]
    return chart


def _legend(series: Sequence[Series]) -> list[dict[str, str]]:
    return [{"name": line.label, "colour": line.colour} for line in series]


def _one_below_the_other(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a row per panel; the label stands above the first."""
    panels = [panel for panel in row["panels"] if panel is not None]
    return [{"label": "" if number else row["label"], "panels": [panel]} for number, panel in enumerate(panels)]


def _panels(drawn: Plot, place: int) -> list[dict[str, Any] | None]:
    """Return the bars of one category: a single one of all series if they are stacked, else one per series."""
    if drawn.shape == "stacked":
        return [{"segments": _stacked(drawn, place), "mark": None, "figure": ""}]
    low, high = _ends(drawn)
    panels: list[dict[str, Any] | None] = []
    for series in drawn.series:
        value = series.values[place]
        if value is None:
            panels.append(None)
            continue
        at = (value - low) / (high - low)
        bar = {"start": 0, "end": at, "colour": series.colour, "ink": INK, "text": ""}
        ends = (series.low[place], series.high[place]) if series.has_intervals else (None, None)
        reach = [None if end is None else min(max((end - low) / (high - low), 0), 1) for end in ends]
        mark = {"at": at, "low": reach[0], "high": reach[1], "colour": series.colour}
        marked = drawn.shape == "points"
        panels.append({
            "segments": [] if marked else [bar], "mark": mark if marked else None, "figure": series.written(place),
        })  # fmt: skip
    return panels


def _ends(drawn: Plot) -> tuple[float, float]:
    """Return the ends of the axis: nought and all for shares, else what holds every number."""
    if _of_shares(drawn):
        return 0.0, 1.0
    numbers = _numbers(drawn)
    return min(0.0, *numbers), max(1.0, *numbers)


def _numbers(drawn: Plot) -> list[float]:
    return [end for line in drawn.series for end in (*line.values, *line.low, *line.high) if end is not None]


def _of_shares(drawn: Plot) -> bool:
    """Whether marks stand on an axis from nought to all; a difference may be less than nought."""
    numbers = _numbers(drawn)
    return drawn.shape == "points" and drawn.number_format == PERCENT and 0 <= min(numbers) <= max(numbers) <= 1


def _stacked(drawn: Plot, place: int) -> list[dict[str, Any]]:
    whole = sum(series.values[place] or 0 for series in drawn.series)
    segments, start = [], 0.0
    for series in drawn.series:
        share = (series.values[place] or 0) / whole if whole else 0
        if share:
            text = series.texts[place] if share >= LABEL_FROM else ""
            look = {"colour": series.colour, "ink": ink_on(series.colour), "text": text}
            segments.append({"start": start, "end": start + share} | look)
        start += share
    return segments


def _columns(drawn: Plot, words: Words) -> dict[str, Any]:
    """Return a column per category, its series one upon the other, so that the highest reaches the top."""
    totals = [sum(series.values[place] or 0 for series in drawn.series) for place in range(len(drawn.categories))]
    top, width = max(*totals, 1), 1 / len(totals)
    columns = []
    for place, total in enumerate(totals):
        height = total
        for series in drawn.series:
            # The whole column first, then what is left of it without one series after the other, laid over it.
            if series.values[place]:
                columns.append({
                    "start": place * width, "width": width * (1 - GAP), "height": height / top, "colour": series.colour,
                })  # fmt: skip
                height -= series.values[place] or 0
    return {
        "columns": columns,
        "top": words.t("files.most", value=words.t.number(top)),
        "first": drawn.labels[0],
        "last": drawn.labels[-1],
        "legend": _legend(drawn.series) if len(drawn.series) > 1 else [],
    }
