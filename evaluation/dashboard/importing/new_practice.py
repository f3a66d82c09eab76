"""The row that names a practice where new questions are of none that is defined: its name, place, type, and when."""

from collections.abc import MutableMapping
from typing import Any

import streamlit as st

from evaluation.dashboard import resources, sign_in
from evaluation.dashboard.importing.choices import NEW_PRACTICE, Choices
from evaluation.dashboard.importing.file_view import choose
from evaluation.dashboard.importing.own_work import ONCE, OwnWork
from evaluation.dashboard.importing.place_row import practice_name
from evaluation.findings import Words
from evaluation.proposals.practice_types import type_of

_GUESSED = "import_type_guessed"
# When a form may be filled in, the usual first.
TIMES = ("once", "visit", "start", "end")


def is_wanted(new_questions: OwnWork | None, everyone: Choices) -> bool:
    """Tell whether the files are of a practice that is to be made."""
    return new_questions is not None and everyone.value("place", "practice") == NEW_PRACTICE


def expect_new_practice(new_questions: OwnWork | None, everyone: Choices, values: MutableMapping[Any, Any]) -> bool:
    """Choose a new practice for files that ask nothing defined and name none, until the worker says otherwise.

    Where a title names the practice or a municipality, that is taken over: all of it stands in the row and can be
    changed. Return whether something was chosen.
    """
    key = everyone.key("place", "practice")
    if (
        new_questions is not None
        and new_questions.whole
        and new_questions.destination.practice is None
        and values.get(key) is None
    ):
        values[key] = NEW_PRACTICE
        place = everyone.key("place", "municipality")
        town = new_questions.municipality
        if town is not None and values.get(place) is None and sign_in.access().contributes_to(town):
            values[place] = town
        name = everyone.key("place", "new_name")
        if not values.get(name):
            values[name] = new_questions.practice_name or ""
        return True
    if new_questions is None and values.get(key) == NEW_PRACTICE:
        del values[key]
    return False


def ask_new_practice(new_questions: OwnWork, everyone: Choices, words: Words) -> None:
    """Ask for the practice that the new questions belong to."""
    t, library = words.t, words.library
    practices = [NEW_PRACTICE, *resources.offered_practices()]
    towns = sorted(filter(sign_in.access().contributes_to, library.municipalities), key=words.municipality)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="import_new_practice"):
        with st.container(width=190):
            choose(
                t("charts.column_practice"),
                practices,
                lambda practice: practice_name(practice, words),
                everyone.key("place", "practice"),
                t("dashboard.choose"),
            )
        with st.container(width=250):
            st.text_input(t("own.practice_name"), key=everyone.key("place", "new_name"), max_chars=80)
        with st.container(width=180):
            key = everyone.key("place", "municipality")
            choose(t("charts.column_municipality"), towns, words.municipality, key, t("dashboard.choose"))
        with st.container(width=200):
            _ask_type(everyone, words)
        timed = any(column.timing for question in new_questions.questions for column in question.columns)
        if new_questions.questions and not timed:
            with st.container(width=160):
                key = everyone.key("place", "new_timing")
                st.session_state.setdefault(key, ONCE)
                st.selectbox(t("own.timing"), TIMES, format_func=lambda time: t(f"own.timing_{time}"), key=key)


def _ask_type(everyone: Choices, words: Words) -> None:
    """Ask for the type, beginning with the one that the name speaks of; what the worker chose stays."""
    key = everyone.key("place", "new_type")
    guess = type_of(everyone.value("place", "new_name") or "")
    if st.session_state.get(key) in (None, st.session_state.get(_GUESSED)):
        st.session_state[key] = st.session_state[_GUESSED] = guess
    types = words.library.types
    st.selectbox(
        words.t("own.type"), list(types), format_func=lambda kind: words.t.label(types[kind].label.root), key=key
    )


def missing(new_questions: OwnWork | None, words: Words) -> list[str]:
    """Return what has to be said before the new questions can be saved, in words."""
    if new_questions is None:
        return []
    there, reasons = new_questions.destination, []
    waiting = len(new_questions.asking) + len(new_questions.changes)
    if there.practice is None and not there.name:
        reasons.append(words.t("own.hold_name"))
    if there.practice is None and not there.municipalities:
        reasons.append(words.t("importing.hold_municipality"))
    if waiting:
        reasons.append(words.t.plural("own.hold_asked", waiting))
    return reasons
