"""What people have written: question by question, screened, each answer by itself."""

from collections import Counter
from itertools import groupby

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import components
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
    if not answers:
        st.write(t("dashboard.voices_none", n=least))
        return
    order = words.library.questionnaire_ids
    known = sorted(answers, key=lambda each: (order.index(each.questionnaire), each.item))
    for (form, item), units in groupby(known, key=lambda each: (each.questionnaire, each.item)):
        said = Counter(" ".join(text.split()) for unit in units for text in unit.texts)
        texts = [_quoted(text, said[text], words) for text in sorted(said, key=lambda text: (-said[text], text))]
        question = t.label(words.library.items[item].text.root)
        st.markdown(f"**{components.plain(question)}**  \n{components.plain(words.form(form))}")
        _list(texts[:FIRST])
        if len(texts) > FIRST:
            with st.expander(t.plural("dashboard.voices_more", len(texts) - FIRST)):
                _list(texts[FIRST:])


def _quoted(text: str, times: int, words: Words) -> str:
    """Return an answer as it is shown; one that several have given says how many times."""
    quoted = components.plain(text)
    return quoted if times == 1 else words.t("dashboard.voices_times", text=quoted, n=words.t.number(times))


def _list(texts: list[str]) -> None:
    st.markdown("\n".join(f"- {text}" for text in texts))
