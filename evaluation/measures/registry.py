"""The published tables: a row each, with everything that differs about it.

What lists tables follows from here: the tables of a selection, ``measures --json``, the data package, readers' tables,
the page and the reports. A new table is a function, a row and its words; tests/measures/test_registry.py adds one.
"""

from functools import partial

from evaluation.measures import attrition, change, conditions, participation, periods, satisfaction, scores
from evaluation.measures import unit_comparison as comparison
from evaluation.measures.column_formats import (
    CHANGED,
    COMPARED,
    FAVOURABLE,
    LEVELS,
    NET,
    PERIODS,
    SINCE_BEFORE,
    SPREAD,
    TESTED_STEPS,
    TREND,
    Format,
    columns,
    counts,
    numbers,
)
from evaluation.measures.measure import NO_LEVEL, Measure, Place, Registry
from evaluation.measures.unit_counts import COUNTS
from evaluation.privacy import COHORT

_STEPS_SHOWN = ("n", "improved", "same", "worsened", "value", "interval", "net", "median_step", "effect", "verdict")
_COMPARED_SHOWN = ("n", "value", "interval", "shrunk", "shrinkage", "verdict")
_TREND_SHOWN = ("periods", "first", "last", "value", "interval", "verdict")
_SINCE_SHOWN = ("before_period", "before_n", "before", "last_period", "last_n", "last", "value", "interval", "verdict")
_COUNT_OF_N = ("count", "n", "value")
_FORM_COUNT_OF_N = ("form", *_COUNT_OF_N)
_FAVOURABLE_METHODS = ("wilson", "clusters", "answers")


def _distribution(family: str, place: Place) -> Measure:
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


def _favourable(family: str, place: Place) -> Measure:
    return Measure(
        f"{family}.favourable",
        satisfaction.favourable,
        counts=(f"{family}_ratings",),
        figures={"favourable": Format.SHARE},
        columns=FAVOURABLE,
        reader_columns=("national_theme", "n", "value", "interval", "dont_know"),
        methods=_FAVOURABLE_METHODS,
        place=place,
    )


def _mean(family: str) -> Measure:
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


def _score(family: str, answers: str, place: Place) -> Measure:
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


def _of_shares(table: str, counted: str, trend: int, latest: Place) -> tuple[Measure, ...]:
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


ROWS = (
    Measure(
        "participation.enrolment",
        participation.enrolment,
        counts=("enrolment",),
        figures={"registered": Format.COUNT, "started": Format.SHARE, "completed": Format.SHARE},
        title="enrolment",
        columns=(*counts("count", "at_least", "at_most"), *columns(Format.COUNT, "unknown", optional=True)),
        reader_columns=("count", "n", "value", "interval", "unknown"),
        methods=("descriptive", "wilson", "clusters"),
        place=Place(1, exhibit="enrolment", elsewhere=("comparison", "side_by_side")),
    ),
    Measure(
        "participation.forms",
        participation.by_forms,
        counts=("without_register",),
        figures={"started_by_form": Format.COUNT, "ended_by_form": Format.COUNT},
        title="forms",
        by_form=True,
        reader_columns=("form", "value"),
        methods=("descriptive", "clusters"),
        place=Place(12, exhibit="table"),
    ),
    Measure(
        "participation.attendance",
        participation.attendance,
        counts=("marks", "enrolment"),
        figures={
            "attendance_rate": Format.SHARE,
            "cancellation_rate": Format.SHARE,
            "present_per_session": Format.MEAN,
            "visits_per_person": Format.MEAN,
        },
        title="attendance",
        columns=counts("marks", "present", "cancelled", "sessions"),
        reader_columns=("n", "value", "range", "sessions"),
        methods=("descriptive", "range"),
        place=Place(4, exhibit="table", elsewhere=("comparison",)),
    ),
    Measure(
        "participation.sessions",
        participation.sessions,
        counts=("marks", "enrolment"),
        figures={"present_in_session": Format.COUNT},
        title="sessions",
        columns=(*columns(Format.CODE, "session_no"), *columns(Format.DAY, "held_on")),
        reader_columns=("session_no", "held_on", "value", "n"),
        methods=("descriptive",),
        place=Place(2, exhibit="sessions"),
        suppressed_at=(COHORT,),
    ),
    Measure(
        "participation.visits",
        participation.visits,
        counts=("openings",),
        figures={"visits": Format.COUNT, "visits_per_opening": Format.MEAN},
        columns=(*counts("visits"), *columns(Format.OCCASION, "occasion")),
        reader_columns=("occasion", "n", "value", "range"),
        methods=("descriptive", "range"),
        place=Place(5, exhibit="table", elsewhere=("comparison", "side_by_side")),
    ),
    Measure(
        "participation.openings",
        participation.openings,
        counts=("openings",),
        figures={"visits_in_opening": Format.COUNT},
        title="openings",
        columns=(*columns(Format.DAY, "held_on"), *columns(Format.OCCASION, "occasion")),
        reader_columns=("held_on", "occasion", "value"),
        methods=("descriptive",),
        place=Place(3, exhibit="openings"),
        suppressed_at=(COHORT,),
    ),
    Measure(
        "participation.drop_out",
        attrition.moments,
        counts=("drop_outs", "enrolment"),
        figures={"left_early": Format.SHARE},
        columns=counts("count"),
        reader_columns=_COUNT_OF_N,
        methods=("descriptive",),
        place=Place(6, exhibit="table"),
        suppressed_at=NO_LEVEL,
    ),
    Measure(
        "participation.newcomers",
        participation.newcomers,
        counts=("openings",),
        figures={"newcomers": Format.SHARE},
        columns=counts("count"),
        reader_columns=_COUNT_OF_N,
        methods=("descriptive",),
        place=Place(8, exhibit="table"),
        suppressed_at=NO_LEVEL,
    ),
    Measure(
        "participation.waiting",
        participation.waiting,
        counts=("openings",),
        figures={"waiting": Format.MEAN},
        reader_columns=("n", "value", "range"),
        methods=("range",),
        place=Place(9, exhibit="table"),
        suppressed_at=NO_LEVEL,
    ),
    _distribution("participation", Place(10, exhibit="distribution")),
    _favourable("participation", Place(11, exhibit="table")),
    _distribution("satisfaction", Place(1, exhibit="distribution")),
    _favourable("satisfaction", Place(2, exhibit="favourable", elsewhere=("comparison",))),
    _mean("satisfaction"),
    Measure(
        "satisfaction.recommendation",
        satisfaction.recommendation,
        counts=("recommendation_answers",),
        figures={"recommendation": Format.NET_SCORE},
        columns=(
            *counts("favourable", "neutral", "unfavourable", "dont_know"),
            *columns(Format.MEAN, "mean_answer", optional=True),
        ),
        reader_columns=(
            "form", "n", "favourable", "neutral", "unfavourable", "dont_know", "value", "interval", "mean_answer",
        ),
        methods=("net_score", "clusters", "answers"),
        place=Place(3, exhibit="table"),
    ),
    _distribution("conditions", Place(2, exhibit="distribution", detail=True)),
    _favourable("conditions", Place(1, exhibit="conditions", elsewhere=("comparison",))),
    _mean("conditions"),
    _score("satisfaction", "satisfaction_answers", Place(4, exhibit="table")),
    _score("change", "state_answers", Place(2, exhibit="table")),
    Measure(
        "change.retrospective",
        change.retrospective,
        counts=("retrospective_answers",),
        figures={"retrospective": Format.SHARE},
        columns=(*CHANGED, *counts("dont_know"), *NET),
        reader_columns=("n", "improved", "same", "worsened", "dont_know", "value", "interval", "net"),
        methods=_FAVOURABLE_METHODS,
        place=Place(2, exhibit="change_bars", elsewhere=("comparison",)),
    ),
    Measure(
        "change.paired",
        change.paired,
        counts=("pairs",),
        figures={"paired": Format.SHARE},
        columns=(*CHANGED, *NET, *TESTED_STEPS, *LEVELS),
        reader_columns=(
            *_STEPS_SHOWN, "start_mean", "end_mean", "at_best", "crossed", "fell", "reliable_better", "reliable_worse",
        ),
        methods=("wilson", "clusters"),
        place=Place(1, exhibit="change", elsewhere=("comparison",)),
    ),
    Measure(
        "change.steps",
        comparison.steps,
        counts=("pairs",),
        compares="change.paired",
        figures={"adjusted_change": Format.STEP},
        columns=COMPARED,
        reader_columns=("n", "value", "interval", "plain", "shrunk", "shrinkage", "verdict"),
        methods=("adjusted_steps",),
        place=Place(elsewhere=("comparison",)),
        suppressed_at=NO_LEVEL,
    ),
    Measure(
        "change.follow_up",
        change.follow_up,
        counts=("later_pairs",),
        figures={"follow_up": Format.SHARE},
        columns=(*CHANGED, *NET, *TESTED_STEPS),
        reader_columns=_STEPS_SHOWN,
        methods=("wilson", "clusters"),
        place=Place(4, exhibit="table"),
    ),
    Measure(
        "change.attrition",
        attrition.difference,
        counts=("leavers", "pairs"),
        figures={"attrition": Format.POINTS},
        columns=(*counts("left_n", "stayed_n"), *columns(Format.SHARE, "stayed_value", "left_value")),
        reader_columns=("stayed_n", "stayed_value", "left_n", "left_value", "value", "interval"),
        methods=("newcombe", "clusters"),
        place=Place(5, exhibit="table"),
        suppressed_at=NO_LEVEL,
    ),
    Measure(
        "change.agreement",
        change.agreement,
        counts=("both_ways",),
        figures={"agreement": Format.SHARE},
        columns=(*columns(Format.ESTIMATE, "kappa", optional=True), *numbers("kappa_low", "kappa_high")),
        reader_columns=("n", "value", "interval", "kappa"),
        methods=("wilson", "clusters"),
        place=Place(6, exhibit="table"),
        suppressed_at=NO_LEVEL,
    ),
    Measure(
        "participation.response",
        participation.response_rates,
        counts=("filled_once",),
        tables=("participation.enrolment",),
        figures={"response_rate": Format.SHARE},
        by_form=True,
        columns=counts("count"),
        reader_columns=_FORM_COUNT_OF_N,
        methods=("descriptive",),
        place=Place(7, exhibit="table"),
        suppressed_at=NO_LEVEL,
    ),
    Measure(
        "change.matched",
        participation.matched,
        counts=("filled_once", "matched"),
        figures={"matched": Format.SHARE},
        by_form=True,
        columns=counts("count"),
        reader_columns=_FORM_COUNT_OF_N,
        methods=("descriptive",),
        place=Place(3, exhibit="table"),
        suppressed_at=NO_LEVEL,
    ),
    *_of_shares("satisfaction.favourable", "favourable", 5, Place(6, exhibit="table", elsewhere=("overview",))),
    *_of_shares("conditions.favourable", "favourable", 4, Place(5, exhibit="table")),
    *_of_shares("change.retrospective", "improved", 7, Place(8, exhibit="table", elsewhere=("overview",))),
    Measure(
        "participation.latest",
        periods.more_people,
        tables=("participation.enrolment",),
        figures={"more_people": Format.DIFFERENCE},
        columns=PERIODS,
        reader_columns=("before_period", "before_n", "last_period", "last_n", "value"),
        methods=("descriptive",),
        place=Place(elsewhere=("overview",)),
        suppressed_at=NO_LEVEL,
    ),
    Measure(
        "conditions.distance",
        conditions.distance,
        tables=("conditions.favourable", "satisfaction.favourable"),
        figures={"distance": Format.POINTS},
        columns=(
            *columns(Format.TEXT, "client_questionnaire"), *columns(Format.ITEM, "client_item"), *counts("client_n"),
            *columns(Format.SHARE, "role_value", "client_value"), *numbers("p"), *columns(Format.VERDICT, "verdict"),
        ),
        reader_columns=(
            "form", "role_value", "n", "client_item", "client_value", "client_n", "value", "interval", "verdict",
        ),
        methods=("newcombe", "clusters", "answers"),
        place=Place(3, exhibit="table"),
        suppressed_at=NO_LEVEL,
    ),
)  # fmt: skip


REGISTRY = Registry(ROWS, COUNTS)
