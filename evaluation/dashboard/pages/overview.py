"""The first page: what there is, practice by practice, or how to begin."""

from typing import Any

import pandas as pd
import streamlit as st

from evaluation.charts import Words, comparison
from evaluation.dashboard import components, panel, resources, state
from evaluation.definitions import Practice
from evaluation.measures import Evidence, records
from evaluation.store import Selection

USEFULNESS = "usefulness"
KEY = ("practice", "questionnaire", "item")


def show() -> None:
    """Show the practices at a glance."""
    contents = resources.contents()
    if contents.empty:
        components.greet()
        return
    words = resources.words()
    t = words.t
    st.title(t("dashboard.title"))
    st.write(t("dashboard.overview_lead"))
    evidence = resources.evidence(Selection())
    figures = (
        ("practices", contents["practice"].nunique()),
        ("municipalities", contents["municipality"].nunique()),
        ("forms", int(contents["responses"].sum())),
    )
    for column, (name, count) in zip(st.columns(3), figures, strict=True):
        column.metric(t(f"dashboard.count_{name}"), t.number(count), border=True)
    st.subheader(t("dashboard.overview_table"))
    st.caption(t("dashboard.overview_choose"))
    _practices(evidence, sorted(set(contents["practice"]) & set(words.library.practices), key=words.practice), words)
    asked = {(each, *asks) for each, practice in words.library.practices.items() if (asks := _asks(practice, words))}
    useful = evidence.table("satisfaction.favourable").where(level="practice").among(KEY, asked)
    if not useful.empty:
        title = f"{_useful_name(words)}: {words.measure('favourable').lower()}"
        panel.chart(comparison(useful, words, title), useful, words, "overview_useful")
        components.explain_suppression((useful,), words)
    st.caption(t("reports.limit_control"))


def _practices(evidence: Evidence, practices: list[str], words: Words) -> None:
    """Show a row a practice; choosing one opens its page."""
    rows = [_row(evidence, practice, words) for practice in practices]
    event: Any = st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height="content",
        on_select="rerun",
        selection_mode="single-row",
        key="overview_practices",
    )
    chosen = event.selection.rows if event else []
    if chosen:
        state.remember("practice", practices[chosen[0]])
        components.go_to("practice", practice=practices[chosen[0]])


def _useful_name(words: Words) -> str:
    return words.t.label(words.library.dimensions[USEFULNESS].label.root)


def _asks(practice: Practice, words: Words) -> tuple[str, str] | None:
    """Return the form and item by which clients say whether a practice is useful: at the end, if asked then."""
    found = [
        (form.timing != "end", form.id, item.id)
        for form in words.library.forms_of(practice)
        if form.role == "client"
        for item in form.items
        if item.dimension == USEFULNESS
    ]
    return min(found)[1:] if found else None


def _row(evidence: Evidence, practice: str, words: Words) -> dict[str, str]:
    t = words.t
    definition = words.library.practices[practice]
    return {
        t("charts.column_practice"): words.practice(practice),
        t("charts.column_municipality"): ", ".join(definition.municipalities),
        words.measure("registered"): _figure(
            evidence, "participation.enrolment", practice, words, measure="registered"
        ),
        words.measure("completed"): _figure(evidence, "participation.enrolment", practice, words, measure="completed"),
        words.measure("visits"): _figure(evidence, "participation.visits", practice, words, measure="visits"),
        _useful_name(words): _useful(evidence, practice, words),
    }


def _useful(evidence: Evidence, practice: str, words: Words) -> str:
    asked = _asks(words.library.practices[practice], words)
    if asked is None:
        return words.t("common.not_available")
    return _figure(evidence, "satisfaction.favourable", practice, words, questionnaire=asked[0], item=asked[1])


def _figure(evidence: Evidence, name: str, practice: str, words: Words, **wanted: object) -> str:
    """Return the one figure of a practice, or why there is none."""
    published = evidence.table(name).widest(practice).where(**wanted)
    for row in records(published.frame):
        return words.withheld(published, row.reason) if row.suppressed else words.figure(row)
    return words.t("common.not_available")
