"""Rows of statistics below, above or between answers: means, smallest values, numbers of answers.

A word alone is not enough, since "Min" may be a participant's code and "max" an answer: the figures of the row must fit
the statistics of their columns. Where they are exactly these, no word is needed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from evaluation.definitions.columns import PARTICIPANT
from evaluation.intake.layouts.column_contents import is_running, number
from evaluation.intake.layouts.statistic_words import Kind, Statistic, statistic_of
from evaluation.intake.table import Refusal, Table
from evaluation.spreadsheets import EMPTY, CellFault, Content

Rows = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Fit = Literal["certain", "possible", "contradicted", "unknown"]

# A word for a statistic stands at the beginning of its row.
LABEL_COLUMNS = 3
# As many rows at the end may be statistics without a word.
_LAST_ROWS = 4
MOST_POINTS = 10
_FIGURE = re.compile(
    r"^(?:n ?= ?)?([+-]?\d{1,9}(?:[.,]\d+)?)\s*(?:%|kpl|st|hlö|pers\.?)?(?:\s*[(\[/].*)?$", re.IGNORECASE
)
_NOTHING = frozenset({"-", "–", "—", "..", "...", "na", "n/a", "nan", "."})
_CODED = re.compile(r"^(-?\d+)\s*[=:.)–-]\s*\S")


@dataclass(frozen=True)
class _Labelled:
    """A row that a word in one of its first columns calls a statistic."""

    row: int
    column: int
    statistic: Statistic


def without_statistics(table: Table) -> Table | Refusal:
    """Return ``table`` with its rows of statistics set aside; where nothing else is left it is a report."""
    statistics = statistics_rows(table)
    if not statistics:
        return table
    rows = table.rows[~np.isin(table.rows, statistics)]
    if not len(rows):
        return Refusal("not_answers_report")
    aside = sorted((*table.set_aside, *((row, "total_row") for row in statistics)))
    return replace(table, rows=rows, set_aside=tuple(aside))


def statistics_rows(table: Table) -> tuple[int, ...]:
    """Return the rows of ``table`` (from 0) that hold statistics of the others."""
    return _Finder(table).rows()


class _Finder:
    """Looks for the rows of statistics of one table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._sheet = table.sheet
        self._labelled = {label.row: label for label in self._labels()}
        self._people = np.array([row for row in table.rows if int(row) not in self._labelled], dtype=np.int64)

    def rows(self) -> tuple[int, ...]:
        labelled = [row for row, label in self._labelled.items() if self._is_statistic(label)]
        return tuple(sorted({*labelled, *self._unlabelled()}))

    def _labels(self) -> list[_Labelled]:
        """Return the rows whose first columns, or first filled cell, hold a word for a statistic."""
        labels: dict[int, _Labelled] = {}
        rows = self._table.rows
        open_rows = np.ones(len(rows), dtype=bool)
        for column in range(self._sheet.width):
            if column >= LABEL_COLUMNS and not open_rows.any():
                break
            there = self._sheet.columns[column]
            codes = there.codes[rows]
            for code, content in enumerate(there.values):
                statistic = statistic_of(content)
                if statistic is None:
                    continue
                # Beyond the first columns only the first filled cell of a row heads it.
                here = (codes == code) & (open_rows if column >= LABEL_COLUMNS else True)
                for row in rows[here].tolist():
                    labels.setdefault(row, _Labelled(row, column, statistic))
            open_rows &= codes == EMPTY
        return list(labels.values())

    def _is_statistic(self, labelled: _Labelled) -> bool:
        fits = [
            self._fit(labelled.statistic.kind, labelled.row, column)
            for column in self._answered
            if column != labelled.column and self._sheet.columns[column].codes[labelled.row] != EMPTY
        ]
        if self._is_persons(labelled) or not self._only_figures(labelled) or not (fits or labelled.statistic.sure):
            return False
        wrong, exact = fits.count("contradicted"), fits.count("certain")
        if not len(self._people):
            return len({label.statistic.kind for label in self._labelled.values()}) > 1 or labelled.statistic.sure
        if labelled.statistic.sure and not self._among_words(labelled):
            return True
        if wrong:
            return False
        return exact == len(fits) - fits.count("unknown") > 0 or (
            not self._among_words(labelled) and self._is_of_another_shape(labelled)
        )

    def _is_persons(self, labelled: _Labelled) -> bool:
        """Tell whether a person's code, or what else only a person's row has, stands beside the word."""
        row, sure = labelled.row, labelled.statistic.sure
        word = str(self._sheet.cell(row, labelled.column)).strip()
        coded = word.isalnum() and any(map(str.isdigit, word))
        for field in self._table.fields:
            column = field.columns[0]
            cell = self._sheet.cell(row, column)
            if column == labelled.column and field.system == PARTICIPANT and coded:
                return True
            if column == labelled.column or cell is None or statistic_of(cell):
                continue
            if field.system == PARTICIPANT or (field.system and not sure):
                return True
            # A word for a statistic stands before its figures, an open answer behind the others.
            if not sure and column in self._answered and column < labelled.column:
                return True
        return False

    def _only_figures(self, labelled: _Labelled) -> bool:
        """Tell whether the row holds nothing but figures beside its word; a median may be an answer in words."""
        for column, there in enumerate(self._sheet.columns):
            cell = there.cell(labelled.row)
            if column == labelled.column or cell is None or _figure(cell) is not None or _is_nothing(cell):
                continue
            if column < LABEL_COLUMNS and statistic_of(cell):
                continue
            middle = labelled.statistic.kind in ("middle", "minimum", "maximum") and column in self._answered
            if middle and labelled.statistic.sure and np.isin(there.codes[labelled.row], there.codes[self._people]):
                continue
            return False
        return True

    def _among_words(self, labelled: _Labelled) -> bool:
        """Tell whether people answer in words of several kinds where the row's own word stands, so it may be one."""
        there = self._sheet.columns[labelled.column]
        contents = there.contents(self._people)
        answers = {field.columns[0] for field in self._table.questions if field.columns}
        texts = [content for content in contents if isinstance(content, str) and " " in content.strip()]
        return labelled.column in answers and len(texts) * 2 > len(contents)

    def _is_of_another_shape(self, labelled: _Labelled) -> bool:
        """Tell whether the row's word cannot be one of the codes that people have in its column: these have digits."""
        there = self._sheet.columns[labelled.column]
        if any(map(str.isdigit, str(there.cell(labelled.row)))):
            return False
        contents = there.contents(self._people)
        return all(not isinstance(content, str) or any(map(str.isdigit, content)) for content in contents)

    @cached_property
    def _answered(self) -> tuple[int, ...]:
        """The columns in which answers stand, whose statistics may be calculated."""
        fields = [field for field in self._table.fields if field.kind != "system"]
        columns = dict.fromkeys(column for field in fields for column in field.columns)
        return tuple(column for column in columns if not is_running(self._sheet.columns[column], self._people))

    def _values(self, column: int, rows: Rows) -> Numbers:
        there = self._sheet.columns[column]
        table = [np.nan if (value := _value(content)) is None else value for content in there.values]
        values: Numbers = np.array([*table, np.nan], dtype=np.float64)[there.codes[rows]]
        return values[~np.isnan(values)]

    def _fit(self, kind: Kind, row: int, column: int) -> Fit:
        """Tell how the figure of a cell fits the answers of all people, or of those since the last statistic."""
        figure = _figure(self._sheet.cell(row, column))
        if figure is None:
            return "unknown"
        filled = int(np.count_nonzero(self._sheet.columns[column].codes[self._people] != EMPTY))
        fits = [
            _fit(kind, figure, _step(self._sheet.cell(row, column)), self._values(column, rows), filled)
            for rows in (self._people, self._just_above(row))
        ]
        ranked: tuple[Fit, ...] = ("certain", "possible", "unknown")
        return next((fit for fit in ranked if fit in fits), "contradicted")

    def _just_above(self, row: int) -> Rows:
        above = [other for other in self._labelled if other < row]
        first = max((other for other in above if np.any((self._people > other) & (self._people < row))), default=-1)
        return self._people[(self._people > first) & (self._people < row)]

    def _unlabelled(self) -> list[int]:
        """Return the rows below all people that are exactly the means or sums of their columns, without a word."""
        statistics: list[int] = []
        for row in reversed(self._people[-_LAST_ROWS:].tolist()):
            people = self._people[self._people < row]
            if not self._is_calculated(row, people):
                break
            statistics.append(row)
        return statistics

    def _is_calculated(self, row: int, people: Rows) -> bool:
        cells = [(column, there.cell(row)) for column, there in enumerate(self._sheet.columns)]
        filled = [(column, cell) for column, cell in cells if cell is not None and not _is_nothing(cell)]
        answered = set(self._answered)
        figures = {column: number(cell) for column, cell in filled}
        if len(people) < 2 or any(figures[column] is None or column not in answered for column, _ in filled):
            return False
        values = {column: self._values(column, people) for column, _ in filled}
        broken = [column for column, figure in figures.items() if figure is not None and figure != int(figure)]
        # Anything up to ten may be one more person's answer.
        beyond = all(figure is not None and figure > MOST_POINTS for figure in figures.values())
        kinds: tuple[tuple[Kind, bool], ...] = (("mean", bool(broken)), ("sum", beyond), ("count", beyond))
        for kind, proof in kinds:
            fits = [
                _fit(kind, float(figures[column] or 0), _step(cell), values[column], len(people))
                for column, cell in filled
            ]
            if fits and set(fits) == {"certain"} and proof and (len(filled) > 1 or _is_fine(filled[0][1])):
                return True
        return False


def _is_fine(cell: Content) -> bool:
    """Tell whether a single figure is so precise that it cannot be a person's answer."""
    return _step(cell) <= 0.01


def _is_nothing(cell: Content) -> bool:
    return isinstance(cell, CellFault) or (isinstance(cell, str) and cell.strip().casefold() in _NOTHING)


def _figure(cell: Content | None) -> float | None:
    """Return the figure in a cell: 4.1, "4,1", "83 %", "12 kpl", "4,1 (n=12)"; None for everything else."""
    value = number(cell)
    if value is not None or not isinstance(cell, str):
        return value
    match = _FIGURE.match(cell.strip())
    return float(match[1].replace(",", ".")) if match else None


def _value(content: Content) -> float | None:
    """Return an answer as a number: 4, "4", "4 = samaa mieltä"; None for an answer without one."""
    value = number(content)
    if value is not None or not isinstance(content, str):
        return value
    match = _CODED.match(content)
    return float(match[1]) if match else None


def _step(cell: Content | None) -> float:
    """Return how finely a figure is written: 4.1 to a tenth, 4 to one."""
    text = f"{cell:.10g}" if isinstance(cell, float) else str(cell)
    decimals = re.match(r"[^\d]*\d+[.,](\d+)", text)
    return float(10.0 ** -len(decimals[1])) if decimals else 1.0


def _fit(kind: Kind, figure: float, step: float, values: Numbers, filled: int) -> Fit:
    """Tell how ``figure`` fits the statistic ``kind`` of ``values``, ``filled`` being how many cells hold anything."""
    if kind != "count" and (not len(values) or kind == "any"):
        return "unknown"
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)
    near = step / 2 + 1e-9
    possible: Mapping[Kind, bool] = {
        "count": 0 <= figure <= filled and figure == int(figure),
        "sum": figure >= high,
        "spread": 0 <= figure <= max((high - low) ** 2, 1.0),
        "minimum": figure <= low,
        "maximum": figure >= high,
    }
    if not possible.get(kind, low - near <= figure <= high + near):
        return "contradicted"
    return (
        "certain"
        if any(abs(figure - statistic) <= near for statistic in _calculated(kind, values, filled))
        else "possible"
    )


def _calculated(kind: Kind, values: Numbers, filled: int) -> tuple[float, ...]:
    """Return the statistic of ``values``; several where people and programs mean different things by one word."""
    if kind == "count":
        return float(filled), float(len(values))
    if kind == "spread":
        return tuple(float(values.std(ddof=ddof)) for ddof in (0, 1) if len(values) > ddof)
    if kind == "middle":
        common = [value for value in set(values.tolist()) if np.count_nonzero(values == value) > len(values) / 3]
        return (*map(float, np.percentile(values, (25, 50, 75))), *common)
    ends = {"minimum": values.min(), "maximum": values.max(), "sum": values.sum()}
    return (float(ends.get(kind, values.mean())),)
