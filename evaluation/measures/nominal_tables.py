"""The rows of the registry for answers without an order, and for numbers."""

from evaluation.measures import nominal
from evaluation.measures.column_formats import SPREAD, Format, columns, counts
from evaluation.measures.measure import Measure, Place

METHODS = ("descriptive", "clusters", "answers")

NOMINAL = (
    Measure(
        "choices.one",
        nominal.one_choice,
        counts=("one_choice",),
        figures={"chose": Format.SHARE},
        columns=SPREAD,
        reader_columns=("answer", "count", "n", "value"),
        methods=METHODS,
        place=Place(1, exhibit="options"),
    ),
    Measure(
        "choices.several",
        nominal.several_choices,
        counts=("several_choices",),
        figures={"chose_too": Format.SHARE},
        columns=counts("count"),
        reader_columns=("count", "n", "value"),
        methods=METHODS,
        place=Place(2, exhibit="options"),
    ),
    Measure(
        "choices.numbers",
        nominal.numbers,
        counts=("numbers",),
        figures={"number": Format.MEAN},
        columns=columns(Format.MEAN, "median", "lower_quartile", "upper_quartile", optional=True),
        reader_columns=("n", "value", "median", "lower_quartile", "upper_quartile"),
        methods=METHODS,
        place=Place(4, exhibit="table"),
    ),
    Measure(
        "choices.background",
        nominal.background,
        counts=("background",),
        figures={"respondents": Format.SHARE},
        columns=SPREAD,
        reader_columns=("answer", "count", "n", "value"),
        methods=METHODS,
        place=Place(3, exhibit="options"),
        of_background=True,
    ),
)
