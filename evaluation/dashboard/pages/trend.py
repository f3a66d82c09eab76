"""The course over runs and periods: each question of a practice with its intervals, broken where the form changed."""

from collections.abc import Iterator
from functools import partial

import pandas as pd
import streamlit as st

from evaluation import charts
from evaluation.charts import Words
from evaluation.dashboard import components, filters, panel, resources, state
from evaluation.measures import COHORT, JOINT, Evidence, Published
from evaluation.reports import since_before, trends

SHOWN = (filters.MUNICIPALITY, filters.YEAR, filters.ROLE)
# Shares that have an interval and a course worth following.
FOLLOWED = {
    "satisfaction": "satisfaction.favourable",
    "change": "change.retrospective",
    "conditions": "conditions.favourable",
}


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
    published = evidence.table(FOLLOWED[family]).where(practice=practice, level=COHORT)
    drawn = [own for own in _courses(published, words) if own.shown["cohort"].nunique() > 1]
    if not drawn:
        return 0
    st.header(words.t(f"common.family_{family}"), divider="gray")
    told = [*trends(evidence, family, practice, words), *since_before(evidence, [practice], words, family)]
    st.markdown("\n".join(f"- {text}" for text in told) or words.t("dashboard.trend_not_apart"))
    places = published.frame["municipality"].nunique()
    for number, own in enumerate(drawn):
        row = own.frame.iloc[0]
        form = words.form(row["questionnaire"])
        title = words.t("dashboard.trend_of", form=form, measure=words.measure(row["measure"]).lower())
        if places > 1:
            title = f"{row['municipality']}. {title}"
        course = partial(charts.trend, own, words, title, _breaks(own, resources.contents()))
        panel.chart(course, own, words, f"trend_{family}_{number}")
    components.explain_suppression((published,), words)
    return len(drawn)


def _courses(published: Published, words: Words) -> Iterator[Published]:
    frame = published.frame
    for form in (form for form in words.library.questionnaire_ids if form in set(frame["questionnaire"])):
        for place in sorted(set(frame["municipality"])):
            yield published.where(questionnaire=form, municipality=place)


def _breaks(published: Published, contents: pd.DataFrame) -> tuple[str, ...]:
    """Return the units from which on another version of the questionnaire was in use."""
    row = published.frame.iloc[0]
    own = contents[
        (contents["practice"] == row["practice"])
        & (contents["municipality"] == row["municipality"])
        & (contents["questionnaire"] == row["questionnaire"])
    ]
    versions = own.groupby("cohort")["version"].max()
    units = list(dict.fromkeys(published.frame["cohort"]))
    asked = [max(int(versions[run]) for run in unit.split(JOINT)) for unit in units]
    return tuple(unit for unit, before, now in zip(units[1:], asked, asked[1:], strict=False) if before != now)
