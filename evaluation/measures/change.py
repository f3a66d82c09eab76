"""Self-reported change: matched start and end answers of the same people, and questions about the change itself.

There is no control group: the figures tell what people report, not what caused it.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.definitions import OUTSIDE_CODES, Library, Scale
from evaluation.measures.satisfaction import WILSON, class_sums, interval_method
from evaluation.privacy import CELL, Screened, Whole, added, numbered
from evaluation.statistics.multiplicity import holm_within
from evaluation.statistics.nps import net_interval, net_share
from evaluation.statistics.paired import median_step, rank_biserial_interval, reliable_step, signed_rank
from evaluation.statistics.proportions import LEVEL, Numbers, wilson

FIRST_OUTSIDE_CODE = min(OUTSIDE_CODES.values())
BETTER, WORSE, NOT_APART = "better", "worse", "not_apart"
# Questions asked of the same people at once are tested together.
TOGETHER = [name for name in CELL if name != "item"]


def on_scale(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of which both answers lie on the scale."""
    both = np.maximum(pairs["start_value"], pairs["end_value"])
    return pd.DataFrame(pairs[both < FIRST_OUTSIDE_CODE])


def people(counts: pd.DataFrame, group: list[str]) -> pd.DataFrame:
    """Return how many people are counted, by item and for the whole ("", as many as at the item with most)."""
    names = [*group, "cohort"]
    number, first = numbered(counts, [*names, "item"])
    by_item = counts[[*names, "item"]].take(first).assign(people=added(number, counts["n"], len(first)))
    whole, first = numbered(by_item, names)
    most = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(most, whole, by_item["people"].to_numpy())
    return pd.concat([by_item, by_item[names].take(first).assign(item="", people=most)], ignore_index=True)


def steps(screened: Screened, measure: str) -> pd.DataFrame:
    """Return of matched people how many improved, stayed the same and worsened, and what may be said of it.

    ``value`` is the share improved, step > 0, and its Wilson interval; net, net_low and net_high are the share improved
    less the share worsened; effect, effect_low and effect_high the matched-pairs rank-biserial value; p that of the
    signed-rank test after Holm's correction over the questions asked together. ``verdict`` is ``better`` or ``worse``
    where p is under 0.05, else ``not_apart``: the change cannot be told from chance.
    """
    step, number = (screened.counts[name].to_numpy() for name in ("step", "n"))
    cell, of_cell = np.unique(screened.counts["cell"].to_numpy(), return_inverse=True)
    parts = (step > 0, step == 0, step < 0)
    improved, same, worsened = (added(of_cell, np.where(part, number, 0), len(cell)) for part in parts)
    n = improved + same + worsened
    low, high = wilson(improved, n)
    net_low, net_high = net_interval(improved, worsened, n)
    found = pd.DataFrame({
        "cell": cell, "n": n, "improved": improved, "same": same, "worsened": worsened, "measure": measure,
        "value": improved / n, "low": low, "high": high, "method": WILSON,
        "net": net_share(improved, worsened, n), "net_low": net_low, "net_high": net_high,
        **_ranked(of_cell, step, number),
    })  # fmt: skip
    together, _ = numbered(screened.called(cell), TOGETHER)
    p = holm_within(found["p"], together)
    told = np.where(found["effect"] > 0, BETTER, WORSE)
    return found.assign(p=p, verdict=np.where(p < 1 - LEVEL, told, NOT_APART))


def _ranked(of_cell: Whole, step: Whole, number: Whole) -> dict[str, Numbers]:
    """Return the median step, the test and the effect of each cell."""
    order = np.argsort(of_cell, kind="stable")
    rows = np.split(order, np.flatnonzero(np.diff(of_cell[order])) + 1) if len(order) else []
    tests = [signed_rank(step[each], number[each]) for each in rows]
    plus, minus, total, p = (
        np.array([getattr(test, part) for test in tests], dtype=float) for part in ("plus", "minus", "total", "p")
    )
    low, high = rank_biserial_interval(plus, minus, total)
    medians = np.array([median_step(step[each], number[each]) for each in rows], dtype=float)
    effect = (plus - minus) / total
    return {"median_step": medians, "p": p, "effect": effect, "effect_low": low, "effect_high": high}


def paired(screened: Screened, library: Library) -> pd.DataFrame:
    """Return the change from start to end, with the levels of the same people where the gate tells them.

    Beside the columns of ``steps``: start_mean and end_mean; at_best, people who gave the best answer already at start;
    crossed and fell, people who came to the favourable part of the scale, or left it; reliable_better and
    reliable_worse, people whose step is beyond measurement error, where the definition gives the reliability.
    scale_low, scale_high and better tell how to read the means.
    """
    found = steps(screened, "paired")
    scales = {item.id: library.scales[item.scale] for item in library.items.values() if item.scale}
    asked = [scales[item] for item in screened.cells["item"].iloc[found["cell"]]]
    of_cells = {**_levels(screened, scales), **_reliable(screened, library)}
    return found.assign(
        **{name: values[found["cell"]] for name, values in of_cells.items()},
        scale_low=np.array([min(scale.codes) for scale in asked], dtype=np.int64),
        scale_high=np.array([max(scale.codes) for scale in asked], dtype=np.int64),
        better=np.array([scale.better for scale in asked], dtype=object),
    )


def _levels(screened: Screened, scales: dict[str, Scale]) -> dict[str, Numbers]:
    """Return the levels of each cell, missing where the gate does not tell them."""
    counts = screened.counts[screened.counts["start_value"].notna()]
    cell, n = counts["cell"].to_numpy(), counts["n"].to_numpy()
    start, end = counts["start_value"].to_numpy(), counts["end_value"].to_numpy()
    item, items = pd.factorize(screened.cells["item"].iloc[cell])
    best = np.array([max(scales[each].codes, key=lambda code: code * scales[each].direction) for each in items])
    good = np.zeros((len(items), FIRST_OUTSIDE_CODE), dtype=bool)
    for number, each in enumerate(items):
        good[number, list(scales[each].codes_of("favourable"))] = True
    at_start, at_end = good[item, start.astype(np.int64)], good[item, end.astype(np.int64)]
    told = added(cell, n, len(screened.cells)).astype(float)
    told[told == 0] = np.nan

    def of_told(weights: npt.NDArray[Any]) -> Numbers:
        return np.asarray(np.where(told > 0, np.bincount(cell, weights=weights, minlength=len(told)), np.nan))

    return {
        "start_mean": of_told(n * start) / told,
        "end_mean": of_told(n * end) / told,
        "at_best": of_told(np.where(start == best[item], n, 0)) if len(items) else told,
        "crossed": of_told(np.where(~at_start & at_end, n, 0)),
        "fell": of_told(np.where(at_start & ~at_end, n, 0)),
    }


def _reliable(screened: Screened, library: Library) -> dict[str, Numbers]:
    """Return how many changed reliably, of the items whose definition gives reliability and spread."""
    needed = {
        item.id: reliable_step(item.spread, item.reliability)
        for item in library.items.values()
        if item.reliability is not None and item.spread is not None
    }
    far = screened.cells["item"].map(needed).to_numpy(dtype=float)
    cell, step, n = (screened.counts[name].to_numpy() for name in ("cell", "step", "n"))
    beyond = {"reliable_better": step > far[cell], "reliable_worse": step < -far[cell]}
    return {
        name: np.where(np.isnan(far), np.nan, added(cell, np.where(part, n, 0), len(far)))
        for name, part in beyond.items()
    }


def retrospective(screened: Screened, repeated: frozenset[str]) -> pd.DataFrame:
    """Return how many say that things are better, the same or worse than before, the share better and the net share.

    Where one person answers again and again (questionnaires in ``repeated``) the method is named ``wilson_answers``.
    """
    sums = class_sums(screened).rename(
        columns={"favourable": "improved", "neutral": "same", "unfavourable": "worsened"}
    )
    low, high = wilson(sums["improved"], sums["n"])
    net_low, net_high = net_interval(sums["improved"], sums["worsened"], sums["n"])
    return sums.drop(columns="not_applicable").assign(
        measure="retrospective",
        value=sums["improved"] / sums["n"].replace(0, np.nan),
        low=low,
        high=high,
        method=interval_method(screened, sums, repeated),
        net=net_share(sums["improved"], sums["worsened"], sums["n"]),
        net_low=net_low,
        net_high=net_high,
    )
