"""The tables of an exhibit: heads and rows of texts, no wider than they need be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from evaluation.exhibits.table_columns import published_table
from evaluation.findings.words import Words
from evaluation.measures import Published, records

SUBJECTS = ("practice", "municipality", "cohort", "item", "measure")
# Kinds whose tables beside stand as separate tables.
WITH_BESIDE = ("conditions", "comparison", "glance")


@dataclass(frozen=True)
class Table:
    """Heads and rows as texts; the first ``subjects`` columns say what a row is about."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    subjects: int

    def lines(self) -> Iterator[str]:
        """Yield the rows as lines that can be read aloud."""
        for row in self.rows:
            subject = ", ".join(row[: self.subjects])
            cells = zip(self.heads[self.subjects :], row[self.subjects :], strict=True)
            figures = "; ".join(f"{head} {text}" for head, text in cells if text)
            yield f"{subject}: {figures}" if subject else figures


def tables_of(kind: str, published: Published, beside: Sequence[Published], words: Words) -> Iterator[Table]:
    """Yield the tables of a kind of exhibit: what it draws, and what it draws from beside that."""
    by_answer = kind in ("distribution", "recommendation", "long_scale")
    yield _by_answer(published, words) if by_answer else _plain(published, words)
    for other in beside if kind in WITH_BESIDE else ():
        if not other.empty:
            yield _plain(other, words)


def glance_table(published: Published, beside: Sequence[Published], words: Words) -> Table:
    """Return a row per practice: how many were reached, how many are satisfied, how many better off."""
    registered, (visits, satisfied, improved) = published, beside
    heads = (words.t(f"charts.glance_{name}") for name in ("reached", "satisfied", "improved"))
    every = (registered, visits, satisfied, improved)
    rows = []
    for practice in sorted({name for table in every for name in table.frame["practice"]}, key=words.practice):
        of_practice = [table.where(practice=practice) for table in every]
        reached = of_practice[0] if not of_practice[0].empty else of_practice[1]
        rows.append((words.practice(practice), *(_one_figure(table, words) for table in (reached, *of_practice[2:]))))
    return Table((words.t("charts.column_practice"), *heads), tuple(rows), 1)


def _one_figure(published: Published, words: Words) -> str:
    for row in records(published.frame):
        if row.suppressed:
            return words.withheld(published, row.reason)
        if row.measure in ("registered", "visits"):
            return f"{words.figure(row)} {words.t(f'charts.unit_{row.measure}')}"
        # Of forms of people who may have answered again there is no interval.
        certainty = filter(None, (words.interval(row.measure, row.low, row.high), words.n(row.n)))
        return f"{words.mark(row)} ({', '.join(certainty)})"
    return words.t("common.not_available")


def _plain(published: Published, words: Words) -> Table:
    cells = published_table(published, words)
    names = [words.t(f"charts.column_{name}") for name in SUBJECTS]
    subjects = [name for name in cells.columns if name in names]
    item = words.t("charts.column_item")
    if len(subjects) > 1 and item in subjects and cells[item].nunique() == 1 < len(cells):
        # The units answered one question: the title names it.
        subjects.remove(item)
        cells = cells.drop(columns=item)
    rows = tuple(tuple(str(cell) for cell in row) for row in cells.itertuples(index=False, name=None))
    return Table(tuple(map(str, cells.columns)), rows, len(subjects))


def _by_answer(published: Published, words: Words) -> Table:
    """Return a row per question and a column per answer, with its number and its share."""
    cells: dict[str, dict[str, str]] = {}
    answers: dict[str, None] = {}
    for row in records(published.frame):
        of_item = cells.setdefault(row.item, {})
        if row.suppressed:
            of_item[words.t("charts.column_n")] = words.withheld(published, row.reason)
            continue
        of_item[words.t("charts.column_n")] = words.t.number(row.n)
        answer = words.answer(row.item, row.value_code, row.value_class)
        answers[answer] = None
        share = "" if pd.isna(row.value) else f" ({words.t.percent(row.value)})"
        of_item[answer] = f"{words.t.number(row.count)}{share}"
    heads = (words.t("charts.column_item"), words.t("charts.column_n"), *answers)
    rows = tuple((words.item(item), *(row.get(head, "") for head in heads[1:])) for item, row in cells.items())
    return Table(heads, rows, 1)
