"""The page of one's own practices: what there is, a new one, and the definitions as a file."""

from functools import partial

import streamlit as st

from evaluation.access import Role
from evaluation.dashboard import components, resources, sign_in
from evaluation.dashboard.own_practices import editing, moving_definitions, practice_editor, practice_list
from evaluation.definitions import DefinitionsRefused, Practice
from evaluation.findings import Words
from evaluation.forms import forms_zip
from evaluation.store import DefinitionKey

SAVED = "practice_saved"
ZIP = "application/zip"


def show() -> None:
    """Show the practices; to those who may define, what makes and changes them."""
    sign_in.access().require(Role.CONTRIBUTOR)
    words = resources.words()
    may_define = sign_in.access().at_least(Role.COORDINATOR)
    defined_here = frozenset(document.key for document in resources.store().definitions())
    practices = _practices(defined_here, words)
    if may_define and not practices and editing.current() is None:
        editing.begin_new(words.t.language)
    _head(bool(practices), may_define, words)
    _saved(words)
    practice_list.show(practices, defined_here, may_define, words)
    if may_define:
        _editor(defined_here, words)
    _examples(
        [practice for practice in words.library.practices.values() if practice not in practices],
        defined_here,
        may_define,
        words,
    )
    if may_define:
        moving_definitions.show(words)


def _practices(defined_here: frozenset[DefinitionKey], words: Words) -> list[Practice]:
    """Return those that are in use: made or changed here, with answers, or picked in the settings."""
    in_use = resources.practices_in_use() | {name for kind, name in defined_here if kind == "practice"}
    return [practice for practice in words.library.practices.values() if practice.id in in_use]


def _examples(
    practices: list[Practice], defined_here: frozenset[DefinitionKey], may_define: bool, words: Words
) -> None:
    """Show, folded, the practices that came with the toolkit and are not used here yet."""
    if not practices:
        return
    t = words.t
    with st.expander(
        t("practices.examples_title", n=len(practices)), key="practice_examples", on_change="rerun"
    ) as fold:
        if fold.open:
            st.write(t("practices.examples_text"))
            practice_list.show(practices, defined_here, may_define, words)


def _head(any_there: bool, may_define: bool, words: Words) -> None:
    """Show what the page is for, and the way to a new practice."""
    t = words.t
    title, buttons = st.columns([3, 2], vertical_alignment="bottom")
    with title:
        st.title(t("dashboard.page_practices"))
        st.write(t("practices.lead"))
        if not any_there:
            st.write(t("practices.empty" if may_define else "practices.empty_reader"))
    if may_define:
        with buttons, st.container(horizontal=True, horizontal_alignment="right"):
            _new(words)


def _new(words: Words) -> None:
    t = words.t
    with st.popover(t("practices.copy_of"), width="content", key="practice_copy_of"):
        practices = sorted(words.library.practices, key=words.practice)
        chosen = st.selectbox(
            t("practices.copy_choose"),
            practices,
            index=None,
            format_func=words.practice,
            placeholder=t("practices.choose"),
            key="practice_copy_choice",
        )
        if st.button(t("practices.copy"), key="practice_copy", disabled=chosen is None):
            editing.begin_new(t.language, like=chosen)
            st.rerun()
    now = editing.current()
    if now is not None and not (now.practice or now.like):
        return
    if st.button(t("practices.new"), key="practice_new", type="secondary" if now else "primary"):
        editing.begin_new(words.t.language)
        st.rerun()


def _editor(defined_here: frozenset[DefinitionKey], words: Words) -> None:
    now = editing.current()
    if now is None:
        return
    made = frozenset(name for kind, name in defined_here if kind == "questionnaire")
    try:
        practice = practice_editor.show(now, frozenset(words.library.questionnaire_ids) - made, words)
    except DefinitionsRefused as refused:
        st.error("\n\n".join(components.plain(problem.message(words.t)) for problem in refused.problems))
        return
    if practice:
        editing.close()
        st.session_state[SAVED] = practice
        st.rerun()


def _saved(words: Words) -> None:
    """Say that a practice has been saved and offer its forms, until something else is done."""
    practice, now = words.library.practices.get(st.session_state.get(SAVED, "")), editing.current()
    if practice is None or now is not None:
        st.session_state.pop(SAVED, None)
        return
    t = words.t
    with st.container(border=True, key="practice_saved_box"):
        name = components.plain(words.practice(practice.id))
        st.markdown(f"**{t('practices.saved', practice=name)}** {t('practices.saved_next')}")
        with st.container(horizontal=True):
            make = partial(forms_zip, words.library, practice, t.language, None)
            label, file = t("dashboard.forms_all"), f"{practice.id}.zip"
            components.offer(label, make, file, ZIP, "practice_saved_forms", icon="folder_zip", first=True)
            if st.button(t("practices.forms_button"), key="practice_saved_page"):
                components.go_to("forms", practice=practice.id)
