"""What stands before the pages: signing in, a sentence to whoever has no right, and the way out."""

import streamlit as st

from evaluation.access import Access, NotSignedIn
from evaluation.dashboard import look, signed_in
from evaluation.dashboard.components import plain
from evaluation.i18n import Translator
from evaluation.settings import SettingRefused
from evaluation.store import StoreError

WIDTH = 560


def closed(refused: NotSignedIn | StoreError | SettingRefused, t: Translator) -> None:
    """Show nothing but why nothing is shown, and what to do about it."""
    with st.container(width=WIDTH):
        st.title(t("dashboard.title"))
        if isinstance(refused, NotSignedIn):
            st.write(t(refused.key))
            st.button(
                t("access.sign_in_button"), key="sign_in", type="primary", icon=":material/login:", on_click=st.login
            )
            return
        st.warning(say(refused, t), icon=":material/lock:")
        if signed_in.required():
            _sign_out(t)


def refuse(title: str, t: Translator) -> None:
    """Show a page to somebody who has no right to it: a sentence."""
    st.title(title)
    st.warning(t("access.role_refused"), icon=":material/lock:")


def say(refused: StoreError | SettingRefused, t: Translator) -> str:
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
    st.button(t("access.sign_out"), key="sign_out", icon=":material/logout:", on_click=signed_in.leave)
