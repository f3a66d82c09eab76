"""The frame of every page: who looks, set-up, the choice of page and of language, and the mark of sample data."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from evaluation.access import LAPTOP, Access, AccessRefused, NobodyKnown, NotSignedIn, Role
from evaluation.dashboard import daylight, door, framework, look, printing, resources, sample, signed_in, state
from evaluation.dashboard.pages import comparison, forms, import_page, overview, practice, settings, start, trend
from evaluation.definitions import DefinitionsRefused
from evaluation.i18n import Translator, languages
from evaluation.settings import SettingRefused
from evaluation.store import SAMPLE, StoreError

# Streamlit would fetch a named icon from the web for the browser's tab.
ICON = Path(__file__).with_name("icon.svg")


def run(first: str = "start") -> None:
    """Show the page that the address names; without a name, the page ``first``."""
    t = state.translator()
    st.set_page_config(page_icon=str(ICON), layout="wide")
    try:
        access = signed_in.access()
        if access is not LAPTOP:
            resources.note_sign_in("signed_in", access.identifier, access.until)
    except (NotSignedIn, StoreError, SettingRefused) as refused:
        _keep_closed(first, refused)
        return
    named = pages(first, access)
    st.session_state[state.PAGES] = named
    chosen = st.navigation(list(named.values()), position="top")
    st.set_page_config(page_title=f"{chosen.title} – {t('dashboard.title')}")
    framework.speak(t, look.RULES + printing.rules())
    with st.container(key=look.TOOLS, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        # Whether there is something to switch between shows when the database has been asked.
        switch = st.container(width="content")
        _choose_language()
        if access is not LAPTOP:
            door.show_person(access, t)
    try:
        resources.library()
        resources.look()
        synthetic = resources.synthetic()
        if state.chosen_data() == SAMPLE or not synthetic:
            with switch:
                sample.switch(t)
        if synthetic:
            sample.bar(t)
        chosen.run()
        daylight.follow()
    except DefinitionsRefused as refused:
        st.error("\n\n".join(problem.message(t) for problem in refused.problems))
    except AccessRefused as refused:
        st.warning(door.say(refused, t), icon=":material/lock:")
    except (SettingRefused, StoreError) as refused:
        st.error(t(refused.key, **refused.values))


# The pages by name, and the least role that each is for.
PAGES: Mapping[str, tuple[Callable[[], None], Role]] = {
    "start": (start.show, Role.VIEWER),
    "overview": (overview.show, Role.VIEWER),
    "practice": (practice.show, Role.VIEWER),
    "comparison": (comparison.show, Role.COORDINATOR),
    "trend": (trend.show, Role.VIEWER),
    "import": (import_page.show, Role.CONTRIBUTOR),
    "forms": (forms.show, Role.VIEWER),
    "settings": (settings.show, Role.ADMINISTRATOR),
}


def pages(first: str, access: Access) -> Mapping[str, StreamlitPage]:
    """Return the pages by name, titled in the reader's language; those that ``access`` is not for say so."""
    t = state.translator()
    found = {}
    for name, (show, role) in PAGES.items():
        title, may = t(f"dashboard.page_{name}"), access.at_least(role)
        shown = partial(_unless_of_own, name, title, show, t) if may else partial(door.refuse, title, t)
        found[name] = st.Page(
            shown, title=title, url_path=name, default=name == first, visibility="visible" if may else "hidden"
        )
    return found


def _unless_of_own(name: str, title: str, show: Callable[[], None], t: Translator) -> None:
    """Show a page, or in the sample a sentence in place of what is done with one's own answers alone."""
    of_own = {"import": resources.synthetic(), "settings": state.chosen_data() == SAMPLE}
    if of_own.get(name, False):
        sample.show_instead(name, title, t)
    else:
        show()


def _keep_closed(first: str, refused: NotSignedIn | StoreError | SettingRefused) -> None:
    """Show at every address the same: why nothing is shown. No page is named."""
    t = state.translator()
    if isinstance(refused, NobodyKnown):
        resources.note_sign_in("sign_in_refused", refused.person.identifier, refused.person.until)
    shown = partial(door.closed, refused, t)
    every = [st.Page(shown, title=t("dashboard.title"), url_path=name, default=name == first) for name in PAGES]
    chosen = st.navigation(every, position="hidden")
    st.set_page_config(page_title=t("dashboard.title"))
    framework.speak(t, look.RULES)
    _choose_language()
    chosen.run()


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
