"""Numbers rows by their names, so that grouping, adding up and looking up are sums over whole numbers.

Counts are many small frames; on those the general ways of pandas to group and join cost far more than the counting.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Whole = npt.NDArray[np.int64]
Truth = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]


def numbered(frame: pd.DataFrame, names: Sequence[str], ordered: bool = False) -> tuple[Whole, Whole]:
    """Return a number for every row, the same where all columns ``names`` are, and the first row of every number.

    Numbers start at 0, if ``ordered`` in the order of the names; a missing name is one like others, and comes first.
    """
    key = np.zeros(len(frame), dtype=np.int64)
    for name in names:
        codes, uniques = pd.factorize(frame[name].to_numpy(), sort=ordered)
        key = key * (len(uniques) + 1) + codes + 1
    _, first, number = np.unique(key, return_index=True, return_inverse=True)
    return number, first


class Lookup:
    """Finds the row of a table by its names; no two rows of it have the same."""

    def __init__(self, table: pd.DataFrame, names: Sequence[str]) -> None:
        """Index ``table`` by the columns ``names``."""
        self._names: list[pd.Index] = []
        self._columns = list(names)
        key = np.zeros(len(table), dtype=np.int64)
        for name in names:
            codes, uniques = pd.factorize(table[name].to_numpy())
            self._names.append(pd.Index(uniques, dtype=uniques.dtype))
            key = key * len(uniques) + codes
        self._rows = pd.Index(key)

    def rows(self, frame: pd.DataFrame) -> Whole:
        """Return for every row of ``frame`` the row of the table with the same names, −1 where there is none."""
        wanted, known = np.zeros(len(frame), dtype=np.int64), np.ones(len(frame), dtype=bool)
        for name, uniques in zip(self._columns, self._names, strict=True):
            codes, names = pd.factorize(frame[name].to_numpy())
            place = np.append(uniques.get_indexer(pd.Index(names, dtype=names.dtype)), -1)[codes]
            known &= place >= 0
            wanted = wanted * len(uniques) + place
        return np.where(known, self._rows.get_indexer(pd.Index(wanted)), -1)


def rows_of(frame: pd.DataFrame, table: pd.DataFrame, names: Sequence[str]) -> Whole:
    """Return for every row of ``frame`` the row of ``table`` with the same names, −1 where there is none."""
    return Lookup(table, names).rows(frame)


def frame_of(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return a frame of arrays; unlike with the constructor of pandas, objects stay what they are."""
    index = pd.RangeIndex(len(next(iter(columns.values()))))
    object_columns = {
        name: pd.Series(values, index, dtype=object, copy=False) if values.dtype == object else values
        for name, values in columns.items()
    }
    return pd.DataFrame(object_columns, index, copy=False)


def added(number: Whole, weights: npt.ArrayLike, size: int) -> Whole:
    """Return the sums of whole ``weights`` by number, from 0 to ``size`` − 1."""
    return np.bincount(number, weights=np.asarray(weights, dtype=float), minlength=size).astype(np.int64)


def least(number: Whole, values: Whole, size: int) -> Whole:
    """Return the least of the values by number; every number has one."""
    smallest = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(smallest, number, values)
    return smallest


def summed(frame: pd.DataFrame, count: str = "n") -> pd.DataFrame:
    """Return the rows that differ in anything but ``count``, with the sum of it."""
    names = [str(name) for name in frame.columns if name != count]
    number, first = numbered(frame, names)
    return frame[names].take(first).assign(**{count: added(number, frame[count], len(first))})
