"""Where a person reads what people wrote, and releases each text to be published or holds it back."""

import streamlit as st

from evaluation.access import Role
from evaluation.dashboard import components, resources, state
from evaluation.findings import Words, question_title
from evaluation.measures import QuestionTexts, ScreenedText, stored_rows, waiting_texts
from evaluation.store import Selection

# So many are read before a press; the next come up after it, so that nothing is released that was not on the page.
AT_ONCE = 20
DECIDED = "texts_decided"


def show() -> None:
    """Show the texts of one practice, question by question, those that wait first."""
    words = components.begin(Role.COORDINATOR, "texts.title", "texts.lead")
    t = words.t
    policy = resources.policy().for_open_answers
    st.caption(t("texts.which", n=policy.threshold, least=policy.smallest_part))
    if message := st.session_state.pop(DECIDED, None):
        # Beside the page: what moved the texts down would put another one under the hand.
        st.toast(message, icon=":material/check_circle:")
    stored = resources.stored()
    practices = sorted(set(stored["practice"]), key=words.practice)
    if not practices:
        st.info(t("texts.none"))
        return
    names = {practice: words.practice(practice) for practice in practices}
    with st.container(horizontal=True, vertical_alignment="bottom", width=700):
        practice = state.choose_one("practice", t("charts.column_practice"), practices, names)
        if st.button(t("texts.to_practice"), key="texts_to_practice", icon=":material/arrow_back:"):
            components.go_to("practice", practice=practice)
    questions = resources.question_texts(Selection(practices=(practice,)))
    waiting = waiting_texts(questions)
    if not questions:
        st.info(t("texts.none"))
        return
    st.markdown(f"**{t.plural('texts.waiting', waiting) if waiting else t('texts.all_read')}**")
    for question in sorted(questions, key=lambda question: not question.of("waiting")):
        _question(question, words)


def _question(question: QuestionTexts, words: Words) -> None:
    t = words.t
    key = f"{question.practice}_{question.questionnaire}_{question.item}"
    waiting, released, held_back = (question.of(decision) for decision in ("waiting", "released", "held"))
    st.subheader(components.plain(question_title(question.questionnaire, question.item, words)), divider="gray")
    if waiting:
        st.caption(t.plural("texts.waiting", len(waiting)))
        _texts(waiting[:AT_ONCE], key, ("release", "hold"), words)
        _press_for_all(waiting[:AT_ONCE], len(waiting) - AT_ONCE, key, words)
    for decision, texts, ways in (("released", released, ("hold",)), ("held", held_back, ("release",))):
        if texts:
            with st.expander(t.plural(f"texts.{decision}", len(texts))):
                _texts(texts, f"{key}_{decision}", ways, words)


def _texts(texts: tuple[ScreenedText, ...], key: str, ways: tuple[str, ...], words: Words) -> None:
    """Show texts line by line, each with what can be done with it."""
    for text in texts:
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"text_{key}_{text.digest}"):
            st.markdown(components.plain(text.text), width="stretch")
            for way in ways:
                if st.button(words.t(f"texts.{way}"), key=f"text_{way}_{key}_{text.digest}"):
                    _decide((text,), way == "release", words)


def _press_for_all(texts: tuple[ScreenedText, ...], left: int, key: str, words: Words) -> None:
    """Offer one press for all texts that are on the page."""
    t = words.t
    with st.container(horizontal=True, vertical_alignment="center"):
        label = t.plural("texts.release_all", len(texts))
        if st.button(label, key=f"texts_release_{key}", type="primary"):
            _decide(texts, True, words)
        if left > 0:
            st.caption(t.plural("texts.more", left))


def _decide(texts: tuple[ScreenedText, ...], publishable: bool, words: Words) -> None:
    """Save what the reader decided; whoever's right has ended meanwhile is refused by the store."""
    resources.store().decide_texts(stored_rows(texts), publishable)
    key = "texts.released_now" if publishable else "texts.held_now"
    st.session_state[DECIDED] = words.t.plural(key, len(texts))
    st.rerun()
