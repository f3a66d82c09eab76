"""What the questions of the store have in common: the decision where it is one of the choices, and the import named."""

from collections.abc import Sequence

import pandas as pd

from evaluation.records import Draft


def decision_on(draft: Draft, key: str, choices: Sequence[str]) -> str | None:
    """Return what was decided on a question; None where nothing was, or something that is none of its choices."""
    decision = draft.decisions.get(key)
    return decision if decision in choices else None


def import_named(pairs: pd.DataFrame) -> dict[str, object]:
    """Return the gaps that name the earliest import among the stored forms of ``pairs``."""
    first = pairs.sort_values("import_id").iloc[0]
    return {"import_id": int(first["import_id"]), "file": first["file"], "imported_on": first["imported_on"]}
