"""What becomes of each form of a draft, and the stored form that it is a newer version of."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from evaluation.store.candidates import FORM, NUMBER, RUN

Fate = Literal[
    "open",  # not decided yet
    "new",  # saved
    "replaces",  # saved in the place of a stored form
    "reread",  # the same, of the same row of the same file
    "moves",  # the same, of another run or day
    "chosen",  # the same, as the worker chose form by form
    "completes",  # saved in the place of a stored form, all of whose answers it takes over
    "same",  # stored already
    "twice",  # in the file already
    "superseded",  # stored already, and another is in its place
    "left",  # another was chosen
    "conflict",  # one of several forms of a person of which only one can hold
    "waits",  # an open question decides it
]
SAVED: tuple[Fate, ...] = ("new", "replaces", "reread", "moves", "chosen", "completes")
DUPLICATE: tuple[Fate, ...] = ("same", "twice", "superseded", "left")
REJECTED: tuple[Fate, ...] = ("conflict", "waits")
PLACE = [*RUN, *FORM]


class Fates:
    """The forms of a draft with the fate of each while they are judged; every step decides some of the open ones."""

    def __init__(self, found: pd.DataFrame) -> None:
        """Begin with every form of ``found`` (candidates.marked) open."""
        self._all = found.assign(fate="open", import_id=None, stored_no=None)
        # Stored forms that are taken out of every count with no form in their place.
        self.withdrawn = pd.DataFrame(columns=NUMBER)

    @property
    def open(self) -> pd.DataFrame:
        """Return the forms that are not decided yet."""
        return self._all[self._all["fate"] == "open"].drop(columns=["fate", *NUMBER])

    def of(self, *fates: Fate) -> pd.DataFrame:
        """Return the forms with one of ``fates``; import_id and stored_no tell the stored form of each, if any."""
        return self._all[self._all["fate"].isin(fates)]

    def decide(self, numbers: Sequence[int] | pd.Series, fate: Fate) -> None:
        """Give the forms ``numbers`` (response_no) their fate."""
        self._all.loc[self._all["response_no"].isin(numbers), "fate"] = fate

    def pair(self, pairs: pd.DataFrame, fate: Fate) -> None:
        """Give forms their fate and the stored forms that they stand for: response_no, import_id, stored_no."""
        partners = pairs.set_index("response_no")
        here = self._all["response_no"].isin(partners.index)
        for name in NUMBER:
            self._all.loc[here, name] = self._all.loc[here, "response_no"].map(partners[name])
        self._all.loc[here, "fate"] = fate

    @property
    def superseded(self) -> pd.DataFrame:
        """Return the stored forms that are replaced (import_id, stored_no), and the response_no in their place."""
        taken = self.of(*SAVED)
        taken = taken.loc[taken["import_id"].notna(), [*NUMBER, "response_no"]]
        if self.withdrawn.empty:
            return taken
        return pd.concat([taken, self.withdrawn.assign(response_no=None)], ignore_index=True)


def one_to_one(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs in which each form and each stored form stands once; the first that stands there is kept."""
    return pairs.drop_duplicates("response_no").drop_duplicates(NUMBER)


def not_taken(stored: pd.DataFrame, fates: Fates) -> pd.DataFrame:
    """Return the stored forms that no form of the draft stands for yet."""
    return _without_partners(stored, fates.of(*SAVED, *DUPLICATE))


def not_replaced(stored: pd.DataFrame, fates: Fates) -> pd.DataFrame:
    """Return the stored forms that no form of the draft replaces so far."""
    return _without_partners(stored, fates.of(*SAVED))


def _without_partners(stored: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    return without(stored, taken[taken["import_id"].notna()])


def without(stored: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return the stored forms that are not among ``other``."""
    if other.empty or stored.empty:
        return stored
    known = pd.MultiIndex.from_frame(other[NUMBER].astype("int64"))
    return stored[~pd.MultiIndex.from_frame(stored[NUMBER].astype("int64")).isin(known)]


def alike(pairs: pd.DataFrame, name: str) -> pd.Series:
    """Tell of pairs whether ``name`` is equal in both (the stored one ends in _s), or missing in both."""
    one, other = pairs[name], pairs[f"{name}_s"]
    return (one == other) | (one.isna() & other.isna())


def fitting(pairs: pd.DataFrame, name: str) -> pd.Series:
    """Tell of pairs whether ``name`` is equal in both, or missing in one."""
    return (pairs[name] == pairs[f"{name}_s"]) | pairs[name].isna() | pairs[f"{name}_s"].isna()


def paired(found: pd.DataFrame, stored: pd.DataFrame, on: Sequence[str]) -> pd.DataFrame:
    """Return forms beside the stored ones that agree with them in ``on``, whose other columns end in _s."""
    keys = [*on]
    renamed = {name: f"{name}_s" for name in stored.columns if name in found.columns and name not in keys}
    known = stored.dropna(subset=keys).rename(columns=renamed)
    forms = found.dropna(subset=keys)
    if forms.empty or known.empty:
        more = [name for name in known.columns if name not in keys]
        return forms[:0].assign(**{name: known[name][:0] for name in more})
    return forms.merge(known, on=keys)
