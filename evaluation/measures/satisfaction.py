"""Satisfaction: how answers spread over the scale, the share that is favourable, and the mean."""

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from evaluation.definitions import OUTSIDE_CODES, Library, Scale
from evaluation.measures.disclosure import CELL, Screened
from evaluation.measures.statistics.nps import net_interval, net_share
from evaluation.measures.statistics.proportions import wilson

OUTSIDE_CLASS = {code: kind for kind, code in OUTSIDE_CODES.items()}
WILSON, WILSON_ANSWERS, DESCRIPTIVE = "wilson", "wilson_answers", "descriptive"
NET_SCORE, NET_SCORE_ANSWERS = "net_score", "net_score_answers"


def _scales(library: Library) -> dict[str, Scale]:
    return {item.id: library.scales[item.scale] for item in library.items.values() if item.scale}


def distribution(screened: Screened, library: Library) -> pd.DataFrame:
    """Return a row a value of the scale, given or not: ``count`` and its share of the answers on the scale.

    Where the gate lets only the three classes through there is a row a class, which has no value_code. Answers outside
    the scale are counted in rows of their own, which have no share.
    """
    sums = screened.counts.groupby([*CELL, "value", "value_class"], dropna=False, as_index=False)["n"].sum()
    scales = _scales(library)
    found: list[tuple[object, ...]] = []
    for key, rows in sums.groupby(CELL):
        coarse = rows["value"].isna().any()
        names = rows["value_class"] if coarse else rows["value"].astype(int)
        given = dict(zip(names, rows["n"].astype(int), strict=True))
        scale = scales[str(key[-1])]
        kinds = [(None, name, name) for name in _classes_of(scale)] if coarse else [
            (value.code, value.value_class, value.code) for value in scale.values
        ]  # fmt: skip
        n = sum(given.get(name, 0) for _, _, name in kinds)
        for code, kind, name in kinds:
            count = given.get(name, 0)
            found.append((*key, code, kind, count, n, count / n if n else None))
        for outside in scale.outside:
            count = given.get(outside.kind if coarse else outside.code, 0)
            found.append((*key, outside.code, outside.kind, count, n, None))
    frame = pd.DataFrame(found, columns=[*CELL, "value_code", "value_class", "count", "n", "value"])
    return frame.assign(measure="distribution", method=DESCRIPTIVE)


def _classes_of(scale: Scale) -> tuple[str, ...]:
    """Return the classes of a scale in the order of its values."""
    return tuple(dict.fromkeys(value.value_class for value in scale.values if value.value_class))


def favourable(screened: Screened, library: Library, repeated: frozenset[str]) -> pd.DataFrame:
    """Return the share of favourable answers among those on the scale, with its Wilson interval.

    Where one person answers again and again (questionnaires in ``repeated``) the interval treats answers as if each
    came from its own person: it is narrower than it should be, and its method is named ``wilson_answers``.
    national_theme names the theme of the national client feedback that the question belongs to.
    """
    sums = class_sums(screened)
    themes = {item.id: item.national_theme for item in library.items.values()}
    low, high = wilson(sums["favourable"], sums["n"])
    return sums.assign(
        measure="favourable",
        value=sums["favourable"] / sums["n"],
        low=low,
        high=high,
        method=interval_method(sums, repeated),
        national_theme=sums["item"].map(themes),
    ).drop(columns=["neutral", "unfavourable", "not_applicable"])


def recommendation(screened: Screened, items: Collection[str], repeated: frozenset[str]) -> pd.DataFrame:
    """Return of the ``items`` the net promoter score: the share that recommends less the share that does not.

    ``value`` and its interval lie between −1 and 1; favourable, neutral and unfavourable are counts.
    """
    sums = class_sums(screened)
    sums = sums[sums["item"].isin(items)].drop(columns=["dont_know", "not_applicable"])
    low, high = net_interval(sums["favourable"], sums["unfavourable"], sums["n"])
    method = np.where(sums["questionnaire"].isin(repeated), NET_SCORE_ANSWERS, NET_SCORE)
    value = net_share(sums["favourable"], sums["unfavourable"], sums["n"])
    return sums.assign(measure="recommendation", value=value, low=low, high=high, method=method)


def interval_method(sums: pd.DataFrame, repeated: frozenset[str]) -> Any:
    """Return by row the name of the interval's method: of people, or of answers that may be one person's."""
    return np.where(sums["questionnaire"].isin(repeated), WILSON_ANSWERS, WILSON)


def class_sums(screened: Screened) -> pd.DataFrame:
    """Return by cell the counts favourable, neutral, unfavourable, dont_know, not_applicable, and n on the scale."""
    counts = screened.counts
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
