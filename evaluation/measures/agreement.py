"""Agreement of the two ways of asking about a change: start and end compared, and a question about the change."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.disclosure import CELL, PRACTICE, PRACTICE_ALL, Screened
from evaluation.measures.statistics.agreement import agreement_share, weighted_kappa

CLASSES = ("unfavourable", "neutral", "favourable")
# Fewer people than this would let the crossed answers be worked out from the two single ones.
LEAST, LEAST_FOR_KAPPA = 10, 30
_COLUMNS = ["n", "value", "low", "high", "kappa", "kappa_low", "kappa_high"]


def same_thing(library: Library) -> dict[str, str]:
    """Return by item of start and end the question about the change in the same dimension, of the same end form."""
    return {
        state.id: told.id
        for form in library.questionnaires
        if form.timing == "end"
        for state in form.items
        if state.change == "state"
        for told in form.items
        if told.change == "retrospective" and told.dimension == state.dimension
    }


def ways(screened: Screened, library: Library) -> pd.DataFrame:
    """Return the share of people of whom both ways say the same: better, unchanged or worse, with its Wilson interval.

    kappa, kappa_low and kappa_high, the agreement beyond chance, stand from thirty people on. Totals of ten people or
    more only; the crossed answers themselves are told nowhere.
    """
    classes = {
        (item, value.code): value.value_class
        for item, told in same_thing(library).items()
        for value in library.scales[str(library.items[told].scale)].values
    }
    counts = screened.counts[screened.counts["level"].isin([PRACTICE, PRACTICE_ALL])]
    found = pd.DataFrame(_agreeing(counts, classes), columns=[*CELL, *_COLUMNS])
    return found.assign(measure="agreement", method="wilson")


def _agreeing(counts: pd.DataFrame, classes: Mapping[tuple[str, int], str | None]) -> Iterator[tuple[object, ...]]:
    for key, rows in counts.groupby(CELL):
        table = np.zeros((3, 3))
        for step, told, n in zip(rows["step"], rows["told"], rows["n"], strict=True):
            table[int(np.sign(step)) + 1, CLASSES.index(str(classes[str(key[-1]), int(told)]))] += n
        n = table.sum()
        if n < LEAST:
            continue
        share = agreement_share(table)
        beyond = weighted_kappa(table) if n >= LEAST_FOR_KAPPA else None
        kappa = (beyond.value, beyond.low, beyond.high) if beyond else (np.nan, np.nan, np.nan)
        yield *key, n, share.value, share.low, share.high, *kappa
