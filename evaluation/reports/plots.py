"""What an exhibit shows as plain numbers, for programs that draw charts of their own: categories and series.

A series has a number, or none, for every category, and each number the way it is said; nothing withheld is among them.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd

from evaluation.charts import Words
from evaluation.charts.satisfaction import CLASS_COLOURS
from evaluation.charts.theme import BAD, GOOD, MAIN, NEUTRAL, ROLES, SERIES, diverging
from evaluation.charts.words import in_range
from evaluation.measures import records
from evaluation.reports.content import Exhibit
from evaluation.reports.plotted import PERCENT, WHOLE, Plot, Series, number_format


def plot(exhibit: Exhibit, words: Words) -> Plot | None:
    """Return what ``exhibit`` draws; None where it is a table, or nothing of it may be shown."""
    drawing = _DRAWINGS.get(exhibit.kind)
    return None if drawing is None or exhibit.published.shown.empty else drawing(exhibit, words)


def _enrolment(exhibit: Exhibit, words: Words) -> Plot:
    shown = exhibit.published.shown
    names = ("registered", "started", "completed")
    series = []
    for number, (run, rows) in enumerate(_by_run(shown, words)):
        found = {row.measure: row for row in records(rows)}
        values = tuple(float(found[name].at_least) if name in found else None for name in names)
        said = tuple(_people(found[name], words) if name in found else "" for name in names)
        series.append(Series(run, values, said, SERIES[number % len(SERIES)]))
    return Plot("bars", tuple(words.measure(name) for name in names), tuple(series), WHOLE)


def _people(row: Any, words: Words) -> str:
    count = words.number_between(row.at_least, row.at_most)
    if row.measure == "registered":
        return count
    of = words.t("charts.count_of", count=count, n=words.t.number(row.n))
    return f"{of} ({words.interval(row.measure, row.low, row.high)})"


def _by_run(shown: pd.DataFrame, words: Words) -> Iterable[tuple[str, pd.DataFrame]]:
    several = shown["municipality"].nunique() > 1
    for (municipality, cohort), rows in shown.groupby(["municipality", "cohort"], sort=False, dropna=False):
        name = words.cohort(str(cohort))
        yield f"{municipality}: {name}" if several else name, rows


def _sessions(exhibit: Exhibit, words: Words) -> Plot:
    shown = exhibit.published.shown
    numbers = sorted(set(shown["session_no"].astype(int)))
    series = []
    for number, (run, rows) in enumerate(_by_run(shown, words)):
        present = dict(zip(rows["session_no"].astype(int), rows["value"].astype(float), strict=True))
        name = f"{run} ({words.n(rows['n'].max())})"
        series.append(_counted(name, [present.get(each) for each in numbers], SERIES[number % len(SERIES)], words))
    return Plot("line", tuple(str(each) for each in numbers), tuple(series), WHOLE)


def _openings(exhibit: Exhibit, words: Words) -> Plot:
    shown = exhibit.published.shown
    shown = shown.assign(kind=[words.occasion(code) for code in shown["occasion"].astype(float)])
    days = sorted(set(shown["held_on"]))
    series = []
    for number, (kind, rows) in enumerate(shown.groupby("kind", sort=False)):
        visitors = rows.groupby("held_on")["value"].sum().astype(float)
        name = f"{kind} ({words.n(len(rows))})"
        values = [float(visitors[day]) if day in visitors.index else None for day in days]
        series.append(_counted(name, values, SERIES[number % len(SERIES)], words))
    return Plot("columns", tuple(words.day(day) for day in days), tuple(series), WHOLE)


def _counted(name: str, values: Sequence[float | None], colour: str, words: Words) -> Series:
    said = tuple("" if value is None else words.t.number(value) for value in values)
    return Series(name, tuple(values), said, colour)


def _distribution(exhibit: Exhibit, words: Words) -> Plot:
    """The questions are of one scale, and either all told answer by answer or all in three classes."""
    shown = exhibit.published.shown
    shown = shown[shown["value"].notna()]
    items = list(dict.fromkeys(shown["item"]))
    coarse = bool(shown["value_code"].isna().any())
    shown = shown.assign(answer=shown["value_class"] if coarse else shown["value_code"])
    told = shown.set_index(["item", "answer"])
    answers = list(dict.fromkeys(shown["answer"]))
    classes = [str(told.loc[(items[0], answer), "value_class"]) for answer in answers]
    colours = [CLASS_COLOURS[name] for name in classes] if coarse else diverging(classes)
    series = []
    for answer, kind, colour in zip(answers, classes, colours, strict=True):
        name = words.answer(items[0], None if coarse else answer, kind)
        values = tuple(float(told.loc[(item, answer), "value"]) for item in items)
        series.append(Series(name, values, tuple(map(words.t.percent, values)), colour))
    labels = tuple(_asked(words, item, told.loc[(item, answers[0]), "n"]) for item in items)
    return Plot("stacked", labels, tuple(series), PERCENT)


def _recommendation(exhibit: Exhibit, words: Words) -> Plot:
    shown = exhibit.published.shown
    shown = shown[shown["value"].notna()]
    coarse = bool(shown["value_code"].isna().any())
    classes = list(dict.fromkeys(shown["value_class"]))
    heads = {name: words.t(f"charts.recommend_{name}") for name in classes}
    categories = tuple(heads.values()) if coarse else tuple(f"{code:g}" for code in shown["value_code"])
    series = tuple(
        _counted(
            heads[name],
            [float(row.count) if row.value_class == name else None for row in records(shown)],
            CLASS_COLOURS[name],
            words,
        )
        for name in classes
    )
    return Plot("columns", categories, series, WHOLE)


def _favourable(exhibit: Exhibit, words: Words) -> Plot:
    shown = exhibit.published.shown
    labels = tuple(_asked(words, row.item, row.n) for row in records(shown))
    return Plot("points", labels, (_shares(words.measure("favourable"), shown, MAIN, words),), PERCENT)


def _shares(name: str, rows: pd.DataFrame, colour: str, words: Words) -> Series:
    """Return the values of ``rows`` with their intervals; of a range that is told, its lower end."""
    told = list(records(rows))
    values = tuple(row.at_least / row.n if in_range(row) else float(row.value) for row in told)
    said = tuple(words.figure(row) for row in told)
    low, high = (tuple(None if pd.isna(end) else float(end) for end in rows[name]) for name in ("low", "high"))
    return Series(name, values, said, colour, low, high)


def _change(exhibit: Exhibit, words: Words) -> Plot:
    shown = exhibit.published.shown
    series = tuple(
        _counted(words.t(f"charts.{name}"), [float(count) for count in shown[name]], colour, words)
        for name, colour in (("worsened", BAD), ("same", NEUTRAL), ("improved", GOOD))
    )
    return Plot("stacked", tuple(_changed(words, row) for row in records(shown)), series, WHOLE)


def _changed(words: Words, row: Any) -> str:
    """Return the question, how many were asked, and the means at start and end where they may be told."""
    if pd.isna(getattr(row, "start_mean", None)):
        return _asked(words, row.item, row.n)
    means = words.t("files.from_to", start=words.t.number(row.start_mean, 1), end=words.t.number(row.end_mean, 1))
    return f"{words.item(row.item)} ({words.n(row.n)}; {means})"


def _conditions(exhibit: Exhibit, words: Words) -> Plot:
    shown = exhibit.published.shown
    rows = list(records(shown))
    labels = tuple(f"{words.item(row.item)} – {words.role(row.role)} ({words.n(row.n)})" for row in rows)
    series = []
    for role in dict.fromkeys(row.role for row in rows):
        whole = _shares(words.role(role), shown, ROLES[role][0], words)
        own = [row.role == role for row in rows]
        values, low, high = (
            tuple(value if mine else None for value, mine in zip(numbers, own, strict=True))
            for numbers in (whole.values, whole.low, whole.high)
        )
        said = tuple(text if mine else "" for text, mine in zip(whole.said, own, strict=True))
        series.append(Series(whole.name, values, said, whole.colour, low, high))
    return Plot("points", labels, tuple(series), PERCENT)


def _comparison(exhibit: Exhibit, words: Words) -> Plot:
    shown = exhibit.published.shown
    shown = shown.assign(name=[words.place(row) for row in records(shown)])
    if not shown["level"].eq("cohort").all():
        shown = shown.sort_values("name")
    measure = str(shown["measure"].iloc[0])
    labels = tuple(f"{row.name} ({words.n(row.n)})" for row in records(shown))
    series = _shares(words.measure(measure), shown, MAIN, words)
    return Plot("points", labels, (series,), number_format(measure))


def _trend(exhibit: Exhibit, words: Words) -> Plot:
    shown = exhibit.published.shown
    runs = list(dict.fromkeys(shown["cohort"]))
    several = shown["practice"].nunique() > 1
    key = ["practice", "municipality", "item"]
    series = []
    for number, (_, rows) in enumerate(shown.groupby(key, sort=False, dropna=False)):
        first = next(records(rows))
        name = words.item(first.item)
        name = f"{words.practice(first.practice)}: {name}" if several else name
        own = rows.drop_duplicates("cohort").set_index("cohort").reindex(runs)
        values, low, high = (
            tuple(None if pd.isna(value) else float(value) for value in own[column])
            for column in ("value", "low", "high")
        )
        said = tuple("" if value is None else words.value("favourable", value) for value in values)
        series.append(Series(name, values, said, SERIES[number % len(SERIES)], low, high))
    return Plot("line", tuple(words.cohort(run) for run in runs), tuple(series), PERCENT)


def _glance(exhibit: Exhibit, words: Words) -> Plot:
    """The shares of satisfied and improved of each practice; how many were reached stands in its label."""
    visits, *rated = exhibit.beside
    reached = {row.practice: row for row in (*records(visits.shown), *records(exhibit.published.shown))}
    practices = sorted({row.practice for each in (exhibit.published, *exhibit.beside) for row in records(each.shown)},
                       key=words.practice)  # fmt: skip
    labels = tuple(_reached(words, practice, reached.get(practice)) for practice in practices)
    series = []
    for name, published, colour in zip(("satisfied", "improved"), rated, (GOOD, SERIES[1]), strict=True):
        own = {row.practice: row for row in records(published.shown)}
        rows = [own.get(practice) for practice in practices]
        values, low, high = (
            tuple(None if row is None else float(getattr(row, column)) for row in rows)
            for column in ("value", "low", "high")
        )
        said = tuple("" if row is None else f"{words.figure(row)} ({words.n(row.n)})" for row in rows)
        series.append(Series(words.t(f"charts.glance_{name}"), values, said, colour, low, high))
    return Plot("points", labels, tuple(series), PERCENT)


def _reached(words: Words, practice: str, row: Any) -> str:
    if row is None:
        return words.practice(practice)
    return f"{words.practice(practice)} ({words.figure(row)} {words.t(f'charts.unit_{row.measure}')})"


def _asked(words: Words, item: str, n: float) -> str:
    return f"{words.item(item)} ({words.n(n)})"


_DRAWINGS: dict[str, Callable[[Exhibit, Words], Plot]] = {
    "enrolment": _enrolment,
    "sessions": _sessions,
    "openings": _openings,
    "distribution": _distribution,
    "recommendation": _recommendation,
    "favourable": _favourable,
    "change": _change,
    "change_bars": _change,
    "conditions": _conditions,
    "comparison": _comparison,
    "trend": _trend,
    "glance": _glance,
}
