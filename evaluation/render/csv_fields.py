"""The columns of the published tables as a data package describes them: their types, meanings and codes."""

from collections.abc import Iterator
from typing import Any

from evaluation.findings import Words
from evaluation.measures import AREAS, COHORT, FAMILIES, FEW, NEARLY_ALL, PRACTICE, PRACTICE_ALL, REGISTRY, SMALL_PARTS

# The codebooks say what the ids in the tables mean.
_OF_CODEBOOKS = frozenset({"id", "name", "title", "short", "text", "scale", "type"})


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table in their order, whether or not any row has them."""
    return tuple(column.name for column in REGISTRY[table].all_columns)


def field(name: str, words: Words) -> dict[str, Any]:
    """Return the description of a column: its type, its meaning, and the labels of its codes."""
    t = words.t
    meaning = t(f"charts.column_{name}") if t.has(f"charts.column_{name}") else t(f"files.field_{name}")
    type_ = "string" if name in _OF_CODEBOOKS else REGISTRY.columns[name].type
    description: dict[str, Any] = {"name": name, "type": type_, "description": meaning}
    labels = dict(_labels(name, words))
    if labels:
        description["categories"] = [{"value": code, "label": label} for code, label in labels.items()]
    return description


def _labels(name: str, words: Words) -> Iterator[tuple[str, str]]:
    t = words.t
    if name == "practice":
        yield from ((practice, words.practice(practice)) for practice in sorted(words.library.practices))
    elif name == "level":
        yield from ((level, t(f"files.level_{level}")) for level in (COHORT, PRACTICE, PRACTICE_ALL, *AREAS))
    elif name == "family":
        yield from ((family, t(f"common.family_{family}")) for family in FAMILIES)
    elif name == "role":
        yield from ((role, words.role(role)) for role in ("client", "worker", "supervisor", "partner"))
    elif name == "value_class":
        yield from ((kind, t(f"charts.class_{kind}")) for kind in ("favourable", "neutral", "unfavourable", "others"))
    elif name == "method":
        yield from ((method, t(f"charts.method_{method}")) for method in REGISTRY.methods)
    elif name == "reason":
        yield FEW, t("charts.suppressed")
        yield NEARLY_ALL, t("common.nearly_all")
        yield SMALL_PARTS, t("common.small_parts")
