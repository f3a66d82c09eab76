"""What forms say, each as one number: equal for forms that say the same, whatever the order of their columns."""

import hashlib

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.int64]


def contents_of(forms: pd.Series, answers: pd.DataFrame, texts: pd.DataFrame, attendance: pd.DataFrame) -> Numbers:
    """Return for each of ``forms`` a number that tells what it says.

    Args:
        forms: the numbers of the forms; in the frames they stand under ``response_no``.
        answers: item and value.
        texts: item and text; spaces and line ends do not matter.
        attendance: session_no, held_on and mark.

    The number is the sum of one of each answer, so it does not depend on their order, and an answer less makes another.
    """
    total = np.zeros(len(forms), np.uint64)
    places = pd.Index(forms)
    days = attendance["held_on"].astype(object)
    sessions = attendance["session_no"].astype(str) + " " + days.where(days.notna(), "").astype(str).str[:10]
    written = texts["text"].astype(object).map(plain)
    for numbers, asked, said in (
        (answers["response_no"], answers["item"], answers["value"]),
        (texts["response_no"], texts["item"], written),
        (attendance["response_no"], sessions, attendance["mark"]),
    ):
        if len(numbers):
            at = places.get_indexer(pd.Index(numbers))
            ours = at >= 0
            np.add.at(total, at[ours], _hashed(asked[ours], said[ours]))
    return total.view(np.int64)


def plain(text: object) -> str:
    """Return a text as it is compared: spaces and line ends are one space."""
    return " ".join(str(text).split())


def _hashed(asked: pd.Series, said: pd.Series) -> npt.NDArray[np.uint64]:
    """Return a number for each answer; each different one is hashed once."""
    item, items = pd.factorize(asked)
    value, values = pd.factorize(said)
    pair, pairs = pd.factorize(item.astype(np.int64) * len(values) + value)
    texts = (f"{items[int(each) // len(values)]}\x1f{values[int(each) % len(values)]}" for each in pairs)
    marks = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) for text in texts]
    return np.array(marks, np.uint64)[pair]
