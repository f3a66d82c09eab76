"""Going to the sample and back: the switch in the header, the bar of the sample, and its pages without a use."""

from html import escape

import streamlit as st

from evaluation import samples
from evaluation.dashboard import state
from evaluation.dashboard.open_stores import store_at
from evaluation.i18n import Translator
from evaluation.store import OWN, SAMPLE

SWITCH = "data_switch"
BAR = "sample_bar"


def make_ready(url: str, t: Translator) -> None:
    """Make the sample's database where it is missing or of an earlier version, while a bar shows how far it has come.

    Raises StoreError where real answers lie there.
    """
    if samples.is_missing(url):
        # What was open is of a file that has been removed.
        store_at.clear(url)
    elif samples.is_ready(store_at(url)):
        return
    text = t("dashboard.sample_opening")
    bar = st.progress(0.0, text=text)

    def progress(share: float) -> None:
        bar.progress(share, text=text)

    samples.fill_with_sample(store_at(url), progress)
    bar.empty()


def open_sample() -> None:
    """Show the sample from the next rerun of the page on."""
    _open(SAMPLE)


def open_own() -> None:
    """Show the worker's answers from the next rerun of the page on."""
    _open(OWN)


def _open(kind: str) -> None:
    state.choose_data(kind)
    st.session_state[SWITCH] = kind


def switch(t: Translator) -> None:
    """Show the switch between the worker's answers and the sample."""
    # Set anew at every rerun, for the bar and the first page change it too.
    st.session_state[SWITCH] = state.chosen_data()
    st.segmented_control(
        t("dashboard.data_switch"),
        (OWN, SAMPLE),
        required=True,
        format_func=lambda kind: t(f"dashboard.data_{kind}"),
        key=SWITCH,
        label_visibility="collapsed",
        on_change=lambda: state.choose_data(str(st.session_state[SWITCH])),
    )


def bar(t: Translator) -> None:
    """Say that these answers are made up, and lead back to the worker's answers where there are any."""
    with st.container(key=BAR, horizontal=True, vertical_alignment="center"):
        st.html(f'<p role="status">{escape(t("common.synthetic"))}</p>')
        if state.chosen_data() == SAMPLE:
            st.button(t("dashboard.sample_leave"), key="sample_leave", type="tertiary", on_click=open_own)


def show_instead(page: str, title: str, t: Translator) -> None:
    """Show why there is nothing to do on ``page`` in the sample, and lead to the worker's answers."""
    st.title(title)
    st.write(t(f"dashboard.sample_no_{page}"))
    if state.chosen_data() == SAMPLE:
        label = t("dashboard.sample_leave")
        st.button(label, key="sample_leave_page", type="primary", icon=":material/arrow_back:", on_click=open_own)
