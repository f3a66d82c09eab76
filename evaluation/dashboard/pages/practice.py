"""The page of one practice: one look, then its families, voices, cohorts side by side, and what cannot be concluded."""

from datetime import date

import pandas as pd
import streamlit as st

from evaluation.dashboard import (
    components,
    family_view,
    filters,
    headline,
    report_downloads,
    resources,
    respondents,
    state,
    texts_waiting,
    voices,
)
from evaluation.dashboard.importing.receipts import show_news
from evaluation.exhibits import Report, methods, practice_report
from evaluation.findings import Words, coverage_text, glance_of_one, limits, sentences
from evaluation.measures import Evidence, OpenAnswers

SHOWN = (filters.COUNTY, filters.MUNICIPALITY, filters.COHORT, filters.YEAR)
MOST_SENTENCES = 4
# Many a practice asks nothing of these families.
ONLY_WHERE_ASKED = ("choices", "conditions")


def show() -> None:
    """Show one practice."""
    words = resources.words()
    stored = resources.stored()
    practices = sorted(set(stored["practice"]), key=words.practice)
    if not practices:
        components.greet()
        return
    show_news(words)
    with st.container(width=420):
        names = {practice: words.practice(practice) for practice in practices}
        chosen = state.choose_one("practice", words.t("charts.column_practice"), practices, names)
    _head(chosen, stored[stored["practice"] == chosen], words)
    selection = filters.choose(SHOWN, words, chosen)
    evidence = resources.evidence(selection)
    st.caption(coverage_text(evidence, [chosen], words))
    components.explain_units(evidence, chosen, words)
    respondents.show(evidence, chosen, words)
    answers = resources.open_answers(selection)
    _offer_reports(evidence, answers, chosen, resources.synthetic(), words)
    headline.show(glance_of_one(evidence, chosen, words.library), words)
    findings = sentences(evidence, chosen, words, MOST_SENTENCES)
    for family in ("participation", "satisfaction", "change", "choices", "conditions"):
        if family in ONLY_WHERE_ASKED and not family_view.is_asked(family, evidence, chosen):
            continue
        st.header(words.t(f"common.family_{family}"), divider="gray")
        family_view.draw(family, evidence, chosen, words, findings[family])
    _voices(answers, chosen, words)
    family_view.cohorts_side_by_side(evidence, chosen, words)
    _limits(evidence, chosen, words)


def _head(practice: str, stored: pd.DataFrame, words: Words) -> None:
    """Show the name of the practice, where it is run, for whom and how often."""
    definition = words.library.practices[practice]
    st.title(words.practice(practice))
    facts = (
        words.places(set(stored["municipality"])),
        *(words.t.label(text.root) for text in definition.description),
    )
    st.write(" · ".join(facts))


def _offer_reports(
    evidence: Evidence, answers: tuple[OpenAnswers, ...], practice: str, synthetic: bool, words: Words
) -> None:
    def report(day: date) -> Report:
        return practice_report(evidence, answers, words.library, practice, words, day, synthetic)

    report_downloads.offer_reports(report, practice, words)


def _voices(answers: tuple[OpenAnswers, ...], practice: str, words: Words) -> None:
    """Show what people wrote, and how much of it waits for somebody to read it."""
    policy = resources.policy()
    st.header(words.t("dashboard.voices_title"), divider="gray")
    texts_waiting.show([practice], "voices", words)
    voices.show(answers, policy.open_from, words)
    texts_waiting.offer_change(practice, words)


def _limits(evidence: Evidence, practice: str, words: Words) -> None:
    """Say what cannot be concluded from the figures, and how they were computed under a fold."""
    st.header(words.t("reports.limits_title"), divider="gray")
    st.markdown("\n".join(f"- {text}" for text in limits(evidence, practice, words)))
    with st.expander(words.t("dashboard.method_title")):
        st.markdown("\n".join(f"- {text}" for text in methods(evidence, [practice], words, voices=True)))
