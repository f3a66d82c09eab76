"""Satisfaction: how answers spread over the scale, the share that is favourable, and the mean."""

from typing import Any

import numpy as np
import pandas as pd

from evaluation.definitions import OUTSIDE_CODES, Library, Scale
from evaluation.measures.disclosure import CELL, Screened
from evaluation.measures.intervals import wilson

OUTSIDE_CLASS = {code: kind for kind, code in OUTSIDE_CODES.items()}
WILSON, WILSON_ANSWERS, DESCRIPTIVE = "wilson", "wilson_answers", "descriptive"


def _scales(library: Library) -> dict[str, Scale]:
    return {item.id: library.scales[item.scale] for item in library.items.values() if item.scale}


def classified(counts: pd.DataFrame, library: Library) -> pd.DataFrame:
    """Return answer counts with value_class: the class of the value on its item's scale, or the kind outside it."""
    scales = _scales(library)
    classes: dict[tuple[str, int], str | None] = {
        (item, value.code): value.value_class for item, scale in scales.items() for value in scale.values
    }
    classes |= {(item, code): kind for item in scales for code, kind in OUTSIDE_CLASS.items()}
    keys = zip(counts["item"], counts["value"], strict=True)
    return counts.assign(value_class=[str(classes[item, int(value)]) for item, value in keys])


def distribution(screened: Screened, library: Library) -> pd.DataFrame:
    """Return a row a value of the scale, given or not: ``count`` and its share of the answers on the scale.

    Answers outside the scale are counted in rows of their own, which have no share.
    """
    counts = classified(screened.counts, library)
    sums = counts.groupby([*CELL, "value"], as_index=False)["n"].sum()
    scales = _scales(library)
    found: list[tuple[object, ...]] = []
    for key, rows in sums.groupby(CELL):
        given = dict(zip(rows["value"].astype(int), rows["n"].astype(int), strict=True))
        scale = scales[str(key[-1])]
        n = sum(given.get(code, 0) for code in scale.codes)
        for value in scale.values:
            count = given.get(value.code, 0)
            found.append((*key, value.code, value.value_class, count, n, count / n if n else None))
        for outside in scale.outside:
            found.append((*key, outside.code, outside.kind, given.get(outside.code, 0), n, None))  # noqa: PERF401
    frame = pd.DataFrame(found, columns=[*CELL, "value_code", "value_class", "count", "n", "value"])
    return frame.assign(measure="distribution", method=DESCRIPTIVE)


def favourable(screened: Screened, library: Library, repeated: frozenset[str]) -> pd.DataFrame:
    """Return the share of favourable answers among those on the scale, with its Wilson interval.

    Where one person answers again and again (questionnaires in ``repeated``) the interval treats answers as if each
    came from its own person: it is narrower than it should be, and its method is named ``wilson_answers``.
    """
    sums = class_sums(screened, library)
    low, high = wilson(sums["favourable"], sums["n"])
    return sums.assign(
        measure="favourable",
        value=sums["favourable"] / sums["n"],
        low=low,
        high=high,
        method=interval_method(sums, repeated),
    ).drop(columns=["neutral", "unfavourable", "not_applicable"])


def interval_method(sums: pd.DataFrame, repeated: frozenset[str]) -> Any:
    """Return by row the name of the interval's method: of people, or of answers that may be one person's."""
    return np.where(sums["questionnaire"].isin(repeated), WILSON_ANSWERS, WILSON)


def class_sums(screened: Screened, library: Library) -> pd.DataFrame:
    """Return by cell the counts favourable, neutral, unfavourable, dont_know, not_applicable, and n on the scale."""
    counts = classified(screened.counts, library)
    names = ["favourable", "neutral", "unfavourable", "dont_know", "not_applicable"]
    table = counts.pivot_table(index=CELL, columns="value_class", values="n", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=names, fill_value=0).astype(int).reset_index()
    table.columns.name = None
    table["n"] = table[names[:3]].sum(axis=1)
    return table


def mean(screened: Screened) -> pd.DataFrame:
    """Return the mean of the codes on the scale and their standard deviation (n − 1), from counts."""
    counts = screened.counts[screened.counts["value"] < min(OUTSIDE_CLASS)]
    weighted = counts.assign(total=counts["n"] * counts["value"], squares=counts["n"] * counts["value"] ** 2)
    sums = weighted.groupby(CELL, as_index=False)[["n", "total", "squares"]].sum()
    value = sums["total"] / sums["n"]
    spread = (sums["squares"] - sums["n"] * value**2).clip(lower=0) / (sums["n"] - 1).where(sums["n"] > 1)
    return sums.assign(measure="mean", value=value, sd=np.sqrt(spread), method=DESCRIPTIVE).drop(
        columns=["total", "squares"]
    )
