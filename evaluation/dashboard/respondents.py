"""Asks who answers: whether the groups, or the days, of a practice are of different people."""

import streamlit as st

from evaluation.dashboard import resources, sign_in
from evaluation.findings import Words, waiting, waiting_text
from evaluation.measures import Evidence
from evaluation.store import SPANS, DifferentPeople, Span

PERHAPS, DIFFERENT = "perhaps", "different"
SAVED = "respondents_saved"
# Forms that one person fills again and again, on different days.
AGAIN_AND_AGAIN = ("session", "visit")


def show(evidence: Evidence, practice: str, words: Words) -> None:
    """Say which forms wait for more people, and let a worker state who answers: at once where something waits."""
    if st.session_state.pop(SAVED, False):
        st.success(words.t("dashboard.respondents_saved"))
    forms = waiting(practice, evidence)
    for form in forms:
        st.info(f"**{words.form(form.questionnaire)}**: {waiting_text(form, evidence, words)}")
    stored = resources.stored()
    towns = sorted(set(stored.loc[stored["practice"] == practice, "municipality"]))
    towns = [town for town in towns if sign_in.access().contributes_to(town)]
    if resources.synthetic() or not towns:
        return
    stated = resources.store().different_people()
    with st.expander(words.t("dashboard.respondents_title"), expanded=bool(forms)):
        timings = set(stored.loc[stored["practice"] == practice, "timing"])
        spans = SPANS if timings & {*AGAIN_AND_AGAIN} else SPANS[:1]
        with st.form(f"respondents_{practice}", border=False):
            choices = {
                town: [span for span in spans if _differs(span, practice, town, stated, words)] for town in towns
            }
            st.caption(words.t("dashboard.respondents_care"))
            if st.form_submit_button(words.t("dashboard.respondents_save")):
                for town, different in choices.items():
                    resources.store().state_different(practice, town, different)
                st.session_state[SAVED] = True
                st.rerun()


def _differs(span: Span, practice: str, town: str, stated: DifferentPeople, words: Words) -> bool:
    """Ask whether the groups or days are of different people."""
    places = stated.cohorts if span == "cohort" else stated.days
    choice = st.radio(
        words.t(f"dashboard.respondents_{span}", municipality=town),
        (PERHAPS, DIFFERENT),
        index=int((practice, town) in places),
        format_func=lambda option: words.t(f"dashboard.respondents_{option}"),
        key=f"respondents_{practice}_{town}_{span}",
    )
    return choice == DIFFERENT
