"""Rows of the registry that several families have alike."""

from functools import partial

from evaluation.measures import areas, periods, satisfaction, scores
from evaluation.measures import unit_comparison as comparison
from evaluation.measures.column_formats import (
    BEHIND,
    COMPARED,
    FAVOURABLE,
    SINCE_BEFORE,
    SPREAD,
    TREND,
    Format,
    columns,
    counts,
)
from evaluation.measures.measure import NO_LEVEL, Measure, Place

FAVOURABLE_METHODS = ("wilson", "clusters", "answers")
_COMPARED_SHOWN = ("n", "value", "interval", "shrunk", "shrinkage", "verdict")
_TREND_SHOWN = ("periods", "first", "last", "value", "interval", "verdict")
_SINCE_SHOWN = ("before_period", "before_n", "before", "last_period", "last_n", "last", "value", "interval", "verdict")


def distribution(family: str, place: Place) -> Measure:
    """Return how the answers to a family's questions spread."""
    return Measure(
        f"{family}.distribution",
        satisfaction.distribution,
        counts=(f"{family}_answers",),
        figures={"distribution": Format.SHARE},
        columns=SPREAD,
        reader_columns=("answer", "count", "value", "n"),
        methods=("descriptive",),
        place=place,
    )


def favourable(family: str, place: Place) -> Measure:
    """Return the favourable shares of a family's questions."""
    return Measure(
        f"{family}.favourable",
        satisfaction.favourable,
        counts=(f"{family}_ratings",),
        figures={"favourable": Format.SHARE},
        columns=FAVOURABLE,
        reader_columns=("national_theme", "n", "value", "interval", "dont_know"),
        methods=FAVOURABLE_METHODS,
        place=place,
    )


def mean(family: str) -> Measure:
    """Return the means of a family's questions, for files alone."""
    return Measure(
        f"{family}.mean",
        satisfaction.mean,
        counts=(f"{family}_answers",),
        figures={"mean": Format.MEAN},
        columns=columns(Format.MEAN, "sd"),
        reader_columns=("n", "value", "sd"),
        methods=("descriptive",),
        place=Place(elsewhere=("files",)),
    )


def score(family: str, answers: str, place: Place) -> Measure:
    """Return the scores of a family's forms; ``answers`` are the counts of the answers that make them up."""
    return Measure(
        f"{family}.score",
        scores.scores,
        counts=("scored_forms", "complete_forms", answers),
        figures={"score": Format.MEAN},
        by_form=True,
        columns=(
            *columns(Format.MEAN, "sd"), *counts("questions"), *columns(Format.CODE, "scale_low", "scale_high"),
            *columns(Format.DECIMAL, "alpha", optional=True), *columns(Format.COUNT, "alpha_n", optional=True),
        ),
        reader_columns=("form", "questions", "scale", "n", "value", "sd", "alpha", "alpha_n"),
        methods=("half_rule", "makers_rule"),
        place=place,
        suppressed_at=NO_LEVEL,
    )  # fmt: skip


def of_areas(table: str, answers: str, title: str, measure: str, counted: str, place: Place) -> Measure:
    """Return the shares of areas, for whom several practices stand.

    Args:
        table: its name.
        answers: its counts.
        title: the word that names it.
        measure: what it measures.
        counted: the column with the counts whose share it is.
        place: where a reader meets it.
    """
    return Measure(
        table,
        partial(areas.shares, measure=measure, counted=counted),
        counts=(answers,),
        figures={measure: Format.SHARE},
        title=title,
        columns=(
            *counts(counted, "dont_know"), *columns(Format.SHARE, "others"), *columns(Format.TRUTH, "fewer"), *BEHIND,
        ),
        reader_columns=("practices", "people", "n", "value", "interval", "dont_know"),
        methods=FAVOURABLE_METHODS,
        place=place,
        suppressed_at=NO_LEVEL,
    )  # fmt: skip


def of_counties(family: str, answers: str, measure: str, counted: str) -> tuple[Measure, ...]:
    """Return the shares of counties, practices of one type together, and which counties differ."""
    table = f"{family}.counties"
    return (
        of_areas(table, answers, "counties", measure, counted, Place(elsewhere=("comparison",))),
        Measure(
            f"{family}.county_comparison",
            partial(areas.county_comparison, counted=counted),
            tables=(table,),
            compares=table,
            figures={"comparison": Format.SHARE},
            title="county_comparison",
            columns=(*columns(Format.TEXT, "type"), *COMPARED),
            reader_columns=_COMPARED_SHOWN,
            methods=("wilson",),
            place=Place(elsewhere=("comparison",)),
            suppressed_at=NO_LEVEL,
        ),
    )


def of_shares(table: str, counted: str, trend: int, latest: Place) -> tuple[Measure, ...]:
    """Return the comparison, the trend and the latest change of the shares of a table.

    Args:
        table: the table with the shares.
        counted: its column with the counts whose share it is.
        trend: the position of the trend within its family.
        latest: the place of the latest change.
    """
    family = table.partition(".")[0]
    return (
        Measure(
            f"{family}.comparison",
            partial(comparison.shares, counted=counted),
            tables=(table,),
            compares=table,
            figures={"comparison": Format.SHARE},
            columns=COMPARED,
            reader_columns=_COMPARED_SHOWN,
            methods=("wilson",),
            place=Place(elsewhere=("comparison",)),
            suppressed_at=NO_LEVEL,
        ),
        Measure(
            f"{family}.trend",
            partial(periods.trend, counted=counted),
            tables=(table,),
            figures={"trend": Format.POINTS},
            columns=TREND,
            reader_columns=_TREND_SHOWN,
            methods=("slope", "clusters"),
            place=Place(trend, exhibit="table"),
            suppressed_at=NO_LEVEL,
        ),
        Measure(
            f"{family}.latest",
            partial(periods.since_before, counted=counted),
            tables=(table,),
            figures={"since_before": Format.POINTS},
            columns=SINCE_BEFORE,
            reader_columns=_SINCE_SHOWN,
            methods=("newcombe", "clusters"),
            place=latest,
            suppressed_at=NO_LEVEL,
        ),
    )
