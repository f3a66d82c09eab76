"""The course over cohorts: each question of a practice with its intervals, broken where the form changed."""

import streamlit as st

from evaluation.dashboard import components, filters, panel, resources, state
from evaluation.exhibits.trend_exhibits import FOLLOWED, courses
from evaluation.findings import Words, since_before, trends, worded
from evaluation.measures import Evidence

SHOWN = (filters.COUNTY, filters.MUNICIPALITY, filters.YEAR, filters.ROLE)


def show() -> None:
    """Show the course of one practice."""
    words = resources.words()
    t = words.t
    stored = resources.stored()
    practices = sorted(set(stored["practice"]), key=words.practice)
    if not practices:
        components.greet()
        return
    st.title(t("dashboard.page_trend"))
    st.write(t("dashboard.trend_lead"))
    names = {practice: words.practice(practice) for practice in practices}
    with st.container(width=420):
        practice = state.choose_one("practice", t("charts.column_practice"), practices, names)
    evidence = resources.evidence(filters.choose(SHOWN, words, practice))
    components.explain_units(evidence, practice, words)
    drawn = 0
    for family in FOLLOWED:
        drawn += _family(family, evidence, practice, words)
    if not drawn:
        st.write(t("dashboard.trend_too_few"))
    st.markdown("\n".join(f"- {t(key)}" for key in ("reports.limit_small", "reports.limit_control")))


def _family(family: str, evidence: Evidence, practice: str, words: Words) -> int:
    """Draw the questions of a family, form by form and place by place; return how many charts that made."""
    exhibits = list(courses(family, evidence, practice, resources.contents(), words))
    if not exhibits:
        return 0
    st.header(words.t(f"common.family_{family}"), divider="gray")
    findings = (*trends(evidence, family, practice), *since_before(evidence, [practice], family))
    st.markdown("\n".join(f"- {text}" for text in worded(findings, words)))
    for number, exhibit in enumerate(exhibits):
        panel.chart(exhibit, f"trend_{family}_{number}")
    components.explain_suppression(tuple(exhibit.published for exhibit in exhibits), words)
    return len(exhibits)
