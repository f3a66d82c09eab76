"""The step that asks what answers mean that are none of their scale."""

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.asking import Shown, choose
from evaluation.dashboard.importing.choices import NO_ANSWER, AnswerKey
from evaluation.definitions import Scale

MOST_SHOWN = 30


def ask_answers(shown: Shown) -> None:
    """Ask of each answer that is not known what it means, once for all questions of one scale."""
    t, asked = shown.words.t, shown.asked
    if asked.answers:
        with shown.fold(t.plural("dashboard.answers_title", len(asked.answers)), "answers", wanted=True):
            st.caption(t("dashboard.answers_text"))
            for key in list(asked.answers)[:MOST_SHOWN]:
                _ask(key, shown)
            if len(asked.answers) > MOST_SHOWN:
                st.caption(t("dashboard.more_answers", n=t.number(len(asked.answers) - MOST_SHOWN)))
    recalled = [key for key in asked.recalled if key not in asked.answers]
    if recalled:
        with shown.fold(t.plural("dashboard.recalled_title", len(recalled)), "recalled", wanted=False):
            st.caption(t("dashboard.recalled_text"))
            for key in recalled:
                _ask_again(key, shown)


def _ask(key: AnswerKey, shown: Shown) -> None:
    words, answers = shown.words, shown.asked.answers[key]
    scale = words.library.scales[key[0]]
    suggestion = next((each.suggestion for each in answers if each.suggestion is not None), None)
    items = list(dict.fromkeys(words.t.label(words.library.items[each.item].short.root) for each in answers))
    label = words.t.plural(
        "dashboard.answer_question" if len(items) == 1 else "dashboard.answer_questions",
        sum(each.rows for each in answers),
        answer=plain(answers[0].shown),
        item=plain(items[0]),
        items=words.t.number(len(items)),
    )
    choose(
        label,
        codes_of(scale, suggestion),
        lambda each: _say(each, scale, suggestion, words),
        shown.choices.key("answer", *key),
        words.t("dashboard.choose_answer"),
    )


def _ask_again(key: AnswerKey, shown: Shown) -> None:
    words = shown.words
    scale = words.library.scales[key[0]]
    code = next(iter(shown.asked.recalled[key].values()))
    now = _say(NO_ANSWER if code is None else str(code), scale, None, words)
    choose(
        words.t("dashboard.recalled_answer", answer=plain(key[1]), meaning=plain(now)),
        codes_of(scale, None),
        lambda each: _say(each, scale, None, words),
        shown.choices.key("answer", *key),
        words.t("dashboard.as_now"),
    )


def codes_of(scale: Scale, suggestion: int | None) -> tuple[str, ...]:
    """Return the codes an answer may mean as texts, the suggested one first, and NO_ANSWER last."""
    codes = [answer.code for answer in scale.answers]
    first = [suggestion] if suggestion in codes else []
    return (*map(str, dict.fromkeys([*first, *codes])), NO_ANSWER)


def _say(code: str, scale: Scale, suggestion: int | None, words: Words) -> str:
    if code == NO_ANSWER:
        return words.t("dashboard.no_answer")
    label = words.t.label(scale.answer(int(code)).label.root)
    return words.t("dashboard.suggested", answer=label) if code == str(suggestion) else label
