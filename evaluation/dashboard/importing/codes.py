"""The step that offers codes that are nearly the same: joined only where the worker says so."""

import streamlit as st

from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.asking import Shown


def ask_codes(shown: Shown) -> None:
    """Offer each near miss, and to take no notice of capitals where that would join some."""
    t, asked = shown.words.t, shown.asked
    if not asked.near and not asked.case:
        return
    with shown.fold(t("dashboard.near_title"), "near", wanted=True):
        st.caption(t("dashboard.near_text"))
        if asked.case:
            st.checkbox(t("dashboard.ignore_case"), key=shown.choices.key("case"))
        for code, nearest in asked.near.items():
            label = t("dashboard.same_person", code=plain(code), nearest=plain(nearest))
            st.checkbox(label, key=shown.choices.key("same", code))
