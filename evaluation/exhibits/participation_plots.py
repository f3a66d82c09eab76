"""Plots of participation: enrolment, people per session, visitors per opening."""

from typing import Any

import pandas as pd

from evaluation.exhibits.colours import SERIES, STAGES
from evaluation.exhibits.figures import Figures
from evaluation.exhibits.plot import WHOLE, Category, Plot, Series, Suppressed
from evaluation.findings.words import Words
from evaluation.measures import records

ENROLMENT = ("registered", "started", "completed")


def enrolment(figures: Figures) -> Plot:
    """Return people registered, started and completed, cohort by cohort; of a range its lower end."""
    words, rows = figures.words, figures.rows
    cohorts = list(dict.fromkeys((row.municipality, row.cohort) for row in rows))
    series, suppressed = [], []
    for number, (stage, colour) in enumerate(zip(ENROLMENT, STAGES, strict=True)):
        by_cohort = {(row.municipality, row.cohort): row for row in rows if row.measure in (stage, "enrolment")}
        cells = [by_cohort.get(cohort) for cohort in cohorts]
        estimates = [None if row is None or row.suppressed else row for row in cells]
        suppressed += [
            Suppressed(words.withheld(figures.published, row.reason), place, number)
            for place, row in enumerate(cells)
            if row is not None and row.suppressed
        ]
        values = tuple(None if row is None else float(row.at_least) for row in estimates)
        texts = tuple("" if row is None else _people(row, words) for row in estimates)
        series.append(Series(words.measure(stage), values, texts, colour))
    several = len({municipality for municipality, _ in cohorts}) > 1
    categories = tuple(Category(_cohort(words, cohort, several)) for cohort in cohorts)
    return Plot("bars", categories, tuple(series), WHOLE, tuple(suppressed))


def _people(row: Any, words: Words) -> str:
    if row.measure == "registered":
        return words.number_between(row.at_least, row.at_most)
    fraction = words.fraction((row.at_least, row.at_most), row.n)
    marked = words.mark_with_interval(row)
    return marked if words.mark(row) == fraction else f"{fraction} · {marked}"


def _cohort(words: Words, cohort: Any, several: bool) -> str:
    """Return the name of a cohort (municipality and label), with its municipality where there are several."""
    municipality, label = cohort
    return f"{words.municipality(municipality)}: {words.cohort(label)}" if several else words.cohort(label)


def sessions(figures: Figures) -> Plot:
    """Return how many were present session by session, cohort by cohort, and how many had registered."""
    words, frame = figures.words, figures.published.frame
    numbers = sorted(set(figures.published.with_figures["session_no"].astype(int)))
    several = frame["municipality"].nunique() > 1
    series, suppressed = [], []
    cohorts = frame.groupby(["municipality", "cohort"], sort=False, dropna=False)
    for number, (cohort, cells) in enumerate(cohorts):
        rows = list(records(cells))
        suppressed += [
            Suppressed(reason, None, number)
            for reason in dict.fromkeys(words.withheld(figures.published, row.reason) for row in rows if row.suppressed)
        ]
        registered = cells["n"].max()
        by_session = {int(row.session_no): row for row in rows if not row.suppressed}
        present = [by_session.get(session) for session in numbers]
        series.append(Series(
            _cohort(words, cohort, several),
            tuple(None if row is None else float(row.value) for row in present),
            tuple("" if row is None else words.t.number(row.value) for row in present),
            SERIES[number % len(SERIES)],
            details=tuple("" if row is None else _present(row, words) for row in present),
            n="" if pd.isna(registered) else words.t("charts.registered_n", n=words.t.number(registered)),
            level=None if pd.isna(registered) else float(registered),
        ))  # fmt: skip
    categories = tuple(Category(str(session)) for session in numbers)
    return Plot("strips", categories, tuple(series), WHOLE, tuple(suppressed), (words.t("charts.session"), ""))


def _present(row: Any, words: Words) -> str:
    count_of = words.t("charts.count_of", count=words.t.number(row.value), n=words.t.number(row.n))
    return count_of if pd.isna(row.held_on) else f"{count_of} ({words.day(row.held_on)})"


def openings(figures: Figures) -> Plot:
    """Return the visitors day by day, a series per kind of opening; n counts openings."""
    words, visits = figures.words, figures.published.with_figures
    days = sorted(set(visits["held_on"]))
    kinds: dict[str, list[Any]] = {}
    for row in records(visits):
        kinds.setdefault(words.occasion(row.occasion), []).append(row)
    series = []
    for number, (kind, rows) in enumerate(kinds.items()):
        visitors = [sum(float(row.value) for row in rows if row.held_on == day) for day in days]
        open_days = {row.held_on for row in rows}
        values = tuple(value if day in open_days else None for day, value in zip(days, visitors, strict=True))
        texts = tuple("" if value is None else words.t.number(value) for value in values)
        colour = SERIES[number % len(SERIES)]
        series.append(Series(kind, values, texts, colour, n=words.n(len(rows)), hatched=number > 0))
    categories = tuple(Category(words.day(day), day=day) for day in days)
    return Plot("columns", categories, tuple(series), WHOLE, axes=("", words.t("charts.visitors")))
