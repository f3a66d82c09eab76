"""Self-reported change: matched start and end answers of the same people, and questions about the change itself.

There is no control group: the figures are what people report, not what caused it.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.definitions import OUTSIDE_CODES, Library, Scale
from evaluation.measures.balance import BETTER, NOT_APART, UNTESTED, WORSE
from evaluation.measures.directions import directions
from evaluation.measures.measure import Inputs
from evaluation.measures.satisfaction import CLUSTERS, WILSON, class_sums, different_people
from evaluation.privacy import CELL, COHORT, Answers, PublishableCounts, Whole, added, numbered
from evaluation.statistics.multiplicity import holm_within
from evaluation.statistics.nps import net_interval, net_share
from evaluation.statistics.paired import median_step, rank_biserial_interval, reliable_step, signed_rank
from evaluation.statistics.proportions import LEVEL, Numbers, wilson
from evaluation.statistics.reliability import agreement_share, weighted_kappa

FIRST_OUTSIDE_CODE = min(OUTSIDE_CODES.values())
CLASSES = ("unfavourable", "neutral", "favourable")
# With fewer people the cross table could be worked out from the two single ones.
LEAST_FOR_AGREEMENT, LEAST_FOR_KAPPA = 10, 30
# Items that the same people answer at once are tested together.
TESTED_TOGETHER = [name for name in CELL if name != "item"]
_AGREEMENT = ["cell", "n", "value", "low", "high", "kappa", "kappa_low", "kappa_high"]


def same_thing(library: Library) -> dict[str, str]:
    """Return by item of start and end the question about the change in the same dimension, of the same end form."""
    return {
        state.id: retrospective_item.id
        for form in library.questionnaires
        if form.timing == "end"
        for state in form.items
        if state.change == "state"
        for retrospective_item in form.items
        if retrospective_item.change == "retrospective" and retrospective_item.dimension == state.dimension
    }


def on_scale(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of which both answers lie on the scale."""
    greater = np.maximum(pairs["start_value"], pairs["end_value"])
    return pd.DataFrame(pairs[greater < FIRST_OUTSIDE_CODE])


def people(counts: pd.DataFrame, group: list[str]) -> pd.DataFrame:
    """Return how many people are counted, by item and for the whole ("", as many as at the item with most)."""
    names = [*group, "cohort"]
    number, first = numbered(counts, [*names, "item"])
    by_item = counts[[*names, "item"]].take(first).assign(people=added(number, counts["n"], len(first)))
    whole, first = numbered(by_item, names)
    most = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(most, whole, by_item["people"].to_numpy())
    return pd.concat([by_item, by_item[names].take(first).assign(item="", people=most)], ignore_index=True)


def follow_up(inputs: Inputs) -> pd.DataFrame:
    """Return the change from start to follow-up, with the columns of ``steps``, tested by Holm question by question."""
    (later_pairs,) = inputs.counts
    estimates = steps(later_pairs, "follow_up")
    together, _ = numbered(later_pairs.names(estimates["cell"]), TESTED_TOGETHER)
    return judged(estimates, holm_within(estimates["p"], together))


def steps(pairs: PublishableCounts, measure: str) -> pd.DataFrame:
    """Return the directions of matched people, with the test of each question.

    effect, effect_low and effect_high are the matched-pairs rank-biserial value; p that of the signed-rank test of the
    one item. Where one person may be in several cohorts nothing is tested: p is missing. So is median_step where the
    levels are not published.
    """
    step, number = (pairs.counts[name].to_numpy() for name in ("step", "n"))
    estimates = directions(pairs, measure)
    of_cell = np.searchsorted(estimates["cell"], pairs.counts["cell"])
    estimates = estimates.assign(**_ranked(of_cell, step, number))
    estimates.loc[estimates["method"] == CLUSTERS, ["p", "effect_low", "effect_high"]] = np.nan
    with_levels = added(of_cell, np.where(pairs.counts["start_value"].notna(), number, 0), len(estimates))
    estimates.loc[with_levels == 0, "median_step"] = np.nan
    return estimates


def judged(estimates: pd.DataFrame, p: Numbers) -> pd.DataFrame:
    """Return ``steps`` with p after correction and ``verdict``, which follows from it.

    ``better`` or ``worse`` where p is under 0.05, else ``not_apart``: the change may be chance. ``untested`` where one
    person may be in several cohorts.
    """
    direction = np.where(estimates["effect"] > 0, BETTER, WORSE)
    verdict = np.where(p < 1 - LEVEL, direction, NOT_APART)
    return estimates.assign(p=p, verdict=np.where(estimates["method"] == CLUSTERS, UNTESTED, verdict))


def _ranked(of_cell: Whole, step: Whole, number: Whole) -> dict[str, Numbers]:
    """Return the median step, the test and the effect by cell."""
    order = np.argsort(of_cell, kind="stable")
    rows_by_cell = np.split(order, np.flatnonzero(np.diff(of_cell[order])) + 1) if len(order) else []
    tests = [signed_rank(step[rows], number[rows]) for rows in rows_by_cell]
    plus, minus, total, p = (
        np.array([getattr(test, part) for test in tests], dtype=float) for part in ("plus", "minus", "total", "p")
    )
    low, high = rank_biserial_interval(plus, minus, total)
    medians = np.array([median_step(step[rows], number[rows]) for rows in rows_by_cell], dtype=float)
    effect = (plus - minus) / total
    return {"median_step": medians, "p": p, "effect": effect, "effect_low": low, "effect_high": high}


def paired(inputs: Inputs) -> pd.DataFrame:
    """Return the change from start to end, with the levels of the same people where they may be published.

    Beside the columns of ``steps``: start_mean and end_mean; at_best, people who gave the best answer already at start;
    crossed and fell, people who came to the favourable part of the scale, or left it; reliable_better and
    reliable_worse, people whose step is beyond measurement error, where the definition gives the reliability.
    scale_low, scale_high and better say how to read the means.
    """
    (pairs,) = inputs.counts
    library, estimates = inputs.library, steps(pairs, "paired")
    scales = {item.id: library.scales[item.scale] for item in library.items.values() if item.scale}
    scale_of_row = [scales[item] for item in pairs.cells["item"].iloc[estimates["cell"]]]
    of_cells = {**_levels(pairs, scales), **_reliable(pairs, library)}
    return estimates.assign(
        **{name: values[estimates["cell"]] for name, values in of_cells.items()},
        scale_low=np.array([min(scale.codes) for scale in scale_of_row], dtype=np.int64),
        scale_high=np.array([max(scale.codes) for scale in scale_of_row], dtype=np.int64),
        better=np.array([scale.better for scale in scale_of_row], dtype=object),
    )


def _levels(pairs: PublishableCounts, scales: dict[str, Scale]) -> dict[str, Numbers]:
    """Return the levels by cell, missing where they may not be published."""
    counts = pairs.counts[pairs.counts["start_value"].notna()]
    cell, n = counts["cell"].to_numpy(), counts["n"].to_numpy()
    start, end = counts["start_value"].to_numpy(), counts["end_value"].to_numpy()
    item, items = pd.factorize(pairs.cells["item"].iloc[cell])
    best = np.array([max(scales[name].codes, key=lambda code: code * scales[name].direction) for name in items])
    good = np.zeros((len(items), FIRST_OUTSIDE_CODE), dtype=bool)
    for number, name in enumerate(items):
        good[number, list(scales[name].codes_of("favourable"))] = True
    at_start, at_end = good[item, start.astype(np.int64)], good[item, end.astype(np.int64)]
    with_levels = added(cell, n, len(pairs.cells)).astype(float)
    with_levels[with_levels == 0] = np.nan

    def summed(weights: npt.NDArray[Any]) -> Numbers:
        sums = np.bincount(cell, weights=weights, minlength=len(with_levels))
        return np.asarray(np.where(with_levels > 0, sums, np.nan))

    return {
        "start_mean": summed(n * start) / with_levels,
        "end_mean": summed(n * end) / with_levels,
        "at_best": summed(np.where(start == best[item], n, 0)) if len(items) else with_levels,
        "crossed": summed(np.where(~at_start & at_end, n, 0)),
        "fell": summed(np.where(at_start & ~at_end, n, 0)),
    }


def _reliable(pairs: PublishableCounts, library: Library) -> dict[str, Numbers]:
    """Return how many changed reliably, of the items whose definition gives reliability and spread.

    Missing where the levels are: how far single people went is published of as many as where they stood.
    """
    needed = {
        item.id: reliable_step(item.spread, item.reliability)
        for item in library.items.values()
        if item.reliability is not None and item.spread is not None
    }
    least_step = pairs.cells["item"].map(needed).to_numpy(dtype=float)
    counts = pairs.counts[pairs.counts["start_value"].notna()]
    cell, step, n = (counts[name].to_numpy() for name in ("cell", "step", "n"))
    least_step = np.where(added(cell, n, len(pairs.cells)) > 0, least_step, np.nan)
    beyond = {"reliable_better": step > least_step[cell], "reliable_worse": step < -least_step[cell]}
    return {
        name: np.where(np.isnan(least_step), np.nan, added(cell, np.where(rows, n, 0), len(least_step)))
        for name, rows in beyond.items()
    }


def retrospective(inputs: Inputs) -> pd.DataFrame:
    """Return how many say that things are better, the same or worse than before, the share better and the net share.

    Where one person may have answered more than once, intervals and methods are as of satisfaction.
    """
    (answers,) = inputs.counts
    sums = class_sums(answers).rename(columns={"favourable": "improved", "neutral": "same", "unfavourable": "worsened"})
    people = different_people(answers, sums["cell"], inputs.repeated_forms)
    low, high = wilson(sums["improved"] * people.weight, sums["n"] * people.weight)
    plus, minus, n = (sums[name] * people.weight for name in ("improved", "worsened", "n"))
    net_low, net_high = net_interval(plus, minus, n)
    return sums.drop(columns="not_applicable").assign(
        measure="retrospective",
        value=sums["improved"] / sums["n"].replace(0, np.nan),
        low=low,
        high=high,
        method=people.method(WILSON),
        net=net_share(sums["improved"], sums["worsened"], sums["n"]),
        net_low=net_low,
        net_high=net_high,
    )


def agreement(inputs: Inputs) -> pd.DataFrame:
    """Return the share of people of whom both ways of asking say the same: better, unchanged or worse.

    The ways are start and end compared, and a question about the change. With the Wilson interval; kappa, kappa_low and
    kappa_high, the agreement beyond chance, from thirty people on. Totals of ten people or more only; the cross table
    itself is published nowhere. Where one person may be in several cohorts there is no kappa.
    """
    (both_ways,) = inputs.counts
    reported = _reported_class(both_ways, inputs.library, inputs.answers)
    estimates = pd.DataFrame(_agreeing(both_ways, reported), columns=_AGREEMENT)
    people = different_people(both_ways, estimates["cell"])
    n = estimates["n"].to_numpy(dtype=float) * people.weight
    low, high = wilson(estimates["value"].to_numpy(dtype=float) * n, n)
    repeated = people.weight < 1
    estimates.loc[repeated, "low"], estimates.loc[repeated, "high"] = low[repeated], high[repeated]
    estimates.loc[repeated, ["kappa", "kappa_low", "kappa_high"]] = np.nan
    return estimates.assign(measure="agreement", method=people.method(WILSON))


def _reported_class(both_ways: PublishableCounts, library: Library, answers: Answers) -> Whole:
    """Return the place among CLASSES of the answers about the change."""
    counts = both_ways.counts
    about = both_ways.names(counts["cell"])["item"].map(same_thing(library))
    kinds = answers.classes_of(about, counts["reported_value"].reset_index(drop=True).astype(int))
    return np.asarray(pd.Index(CLASSES, dtype=object).get_indexer(pd.Index(kinds, dtype=object)), dtype=np.int64)


def _agreeing(both_ways: PublishableCounts, reported: Whole) -> Iterator[tuple[object, ...]]:
    cell, n = both_ways.counts["cell"].to_numpy(), both_ways.counts["n"].to_numpy()
    changed = np.sign(both_ways.counts["step"].to_numpy()) + 1
    size = len(both_ways.cells)
    tables = np.bincount(cell * 9 + changed * 3 + reported, weights=n, minlength=9 * size).reshape(-1, 3, 3)
    enough = tables.sum(axis=(1, 2)) >= LEAST_FOR_AGREEMENT
    for total in np.flatnonzero(~both_ways.at_level(COHORT) & enough):
        table = tables[total]
        n_people = table.sum()
        share = agreement_share(table)
        beyond = weighted_kappa(table) if n_people >= LEAST_FOR_KAPPA else None
        kappa = (beyond.value, beyond.low, beyond.high) if beyond else (np.nan, np.nan, np.nan)
        yield total, n_people, share.value, share.low, share.high, *kappa
