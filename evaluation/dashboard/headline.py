"""The three families in three numbers: who was reached, who found it useful, who feels better; each with its ground."""

import streamlit as st

from evaluation.findings import Glance, KeyFigure, Words, reached, share
from evaluation.measures import Published, records


def show(figures: Glance, words: Words) -> None:
    """Show the first figures of one practice, or of several together."""
    cards = (
        ("registered", figures.forms if figures.registered.empty else figures.registered, reached(figures, words)),
        ("satisfied", figures.satisfied, share("satisfied", figures.satisfied, "favourable", words)),
        ("improved", figures.improved, share("improved", figures.improved, "improved", words)),
    )
    for column, (name, rows, key_figures) in zip(st.columns(3), cards, strict=True):
        with column.container(border=True, height="stretch"):
            _card(name, rows, tuple(key_figures), words)


def _card(name: str, rows: Published, key_figures: tuple[KeyFigure, ...], words: Words) -> None:
    """Show the first figure large and what else there is below it, or why there is none."""
    t = words.t
    if not key_figures:
        reasons = [row.reason for row in records(rows.frame) if row.suppressed]
        st.metric(t(f"reports.key_{name}"), t("common.not_available"))
        if not rows.shown.empty:
            st.caption(t("dashboard.no_one_figure"))
        else:
            st.caption(words.withheld(rows, reasons[0]) if reasons else t("dashboard.nothing_yet"))
        return
    first, *others = key_figures
    st.metric(first.label, first.figure)
    st.caption(first.ground)
    for other in others:
        st.caption(f"{other.label}: {other.figure}. {other.ground}")
