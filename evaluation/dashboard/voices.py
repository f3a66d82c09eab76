"""What people have written: question by question, screened, each answer by itself."""

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import components
from evaluation.measures import OpenAnswers
from evaluation.reports import quotes

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
    asked = [each for future in (False, True) for each in quotes(answers, words, future)]
    if not asked:
        st.write(t("dashboard.voices_none", n=least))
    for each in asked:
        st.markdown(f"**{components.plain(each.question)}**")
        _list(each.texts[:FIRST])
        if len(each.texts) > FIRST:
            with st.expander(t.plural("dashboard.voices_more", len(each.texts) - FIRST)):
                _list(each.texts[FIRST:])


def _list(texts: tuple[str, ...]) -> None:
    st.markdown("\n".join(f"- {components.plain(text)}" for text in texts))
