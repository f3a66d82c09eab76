"""All practices at a glance: who was reached, how many are satisfied and better off, what changed, what is missing."""

from typing import Any

import pandas as pd
import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import components, filters, panel, resources, state
from evaluation.measures import Evidence, Overall, Published, overall_share, records
from evaluation.reports import Glance, first_change, gaps, glance, since_before
from evaluation.reports.glance import USEFULNESS

SHOWN = (filters.TYPE, filters.MUNICIPALITY, filters.YEAR)


def show() -> None:
    """Show the practices of the selection."""
    if resources.contents().empty:
        components.greet()
        return
    words = resources.words()
    t = words.t
    st.title(t("dashboard.page_overview"))
    st.write(t("dashboard.overview_lead"))
    selection = filters.choose(SHOWN, words)
    evidence = resources.evidence(selection)
    stored = filters.stored(words)
    practices = sorted(set(selection.practices or stored["practice"]), key=words.practice)
    seen = glance(evidence, practices, words.library)
    if seen.empty:
        st.write(t("dashboard.nothing_yet"))
        return
    _headline(seen, words)
    st.subheader(t("dashboard.overview_table"))
    _practices(seen, practices, words)
    components.explain_suppression((seen.registered, seen.satisfied, seen.improved), words)
    st.header(t("dashboard.since_title"), divider="gray")
    _since(evidence, practices, words)
    st.header(t("dashboard.missing_of_practices"), divider="gray")
    found = gaps(evidence, stored[stored["practice"].isin(practices)], words)
    st.markdown("\n".join(f"- {gap.text}" for gap in found) or t("dashboard.nothing_missing"))
    st.caption(t("reports.limit_control"))


def _headline(seen: Glance, words: Words) -> None:
    """Show the three families in three numbers, each with what it stands on."""
    t = words.t
    people = sum(int(row.count) for row in records(seen.registered.shown))
    visits = sum(int(row.visits) for row in records(seen.visits.shown))
    columns = st.columns(3)
    with columns[0].container(border=True, height="stretch"):
        st.metric(t("dashboard.headline_reached"), t.number(people))
        st.caption(t("dashboard.headline_visits", visits=t.number(visits)))
    for column, name, rows, counted in (
        (columns[1], "satisfied", seen.satisfied, "favourable"),
        (columns[2], "improved", seen.improved, "improved"),
    ):
        with column.container(border=True, height="stretch"):
            _share(name, overall_share(rows, counted), rows, words)


def _share(name: str, found: Overall | None, rows: Published, words: Words) -> None:
    t = words.t
    if found is None:
        st.metric(t(f"dashboard.headline_{name}"), t("common.not_available"))
        st.caption(words.too_few(rows) if not rows.empty else t("dashboard.nothing_yet"))
        return
    st.metric(t(f"dashboard.headline_{name}"), t.percent(found.value))
    st.caption(
        t(
            "dashboard.headline_share",
            interval=words.interval("favourable", found.low, found.high),
            n=t.number(found.n),
            practices=t.number(found.practices),
        )
    )


def _practices(seen: Glance, practices: list[str], words: Words) -> None:
    """Show a row a practice; choosing one opens its page."""
    t = words.t
    rows = [_row(seen, practice, words) for practice in practices]
    st.caption(t("dashboard.overview_choose"))
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


def _row(seen: Glance, practice: str, words: Words) -> dict[str, str]:
    t = words.t
    aim = first_change(practice, words.library)
    dimension = words.library.items[aim[1]].dimension if aim else None
    return {
        t("charts.column_practice"): words.practice(practice),
        t("charts.column_municipality"): ", ".join(words.library.practices[practice].municipalities),
        words.measure("registered"): _figure(seen.registered, practice, words),
        words.measure("visits"): _figure(seen.visits, practice, words),
        _dimension(USEFULNESS, words): _figure(seen.satisfied, practice, words, n=True),
        t("dashboard.headline_improved"): _figure(seen.improved, practice, words, n=True),
        t("dashboard.first_aim"): _dimension(dimension, words) if dimension else t("common.not_available"),
    }


def _dimension(dimension: str, words: Words) -> str:
    return words.t.label(words.library.dimensions[dimension].label.root)


def _figure(published: Published, practice: str, words: Words, n: bool = False) -> str:
    """Return the one figure of a practice with its n if wanted, or why there is none."""
    rows = published.where(practice=practice)
    for row in records(rows.frame):
        if row.suppressed:
            return words.withheld(rows, row.reason)
        return f"{words.figure(row)} ({words.n(row.n)})" if n else words.figure(row)
    return words.t("common.not_available")


def _since(evidence: Evidence, practices: list[str], words: Words) -> None:
    """Say what has changed since the period before, beyond chance first, the rest as a table."""
    told = since_before(evidence, practices, words)
    st.markdown("\n".join(f"- {text}" for text in told) or words.t("dashboard.since_nothing"))
    tables = ("participation.latest", "satisfaction.latest", "change.latest")
    panel.more_figures((evidence.table(name).where(practice=tuple(practices)) for name in tables), words, "overview")
