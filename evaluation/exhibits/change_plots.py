"""Plots of change: how many improved, stayed the same or worsened, and the means at start and end."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from evaluation.exhibits.colours import BAD, GOOD, NEUTRAL
from evaluation.exhibits.figures import Figures
from evaluation.exhibits.plot import WHOLE, Category, Levels, Plot, Side
from evaluation.exhibits.plot_parts import counts, question, suppressed_rows
from evaluation.findings.words import Words
from evaluation.measures import records

PARTS: Mapping[str, tuple[Side, str]] = {
    "worsened": ("worse", BAD), "same": ("middle", NEUTRAL), "improved": ("better", GOOD),
}  # fmt: skip


def retrospective(figures: Figures) -> Plot:
    """Return how many people say that they are worse off, the same and better off, question by question."""
    words, rows = figures.words, figures.rows
    categories = [replace(question(words, row), summary=_summary(row, words)) for row in rows]
    return _parts(figures, rows, categories)


def balance(figures: Figures) -> Plot:
    """Return how many of the same people got worse in more questions than better, in as many, and in fewer, by form."""
    words, rows = figures.words, figures.rows
    categories = [
        Category(words.form(row.questionnaire), words.n_of(row), summary=_summary(row, words)) for row in rows
    ]
    return _parts(figures, rows, categories, "balance_")


def paired(figures: Figures) -> Plot:
    """Return how many of the same people answered worse, the same and better at end, and the means of both times.

    Where the gate publishes the change without the levels, there are no means. With the number of matched pairs
    beside, n says how many forms at end could be matched to one at start.
    """
    words, rows = figures.words, figures.rows
    whole = {row.questionnaire: row.n for table in figures.beside for row in records(table.with_figures)}
    categories = []
    for row in rows:
        category = replace(question(words, row), summary=_summary(row, words))
        n = whole.get(row.questionnaire)
        if category.n and n is not None:
            count_of = words.t("charts.count_of", count=words.t.number(row.n), n=words.t.number(n))
            category = replace(category, n=words.t("common.n", n=count_of).replace(" ", "\N{NO-BREAK SPACE}"))
        if not row.suppressed:
            category = _with_levels(category, row, words)
        categories.append(category)
    return _parts(figures, rows, categories)


def _summary(row: Any, words: Words) -> str:
    return "" if row.suppressed else f"{words.measure(row.measure)} {words.mark_with_interval(row)}"


def _with_levels(category: Category, row: Any, words: Words) -> Category:
    if pd.isna(row.start_mean):
        return replace(category, levels_suppressed=words.t("charts.levels_withheld"))
    start, end = words.t.number(row.start_mean, 1), words.t.number(row.end_mean, 1)
    text = words.t("files.from_to", start=start, end=end)
    direction = words.scale(row.item).direction
    levels = Levels(row.start_mean, row.end_mean, row.scale_low, row.scale_high, (start, end), text, direction)
    return replace(category, levels=levels)


def _parts(figures: Figures, rows: list[Any], categories: list[Category], names: str = "") -> Plot:
    words = figures.words
    series = tuple(
        replace(
            counts(
                words.t(f"charts.{names}{name}"),
                [None if row.suppressed else float(getattr(row, name)) for row in rows],
                colour,
                words,
            ),
            side=side,
            hatched=side == "worse",
        )
        for name, (side, colour) in PARTS.items()
    )
    return Plot("stacked", tuple(categories), series, WHOLE, suppressed_rows(figures, rows))
