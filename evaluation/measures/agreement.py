"""Agreement of the two ways of asking about a change: start and end compared, and a question about the change."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from evaluation.definitions import Library
from evaluation.privacy import COHORT, Answers, Screened, Whole
from evaluation.statistics.agreement import agreement_share, weighted_kappa

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


def ways(screened: Screened, library: Library, answers: Answers) -> pd.DataFrame:
    """Return the share of people of whom both ways say the same: better, unchanged or worse, with its Wilson interval.

    kappa, kappa_low and kappa_high, the agreement beyond chance, stand from thirty people on. Totals of ten people or
    more only; the crossed answers themselves are told nowhere.
    """
    found = pd.DataFrame(_agreeing(screened, _told_class(screened, library, answers)), columns=["cell", *_COLUMNS])
    return found.assign(measure="agreement", method="wilson")


def _told_class(screened: Screened, library: Library, answers: Answers) -> Whole:
    """Return the place among CLASSES of each answer about the change."""
    about = screened.called(screened.counts["cell"])["item"].map(same_thing(library))
    kinds = answers.classes_of(about, screened.counts["told"].reset_index(drop=True).astype(int))
    return np.asarray(pd.Index(CLASSES, dtype=object).get_indexer(pd.Index(kinds, dtype=object)), dtype=np.int64)


def _agreeing(screened: Screened, told: Whole) -> Iterator[tuple[object, ...]]:
    cell, n = screened.counts["cell"].to_numpy(), screened.counts["n"].to_numpy()
    changed = np.sign(screened.counts["step"].to_numpy()) + 1
    crossed = np.bincount(cell * 9 + changed * 3 + told, weights=n, minlength=9 * len(screened.cells)).reshape(-1, 3, 3)
    for own in np.flatnonzero(~screened.at(COHORT) & (crossed.sum(axis=(1, 2)) >= LEAST)):
        table = crossed[own]
        people = table.sum()
        share = agreement_share(table)
        beyond = weighted_kappa(table) if people >= LEAST_FOR_KAPPA else None
        kappa = (beyond.value, beyond.low, beyond.high) if beyond else (np.nan, np.nan, np.nan)
        yield own, people, share.value, share.low, share.high, *kappa
