"""Parts that several plots have: categories of questions, series of shares, reasons for what is suppressed."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from evaluation.exhibits.figures import Figures
from evaluation.exhibits.plot import DECIMAL, PERCENT, WHOLE, Category, Numbers, Series, Suppressed
from evaluation.findings.finding import in_range
from evaluation.findings.words import Words
from evaluation.measures import REGISTRY, Format


def question(words: Words, row: Any) -> Category:
    """Return the category of a published row's question, with its n and those who could not say, if that is known."""
    return Category(words.item(row.item), words.n_of(row))


def suppressed_rows(figures: Figures, rows: Sequence[Any]) -> tuple[Suppressed, ...]:
    """Return why rows are suppressed; the rows are the categories in this order."""
    return tuple(
        Suppressed(figures.words.withheld(figures.published, row.reason), place)
        for place, row in enumerate(rows)
        if row is not None and row.suppressed
    )


def shares(name: str, rows: Iterable[Any], colour: str, words: Words, symbol: str = "circle") -> Series:
    """Return the figures of ``rows`` with their intervals; None and suppressed rows have none.

    Where a range is published, the number is its lower end.
    """
    rows = [None if row is None or row.suppressed else row for row in rows]
    upper = tuple(None if row is None or not in_range(row) else float(row.at_most / row.n) for row in rows)
    return Series(
        name,
        tuple(None if row is None else figure_of(row) for row in rows),
        tuple("" if row is None else words.mark(row) for row in rows),
        colour,
        _ends(rows, "low"),
        _ends(rows, "high"),
        upper if any(end is not None for end in upper) else (),
        tuple("" if row is None else words.mark_with_interval(row) for row in rows),
        symbol=symbol,
    )


def figure_of(row: Any) -> float:
    """Return the number of a row; where a range is published, its lower end."""
    return float(row.at_least / row.n if in_range(row) else row.value)


def _ends(rows: Iterable[Any], name: str) -> Numbers:
    ends = (None if row is None else getattr(row, name) for row in rows)
    return tuple(None if end is None or pd.isna(end) else float(end) for end in ends)


def counts(name: str, values: Sequence[float | None], colour: str, words: Words) -> Series:
    """Return numbers of people, answers or visits."""
    texts = tuple("" if value is None else words.t.number(value) for value in values)
    return Series(name, tuple(values), texts, colour)


def number_format(measure: str) -> str:
    """Return how a spreadsheet writes figures of a measure."""
    format_ = REGISTRY.figures[measure]
    if format_ in (Format.COUNT, Format.DIFFERENCE):
        return WHOLE
    return DECIMAL if format_ in (Format.MEAN, Format.STEP) else PERCENT
