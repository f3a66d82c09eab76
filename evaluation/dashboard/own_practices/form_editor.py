"""The part of the editor with a practice's own questions: form by form, question by question."""

from dataclasses import replace
from typing import get_args

import streamlit as st

from evaluation.dashboard.components import plain
from evaluation.dashboard.own_practices import question_editor
from evaluation.dashboard.own_practices.editing import Editing, FormRows
from evaluation.definitions import Role, Timing
from evaluation.definitions.own_forms import OwnForm
from evaluation.findings import Words

# Times at which a form of one's own may be filled in; start and end belong together where a state is asked.
_TIMINGS: tuple[Timing, ...] = ("visit", "session", "end", "follow_up", "once")
_ROLES: tuple[Role, ...] = get_args(Role)


def show(editing: Editing, open_door: bool, words: Words) -> tuple[OwnForm, ...]:
    """Show the own questions; return the forms as they stand in the fields, without questions that have no text."""
    t = words.t
    st.markdown(f"**{t('practices.own_questions')}**")
    forms = [_form(number, rows, editing, open_door, words) for number, rows in enumerate(editing.forms)]
    if st.button(t("practices.question_add"), key=editing.key("question_add"), icon=":material/add:"):
        rows = editing.forms[-1] if editing.forms else editing.add_form("client", "visit" if open_door else "end")
        editing.add_question(rows)
        st.rerun()
    return tuple(forms)


def _form(number: int, rows: FormRows, editing: Editing, open_door: bool, words: Words) -> OwnForm:
    form = _who_and_when(number, rows, editing, words) if rows.rows else rows.form
    questions = []
    for row in tuple(rows.rows):
        with st.container(border=True):
            question = question_editor.show(row, rows, editing, open_door, words)
        if question is None:
            rows.rows.remove(row)
            st.rerun()
        else:
            questions.append(question)
    written = tuple(question for question in questions if question.text.strip())
    if any(question.tells == "state" for question in written):
        st.caption(words.t("practices.asked_twice"))
    return replace(form, questions=written)


def _who_and_when(number: int, rows: FormRows, editing: Editing, words: Words) -> OwnForm:
    """Ask who answers a new form, and when; of one that there is already it is said."""
    t, form = words.t, rows.form
    if form.before:
        st.caption(plain(" · ".join(t.label(before.title.root) for before in form.before)))
        ids = {before.id for before in form.before}
        others = [
            words.practice(practice.id)
            for practice in words.library.practices.values()
            if practice.id != editing.practice and ids & set(practice.questionnaires)
        ]
        if others:
            st.info(t("practices.form_shared", practices=plain(", ".join(others))))
        return form
    columns = st.columns(2)
    role = columns[0].selectbox(
        t("practices.form_role"),
        _ROLES,
        index=_ROLES.index(form.role),
        format_func=lambda role: t(f"common.role_{role}"),
        key=editing.key(f"form_role_{number}"),
    )
    timing = columns[1].selectbox(
        t("practices.form_timing"),
        _TIMINGS,
        index=_TIMINGS.index(form.timing),
        format_func=lambda timing: t(f"practices.timing_{timing}"),
        key=editing.key(f"form_timing_{number}"),
    )
    return replace(form, role=role, timing=timing)
