"""The tables that stand beside the charts of a report: heads and rows of texts, no wider than they need be."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from evaluation.charts import Words, table
from evaluation.measures import Published, records
from evaluation.reports.content import Exhibit

SUBJECTS = ("practice", "municipality", "cohort", "item", "measure")
# What other kinds draw from beside them stands in a table of its own in the same report.
WITH_BESIDE = ("conditions", "comparison", "glance")


@dataclass(frozen=True)
class Table:
    """Heads and rows as texts; the first ``subjects`` columns say what a row is about."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    subjects: int


def tables(exhibit: Exhibit, words: Words) -> Iterator[Table]:
    """Yield the tables of ``exhibit``: what it draws, and what it draws from beside that."""
    spread = exhibit.kind in ("distribution", "recommendation")
    yield _spread(exhibit.published, words) if spread else _plain(exhibit.published, words)
    for each in exhibit.beside if exhibit.kind in WITH_BESIDE else ():
        if not each.empty:
            yield _plain(each, words)


def at_a_glance(exhibit: Exhibit, words: Words) -> Table:
    """Return a row a practice: how many were reached, how many are satisfied, how many better off."""
    registered, (visits, satisfied, improved) = exhibit.published, exhibit.beside
    heads = (words.t(f"charts.glance_{name}") for name in ("reached", "satisfied", "improved"))
    every = (registered, visits, satisfied, improved)
    rows = []
    for practice in sorted({name for each in every for name in each.frame["practice"]}, key=words.practice):
        own = [each.where(practice=practice) for each in every]
        reached = own[0] if not own[0].empty else own[1]
        rows.append((words.practice(practice), *(_glanced(each, words) for each in (reached, *own[2:]))))
    return Table((words.t("charts.column_practice"), *heads), tuple(rows), 1)


def _glanced(published: Published, words: Words) -> str:
    for row in records(published.frame):
        if row.suppressed:
            return words.withheld(published, row.reason)
        if row.measure in ("registered", "visits"):
            return f"{words.figure(row)} {words.t(f'charts.unit_{row.measure}')}"
        interval = words.interval(row.measure, row.low, row.high)
        return f"{words.figure(row)} ({interval}, {words.n(row.n)})"
    return words.t("common.not_available")


def leaves_out(exhibit: Exhibit) -> bool:
    """Tell whether something of ``exhibit`` is left out for privacy."""
    every = (exhibit.published, *exhibit.beside)
    return any(bool(each.frame["suppressed"].any() or each.frame["omitted"].any()) for each in every)


def _plain(published: Published, words: Words) -> Table:
    told = table(published, words)
    names = [words.t(f"charts.column_{each}") for each in SUBJECTS]
    subjects = [name for name in told.columns if name in names]
    item = words.t("charts.column_item")
    if len(subjects) > 1 and item in subjects and told[item].nunique() == 1 < len(told):
        # One question is laid beside itself: the title names it.
        subjects.remove(item)
        told = told.drop(columns=item)
    rows = tuple(tuple(str(cell) for cell in row) for row in told.itertuples(index=False, name=None))
    return Table(tuple(map(str, told.columns)), rows, len(subjects))


def _spread(published: Published, words: Words) -> Table:
    """Return a row a question and a column an answer, with the number and the share of those on the scale."""
    told: dict[str, dict[str, str]] = {}
    answers: dict[str, None] = {}
    for row in records(published.frame):
        own = told.setdefault(row.item, {})
        if row.suppressed:
            own[words.t("charts.column_n")] = words.withheld(published, row.reason)
            continue
        own[words.t("charts.column_n")] = words.t.number(row.n)
        answer = words.answer(row.item, row.value_code, row.value_class)
        answers[answer] = None
        share = "" if pd.isna(row.value) else f" ({words.t.percent(row.value)})"
        own[answer] = f"{words.t.number(row.count)}{share}"
    heads = (words.t("charts.column_item"), words.t("charts.column_n"), *answers)
    rows = tuple((words.item(item), *(own.get(head, "") for head in heads[1:])) for item, own in told.items())
    return Table(heads, rows, 1)
