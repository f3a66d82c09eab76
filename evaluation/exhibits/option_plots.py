"""Plots of options without an order: how many chose each, as bars; several choices never make up a whole."""

from typing import Any

import pandas as pd

from evaluation.definitions import OPTION_MARK
from evaluation.exhibits.colours import MAIN
from evaluation.exhibits.figures import Figures
from evaluation.exhibits.plot import WHOLE, Category, Plot, Series
from evaluation.exhibits.plot_parts import suppressed_rows
from evaluation.findings.words import Words


def options(figures: Figures) -> Plot:
    """Return how many chose each option of one question: the most first, groups of respondents as on the form."""
    words = figures.words
    rows = sorted(figures.rows, key=lambda row: _rank(row, words))
    published = [row if not row.suppressed else None for row in rows]
    series = Series(
        words.t("charts.column_count"),
        tuple(None if row is None else float(row.count) for row in published),
        tuple("" if row is None else words.share((row.count, row.count), row.n) for row in published),
        MAIN,
    )
    categories = tuple(Category(_name(row, words)) for row in rows)
    return Plot("bars", categories, (series,), WHOLE, suppressed_rows(figures, rows))


def _rank(row: Any, words: Words) -> tuple[bool, float]:
    """Return the place of an option: those for other answers, and those together, stand last."""
    question, _, option = str(row.item).partition(OPTION_MARK)
    item = words.library.items[question]
    code = item.option_codes.get(option, getattr(row, "value_code", None))
    if row.suppressed:
        return True, 1.0
    last = pd.isna(code) or code == item.other_code
    return bool(last), 0.0 if last or item.kind == "background" else -float(row.count)


def _name(row: Any, words: Words) -> str:
    question, _, option = str(row.item).partition(OPTION_MARK)
    if option:
        return words.option(row.item)
    return words.item(question) if row.suppressed else words.answer(question, row.value_code, row.value_class)
