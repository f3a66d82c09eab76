"""Better on the whole: for every matched person the questions that got better less those that got worse.

The store counts people by that number. Published is how many got better in more questions than worse, in as many, and
in fewer; the sign test of it comes before the tests of the single questions (gatekeeping).
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.directions import directions
from evaluation.measures.measure import Inputs
from evaluation.measures.satisfaction import CLUSTERS
from evaluation.statistics.paired import sign_test
from evaluation.statistics.proportions import LEVEL

BETTER, WORSE, NOT_APART, UNTESTED, DESCRIBED = "better", "worse", "not_apart", "untested", "described"
# One question is itself on the whole.
FEWEST_QUESTIONS = 2


def asking_forms(library: Library, later: str) -> dict[str, str]:
    """Return by item on a scale the form that asks it at the time ``later``; another one where only that asks it."""
    asking = sorted(library.questionnaires, key=lambda form: (form.timing == later, form.timing == "start"))
    return {item.id: form.id for form in asking for item in form.items if item.scale}


def balanced_items(library: Library) -> dict[str, str]:
    """Return the items of start and end whose scale has a good end, with the form that asks them at the end."""
    forms = asking_forms(library, "end")
    return {
        item.id: forms[item.id]
        for item in library.items.values()
        if item.change == "state" and item.id in forms and _direction(item.id, library)
    }


def falling_items(library: Library) -> frozenset[str]:
    """Return the items of start and end that get better downwards."""
    return frozenset(item for item in balanced_items(library) if _direction(item, library) < 0)


def _direction(item: str, library: Library) -> int:
    scale = library.scale_of(library.items[item])
    return scale.direction if scale is not None else 0


def questions_asked(library: Library) -> dict[tuple[str, str], int]:
    """Return how many questions of start and end a practice asks, by practice and end form."""
    balanced = balanced_items(library)
    return {
        (practice.id, form.id): number
        for practice in library.practices.values()
        for form in map(library.questionnaire, set(balanced.values()))
        if (number := sum(balanced.get(item.id) == form.id for item in form.items_for(practice)))
    }


def of_half(balances: pd.DataFrame, library: Library) -> pd.DataFrame:
    """Return the people who answered at least half of the practice's questions both times, of two questions or more.

    Args:
        balances: practice, questionnaire, answered, balance and n, as the store counts them.
        library: the definitions.
    """
    questions_of_forms = questions_asked(library)
    keys = zip(balances["practice"], balances["questionnaire"], strict=True)
    questions = np.array([questions_of_forms.get(key, 0) for key in keys], dtype=np.int64)
    answered = balances["answered"].to_numpy(dtype=np.int64)
    long_enough = (questions >= FEWEST_QUESTIONS) & (2 * answered >= questions)
    return balances[long_enough].drop(columns="answered").reset_index(drop=True)


def balance(inputs: Inputs) -> pd.DataFrame:
    """Return how many matched people got better in more questions than worse, in as many, and in fewer.

    ``value`` is the share of those with more, and its Wilson interval; net, net_low and net_high that share less the
    share of those with fewer; p the exact sign test, and ``verdict`` what it says: ``better``, ``worse`` or
    ``not_apart``. Where one person may be in several cohorts nothing is tested (``untested``), as in the table of the
    single questions; where the practice's definition names a primary question of the form, that is tested in its place
    (``described``). ``questions`` are how many the practice asks.
    """
    (balances,) = inputs.counts
    estimates = directions(balances, "balance")
    names = balances.names(estimates["cell"])
    forms = list(zip(names["practice"], names["questionnaire"], strict=True))
    questions_of_forms, primary = questions_asked(inputs.library), primary_forms(inputs.library)
    repeated = estimates["method"] == CLUSTERS
    untested = repeated | np.array([form in primary for form in forms], dtype=bool)
    improved, worsened = estimates["improved"].to_numpy(), estimates["worsened"].to_numpy()
    p = np.where(untested, np.nan, sign_test(improved, worsened))
    direction = np.where(improved > worsened, BETTER, WORSE)
    verdict = np.where(untested, DESCRIBED, np.where(p < 1 - LEVEL, direction, NOT_APART))
    questions = np.array([questions_of_forms[form] for form in forms], dtype=np.int64)
    return estimates.assign(questions=questions, p=p, verdict=np.where(repeated, UNTESTED, verdict))


def primary_forms(library: Library) -> Mapping[tuple[str, str], str]:
    """Return the primary question of practices that name one, by practice and the form that asks it at the end."""
    balanced = balanced_items(library)
    return {
        (practice.id, balanced[practice.primary_question]): practice.primary_question
        for practice in library.practices.values()
        if practice.primary_question in balanced
    }
