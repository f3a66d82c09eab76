"""The columns of the published tables as a data package describes them: their order, types and meanings."""

from collections.abc import Iterator, Mapping
from typing import Any

from evaluation.charts import Words
from evaluation.measures import FEW, NEARLY_ALL
from evaluation.measures.evidence import CODE_COLUMNS, COUNT_COLUMNS

FIRST = (
    "family", "measure", "practice", "municipality", "cohort", "level", "role", "questionnaire", "item", "dimension",
    "n", "value", "low", "high", "method",
)  # fmt: skip
LAST = ("suppressed", "reason", "omitted")
_SPREAD = ("value_code", "value_class", "count")
_FAVOURABLE = ("favourable", "dont_know", "national_theme")
_MOVED = ("improved", "same", "worsened")
_NET = ("net", "net_low", "net_high")
_STEPS = ("median_step", "p", "effect", "effect_low", "effect_high", "verdict")
_COMPARED = (
    "plain", "shrunk", "shrunk_low", "shrunk_high", "shrinkage", "limit_low", "limit_high", "p", "verdict", "whole",
    "spread_p", "i2", "units",
)  # fmt: skip
_TREND = ("p", "periods", "first", "last", "verdict")
_PEOPLE_LATEST = ("last_period", "before_period", "last_n", "before_n")
_LATEST = (*_PEOPLE_LATEST, "last", "before", "p", "verdict")
# What a table has of its own, always in this order, whether or not any row has it.
OWN: Mapping[str, tuple[str, ...]] = {
    "participation.enrolment": ("count", "at_least", "at_most"),
    "participation.attendance": ("marks", "present", "cancelled", "sessions"),
    "participation.sessions": ("session_no", "held_on"),
    "participation.visits": ("visits", "occasion"),
    "participation.openings": ("held_on", "occasion"),
    "participation.drop_out": ("count",),
    "participation.newcomers": ("count",),
    "participation.waiting": (),
    "participation.response": ("count",),
    "participation.latest": _PEOPLE_LATEST,
    **{f"{family}.distribution": _SPREAD for family in ("participation", "satisfaction", "conditions")},
    **{f"{family}.favourable": _FAVOURABLE for family in ("participation", "satisfaction", "conditions")},
    **{f"{family}.mean": ("sd",) for family in ("satisfaction", "conditions")},
    "satisfaction.recommendation": ("favourable", "neutral", "unfavourable"),
    "satisfaction.score": ("sd", "questions", "alpha", "alpha_n"),
    "change.retrospective": (*_MOVED, "dont_know", *_NET),
    "change.paired": (
        *_MOVED, *_NET, *_STEPS, "start_mean", "end_mean", "at_best", "crossed", "fell", "reliable_better",
        "reliable_worse", "scale_low", "scale_high", "better",
    ),
    "change.steps": _COMPARED,
    "change.follow_up": (*_MOVED, *_NET, *_STEPS),
    "change.attrition": ("left_n", "stayed_n", "stayed_value", "left_value"),
    "change.agreement": ("kappa", "kappa_low", "kappa_high"),
    "change.matched": ("count",),
    "conditions.distance": ("client_questionnaire", "client_item", "client_n", "role_value", "client_value"),
    **{f"{family}.comparison": _COMPARED for family in ("satisfaction", "change", "conditions")},
    **{f"{family}.trend": _TREND for family in ("satisfaction", "change", "conditions")},
    **{f"{family}.latest": _LATEST for family in ("satisfaction", "change", "conditions")},
}  # fmt: skip
METHODS = (
    "descriptive", "range", "wilson", "wilson_answers", "net_score", "net_score_answers", "newcombe",
    "newcombe_answers", "slope", "adjusted_steps", "half_rule",
)  # fmt: skip
_TEXTS = frozenset({
    *FIRST[:10], "method", "reason", "value_class", "national_theme", "verdict", "better", "last_period",
    "before_period", "client_questionnaire", "client_item", "id", "name", "title", "short", "text", "scale", "type",
})  # fmt: skip


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table in their order."""
    return (*FIRST, *OWN[table], *LAST)


def field(name: str, words: Words) -> dict[str, Any]:
    """Return the description of a column: its type, its meaning, and the labels of its codes."""
    t = words.t
    told = t(f"charts.column_{name}") if t.has(f"charts.column_{name}") else t(f"files.field_{name}")
    described: dict[str, Any] = {"name": name, "type": type_of(name), "description": told}
    labels = dict(_labels(name, words))
    if labels:
        described["categories"] = [{"value": code, "label": label} for code, label in labels.items()]
    return described


def type_of(name: str) -> str:
    """Return the type of a column in the words of the Data Package standard."""
    if name in _TEXTS:
        return "string"
    if name in ("suppressed", "held_on"):
        return "boolean" if name == "suppressed" else "date"
    return "integer" if name in COUNT_COLUMNS | CODE_COLUMNS | {"omitted"} else "number"


def _labels(name: str, words: Words) -> Iterator[tuple[str, str]]:
    t = words.t
    if name == "practice":
        yield from ((each, words.practice(each)) for each in sorted(words.library.practices))
    elif name == "level":
        yield from ((each, t(f"files.level_{each}")) for each in ("cohort", "practice", "practice_all"))
    elif name == "family":
        families = ("participation", "satisfaction", "change", "conditions")
        yield from ((each, t(f"common.family_{each}")) for each in families)
    elif name == "role":
        yield from ((each, words.role(each)) for each in ("client", "worker", "supervisor", "partner"))
    elif name == "value_class":
        yield from ((each, t(f"charts.class_{each}")) for each in ("favourable", "neutral", "unfavourable"))
    elif name == "method":
        yield from ((each, t(f"charts.method_{each}")) for each in METHODS)
    elif name == "reason":
        yield FEW, t("charts.suppressed")
        yield NEARLY_ALL, t("common.nearly_all")
