"""What people have written: question by question, each answer by itself, as the gate let it through."""

import streamlit as st

from evaluation.dashboard import components
from evaluation.findings import Words, quotes
from evaluation.measures import OpenAnswers

# More than this at once is not read; the rest is a press away.
FIRST = 6


def show(answers: tuple[OpenAnswers, ...], least: int, words: Words) -> None:
    """Show the open answers of a practice.

    Args:
        answers: what the gate let through.
        least: people from whom on open answers are shown.
        words: the reader's words.
    """
    t = words.t
    st.caption(t("dashboard.voices_lead", n=least))
    questions = [question for future in (False, True) for question in quotes(answers, words, future)]
    if not questions:
        st.write(t("dashboard.voices_none", n=least))
    for question in questions:
        st.markdown(f"**{components.plain(question.question)}**")
        _list(question.texts[:FIRST])
        if len(question.texts) > FIRST:
            with st.expander(t.plural("dashboard.voices_more", len(question.texts) - FIRST)):
                _list(question.texts[FIRST:])


def _list(texts: tuple[str, ...]) -> None:
    st.markdown("\n".join(f"- {components.plain(text)}" for text in texts))
