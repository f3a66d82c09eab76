"""What a published table is: one row of the registry, and the inputs of the function that computes it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.column_formats import COMMON, FIRST, LAST, Column, Format
from evaluation.privacy import COHORT, PRACTICE, PRACTICE_ALL, Answers, Policy, PublishableCounts

Family = Literal["participation", "satisfaction", "change", "conditions", "choices"]
FAMILIES: tuple[Family, ...] = ("participation", "satisfaction", "change", "conditions", "choices")
ExhibitKind = Literal[
    "enrolment", "sessions", "openings", "distribution", "recommendation", "long_scale", "favourable", "balance",
    "change", "change_bars", "conditions", "options", "table",
]  # fmt: skip
Elsewhere = Literal["comparison", "overview", "side_by_side", "files"]
EVERY_LEVEL = (COHORT, PRACTICE, PRACTICE_ALL)
# Suppressed cells are named by the table from which another follows.
NO_LEVEL: tuple[str, ...] = ()


@dataclass(frozen=True)
class Estimates:
    """Estimates by cell, and the counts they were computed from.

    ``frame`` has cell, measure, n, value, low, high, method and the columns of the table.
    """

    frame: pd.DataFrame
    counts: PublishableCounts

    @property
    def once_a_cohort(self) -> pd.DataFrame:
        """The estimates of forms that a person fills once in a cohort; those of other forms are not even compared."""
        return pd.DataFrame(self.frame[self.frame["method"].isin(["wilson", "clusters"])])

    @cached_property
    def of_different_people(self) -> pd.DataFrame:
        """The estimates that may be tested: of people, and of cohorts that share none with others of their total."""
        shared = self.counts.repeated_in_total[self.frame["cell"].to_numpy(dtype=np.int64)]
        return pd.DataFrame(self.frame[(self.frame["method"] == "wilson").to_numpy() & ~shared])


@dataclass(frozen=True)
class Inputs:
    """What a table is computed from: the counts and the other tables its row names, in that order.

    ``repeated_forms`` are the questionnaires that one person answers again and again.
    """

    counts: tuple[PublishableCounts, ...]
    tables: tuple[Estimates, ...]
    library: Library
    policy: Policy
    answers: Answers
    repeated_forms: frozenset[str]


@dataclass(frozen=True)
class Place:
    """Where a reader meets a table.

    ``exhibit`` says how the page and the report of a practice show it: drawn as an exhibit of that kind, or as a table.
    Tables, and what is a ``detail``, stand on the page under "more figures". Tables of a family stand in the order of
    ``position``. ``elsewhere`` names the places that show it in another way; "files" is the data package and
    ``measures --json`` alone.
    """

    position: int = 0
    exhibit: ExhibitKind | None = None
    detail: bool = False
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def nowhere(self) -> bool:
        """Whether no reader ever meets the table."""
        return not (self.exhibit or self.elsewhere)


@dataclass(frozen=True)
class Measure:
    """A published table.

    Attributes:
        name: ``family.table``.
        estimates: the function that computes it; returns a frame as Estimates has it.
        figures: what its rows measure, and how their values are written. The first names the table, unless
            ``title`` does; every one has a word ``charts.measure_<name>``.
        reader_columns: the columns of a reader's table in their order: those of ``columns``, ``n``, ``value``,
            ``interval``, ``range`` (least and most), ``scale`` (its ends), ``form`` (the questionnaire) and ``answer``;
            every one has a word ``charts.column_<name>``.
        methods: the methods named in its rows; every one has a word ``charts.method_<name>``.
        place: where a reader meets it.
        counts: the counts by publication unit that it needs (unit_counts.COUNTS).
        tables: the other tables that it follows from.
        columns: its columns beside those that every table has.
        suppressed_at: the levels at which suppressed cells have a row.
        title: a word ``charts.measure_<title>`` for the table as a whole, where its first figure's will not do.
        by_form: its figures are of whole questionnaires, whose names distinguish them.
        compares: the table whose units it compares.
        sentence: key of the message that puts one of its rows into words, for a table without code that does.
            Its gaps may be item, form, figure, interval, n, and the names of columns of counts.
        of_background: whether it says who the respondents are, which is published of larger units only.
    """

    name: str
    estimates: Callable[[Inputs], pd.DataFrame]
    figures: Mapping[str, Format]
    reader_columns: tuple[str, ...]
    methods: tuple[str, ...]
    place: Place
    counts: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    suppressed_at: tuple[str, ...] = EVERY_LEVEL
    title: str = ""
    by_form: bool = False
    compares: str | None = None
    sentence: str | None = None
    of_background: bool = False

    @property
    def family(self) -> str:
        """What it is about, one of FAMILIES."""
        return self.name.partition(".")[0]

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Its columns in their order, whether or not any row has them."""
        return (*FIRST, *self.columns, *LAST)

    @property
    def title_key(self) -> str:
        """The message that names the table."""
        return f"charts.measure_{self.title or next(iter(self.figures))}"

    def faults(self, has_message: Callable[[str], bool]) -> Iterator[str]:
        """Yield what the row lacks, beginning with the name of the table.

        Args:
            has_message: whether a language has the message of a key.
        """
        if self.family not in FAMILIES:
            yield f"{self.name}: no family {self.family!r}"
        if not (self.counts or self.tables):
            yield f"{self.name}: computed from nothing"
        if self.place.nowhere:
            yield f"{self.name}: no place on page or report"
        known = {column.name for column in (*COMMON, *self.columns)} | {"interval", "range", "form", "answer", "scale"}
        yield from (f"{self.name}: no column {name!r} to show" for name in self.reader_columns if name not in known)
        keys = [self.title_key, *(f"charts.measure_{figure}" for figure in self.figures)]
        keys += [f"charts.column_{name}" for name in self.reader_columns]
        keys += [f"charts.method_{method}" for method in self.methods]
        if self.sentence is not None:
            keys.append(self.sentence)
        yield from (f"{self.name}: no message {key!r}" for key in keys if not has_message(key))
        for column in self.columns:
            if not (has_message(f"charts.column_{column.name}") or has_message(f"files.field_{column.name}")):
                yield f"{self.name}: no message of its column {column.name!r}"


class Registry(Mapping[str, Measure]):
    """The published tables by name, and their columns, figures and methods by theirs."""

    def __init__(self, rows: Iterable[Measure], counts: Collection[str]) -> None:
        """Take the rows in the order in which files hold their tables; raise ValueError for one that cannot be.

        Args:
            rows: the tables; one that follows from others stands below them.
            counts: the names of the counts that there are.
        """
        self._counts = frozenset(counts)
        self._rows: dict[str, Measure] = {}
        self._columns: dict[str, Column] = {column.name: column for column in COMMON}
        self._figures: dict[str, Format] = {}
        for row in rows:
            self._add(row)

    def _add(self, row: Measure) -> None:
        if row.name in self._rows:
            raise ValueError(f"{row.name}: stands in the registry twice")
        for name in (name for name in row.counts if name not in self._counts):
            raise ValueError(f"{row.name}: no counts {name!r}")
        for name in (name for name in row.tables if name not in self._rows):
            raise ValueError(f"{row.name}: no table {name!r} above it")
        for column in row.columns:
            if self._columns.setdefault(column.name, column) != column:
                raise ValueError(f"{row.name}: its column {column.name!r} is another one elsewhere")
        for figure, format_ in row.figures.items():
            if self._figures.setdefault(figure, format_) != format_:
                raise ValueError(f"{row.name}: its figure {figure!r} has another format elsewhere")
        self._rows[row.name] = row

    def __getitem__(self, name: str) -> Measure:
        """Return one row; raise KeyError when there is none of that name."""
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the tables."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return how many tables there are."""
        return len(self._rows)

    @property
    def columns(self) -> Mapping[str, Column]:
        """The columns of all tables by name."""
        return self._columns

    @property
    def figures(self) -> Mapping[str, Format]:
        """How the values of figures are written, by their names."""
        return self._figures

    @property
    def figures_by_form(self) -> frozenset[str]:
        """The figures of whole questionnaires, whose names distinguish them."""
        return frozenset(figure for row in self._rows.values() if row.by_form for figure in row.figures)

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that any table names."""
        return tuple(dict.fromkeys(method for row in self._rows.values() for method in row.methods))

    def of_family(self, family: str) -> tuple[Measure, ...]:
        """Return the tables of a family in the order in which page and report show them."""
        return tuple(sorted((row for row in self.values() if row.family == family), key=lambda row: row.place.position))

    def shown_at(self, place: Elsewhere) -> tuple[Measure, ...]:
        """Return the tables that a place shows in another way, family by family."""
        return tuple(row for family in FAMILIES for row in self.of_family(family) if place in row.place.elsewhere)

    @property
    def comparisons(self) -> tuple[Measure, ...]:
        """The tables that say whether the units of another differ, family by family."""
        return tuple(row for family in FAMILIES for row in self.values() if row.family == family and row.compares)

    @contextmanager
    def trying(self, row: Measure) -> Iterator[None]:
        """Hold one more table for a while: how a notebook or a test tries a measure out."""
        before = self._rows, self._columns, self._figures
        self._rows, self._columns, self._figures = dict(self._rows), dict(self._columns), dict(self._figures)
        try:
            self._add(row)
            yield
        finally:
            self._rows, self._columns, self._figures = before
