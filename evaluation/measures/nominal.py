"""Answers without an order, and numbers: which options were chosen, who the respondents are, means and quartiles."""

import numpy as np
import pandas as pd

from evaluation.measures.measure import Inputs
from evaluation.measures.satisfaction import DESCRIPTIVE, different_people
from evaluation.privacy import OTHERS, PublishableCounts, added
from evaluation.statistics.quartiles import quartiles

OTHERS_CLASS = "others"


def one_choice(inputs: Inputs) -> pd.DataFrame:
    """Return a row an option: ``count`` of the ``n`` people who chose one, and its share.

    Options too few chose to be published stand together in the last row, which has no value_code and the value_class
    ``others``. Where one person may have answered more than once the method says so.
    """
    return _shares(inputs, inputs.counts[0]).assign(measure="chose")


def background(inputs: Inputs) -> pd.DataFrame:
    """Return a row a group of respondents, as one_choice does; groups without anybody have none."""
    shares = _shares(inputs, inputs.counts[0])
    return shares[shares["count"] > 0].reset_index(drop=True).assign(measure="respondents")


def _shares(inputs: Inputs, answers: PublishableCounts) -> pd.DataFrame:
    counts = answers.counts
    cell, value, n = (counts[name].to_numpy(dtype=np.int64) for name in ("cell", "value", "n"))
    every = added(cell, n, len(answers.cells))[cell]
    options = inputs.answers.options
    of_item = {(item, code): place for item, codes in options.items() for place, code in enumerate(codes)}
    items = answers.cells["item"].to_numpy(dtype=object)[cell]
    place = [of_item.get(key, len(of_item)) for key in zip(items, value.tolist(), strict=True)]
    order = np.lexsort((np.array(place), cell))
    others = value == OTHERS
    frame = pd.DataFrame({
        "cell": cell,
        "value_code": np.where(others, np.nan, value),
        "value_class": [OTHERS_CLASS if together else None for together in others],
        "count": n,
        "n": every,
        "value": n / np.maximum(every, 1),
        "method": different_people(answers, cell, inputs.repeated_forms).method(DESCRIPTIVE),
    })  # fmt: skip
    return frame.take(order).reset_index(drop=True)


def several_choices(inputs: Inputs) -> pd.DataFrame:
    """Return a row an option of several choices: ``count`` of the ``n`` people asked chose it, and its share.

    The options of a question do not add up to all people: one may choose several, or none.
    """
    (answers,) = inputs.counts
    counts = answers.counts
    cell, value, n = (counts[name].to_numpy(dtype=np.int64) for name in ("cell", "value", "n"))
    people, count = (added(cell, weights, len(answers.cells)) for weights in (n, np.where(value == 1, n, 0)))
    present = np.flatnonzero(people)
    return pd.DataFrame({
        "cell": present, "measure": "chose_too", "count": count[present], "n": people[present],
        "value": count[present] / people[present],
        "method": different_people(answers, present, inputs.repeated_forms).method(DESCRIPTIVE),
    })  # fmt: skip


def numbers(inputs: Inputs) -> pd.DataFrame:
    """Return the mean of the answers to a question for a number, and median and quartiles of twenty people or more.

    The smallest and the greatest answer are never published; of few people it is how many answered, and no value.
    """
    (answers,) = inputs.counts
    counts = answers.counts
    steps = {item.id: item.step for item in inputs.library.items.values()}
    cell, n = (counts[name].to_numpy(dtype=np.int64) for name in ("cell", "n"))
    known = counts["value"].notna().to_numpy()
    step = answers.cells["item"].map(steps).to_numpy(dtype=float)[cell]
    number = counts["value"].to_numpy(dtype=float) * step
    size = len(answers.cells)
    people = added(cell, n, size)
    present = np.flatnonzero(people)
    full = added(cell, np.where(known, n, 0), size) == people
    total = np.bincount(cell[known], weights=(number * n)[known], minlength=size)
    rows = []
    for place in present:
        of_cell = known & (cell == place)
        enough = full[place] and people[place] >= inputs.policy.quartiles_from
        parts = quartiles(number[of_cell], n[of_cell]) if enough else (np.nan,) * 3
        rows.append((place, people[place], total[place] / people[place] if full[place] else np.nan, *parts))
    frame = pd.DataFrame(rows, columns=["cell", "n", "value", "lower_quartile", "median", "upper_quartile"])
    method = different_people(answers, frame["cell"], inputs.repeated_forms).method(DESCRIPTIVE)
    return frame.assign(measure="number", method=method)
