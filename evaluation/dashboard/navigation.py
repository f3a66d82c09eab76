"""The frame of every page: who looks, set-up, the choice of page and of language, and the mark of sample data."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from evaluation.access import LAPTOP, Access, AccessRefused, NobodyKnown, NotSignedIn, Role
from evaluation.dashboard import framework, look, printing, resources, sample_switch, sign_in, state, uploading_sessions
from evaluation.dashboard.components import plain
from evaluation.dashboard.pages import (
    comparison,
    forms_page,
    import_page,
    overview,
    own_practices_page,
    practice,
    settings_page,
    start_page,
    texts_page,
    trend,
)
from evaluation.definitions import DefinitionProblem, DefinitionsRefused
from evaluation.i18n import Translator, languages
from evaluation.settings import SettingRefused
from evaluation.store import SAMPLE, StoreError

# Streamlit would fetch a named icon from the web for the browser's tab.
ICON = Path(__file__).with_name("icon.svg")
REFUSAL_WIDTH = 560


def run(first: str = "start") -> None:
    """Show the page that the address names; without a name, the page ``first``."""
    t = state.translator()
    st.set_page_config(page_icon=str(ICON), layout="wide")
    try:
        access = sign_in.access()
        uploading_sessions.note(access.at_least(Role.CONTRIBUTOR))
        if access is not LAPTOP:
            resources.note_sign_in("signed_in", access.identifier, access.until)
    except (NotSignedIn, StoreError, SettingRefused) as refused:
        uploading_sessions.note(False)
        _keep_closed(first, refused)
        return
    named = pages(first, access)
    st.session_state[state.PAGES] = named
    chosen = st.navigation(list(named.values()), position="top")
    st.set_page_config(page_title=f"{chosen.title} – {t('dashboard.title')}")
    framework.speak(t, look.RULES + printing.rules())
    with st.container(key=look.TOOLS, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        # Whether there is something to switch between is known once the database has answered.
        switch = st.container(width="content")
        _choose_language()
        if access is not LAPTOP:
            show_person(access, t)
    try:
        resources.look()
        _name_faults(resources.inspection().faults, access, t)
        synthetic = resources.synthetic()
        if state.chosen_data() == SAMPLE or not synthetic:
            with switch:
                sample_switch.switch(t)
        if synthetic:
            sample_switch.bar(t)
        chosen.run()
        framework.follow_daylight()
    except DefinitionsRefused as refused:
        st.error("\n\n".join(problem.message(t) for problem in refused.problems))
    except AccessRefused as refused:
        st.warning(refusal_text(refused, t), icon=":material/lock:")
    except (SettingRefused, StoreError) as refused:
        st.error(t(refused.key, **refused.values))


def _name_faults(faults: Sequence[DefinitionProblem], access: Access, t: Translator) -> None:
    """Say which definitions are broken and left out, to those who may change them."""
    if faults and access.at_least(Role.COORDINATOR):
        lines = [plain(problem.message(t)) for problem in faults]
        st.warning("\n\n".join([t.plural("definitions.left_out", len(faults)), *lines]))


# The pages by name, and the least role that may see them.
PAGES: Mapping[str, tuple[Callable[[], None], Role]] = {
    "start": (start_page.show, Role.VIEWER),
    "overview": (overview.show, Role.VIEWER),
    "practice": (practice.show, Role.VIEWER),
    "comparison": (comparison.show, Role.COORDINATOR),
    "trend": (trend.show, Role.VIEWER),
    "import": (import_page.show, Role.CONTRIBUTOR),
    "forms": (forms_page.show, Role.VIEWER),
    "practices": (own_practices_page.show, Role.CONTRIBUTOR),
    "texts": (texts_page.show, Role.COORDINATOR),
    "settings": (settings_page.show, Role.ADMINISTRATOR),
}

# Where texts wait, the pages of the practice and of the import lead there.
REACHED_FROM_OTHERS = frozenset({"texts"})


def pages(first: str, access: Access) -> Mapping[str, StreamlitPage]:
    """Return the pages by name, titled in the reader's language; those that ``access`` is not for say so."""
    t = state.translator()
    pages_by_name = {}
    for name, (show, role) in PAGES.items():
        title, may = t(f"dashboard.page_{name}"), access.at_least(role)
        page = partial(_unless_of_own, name, title, show, t) if may else partial(show_no_right, title, t)
        listed = may and name not in REACHED_FROM_OTHERS
        pages_by_name[name] = st.Page(
            page, title=title, url_path=name, default=name == first, visibility="visible" if listed else "hidden"
        )
    return pages_by_name


def _unless_of_own(name: str, title: str, show: Callable[[], None], t: Translator) -> None:
    """Show a page, or in the sample a sentence in place of what works on real answers alone."""
    sample = state.chosen_data() == SAMPLE
    of_own = {"import": resources.synthetic(), "texts": resources.synthetic(), "practices": sample, "settings": sample}
    if of_own.get(name, False):
        sample_switch.show_instead(name, title, t)
    else:
        show()


def _keep_closed(first: str, refused: NotSignedIn | StoreError | SettingRefused) -> None:
    """Show at every address the same: why there is nothing to see. No page is named."""
    t = state.translator()
    if isinstance(refused, NobodyKnown):
        resources.note_sign_in("sign_in_refused", refused.person.identifier, refused.person.until)
    page = partial(show_refusal, refused, t)
    every = [st.Page(page, title=t("dashboard.title"), url_path=name, default=name == first) for name in PAGES]
    chosen = st.navigation(every, position="hidden")
    st.set_page_config(page_title=t("dashboard.title"))
    framework.speak(t, look.RULES)
    _choose_language()
    chosen.run()


def _choose_language() -> None:
    """Show the switch of languages; it is read before anything else, as it changes the whole page at once."""
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


def show_refusal(refused: NotSignedIn | StoreError | SettingRefused, t: Translator) -> None:
    """Show nothing but why there is nothing to see, and what to do about it."""
    with st.container(width=REFUSAL_WIDTH):
        st.title(t("dashboard.title"))
        if isinstance(refused, NotSignedIn):
            st.write(t(refused.key))
            st.button(
                t("access.sign_in_button"), key="sign_in", type="primary", icon=":material/login:", on_click=st.login
            )
            return
        st.warning(refusal_text(refused, t), icon=":material/lock:")
        if sign_in.required():
            _sign_out(t)


def show_no_right(title: str, t: Translator) -> None:
    """Show a page to somebody who has no right to it: a sentence."""
    st.title(title)
    st.warning(t("access.role_refused"), icon=":material/lock:")


def refusal_text(refused: StoreError | SettingRefused, t: Translator) -> str:
    """Return the sentence of a refusal; names in it come from other systems."""
    return t(refused.key, **{name: plain(str(value)) for name, value in refused.values.items()})


def show_person(access: Access, t: Translator) -> None:
    """Show who is signed in, with what right, and the way out."""
    with st.popover(plain(access.name), icon=":material/person:", key=look.PERSON):
        st.markdown(f"**{t(f'access.role_{access.role.name.lower()}')}**")
        places = t("access.everywhere") if access.everywhere else ", ".join(access.municipalities)
        st.write(plain(places))
        if access.contributes and not access.everywhere and access.contributes != access.municipalities:
            st.caption(t("access.contributes", municipalities=plain(", ".join(access.contributes))))
        _sign_out(t)


def _sign_out(t: Translator) -> None:
    st.button(t("access.sign_out"), key="sign_out", icon=":material/logout:", on_click=sign_in.leave)
