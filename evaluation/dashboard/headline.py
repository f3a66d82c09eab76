"""The three families in three numbers: who was reached, who found it useful, who feels better; each with its ground."""

import streamlit as st

from evaluation.charts import Words
from evaluation.measures import Overall, Published, overall_share, records
from evaluation.reports import Glance


def show(seen: Glance, words: Words) -> None:
    """Show the numbers of what is seen at a glance: of one practice, or of several together."""
    columns = st.columns(3)
    with columns[0].container(border=True, height="stretch"):
        _reached(seen, words)
    for column, name, rows, counted in (
        (columns[1], "satisfied", seen.satisfied, "favourable"),
        (columns[2], "improved", seen.improved, "improved"),
    ):
        with column.container(border=True, height="stretch"):
            _share(name, overall_share(rows, counted), rows, words)


def _reached(seen: Glance, words: Words) -> None:
    """Show people where there is a register, visits where there is none."""
    t = words.t
    people = sum(int(row.count) for row in records(seen.registered.shown))
    visits = sum(int(row.visits) for row in records(seen.visits.shown))
    if people:
        st.metric(t("dashboard.headline_reached"), t.number(people))
        if visits:
            st.caption(t("dashboard.headline_visits", visits=t.number(visits)))
    elif visits:
        st.metric(words.measure("visits"), t.number(visits))
        st.caption(t("dashboard.headline_open"))
    else:
        st.metric(t("dashboard.headline_reached"), t("common.not_available"))
        st.caption(words.too_few(seen.registered) if not seen.registered.empty else t("dashboard.headline_no_register"))


def _share(name: str, found: Overall | None, rows: Published, words: Words) -> None:
    t = words.t
    title = t(f"dashboard.headline_{name}")
    if found is None:
        st.metric(title, t("common.not_available"))
        reasons = [row.reason for row in records(rows.frame)]
        st.caption(words.withheld(rows, reasons[0]) if reasons else t("dashboard.nothing_yet"))
        return
    st.metric(title, t.percent(found.value))
    ground = {
        "interval": words.interval("favourable", found.low, found.high),
        "n": t.number(found.n),
        "practices": t.number(found.practices),
    }
    st.caption(t("dashboard.headline_share" if found.practices > 1 else "dashboard.headline_share_own", **ground))
    items = set(rows.shown["item"])
    if found.practices == 1 and name == "improved":
        st.caption(", ".join(words.item(str(item)) for item in items))
