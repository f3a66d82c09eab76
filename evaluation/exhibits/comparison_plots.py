"""Plots of units side by side: a comparison, the course over cohorts, and all practices at a glance."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from evaluation.exhibits.colours import GOOD, MAIN, RULE, SERIES
from evaluation.exhibits.figures import Figures
from evaluation.exhibits.plot import PERCENT, Category, Plot, Reference, Series, Suppressed
from evaluation.exhibits.plot_parts import figure_of, number_format, shares, suppressed_rows
from evaluation.findings.finding import in_range
from evaluation.findings.words import Words
from evaluation.measures import COHORT, REGISTRY, Format, Published, records

Unit = tuple[str, str, str, str, str]


def comparison(figures: Figures) -> Plot:
    """Return one figure per unit with its interval; a suppressed unit has its place and its reason.

    Units stand by name (cohorts by time) unless ``order`` says otherwise: the intervals of small groups overlap, and
    a ranking would be read as one. With the test beside, a unit has what it is compared with.
    """
    words, rows = figures.words, _ordered(figures)
    measures = [row.measure for row in rows if not row.suppressed]
    measure = str(measures[0]) if measures else figures.published.measure.partition(".")[2]
    references = _references(figures.beside, measure, words)
    categories = tuple(
        Category(words.place(row), "" if pd.isna(row.n) else words.n(row.n), reference=references.get(_unit(row)))
        for row in rows
    )
    series = shares(words.measure(measure), rows, MAIN, words)
    marks = suppressed_rows(figures, rows)
    return Plot(
        "points", categories, (series,), number_format(measure), marks, signed=REGISTRY.figures[measure] is Format.STEP
    )


def _ordered(figures: Figures) -> list[Any]:
    words, rows = figures.words, figures.rows
    if figures.order == "value":
        return sorted(rows, key=lambda row: (row.suppressed, 0.0 if row.suppressed else -_middle(row)))
    if all(row.level == COHORT for row in rows):
        return rows
    return sorted(rows, key=words.place)


def _middle(row: Any) -> float:
    """Return the figure of a row; of a range the middle."""
    return float((row.at_least + row.at_most) / 2 / row.n) if in_range(row) else figure_of(row)


def _unit(row: Any) -> Unit:
    return row.level, row.practice, row.municipality, "" if pd.isna(row.cohort) else row.cohort, row.county


def _references(beside: Sequence[Published], measure: str, words: Words) -> Mapping[Unit, Reference]:
    """Return what the units are compared with, as far as it is known; a test on another scale has no place here."""
    return {
        _unit(row): Reference(
            float(row.whole),
            float(row.limit_low),
            float(row.limit_high),
            float(row.shrunk),
            words.value(measure, float(row.whole)),
            words.value(measure, float(row.shrunk)),
        )
        for table in beside
        for row in records(table.with_figures)
        if REGISTRY.figures[row.measure] is not Format.STEP and not pd.isna(row.whole)
    }


def trend(figures: Figures) -> Plot:
    """Return the course of a share over cohorts, in the order of time: a series per question, or practice."""
    words, rows = figures.words, figures.rows
    cohorts = list(dict.fromkeys(row.cohort for row in rows))
    several = figures.published.frame["practice"].nunique() > 1
    lines: dict[tuple[str, str, str], list[Any]] = {}
    for row in rows:
        lines.setdefault((row.practice, row.municipality, row.item), []).append(row)
    series, suppressed = [], []
    for number, ((practice, _, item), line) in enumerate(lines.items()):
        name = f"{words.practice(practice)}: {words.item(item)}" if several else words.item(item)
        by_cohort = {row.cohort: row for row in reversed(line)}
        cells = [by_cohort.get(cohort) for cohort in cohorts]
        course = shares(name, cells, SERIES[number % len(SERIES)], words)
        series.append(replace(course, ns=tuple(_n(row, words) for row in cells)))
        suppressed += [
            Suppressed(words.withheld(figures.published, row.reason), place, number)
            for place, row in enumerate(cells)
            if row is not None and row.suppressed
        ]
    breaks = tuple(place for place, cohort in enumerate(cohorts) if cohort in figures.breaks)
    categories = tuple(Category(words.cohort(cohort)) for cohort in cohorts)
    return Plot("lines", categories, tuple(series), PERCENT, tuple(suppressed), breaks=breaks)


def _n(row: Any, words: Words) -> str:
    return "" if row is None or row.suppressed else words.n(row.n)


def glance(figures: Figures) -> Plot:
    """Return per practice the people reached, or the visits where nobody is registered, and two shares."""
    words, tables = figures.words, (figures.published, *figures.beside)
    practices = sorted({row.practice for table in tables for row in records(table.frame)}, key=words.practice)
    registered, visits, satisfied, improved = ({row.practice: row for row in records(table.frame)} for table in tables)
    visits = {practice: row for practice, row in visits.items() if practice not in registered}
    lines = (
        ("reached", registered, MAIN, tables[0]),
        ("reached", visits, RULE, tables[1]),
        ("satisfied", satisfied, GOOD, tables[2]),
        ("improved", improved, SERIES[1], tables[3]),
    )
    series, suppressed = [], []
    for number, (name, by_practice, colour, table) in enumerate(lines):
        rows = [by_practice.get(practice) for practice in practices]
        line = shares(words.t(f"charts.glance_{name}"), rows, colour, words)
        series.append(_counted(line, rows, words, number == 1) if name == "reached" else _with_n(line, rows, words))
        suppressed += [Suppressed(mark.reason, mark.category, number) for mark in _marks(table, rows, words)]
    categories = tuple(Category(words.practice(practice)) for practice in practices)
    return Plot("panels", categories, tuple(series), PERCENT, tuple(suppressed))


def _with_n(line: Series, rows: list[Any], words: Words) -> Series:
    return replace(line, ns=tuple(_n(row, words) for row in rows))


def _counted(line: Series, rows: list[Any], words: Words, hatched: bool) -> Series:
    """Return numbers of people or visits: without intervals, and with the unit that is counted."""
    units = tuple(
        "" if row is None or row.suppressed else words.t(f"charts.unit_{row.measure}") for row in rows
    )  # fmt: skip
    return replace(line, low=(), high=(), details=(), ns=units, counts=True, hatched=hatched)


def _marks(table: Published, rows: list[Any], words: Words) -> list[Suppressed]:
    return [
        Suppressed(words.withheld(table, row.reason), place)
        for place, row in enumerate(rows)
        if row is not None and row.suppressed
    ]
