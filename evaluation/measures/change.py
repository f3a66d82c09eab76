"""Self-reported change: matched start and end answers of the same people, and questions about the change itself.

There is no control group: the figures tell what people report, not what caused it.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from evaluation.definitions import OUTSIDE_CODES, Library, Scale
from evaluation.measures.disclosure import CELL, Screened
from evaluation.measures.satisfaction import WILSON, class_sums, interval_method
from evaluation.measures.statistics.multiplicity import holm
from evaluation.measures.statistics.nps import net_interval, net_share
from evaluation.measures.statistics.paired import median_step, rank_biserial, reliable_step, signed_rank
from evaluation.measures.statistics.proportions import LEVEL, wilson

FIRST_OUTSIDE_CODE = min(OUTSIDE_CODES.values())
BETTER, WORSE, NOT_APART = "better", "worse", "not_apart"
# Questions asked of the same people at once are tested together.
TOGETHER = [name for name in CELL if name != "item"]


def on_scale(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of which both answers lie on the scale."""
    both = pairs[["start_value", "end_value"]].max(axis=1)
    return pd.DataFrame(pairs[both < FIRST_OUTSIDE_CODE])


def people(counts: pd.DataFrame, group: list[str]) -> pd.DataFrame:
    """Return how many people are counted, by item and for the whole ("", as many as at the item with most)."""
    by_item = pd.DataFrame(counts.groupby([*group, "cohort", "item"], as_index=False)["n"].sum())
    whole = pd.DataFrame(by_item.groupby([*group, "cohort"], as_index=False)["n"].max()).assign(item="")
    found = pd.concat([by_item, whole], ignore_index=True).rename(columns={"n": "people"})
    return found.drop_duplicates([*group, "cohort", "item"])


def steps(screened: Screened, measure: str) -> pd.DataFrame:
    """Return of matched people how many improved, stayed the same and worsened, and what may be said of it.

    ``value`` is the share improved, step > 0, and its Wilson interval; net, net_low and net_high are the share improved
    less the share worsened; effect, effect_low and effect_high the matched-pairs rank-biserial value; p that of the
    signed-rank test after Holm's correction over the questions asked together. ``verdict`` is ``better`` or ``worse``
    where p is under 0.05, else ``not_apart``: the change cannot be told from chance.
    """
    counts = screened.counts
    step, n = counts["step"], counts["n"]
    parts = counts.assign(
        improved=n.where(step > 0, 0), same=n.where(step == 0, 0), worsened=n.where(step < 0, 0)
    )  # fmt: skip
    sums = parts.groupby(CELL, as_index=False)[["n", "improved", "same", "worsened"]].sum()
    low, high = wilson(sums["improved"], sums["n"])
    net_low, net_high = net_interval(sums["improved"], sums["worsened"], sums["n"])
    found = sums.assign(
        measure=measure,
        value=sums["improved"] / sums["n"],
        low=low,
        high=high,
        method=WILSON,
        net=net_share(sums["improved"], sums["worsened"], sums["n"]),
        net_low=net_low,
        net_high=net_high,
    ).merge(pd.DataFrame(_ranked(counts), columns=[*CELL, *_RANKED]), on=CELL, how="left")
    found["p"] = found.groupby(TOGETHER)["p"].transform(lambda p: holm(p.to_numpy(dtype=float)))
    told = np.where(found["effect"] > 0, BETTER, WORSE)
    return found.assign(verdict=np.where(found["p"] < 1 - LEVEL, told, NOT_APART))


_RANKED = ["median_step", "p", "effect", "effect_low", "effect_high"]


def _ranked(counts: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    for key, rows in counts.groupby(CELL):
        test = signed_rank(rows["step"], rows["n"])
        effect = rank_biserial(test)
        yield *key, median_step(rows["step"], rows["n"]), test.p, effect.value, effect.low, effect.high


def paired(screened: Screened, library: Library) -> pd.DataFrame:
    """Return the change from start to end, with the levels of the same people where the gate tells them.

    Beside the columns of ``steps``: start_mean and end_mean; at_best, people who gave the best answer already at start;
    crossed and fell, people who came to the favourable part of the scale, or left it; reliable_better and
    reliable_worse, people whose step is beyond measurement error, where the definition gives the reliability.
    scale_low, scale_high and better tell how to read the means.
    """
    scales = {item.id: library.scales[item.scale] for item in library.items.values() if item.scale}
    found = steps(screened, "paired")
    levels = pd.DataFrame(_levels(screened.counts, scales), columns=[*CELL, *_LEVELS])
    reliable = pd.DataFrame(_reliable(screened.counts, library), columns=[*CELL, "reliable_better", "reliable_worse"])
    found = found.merge(levels, on=CELL, how="left").merge(reliable, on=CELL, how="left")
    return found.assign(
        scale_low=found["item"].map({item: min(scale.codes) for item, scale in scales.items()}),
        scale_high=found["item"].map({item: max(scale.codes) for item, scale in scales.items()}),
        better=found["item"].map({item: scale.better for item, scale in scales.items()}),
    )


_LEVELS = ["start_mean", "end_mean", "at_best", "crossed", "fell"]


def _levels(counts: pd.DataFrame, scales: dict[str, Scale]) -> Iterator[tuple[object, ...]]:
    """Yield the levels of each cell of which the gate tells them."""
    for key, rows in counts[counts["start_value"].notna()].groupby(CELL):
        scale, n = scales[str(key[-1])], rows["n"]
        best = max(scale.codes, key=lambda code: code * scale.direction)
        good = scale.codes_of("favourable")
        at_start, at_end = rows["start_value"].isin(good), rows["end_value"].isin(good)
        yield (
            *key,
            float((n * rows["start_value"]).sum() / n.sum()),
            float((n * rows["end_value"]).sum() / n.sum()),
            int(n[rows["start_value"] == best].sum()),
            int(n[~at_start & at_end].sum()),
            int(n[at_start & ~at_end].sum()),
        )


def _reliable(counts: pd.DataFrame, library: Library) -> Iterator[tuple[object, ...]]:
    """Yield how many changed reliably, of the items whose definition gives reliability and spread."""
    needed = {
        item.id: reliable_step(item.spread, item.reliability)
        for item in library.items.values()
        if item.reliability is not None and item.spread is not None
    }
    for key, rows in counts[counts["item"].isin(needed)].groupby(CELL):
        far = needed[str(key[-1])]
        yield *key, int(rows["n"][rows["step"] > far].sum()), int(rows["n"][rows["step"] < -far].sum())


def retrospective(screened: Screened, repeated: frozenset[str]) -> pd.DataFrame:
    """Return how many say that things are better, the same or worse than before, the share better and the net share.

    Where one person answers again and again (questionnaires in ``repeated``) the method is named ``wilson_answers``.
    """
    sums = class_sums(screened).rename(
        columns={"favourable": "improved", "neutral": "same", "unfavourable": "worsened"}
    )
    low, high = wilson(sums["improved"], sums["n"])
    net_low, net_high = net_interval(sums["improved"], sums["worsened"], sums["n"])
    return sums.assign(
        measure="retrospective",
        value=sums["improved"] / sums["n"].replace(0, np.nan),
        low=low,
        high=high,
        method=interval_method(sums, repeated),
        net=net_share(sums["improved"], sums["worsened"], sums["n"]),
        net_low=net_low,
        net_high=net_high,
    ).drop(columns="not_applicable")
