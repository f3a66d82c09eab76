"""The part of the settings page that deletes: the sample, one participant code, what is old, everything."""

from datetime import UTC

import streamlit as st

from evaluation.access import GuardedStore
from evaluation.dashboard import audit_view, old_answers, resources, sign_in, state
from evaluation.dashboard.components import plain
from evaluation.dashboard.open_stores import store_at
from evaluation.findings import Words
from evaluation.samples import is_missing, sample_url
from evaluation.store import CodeUse, CohortKey

SAID = "settings_said"
ROUND = "deleting_round"


def say_later(place: str, *texts: str) -> None:
    """Keep a message to show at ``place`` when the page is drawn again."""
    st.session_state[SAID] = (place, texts)


def say_now(place: str) -> None:
    """Say what has been done, once, if it belongs to ``place``."""
    where, texts = st.session_state.get(SAID, (None, ()))
    if where == place:
        del st.session_state[SAID]
        st.success("\n\n".join(texts))


def show(words: Words) -> None:
    """Show the ways to delete, from the smallest to the largest."""
    t = words.t
    st.header(t("settings.delete_title"))
    st.write(t("settings.delete_text"))
    # Other fields every time, so that what was typed for one deletion does not stand there for the next.
    turn = st.session_state.setdefault(ROUND, 0)
    _sample(words)
    _code(turn, words)
    _old(turn, words)
    _all(turn, words)


def _done(place: str, *texts: str) -> None:
    st.session_state[ROUND] += 1
    say_later(place, *texts)
    st.rerun()


def _sample(words: Words) -> None:
    """Delete the sample's database at one press: it can be made again at any time."""
    t, url = words.t, sample_url(state.settings().database)
    say_now("sample")
    if is_missing(url):
        return
    with st.container(border=True):
        st.subheader(t("settings.sample_title"))
        st.write(t("settings.sample_text"))
        if st.button(t("settings.sample_button"), key="remove_sample"):
            GuardedStore(store_at(url), sign_in.access()).remove_sample()
            _done("sample", t("settings.sample_removed"))


def _code(turn: int, words: Words) -> None:
    """Delete one participant code, after showing how much stands under it and where."""
    t, store = words.t, resources.store()
    with st.container(border=True):
        st.subheader(t("settings.code_title"))
        st.write(t("settings.code_text"))
        say_now("code")
        columns = st.columns([2, 2, 1], vertical_alignment="bottom")
        typed = columns[0].text_input(t("settings.code_label"), key=f"code_{turn}", max_chars=100)
        columns[1].button(t("settings.code_show"), key="code_show", width="stretch")
        if not typed.strip():
            return
        use = store.use_of(typed)
        cohorts = _choose_cohorts(use, words)
        forms = sum(place.forms for place in use.places if place.cohort_key in cohorts)
        if use.near:
            st.write(t("settings.code_near", codes=", ".join(map(plain, use.near))))
        made = store.last_report()
        if forms and made is not None:
            day = t.date(made.replace(tzinfo=UTC).astimezone().date())
            st.warning(t("settings.report_made", day=day, threshold=resources.policy().threshold))
        if forms and st.button(t.plural("settings.code_button", forms), key="forget"):
            copies = audit_view.copies(store.copies_with(use.code), words)
            gone = store.forget(use.code, cohorts)
            _done("code", t.plural("settings.forgotten", gone), t("settings.code_elsewhere"), copies)


def _choose_cohorts(use: CodeUse, words: Words) -> frozenset[CohortKey]:
    """Say what stands under a code, cohort by cohort; return those that the worker chooses, a single one at once."""
    t, code = words.t, plain(use.code)
    if not use.places:
        st.write(t("settings.code_unknown", code=code))
        return frozenset()
    st.write(t.plural("settings.code_forms", use.forms, code=code))
    cohorts: dict[CohortKey, list[str]] = {}
    for place in use.places:
        form = words.stored_form(place.questionnaire)
        cohorts.setdefault(place.cohort_key, []).append(f"{form} ({place.forms})")
    descriptions = {
        cohort: plain(f"{words.stored_run(cohort)}: {', '.join(forms)}") for cohort, forms in cohorts.items()
    }
    if len(cohorts) == 1:
        st.markdown("\n".join(f"- {text}" for text in descriptions.values()))
        return frozenset(cohorts)
    st.caption(t("settings.code_same"))
    chosen = [
        cohort for cohort, text in descriptions.items() if st.checkbox(text, key=f"run_{use.code}_{'_'.join(cohort)}")
    ]
    return frozenset(chosen)


def _old(turn: int, words: Words) -> None:
    """Delete what is older than it is to be kept."""
    say_now("old")
    done = old_answers.show(turn, words)
    if done is not None:
        _done("old", done)


def _all(turn: int, words: Words) -> None:
    """Delete everything, after a word that nobody types by chance."""
    t, store = words.t, resources.store()
    say_now("all")
    with st.expander(t("settings.all_title")):
        facts, word = store.facts(), t("settings.delete_word")
        gaps = {"forms": t.number(facts.forms), "imports": t.number(facts.imports)}
        st.write(t("settings.would_delete", file=plain(str(facts.file or "–")), **gaps))
        columns = st.columns([2, 2, 1], vertical_alignment="bottom")
        typed = columns[0].text_input(t("settings.all_label", word=word), key=f"all_{turn}", max_chars=100)
        if columns[1].button(t("settings.all_button"), key="delete_all", width="stretch"):
            if typed.strip().casefold() != word.casefold():
                st.warning(t("settings.all_unsure", word=word))
                return
            store.delete_everything()
            _done("all", t("settings.emptied"))
