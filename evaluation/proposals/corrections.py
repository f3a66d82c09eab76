"""What the worker says of a proposed column, and the proposal that follows: nothing is asked that has been answered.

A correction is a decision like any other: its key names the field and the question ("new_better viihdyitkö?"), its
value is a text, so that a page, a file of decisions and a test say it alike.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, get_args

from evaluation.definitions import NationalTheme
from evaluation.intake.folding import fold
from evaluation.proposals.families import Family
from evaluation.proposals.proposed_columns import Kind, ProposedColumn
from evaluation.proposals.scale_corrections import corrected_scale, scale_in_order

Field = Literal["kind", "short", "family", "theme", "better", "order", "range", "middle", "favourable"]
FIELDS: tuple[Field, ...] = get_args(Field)
PREFIX = "new_"
NO_THEME = "none"
# What makes a question of the practice, and figures.
_CHOSEN = ("choice", "choices", "background")


def correction_key(field: Field, heading: str) -> str:
    """Return the key of the decision on a field of the question with a heading."""
    return f"{PREFIX}{field} {fold(heading)}"


def corrections_of(heading: str, decisions: Mapping[str, str]) -> dict[str, str]:
    """Return by field what ``decisions`` say of the question with a heading."""
    keys = {field: correction_key(field, heading) for field in FIELDS}
    return {field: decisions[key] for field, key in keys.items() if decisions.get(key)}


def corrected(column: ProposedColumn, decisions: Mapping[str, str]) -> ProposedColumn:
    """Return ``column`` as the worker's decisions make it; those that do not fit it change nothing."""
    corrections = corrections_of(column.heading, decisions)
    if corrections.get("kind") in get_args(Kind):
        column = _of_kind(column, corrections["kind"])  # type: ignore[arg-type]
    if column.scale is not None:
        scale = corrected_scale(column.scale, corrections, column.contents)
        column = replace(column, scale=scale, ask=scale.ask, sure=scale.sure)
    if corrections.get("family") in get_args(Family):
        column = replace(column, family=corrections["family"])  # type: ignore[arg-type]
    if corrections.get("theme") in (*get_args(NationalTheme), NO_THEME):
        column = replace(column, theme=None if corrections["theme"] == NO_THEME else corrections["theme"])  # type: ignore[arg-type]
    return replace(column, short=" ".join(corrections["short"].split())) if "short" in corrections else column


def _of_kind(column: ProposedColumn, kind: Kind) -> ProposedColumn:
    if kind == column.kind:
        return column
    scale = scale_in_order(column.contents) if kind == "scale" else None
    if kind == "scale" and scale is None:
        return column
    options = (column.options or tuple(column.contents)) if kind in _CHOSEN else ()
    family: Family | None = None
    if kind in ("scale", "number", *_CHOSEN):
        usual: Family = "background" if kind == "background" else "satisfaction" if kind == "scale" else "participation"
        suits_family = column.family not in (None, "background", "participation") and kind != "background"
        family = column.family if suits_family else usual
    ask = scale.ask if scale else ()
    return replace(column, kind=kind, scale=scale, options=options, family=family, ask=ask, sure=1.0)
