"""Says how many open answers wait for somebody to read them, with the way to where that is done."""

from collections.abc import Collection

import streamlit as st

from evaluation.access import Role
from evaluation.dashboard import components, resources, sign_in
from evaluation.findings import Words
from evaluation.measures import waiting_texts
from evaluation.store import Selection


def offer_change(practice: str, words: Words) -> None:
    """Lead to the texts of a practice that have been read, where none waits: a decision may turn out wrong."""
    questions = resources.question_texts(Selection(practices=(practice,)))
    may = sign_in.access().at_least(Role.COORDINATOR) and not resources.synthetic()
    if not questions or waiting_texts(questions) or not may:
        return
    if st.button(words.t("texts.change"), key=f"texts_change_{practice}", type="tertiary", icon=":material/edit:"):
        components.go_to("texts", practice=practice)


def show(practices: Collection[str], key: str, words: Words) -> None:
    """Say how many texts of some practices wait, practice by practice; nothing where none does.

    ``key`` is a name that no other such notice of the page has.
    """
    t, reads = words.t, sign_in.access().at_least(Role.COORDINATOR)
    for practice in practices:
        waiting = waiting_texts(resources.question_texts(Selection(practices=(practice,))))
        if not waiting:
            continue
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"texts_{key}_{practice}"):
            named = f" ({words.practice(practice)})" if len(practices) > 1 else ""
            sentence = t.plural("texts.waiting", waiting) + named
            rest = t("texts.why_read" if reads else "texts.coordinator_reads")
            st.markdown(f"**{components.plain(sentence)}** {rest}", width="stretch")
            if reads and st.button(t("texts.open"), key=f"texts_open_{key}_{practice}", type="primary"):
                components.go_to("texts", practice=practice)
