"""Forms of a draft that are stored in another cohort or of another day: whether the file belongs there or here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from evaluation.records import Choice, Draft, OpenQuestion
from evaluation.store.candidates import COHORT, FORM
from evaluation.store.fates import Fate, Fates, one_to_one, paired, unmatched
from evaluation.store.open_questions import decision_on, import_named

# So many forms of two files that say the same are hardly so by chance, if others of them do not differ.
ENOUGH = 3
DAYS_APART = 4
# Every choice, the likeliest first, and the fate of the forms where it is made.
FATES: Mapping[str, Fate] = {"move": "moves", "both": "new", "leave": "same"}


def stored_elsewhere(fates: Fates, stored: pd.DataFrame) -> pd.DataFrame:
    """Return the open forms with the same answers as forms of one earlier file at another place, as pairs.

    Few forms of other people have the same answers; where most forms of a file have, it is the same file.
    """
    if fates.open.empty or stored.empty:
        return fates.open[:0]
    forms = fates.open.assign(code=_texts(fates.open["participant"]))
    live = unmatched(stored[stored["live"]], fates)
    live = live.assign(code=_texts(live["participant"]))
    keys = ["practice", *FORM, "contents", "code"]
    here = pd.MultiIndex.from_frame(forms[[*COHORT, "answered_on"]].astype(str))
    there = pd.MultiIndex.from_frame(live[[*COHORT, "answered_on"]].astype(str))
    live = live[~there.isin(here)]
    live = live.assign(nth=live.groupby([*keys, "import_id"]).cumcount())
    pairs = paired(forms.assign(nth=forms.groupby(keys).cumcount()), live, [*keys, "nth"])
    if pairs.empty:
        return pairs
    every = len(fates.of("open", "new", "same", "twice", "replaces", "completes", "waits"))
    likely = [part for _, part in pairs.groupby("import_id") if _is_one_file(part, every, live)]
    pairs = one_to_one(max(likely, key=len)) if likely else pairs[:0]
    return pairs.assign(practice_s=pairs["practice"])


def _texts(codes: pd.Series) -> pd.Series:
    return codes.where(codes.notna(), "").astype(object)


def _is_one_file(pairs: pd.DataFrame, every: int, live: pd.DataFrame) -> bool:
    """Tell whether the equal forms of one import show that both are the same file."""
    before = int((live["import_id"] == pairs["import_id"].iloc[0]).sum())
    n, whole = len(pairs), len(pairs) == every == before
    if 2 * n <= every or 2 * n < before or pairs["contents"].nunique() < 2:
        return False
    days = pairs["answered_on"].notna() & pairs["answered_on_s"].notna()
    other_days = days & (pairs["answered_on"] != pairs["answered_on_s"]) & pairs["participant"].isna()
    if other_days.any():
        return n >= DAYS_APART and 10 * n >= 9 * max(every, before)
    return n >= ENOUGH or whole


def ask_file_again(fates: Fates, draft: Draft, pairs: pd.DataFrame) -> OpenQuestion | None:
    """Ask whether forms that are stored elsewhere belong here instead, in both places, or are to be left out."""
    waiting = pairs[pairs["response_no"].isin(fates.open["response_no"])]
    if waiting.empty:
        return None
    first = waiting.sort_values("import_id").iloc[0]
    key = f"file_again:{draft.sha256[:8]}:{first['import_id']}:{first['cohort']}"
    decision = decision_on(draft, key, FATES)
    fates.settle(waiting, FATES.get(decision or "", "waits"))
    return OpenQuestion(
        key=key,
        kind="file_again",
        choices=tuple(map(Choice, FATES)),
        rows=len(waiting),
        values=import_named(waiting) | {"before": _place(waiting, "_s"), "here": _place(waiting, "")},
        suggested="move",
        decision=decision,
    )


def _place(pairs: pd.DataFrame, ending: str) -> str:
    """Return the cohorts and days of the forms, those parts of them that differ between both places."""
    names = [
        name for name in (*COHORT, "answered_on") if (pairs[name] != pairs[f"{name}_s"]).any() and name != "practice"
    ]
    parts = []
    for name in names or ["municipality"]:
        values = [_text(value) for value in sorted(set(pairs[f"{name}{ending}"]), key=str)]
        parts.append(values[0] if len(values) == 1 else f"{values[0]} – {values[-1]}")
    return ", ".join(part or "–" for part in parts)


def _text(value: Any) -> str:
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    return "" if pd.isna(value) else str(value)
