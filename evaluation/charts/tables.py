"""The table that stands beside a chart, and the sentence that describes it to those who do not see it."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from evaluation.charts.words import COUNTS, Words, in_range
from evaluation.measures import Published, records

Cell = Callable[[Words, Any], str]


def _figure(words: Words, row: Any) -> str:
    return words.figure(row)


def _interval(words: Words, row: Any) -> str:
    return words.interval(row.measure, row.low, row.high) or words.t("common.not_available")


def _count(words: Words, row: Any) -> str:
    if in_range(row):
        return words.number_between(row.at_least, row.at_most)
    return words.t("common.not_available") if pd.isna(row.count) else words.t.number(row.count)


def _number(name: str, decimals: int = 0) -> Cell:
    def cell(words: Words, row: Any) -> str:
        value = getattr(row, name)
        return words.t("common.not_available") if pd.isna(value) else words.t.number(value, decimals)

    return cell


def _share(name: str) -> Cell:
    return lambda words, row: words.value("favourable", getattr(row, name))


def _step(name: str) -> Cell:
    """A figure of the row's own kind: a share, or a signed number of steps."""
    return lambda words, row: words.value(row.measure, getattr(row, name))


def _national_theme(words: Words, row: Any) -> str:
    theme = row.national_theme
    return words.t("common.not_available") if pd.isna(theme) else words.t(f"charts.national_{theme}")


COLUMNS: dict[str, Cell] = {
    "n": _number("n"),
    "value": _figure,
    "interval": _interval,
    "count": _count,
    "dont_know": _number("dont_know"),
    "improved": _number("improved"),
    "same": _number("same"),
    "worsened": _number("worsened"),
    "start_mean": _number("start_mean", 1),
    "end_mean": _number("end_mean", 1),
    "sd": _number("sd", 1),
    "sessions": _number("sessions"),
    "held_on": lambda words, row: words.day(row.held_on),
    "session_no": _number("session_no"),
    "occasion": lambda words, row: words.occasion(row.occasion),
    "form": lambda words, row: words.form(row.questionnaire),
    "net": lambda words, row: words.value("trend", row.net),
    "verdict": lambda words, row: words.t(f"charts.verdict_{row.verdict}"),
    "median_step": _number("median_step", 1),
    "effect": lambda words, row: words.signed(row.effect, 2),
    "at_best": _number("at_best"),
    "crossed": _number("crossed"),
    "fell": _number("fell"),
    "reliable_better": _number("reliable_better"),
    "reliable_worse": _number("reliable_worse"),
    "plain": _step("plain"),
    "shrunk": _step("shrunk"),
    "shrinkage": _share("shrinkage"),
    "periods": _number("periods"),
    "first": _share("first"),
    "last": _share("last"),
    "before": _share("before"),
    "last_n": _number("last_n"),
    "before_n": _number("before_n"),
    "last_period": lambda words, row: words.cohort(row.last_period),
    "before_period": lambda words, row: words.cohort(row.before_period),
    "stayed_n": _number("stayed_n"),
    "stayed_value": _share("stayed_value"),
    "left_n": _number("left_n"),
    "left_value": _share("left_value"),
    "role_value": _share("role_value"),
    "client_item": lambda words, row: words.item(row.client_item),
    "client_value": _share("client_value"),
    "client_n": _number("client_n"),
    "favourable": _number("favourable"),
    "neutral": _number("neutral"),
    "unfavourable": _number("unfavourable"),
    "national_theme": _national_theme,
    "alpha": _number("alpha", 2),
    "alpha_n": _number("alpha_n"),
    "questions": _number("questions"),
    "kappa": lambda words, row: (
        words.t("common.not_available")
        if pd.isna(row.kappa)
        else f"{words.signed(row.kappa, 2)} ({words.signed(row.kappa_low, 2)} … {words.signed(row.kappa_high, 2)})"
    ),
    "answer": lambda words, row: words.answer(row.item, row.value_code, row.value_class),
}
_OPINIONS = {
    "distribution": ("answer", "count", "value", "n"),
    "favourable": ("national_theme", "n", "value", "interval", "dont_know"),
    "mean": ("n", "value", "sd"),
}
_CHANGED = ("n", "improved", "same", "worsened", "value", "interval", "net", "median_step", "effect", "verdict")
_RELIABLE = ("reliable_better", "reliable_worse")
# Columns that are left out where none of the rows has them.
_WHERE_KNOWN = (*_RELIABLE, "national_theme", "alpha", "alpha_n", "kappa")
_COMPARED = ("n", "value", "interval", "shrunk", "shrinkage", "verdict")
_LATEST = ("before_period", "before_n", "before", "last_period", "last_n", "last", "value", "interval", "verdict")
_TESTED = ("satisfaction", "change", "conditions")
SHOWN = {
    "participation.enrolment": ("count", "n", "value", "interval"),
    "participation.attendance": ("n", "value", "interval", "sessions"),
    "participation.sessions": ("session_no", "held_on", "value", "n"),
    "participation.visits": ("occasion", "n", "value", "interval"),
    "participation.openings": ("held_on", "occasion", "value"),
    "participation.response": ("form", "count", "n", "value"),
    "participation.drop_out": ("count", "n", "value"),
    "participation.newcomers": ("count", "n", "value"),
    "participation.waiting": ("n", "value", "interval"),
    "satisfaction.recommendation": ("form", "n", "favourable", "neutral", "unfavourable", "value", "interval"),
    "satisfaction.score": ("form", "questions", "n", "value", "sd", "alpha", "alpha_n"),
    "conditions.distance": ("form", "role_value", "n", "client_item", "client_value", "client_n", "value", "interval"),
    **{
        f"{family}.{name}": shown
        for family in ("participation", "satisfaction", "conditions")
        for name, shown in _OPINIONS.items()
    },
    "change.paired": (*_CHANGED, "start_mean", "end_mean", "at_best", "crossed", "fell", *_RELIABLE),
    "change.follow_up": _CHANGED,
    "change.retrospective": ("n", "improved", "same", "worsened", "dont_know", "value", "interval", "net"),
    "change.steps": ("n", "value", "interval", "plain", "shrunk", "shrinkage", "verdict"),
    "change.attrition": ("stayed_n", "stayed_value", "left_n", "left_value", "value", "interval"),
    "change.agreement": ("n", "value", "interval", "kappa"),
    "change.matched": ("form", "count", "n", "value"),
    **{f"{family}.comparison": _COMPARED for family in _TESTED},
    "participation.latest": ("before_period", "before_n", "last_period", "last_n", "value"),
    **{f"{family}.latest": _LATEST for family in _TESTED},
    **{f"{family}.trend": ("periods", "first", "last", "value", "interval", "verdict") for family in _TESTED},
}


def table(published: Published, words: Words) -> pd.DataFrame:
    """Return the published rows in words: who, what, and figures as text; suppressed rows say so."""
    frame = published.frame
    rows = []
    for row in records(frame):
        told = _subject(words, row, frame)
        if row.suppressed:
            rows.append(told | {words.t("charts.column_value"): words.withheld(published, row.reason)})
            continue
        for name in SHOWN[published.measure]:
            if name in _WHERE_KNOWN and frame[name].isna().all():
                continue
            if name in ("count", "answer", "dont_know", "form") or hasattr(row, name) or name in ("value", "interval"):
                told[words.t(f"charts.column_{name}")] = COLUMNS[name](words, row)
        rows.append(told)
    return pd.DataFrame(rows).fillna("")


def _subject(words: Words, row: Any, frame: pd.DataFrame) -> dict[str, str]:
    """Return the columns that say what a row is about, those that differ between rows only."""
    told: dict[str, str] = {}
    if frame["practice"].nunique() > 1:
        told[words.t("charts.column_practice")] = words.practice(row.practice)
    if frame["municipality"].nunique() > 1:
        told[words.t("charts.column_municipality")] = row.municipality or words.t("charts.all_municipalities")
    if frame["level"].eq("cohort").any():
        told[words.t("charts.column_cohort")] = words.cohort(row.cohort)
    if row.item:
        told[words.t("charts.column_item")] = words.item(row.item)
    if frame["measure"].nunique() > 1:
        told[words.t("charts.column_measure")] = words.measure(row.measure) if not row.suppressed else ""
    return told


def alt_text(published: Published, words: Words, most: int = 6) -> str:
    """Return a chart's figures as one short text, at most ``most`` rows of it."""
    rows = [row for row in records(published.frame) if row.suppressed or pd.notna(row.value) or in_range(row)]
    parts = []
    for row in rows[:most]:
        subject = words.item(str(row.item)) if row.item else words.measure(str(row.measure))
        if row.suppressed:
            parts.append(f"{subject}: {words.withheld(published, row.reason)}")
            continue
        if published.measure.endswith(".distribution"):
            subject = f"{subject}, {words.answer(str(row.item), row.value_code, row.value_class)}"
        figure = words.figure(row)
        n = "" if row.measure in COUNTS else f", {words.n(row.n)}"
        parts.append(f"{subject}: {figure}{n}")
    rest = words.t("charts.and_more") if len(rows) > most else ""
    return "; ".join(parts) + rest
