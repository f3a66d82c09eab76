"""The page of one practice: one look, then its families, voices, cohorts side by side, and what cannot be concluded."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from evaluation.dashboard import (
    answer_view,
    components,
    family_view,
    filters,
    report_downloads,
    resources,
    respondents,
    state,
    texts_waiting,
    voices,
)
from evaluation.dashboard.importing.receipts import show_news
from evaluation.exhibits import Report, methods, practice_report
from evaluation.findings import Words, coverage_text, limits, sentences
from evaluation.findings.answer_card import answer_card
from evaluation.measures import Evidence, OpenAnswers
from evaluation.store import Selection

SHOWN = (filters.COUNTY, filters.MUNICIPALITY, filters.COHORT, filters.YEAR)
MOST_SENTENCES = 4
# Narrow enough for the head of the page to stand in one row.
SELECT = 180
# Many a practice asks nothing of these families.
FAMILIES = ("participation", "satisfaction", "change", "choices", "conditions")
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
    with st.container(horizontal=True, vertical_alignment="center", key="practice_head"):
        names = {practice: words.practice(practice) for practice in practices}
        title = st.container(width="content")
        with st.container(width=SELECT):
            chosen = state.choose_one("practice", words.t("charts.column_practice"), practices, names)
        title.title(words.practice(chosen), anchor=False)
        selection = filters.choose(SHOWN, words, chosen, width=SELECT)
        st.space("stretch")
        files = st.container(width="content")
    evidence = resources.evidence(selection)
    answers = resources.open_answers(selection)
    with files:
        _offer_reports(evidence, answers, chosen, resources.synthetic(), words)
    _facts(chosen, stored[stored["practice"] == chosen], evidence, words)
    components.explain_units(evidence, chosen, words)
    respondents.show(evidence, chosen, words)
    answer_view.show(answer_card(evidence, chosen, words, _of_its_type(chosen, words)), words)
    texts_waiting.show([chosen], "voices", words)
    _tabs(chosen, evidence, answers, words)


def _tabs(practice: str, evidence: Evidence, answers: tuple[OpenAnswers, ...], words: Words) -> None:
    """Show what stands behind the card, a tab a family: only the open one is computed, and the address keeps it."""
    t = words.t
    families = [
        name for name in FAMILIES if name not in ONLY_WHERE_ASKED or family_view.is_asked(name, evidence, practice)
    ]
    tabs: dict[str, Callable[[], None]] = {
        t(f"common.family_{family}"): partial(_family, family, evidence, practice, words) for family in families
    }
    tabs[t("dashboard.voices_title")] = partial(_voices, answers, practice, words)
    if family_view.has_cohorts(evidence, practice, words):
        tabs[t("dashboard.runs_title")] = partial(family_view.cohorts_side_by_side, evidence, practice, words)
    tabs[t("reports.limits_title")] = partial(_limits, evidence, practice, words)
    for tab, draw in zip(st.tabs(list(tabs), key="part", bind="query-params"), tabs.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def _family(family: str, evidence: Evidence, practice: str, words: Words) -> None:
    findings = sentences(evidence, practice, words, MOST_SENTENCES)
    family_view.draw(family, evidence, practice, words, findings[family])


def _of_its_type(practice: str, words: Words) -> Evidence | None:
    """Return what may be published of the practices of its type; None where it is the only one."""
    kind = words.library.practices[practice].type
    stored = set(resources.stored()["practice"])
    alike = sorted(one.id for one in words.library.practices.values() if one.type == kind and one.id in stored)
    return resources.evidence(Selection(tuple(alike))) if len(alike) > 1 else None


def _facts(practice: str, stored: pd.DataFrame, evidence: Evidence, words: Words) -> None:
    """Show where the practice is run, for whom and how often, and from when the answers are."""
    definition = words.library.practices[practice]
    facts = (
        words.places(set(stored["municipality"])),
        *(words.t.label(text.root) for text in definition.description),
    )
    st.caption(f"{' · '.join(facts)}  \n{coverage_text(evidence, [practice], words)}")


def _offer_reports(
    evidence: Evidence, answers: tuple[OpenAnswers, ...], practice: str, synthetic: bool, words: Words
) -> None:
    def report(day: date) -> Report:
        return practice_report(evidence, answers, words.library, practice, words, day, synthetic)

    report_downloads.offer_reports(report, practice, words)


def _voices(answers: tuple[OpenAnswers, ...], practice: str, words: Words) -> None:
    """Show what people wrote."""
    voices.show(answers, resources.policy().open_from, words)
    texts_waiting.offer_change(practice, words)


def _limits(evidence: Evidence, practice: str, words: Words) -> None:
    """Say what cannot be concluded from the figures, and how they were computed under a fold."""
    st.markdown("\n".join(f"- {text}" for text in limits(evidence, practice, words)))
    with st.expander(words.t("dashboard.method_title")):
        st.markdown("\n".join(f"- {text}" for text in methods(evidence, [practice], words, voices=True)))
