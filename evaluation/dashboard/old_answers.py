"""The part of the settings page that deletes answers older than they are to be kept."""

from collections.abc import Iterable
from datetime import UTC, datetime

import streamlit as st

from evaluation.dashboard import resources, state
from evaluation.dashboard.components import plain
from evaluation.findings import Words
from evaluation.measures import Retirement, months_before, retirement, take_counts
from evaluation.settings import KEEP_MONTHS
from evaluation.store import CohortAge

ASKED = "retire_asked"
# A hundred years: nobody is to type more by a slip of the hand.
MOST_MONTHS = 1200


def show(turn: int, words: Words) -> str | None:
    """Show how long answers are kept, and what is older; return what has been done, if anything was."""
    t, months = words.t, state.settings().keep_months
    with st.container(border=True):
        st.subheader(t("settings.keep_title"))
        st.write(t("settings.keep_text"))
        message = _months(months, words)
        if message is not None:
            return message
        if not months:
            return None
        if st.button(t("settings.retire_show"), key="retire_show"):
            st.session_state[ASKED] = turn
        if st.session_state.get(ASKED) != turn:
            return None
        return _delete(turn, months, words)


def _months(months: int, words: Words) -> str | None:
    """Show the time that answers are kept, to be changed where the environment does not say it."""
    t, settings = words.t, state.settings()
    if KEEP_MONTHS in settings.fixed:
        st.info(t("settings.keep_fixed", months=months) if months else t("settings.keep_unlimited"))
        return None
    columns = st.columns([2, 1, 2], vertical_alignment="bottom")
    label, key = t("settings.keep_label"), "settings_keep"
    wanted = columns[0].number_input(label, min_value=0, max_value=MOST_MONTHS, value=months, key=key)
    if not columns[1].button(t("settings.keep_save"), key="save_keep", width="stretch"):
        return None
    resources.keep(KEEP_MONTHS, int(wanted))
    return t("settings.keep_saved", months=int(wanted))


def _delete(turn: int, months: int, words: Words) -> str | None:
    """Show what is older, and delete it after a word that nobody types by chance."""
    t, plan = words.t, _retirement(months, words)
    if plan.waiting:
        st.write(t("settings.retire_waiting"))
        _list(plan.waiting, words)
        if st.checkbox(t("settings.retire_waiting_too"), key=f"retire_waiting_{turn}"):
            plan = plan.at_once()
    day = t.date(plan.older_than)
    if not plan.due:
        st.write(t("settings.retire_none", day=day))
        return None
    st.write(t.plural("settings.retire_due", plan.forms, day=day))
    _list(plan.due, words)
    word = t("settings.retire_word")
    columns = st.columns([2, 2, 1], vertical_alignment="bottom")
    typed = columns[0].text_input(t("settings.retire_label", word=word), key=f"retire_{turn}", max_chars=100)
    if not columns[1].button(t("settings.retire_button"), key="retire", width="stretch"):
        return None
    if typed.strip().casefold() != word.casefold():
        st.warning(t("settings.all_unsure", word=word))
        return None
    return t.plural("settings.retired", resources.store().retire(plan.runs, plan.older_than))


def _retirement(months: int, words: Words) -> Retirement:
    store, day = resources.store(), months_before(datetime.now(UTC).astimezone().date(), months)
    policy = resources.policy()
    counts = take_counts(store, words.library, policy)
    return retirement(store.cohort_ages(), counts, words.library, policy, day)


def _list(ages: Iterable[CohortAge], words: Words) -> None:
    lines = (f"{words.stored_run(age.cohort_key)}: {words.t.date(age.last_on)} ({age.forms})" for age in ages)
    st.markdown("\n".join(f"- {plain(text)}" for text in lines))
