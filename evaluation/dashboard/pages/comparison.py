"""Practices side by side, across municipalities: one measure at a time, with its uncertainty."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from evaluation import charts
from evaluation.charts import Words
from evaluation.dashboard import components, resources, state
from evaluation.measures import Evidence, Published
from evaluation.store import Selection


@dataclass(frozen=True)
class Comparable:
    """One thing that can be compared: its id in the address, its name, and its rows."""

    id: str
    name: str
    published: Published


def show() -> None:
    """Show one measure of all practices."""
    contents = resources.contents()
    if contents.empty:
        components.greet()
        return
    words = resources.words()
    t = words.t
    st.title(t("dashboard.page_comparison"))
    st.write(t("dashboard.comparison_lead"))
    library = words.library
    present = sorted(set(contents["practice"]) & set(library.practices))
    types = {library.practices[practice].type for practice in present}
    type_names = {"": t("dashboard.all_types")} | {
        each: t.label(library.types[each].label.root) for each in sorted(types)
    }
    columns = st.columns([2, 3, 3])
    with columns[0]:
        kind = state.choose_one("type", t("dashboard.practice_type"), list(type_names), type_names)
    with columns[2]:
        places = sorted(set(contents["municipality"]))
        municipalities = state.choose_some(
            "municipality", t("charts.column_municipality"), places, t("dashboard.all_municipality")
        )
    chosen = tuple(practice for practice in present if kind in ("", library.practices[practice].type))
    evidence = resources.evidence(Selection(chosen, municipalities))
    offered = {each.id: each for each in _comparables(evidence, words)}
    if not offered:
        st.write(t("dashboard.nothing_yet"))
        return
    with columns[1]:
        names = {each.id: each.name for each in offered.values()}
        measure = state.choose_one("measure", t("charts.column_measure"), list(offered), names)
    found = offered[measure]
    figure = charts.comparison(found.published, words, found.name)
    components.chart(figure, found.published, words, "comparison")
    components.explain_suppression((found.published,), words)
    st.markdown(
        "\n".join(
            f"- {t(key)}" for key in ("dashboard.comparison_care", "reports.limit_small", "reports.limit_control")
        )
    )


def _comparables(evidence: Evidence, words: Words) -> Iterator[Comparable]:
    """Yield every measure of which some practice has rows."""
    for table, measure in (
        ("participation.enrolment", "completed"),
        ("participation.attendance", "attendance_rate"),
        ("participation.attendance", "present_per_session"),
        ("participation.visits", "visits_per_opening"),
    ):
        published = evidence.table(table).where(level="practice", measure=measure)
        if measure == "visits_per_opening":
            published = published.where(occasion=math.nan)
        if not published.empty:
            name = f"{words.t('common.family_participation')}: {words.measure(measure).lower()}"
            yield Comparable(measure, name, published)
    for table in ("satisfaction.favourable", "change.paired", "change.retrospective", "conditions.favourable"):
        yield from _by_question(evidence.table(table).where(level="practice"), words)


def _by_question(published: Published, words: Words) -> Iterator[Comparable]:
    """Yield every question of every questionnaire: what is asked at a visit and at the end are different things."""
    family, _, measure = published.measure.partition(".")
    pairs = list(dict.fromkeys(zip(published.frame["item"], published.frame["questionnaire"], strict=True)))
    for item, form in pairs:
        told = f"{words.t(f'common.family_{family}')}: {words.item(item)} – {words.measure(measure).lower()}"
        several = sum(other == item for other, _ in pairs) > 1
        title = words.t.label(words.library.questionnaire(form).title.root)
        name = f"{told} ({title})" if several else told
        yield Comparable(f"{measure}-{form}-{item}", name, published.where(item=item, questionnaire=form))
