"""What a form says, as one number: equal for forms that say the same, whatever the order of their columns."""

import hashlib

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.int64]


def contents_of(forms: pd.Series, answers: pd.DataFrame, texts: pd.DataFrame, attendance: pd.DataFrame) -> Numbers:
    """Return for all of ``forms`` a number that stands for what the form says.

    Args:
        forms: the numbers of the forms; in the frames they stand under ``response_no``.
        answers: item and value.
        texts: item and text; spaces and line ends do not matter.
        attendance: session_no, held_on and mark.

    The number is the sum of a hash of every answer, so the order of answers does not matter, and a missing one does.
    """
    total = np.zeros(len(forms), np.uint64)
    places = pd.Index(forms)
    days = attendance["held_on"].astype(object)
    sessions = attendance["session_no"].astype(str) + " " + days.where(days.notna(), "").astype(str).str[:10]
    written = texts["text"].astype(object).map(plain)
    for numbers, items, values in (
        (answers["response_no"], answers["item"], answers["value"]),
        (texts["response_no"], texts["item"], written),
        (attendance["response_no"], sessions, attendance["mark"]),
    ):
        if len(numbers):
            at = places.get_indexer(pd.Index(numbers))
            ours = at >= 0
            np.add.at(total, at[ours], _hashed(items[ours], values[ours]))
    return total.view(np.int64)


def plain(text: object) -> str:
    """Return a text as it is compared: spaces and line ends are one space."""
    return " ".join(str(text).split())


def _hashed(item_column: pd.Series, value_column: pd.Series) -> npt.NDArray[np.uint64]:
    """Return a number for every answer; equal answers are hashed once."""
    item, items = pd.factorize(item_column)
    value, values = pd.factorize(value_column)
    pair, pairs = pd.factorize(item.astype(np.int64) * len(values) + value)
    texts = (f"{items[int(number) // len(values)]}\x1f{values[int(number) % len(values)]}" for number in pairs)
    marks = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) for text in texts]
    return np.array(marks, np.uint64)[pair]
