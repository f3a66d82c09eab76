"""The frame of every page: set-up, the choice of page and of language, and the mark of sample data."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from evaluation.dashboard import daylight, framework, look, printing, resources, state
from evaluation.dashboard.pages import comparison, forms, import_page, overview, practice, settings, start, trend
from evaluation.definitions import DefinitionsRefused
from evaluation.i18n import languages
from evaluation.settings import SettingRefused
from evaluation.store import StoreError

# Streamlit would fetch a named icon from the web for the browser's tab.
ICON = Path(__file__).with_name("icon.svg")


def run(first: str = "start") -> None:
    """Show the page that the address names; without a name, the page ``first``."""
    t = state.translator()
    st.set_page_config(page_icon=str(ICON), layout="wide")
    named = pages(first)
    st.session_state[state.PAGES] = named
    chosen = st.navigation(list(named.values()), position="top")
    st.set_page_config(page_title=f"{chosen.title} – {t('dashboard.title')}")
    framework.speak(t, look.RULES + printing.rules())
    _choose_language()
    try:
        resources.library()
        resources.look()
        # The first page says it itself, beside the way to take the samples away.
        if resources.synthetic() and chosen.title != t("dashboard.page_start"):
            st.info(t("dashboard.synthetic_banner"), icon=":material/science:")
        chosen.run()
        daylight.follow()
    except DefinitionsRefused as refused:
        st.error("\n\n".join(problem.message(t) for problem in refused.problems))
    except (SettingRefused, StoreError) as refused:
        st.error(t(refused.key, **refused.values))


def pages(first: str) -> Mapping[str, StreamlitPage]:
    """Return the pages by name, titled in the reader's language."""
    t = state.translator()
    shown = {
        "start": start.show,
        "overview": overview.show,
        "practice": practice.show,
        "comparison": comparison.show,
        "trend": trend.show,
        "import": import_page.show,
        "forms": forms.show,
        "settings": settings.show,
    }
    return {
        name: st.Page(show, title=t(f"dashboard.page_{name}"), url_path=name, default=name == first)
        for name, show in shown.items()
    }


def _choose_language() -> None:
    """Show the switch of languages; it takes hold of the whole page at once, so it is read before anything is said."""
    st.segmented_control(
        state.translator()("dashboard.language"),
        languages(),
        default=state.language(),
        required=True,
        format_func=lambda code: state.LANGUAGE_NAMES.get(code, code),
        key="language_switch",
        label_visibility="collapsed",
        on_change=lambda: state.remember("lang", str(st.session_state["language_switch"])),
    )
