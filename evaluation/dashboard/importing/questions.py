"""The step that asks what only the worker can decide about a file: each open question with its choices."""

import streamlit as st

from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.asking import Shown


def ask_questions(shown: Shown) -> None:
    """Ask every open question of a file; rows that wait for the decision are not saved."""
    t = shown.words.t
    for key, question in shown.asked.questions.items():
        texts = {choice.id: plain(question.choice_text(choice, t)) for choice in question.choices}
        if question.suggested in texts:
            texts[question.suggested] += f" ({t('dashboard.likeliest')})"
        place = " ".join(part for part in (question.sheet, question.cell) if part)
        st.radio(
            f"**{plain(place)}**: {plain(question.message(t))}" if place else plain(question.message(t)),
            list(texts),
            index=None,
            format_func=texts.__getitem__,
            key=shown.choices.key("decision", key),
        )
