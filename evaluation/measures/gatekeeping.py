"""The tests of matched people's change in their fixed order: first the gatekeeper, then the single questions by Holm.

The gatekeeper of a form is the practice's primary question, where its definition names one, else whether people got
better on the whole (balance). If it fails, the single questions are described, not tested.
"""

import numpy as np
import pandas as pd

from evaluation.measures import change
from evaluation.measures.balance import DESCRIBED, primary_forms
from evaluation.measures.measure import Inputs
from evaluation.privacy import numbered, rows_of
from evaluation.statistics.multiplicity import after_gatekeeper
from evaluation.statistics.proportions import LEVEL


def paired(inputs: Inputs) -> pd.DataFrame:
    """Return the change from start to end as change.paired does, tested after its gatekeeper.

    The gatekeeper's p is that of its own test; the others' is the greater of it and of Holm's. Where the gatekeeper
    fails they have none, and the verdict ``described``. Where there is none (one question, or the balance withheld)
    all are tested by Holm.
    """
    (pairs,), (balances,) = inputs.counts, inputs.tables
    estimates = change.paired(inputs)
    names = pairs.names(estimates["cell"])
    form, first = numbered(names, change.TESTED_TOGETHER)
    p = estimates["p"].to_numpy(dtype=float)
    primary = _primary(names, inputs)
    gate = _balance_p(names.take(first), balances.counts.names(balances.frame["cell"]), balances.frame["p"])
    gate[form[primary]] = p[primary]
    adjusted = after_gatekeeper(gate, np.where(primary, np.nan, p), form)
    adjusted[primary] = p[primary]
    judged = change.judged(estimates, adjusted)
    failed = (gate[form] >= 1 - LEVEL) & ~primary & ~np.isnan(p)
    return judged.assign(verdict=np.where(failed, DESCRIBED, judged["verdict"]))


def _primary(names: pd.DataFrame, inputs: Inputs) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    questions = primary_forms(inputs.library)
    rows = zip(names["practice"], names["questionnaire"], names["item"], strict=True)
    return np.array([questions.get((practice, form)) == item for practice, form, item in rows], dtype=bool)


def _balance_p(
    forms: pd.DataFrame, of_balances: pd.DataFrame, p: pd.Series
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the p of the balance by form, missing where there is none."""
    return np.append(p.to_numpy(dtype=float), np.nan)[rows_of(forms, of_balances, change.TESTED_TOGETHER)]
