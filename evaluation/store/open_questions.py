"""Questions that what is stored raises: the decision made on them, and forms that contradict stored ones."""

from collections.abc import Collection, Mapping

import pandas as pd

from evaluation.records import Choice, Draft, OpenQuestion
from evaluation.store.fates import Fate, Fates

# Every choice, the first offered first, and the fate of the forms where it is made.
FORM_FATES: Mapping[str, Fate] = {"new": "replaces", "stored": "left", "one_by_one": "conflict"}
RESPONSE_FATES: Mapping[str, Fate] = {"new": "replaces", "others": "new", "stored": "left"}


def decision_on(draft: Draft, key: str, choices: Collection[str]) -> str | None:
    """Return what was decided on a question; None where nothing was, or something that is none of its choices."""
    decision = draft.decisions.get(key)
    return decision if decision in choices else None


def import_named(pairs: pd.DataFrame) -> dict[str, object]:
    """Return the gaps that name the earliest import among the stored forms of ``pairs``."""
    first = pairs.sort_values("import_id").iloc[0]
    return {"import_id": int(first["import_id"]), "file": first["file"], "imported_on": first["imported_on"]}


def ask_contradicting(fates: Fates, draft: Draft, pairs: pd.DataFrame) -> OpenQuestion | None:
    """Ask which holds where forms contradict the stored ones of the same persons.

    Decided as ``new`` the file's replace the stored, as ``stored`` they are left; until then, and decided one by one,
    every one of them is a conflict of itself.
    """
    if pairs.empty:
        return None
    key = f"contradicting_forms:{draft.sha256[:8]}"
    decision = decision_on(draft, key, FORM_FATES)
    fates.settle(pairs, FORM_FATES.get(decision or "", "conflict"))
    known = len(fates.of("same", "completes"))
    return OpenQuestion(
        key=key,
        kind="contradicting_forms",
        choices=tuple(map(Choice, FORM_FATES)),
        sheet=str(pairs["sheet"].iloc[0]),
        rows=len(pairs),
        values=import_named(pairs) | {"n": len(pairs), "agreeing": known},
        suggested="new" if known >= len(pairs) else "one_by_one",
        decision=decision,
    )


def ask_other_people(fates: Fates, draft: Draft, pairs: pd.DataFrame) -> OpenQuestion | None:
    """Ask whether responses are corrected or other people's where most contradict those of the same numbers."""
    if pairs.empty:
        return None
    key = f"contradicting_responses:{draft.sha256[:8]}"
    decision = decision_on(draft, key, RESPONSE_FATES)
    fates.settle(pairs, RESPONSE_FATES.get(decision or "", "waits"))
    return OpenQuestion(
        key=key,
        kind="contradicting_responses",
        choices=tuple(map(Choice, RESPONSE_FATES)),
        sheet=str(pairs["sheet"].iloc[0]),
        rows=len(pairs),
        values=import_named(pairs) | {"n": len(pairs)},
        suggested=None,
        decision=decision,
    )
