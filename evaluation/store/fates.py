"""What becomes of the forms of a draft, and the stored forms that they are newer versions of."""

import math
from collections.abc import Iterator, Sequence
from typing import Literal

import pandas as pd

from evaluation.store.candidates import COHORT, FORM, NUMBER

Fate = Literal[
    "open",  # not decided yet
    "new",  # saved
    "replaces",  # saved in the place of a stored form
    "reread",  # the same, of the same row of the same file
    "moves",  # the same, of another cohort or day
    "chosen",  # the same, as the worker chose form by form
    "completes",  # saved in the place of a stored form, all of whose answers it takes over
    "same",  # stored already
    "twice",  # in the file already
    "superseded",  # stored already, and another is in its place
    "left",  # another was chosen
    "conflict",  # one of several forms of a person, of which only one can be valid
    "waits",  # an open question decides it
]
SAVED: tuple[Fate, ...] = ("new", "replaces", "reread", "moves", "chosen", "completes")
DUPLICATE: tuple[Fate, ...] = ("same", "twice", "superseded", "left")
REJECTED: tuple[Fate, ...] = ("conflict", "waits")
# Fates of a form of the draft together with a stored one.
OF_BOTH: tuple[Fate, ...] = ("replaces", "moves", "same")
PLACE = [*COHORT, *FORM]


class Fates:
    """The forms of a draft with their fates while they are judged; every step decides some of the open ones."""

    def __init__(self, forms: pd.DataFrame) -> None:
        """Begin with every form of ``forms`` (candidates.marked) open."""
        self._all = forms.assign(fate="open", import_id=None, stored_no=None)
        self._open: pd.DataFrame | None = forms
        # Every fate that some form may have; to ask a frame costs more than all else on a small file.
        self._known: set[Fate] = {"open"}
        # Stored forms that no longer count, with no form in their place.
        self.withdrawn = pd.DataFrame(columns=NUMBER)

    @property
    def open(self) -> pd.DataFrame:
        """Return the forms that are not decided yet."""
        if self._open is None:
            self._open = self._all[self._all["fate"] == "open"].drop(columns=["fate", *NUMBER])
        return self._open

    def of(self, *fates: Fate) -> pd.DataFrame:
        """Return the forms with one of ``fates``; import_id and stored_no are the stored form, if there is one."""
        if self._known.isdisjoint(fates):
            return self._all[:0]
        return self._all[self._all["fate"].isin(fates)]

    def decide(self, numbers: Sequence[int] | pd.Series, fate: Fate) -> None:
        """Set the fate of the forms ``numbers`` (response_no)."""
        if len(numbers):
            self._all.loc[self._all["response_no"].isin(numbers), "fate"] = fate
            self._open = None
            self._known.add(fate)

    def pair(self, pairs: pd.DataFrame, fate: Fate) -> None:
        """Set the fate of forms and the stored forms they belong to: response_no, import_id, stored_no."""
        if pairs.empty:
            return
        partners = pairs.set_index("response_no")
        here = self._all["response_no"].isin(partners.index)
        for name in NUMBER:
            self._all.loc[here, name] = self._all.loc[here, "response_no"].map(partners[name])
        self._all.loc[here, "fate"] = fate
        self._open = None
        self._known.add(fate)

    def settle(self, pairs: pd.DataFrame, fate: Fate) -> None:
        """Set the fate of the forms of ``pairs``, and of the stored ones too where the fate is about both."""
        if fate in OF_BOTH:
            self.pair(pairs, fate)
        else:
            self.decide(pairs["response_no"], fate)

    @property
    def superseded(self) -> pd.DataFrame:
        """Return the stored forms that are replaced (import_id, stored_no), and the response_no in their place."""
        saved = self.of(*SAVED)
        saved = saved.loc[saved["import_id"].notna(), [*NUMBER, "response_no"]]
        if self.withdrawn.empty:
            return saved
        return pd.concat([saved, self.withdrawn.assign(response_no=None)], ignore_index=True)


def one_to_one(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs in which every form and every stored form stands once; the first pair stays."""
    return pairs.drop_duplicates("response_no").drop_duplicates(NUMBER)


def unmatched(stored: pd.DataFrame, fates: Fates) -> pd.DataFrame:
    """Return the stored forms that no form of the draft is paired with yet."""
    return stored if stored.empty else _without_partners(stored, fates.of(*SAVED, *DUPLICATE))


def unreplaced(stored: pd.DataFrame, fates: Fates) -> pd.DataFrame:
    """Return the stored forms that no form of the draft replaces so far."""
    return stored if stored.empty else _without_partners(stored, fates.of(*SAVED))


def _without_partners(stored: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    return without(stored, partners[partners["import_id"].notna()])


def without(stored: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return the stored forms that are not among ``other``."""
    if other.empty or stored.empty:
        return stored
    known = pd.MultiIndex.from_frame(other[NUMBER].astype("int64"))
    return stored[~pd.MultiIndex.from_frame(stored[NUMBER].astype("int64")).isin(known)]


def alike(pairs: pd.DataFrame, name: str) -> pd.Series:
    """Tell for every pair whether ``name`` is equal in both (the stored one ends in _s), or missing in both."""
    one, other = pairs[name], pairs[f"{name}_s"]
    return (one == other) | (one.isna() & other.isna())


def fitting(pairs: pd.DataFrame, name: str) -> pd.Series:
    """Tell for every pair whether ``name`` is equal in both, or missing in one."""
    return (pairs[name] == pairs[f"{name}_s"]) | pairs[name].isna() | pairs[f"{name}_s"].isna()


def paired(drafted: pd.DataFrame, stored: pd.DataFrame, on: Sequence[str]) -> pd.DataFrame:
    """Return forms beside the stored ones that agree with them in ``on``, whose other columns end in _s."""
    keys = list(on)
    # Of frames with a few rows, and most are such, this takes a third of the time of a merge on several columns.
    places: dict[tuple[object, ...], list[int]] = {}
    for place, key in enumerate(_rows(stored, keys)):
        places.setdefault(key, []).append(place)
    pairs = [
        (place, other)
        for place, key in enumerate(_rows(drafted, keys) if places else ())
        if not any(map(_is_missing, key))
        for other in places.get(key, ())
    ]
    left, right = [place for place, _ in pairs], [other for _, other in pairs]
    known = stored.drop(columns=keys).take(right).reset_index(drop=True)
    known.columns = [f"{name}_s" if name in drafted.columns else name for name in known.columns]
    return pd.concat([drafted.take(left).reset_index(drop=True), known], axis=1)


def _rows(frame: pd.DataFrame, names: Sequence[str]) -> Iterator[tuple[object, ...]]:
    return zip(*(frame[name].tolist() for name in names), strict=True)


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))
