"""The three families in three numbers: who was reached, who found it useful, who feels better; each with its ground."""

import streamlit as st

from evaluation.findings import Finding, Glance, Words, card, improved, reached, satisfied


def show(figures: Glance, words: Words) -> None:
    """Show the first figures of one practice, or of several together."""
    cards = (
        ("registered", tuple(reached(figures))),
        ("satisfied", tuple(satisfied(figures))),
        ("improved", tuple(improved(figures))),
    )
    for column, (name, findings) in zip(st.columns(3), cards, strict=True):
        with column.container(border=True, height="stretch"):
            _card(name, findings, words)


def _card(name: str, findings: tuple[Finding, ...], words: Words) -> None:
    """Show the first figure large and the others below it, or why there is none."""
    t = words.t
    if not findings:
        st.metric(t(f"reports.key_{name}"), t("common.not_available"))
        st.caption(t("dashboard.nothing_yet"))
        return
    first, *others = (card(finding, words) for finding in findings)
    st.metric(first.label, first.figure)
    st.caption(first.ground)
    for other in others:
        st.caption(f"{other.label}: {other.figure}. {other.ground}")
