"""The columns of published tables in words: which there are, and how their figures are written."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from evaluation.findings.finding import in_range
from evaluation.findings.words import Words
from evaluation.measures import AREAS, REGISTRY, Format, Published, records

Cell = Callable[[Words, Any], str]


def _figure(words: Words, row: Any) -> str:
    return words.figure(row)


def _interval(words: Words, row: Any) -> str:
    return words.interval(row.measure, row.low, row.high) or words.t("common.not_available")


def _count(words: Words, row: Any) -> str:
    if in_range(row):
        return words.number_between(row.at_least, row.at_most)
    return words.t("common.not_available") if pd.isna(row.count) else words.t.number(row.count)


def _scale(words: Words, row: Any) -> str:
    return f"{words.t.number(row.scale_low)}–{words.t.number(row.scale_high)}"


def _number(decimals: int) -> Callable[[str], Cell]:
    def named(name: str) -> Cell:
        def cell(words: Words, row: Any) -> str:
            value = getattr(row, name)
            return words.t("common.not_available") if pd.isna(value) else words.t.number(value, decimals)

        return cell

    return named


def _formatted_as(measure: str) -> Callable[[str], Cell]:
    """Return the form of a column whose values are written like those of ``measure``."""
    return lambda name: lambda words, row: words.value(measure, getattr(row, name))


def _estimate(name: str) -> Cell:
    """A number with the ends of its interval."""

    def cell(words: Words, row: Any) -> str:
        value, low, high = (getattr(row, column) for column in (name, f"{name}_low", f"{name}_high"))
        if pd.isna(value):
            return words.t("common.not_available")
        return f"{words.signed(value, 2)} ({words.signed(low, 2)} … {words.signed(high, 2)})"

    return cell


def _theme(name: str) -> Cell:
    def cell(words: Words, row: Any) -> str:
        theme = getattr(row, name)
        return words.t("common.not_available") if pd.isna(theme) else words.t(f"charts.national_{theme}")

    return cell


# The form of a column, by what it holds.
_BY_FORMAT: dict[Format, Callable[[str], Cell]] = {
    Format.COUNT: _number(0),
    Format.CODE: _number(0),
    Format.MEAN: _number(1),
    Format.DECIMAL: _number(2),
    Format.SIGNED: lambda name: lambda words, row: words.signed(getattr(row, name), 2),
    Format.SHARE: _formatted_as("favourable"),
    Format.POINTS: _formatted_as("trend"),
    Format.AS_VALUE: lambda name: lambda words, row: words.value(row.measure, getattr(row, name)),
    Format.ESTIMATE: _estimate,
    Format.DAY: lambda name: lambda words, row: words.day(getattr(row, name)),
    Format.OCCASION: lambda name: lambda words, row: words.occasion(getattr(row, name)),
    Format.COHORT: lambda name: lambda words, row: words.cohort(getattr(row, name)),
    Format.ITEM: lambda name: lambda words, row: words.item(getattr(row, name)),
    Format.THEME: _theme,
    Format.VERDICT: lambda name: lambda words, row: words.t(f"charts.verdict_{getattr(row, name)}"),
}
# Columns of readers' tables that are made of several of the published ones.
_COMBINED: dict[str, Cell] = {
    "value": _figure,
    "interval": _interval,
    "range": _interval,
    "count": _count,
    "scale": _scale,
    "form": lambda words, row: words.form(row.questionnaire),
    "answer": lambda words, row: words.answer(row.item, row.value_code, row.value_class),
}


def cell(name: str, words: Words, row: Any) -> str:
    """Return the text of a row in a column of a reader's table."""
    if name in _COMBINED:
        return _COMBINED[name](words, row)
    return _BY_FORMAT[REGISTRY.columns[name].format](name)(words, row)


def published_table(published: Published, words: Words) -> pd.DataFrame:
    """Return the published rows in words: who, what, and figures as text; suppressed rows say so."""
    frame = published.frame
    rows = []
    for row in records(frame):
        cells = _subject(words, row, frame)
        if row.suppressed:
            rows.append(cells | {words.t("charts.column_value"): words.withheld(published, row.reason)})
            continue
        for name in REGISTRY[published.measure].reader_columns:
            column = REGISTRY.columns.get(name)
            if column is not None and column.optional and frame[name].isna().all():
                continue
            if name in _COMBINED or hasattr(row, name):
                cells[words.t(f"charts.column_{name}")] = cell(name, words, row)
        rows.append(cells)
    return pd.DataFrame(rows).fillna("")


def _subject(words: Words, row: Any, frame: pd.DataFrame) -> dict[str, str]:
    """Return the columns that say what a row is about, those that differ between rows only."""
    cells: dict[str, str] = {}
    if frame["practice"].nunique() > 1 or frame["level"].isin(AREAS).any():
        cells[words.t("charts.column_practice")] = words.whose(row)
    if frame["municipality"].nunique() > 1:
        cells[words.t("charts.column_municipality")] = words.municipality(row.municipality)
    if frame["level"].eq("cohort").any():
        cells[words.t("charts.column_cohort")] = words.cohort(row.cohort)
    if row.item:
        cells[words.t("charts.column_item")] = words.item(row.item)
    if frame["measure"].nunique() > 1:
        cells[words.t("charts.column_measure")] = words.measure(row.measure) if not row.suppressed else ""
    return cells
