"""The three families in three numbers: who was reached, who found it useful, who feels better; each with its ground."""

import streamlit as st

from evaluation.charts import Words
from evaluation.measures import Published, records
from evaluation.reports import Glance, KeyFigure
from evaluation.reports.key_figures import reached, share


def show(seen: Glance, words: Words) -> None:
    """Show the numbers of what is seen at a glance: of one practice, or of several together."""
    cards = (
        ("registered", seen.registered, reached(seen, words)),
        ("satisfied", seen.satisfied, share("satisfied", seen.satisfied, "favourable", words)),
        ("improved", seen.improved, share("improved", seen.improved, "improved", words)),
    )
    for column, (name, rows, told) in zip(st.columns(3), cards, strict=True):
        with column.container(border=True, height="stretch"):
            _card(name, rows, tuple(told), words)


def _card(name: str, rows: Published, told: tuple[KeyFigure, ...], words: Words) -> None:
    """Show the first figure large and what else there is below it, or why there is none."""
    t = words.t
    if not told:
        reasons = [row.reason for row in records(rows.frame)]
        st.metric(t(f"reports.key_{name}"), t("common.not_available"))
        st.caption(words.withheld(rows, reasons[0]) if reasons else t("dashboard.nothing_yet"))
        return
    first, *others = told
    st.metric(first.label, first.figure)
    st.caption(first.ground)
    for other in others:
        st.caption(f"{other.label}: {other.figure}. {other.ground}")
