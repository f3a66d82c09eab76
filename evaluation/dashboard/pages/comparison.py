"""Practices side by side, across municipalities: one measure at a time, with its uncertainty."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from evaluation import charts
from evaluation.charts import Words
from evaluation.dashboard import components, panel, resources, state
from evaluation.measures import Evidence, Published
from evaluation.reports import compared
from evaluation.store import Selection

STEPS = "change.steps"


@dataclass(frozen=True)
class Comparable:
    """One thing that can be compared: its id in the address, its name, its rows, and what may be said of them."""

    id: str
    name: str
    published: Published
    compared: Published | None = None


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
    with columns[0]:
        wanted = _choose_between(evidence, words)
    offered = {each.id: each for each in _comparables(evidence, wanted, words)}
    if not offered:
        st.write(t("dashboard.nothing_yet"))
        return
    with columns[1]:
        names = {each.id: each.name for each in offered.values()}
        measure = state.choose_one("measure", t("charts.column_measure"), list(offered), names)
    found = offered[measure]
    # The steps of change are compared on a scale of their own, which has no place in a chart of shares.
    drawn = found.compared if found.compared is not None and found.compared.measure != STEPS else None
    figure = charts.comparison(found.published, words, found.name, drawn)
    panel.chart(figure, found.published, words, "comparison")
    if found.compared is not None:
        st.markdown("\n".join(f"- {text}" for text in compared(found.compared, words)))
        panel.more_figures((found.compared,), words, "comparison_more")
    components.explain_suppression((found.published,), words)
    st.markdown(
        "\n".join(
            f"- {t(key)}" for key in ("dashboard.comparison_care", "reports.limit_small", "reports.limit_control")
        )
    )


def _choose_between(evidence: Evidence, words: Words) -> dict[str, object]:
    """Let the reader compare practices with each other, or the runs of one; return what the rows must have."""
    t = words.t
    runs = evidence.table("satisfaction.comparison").where(level="cohort").frame
    practices = sorted(set(runs["practice"]), key=words.practice)
    names = {"": t("dashboard.compare_practices")} | {
        each: t("dashboard.compare_runs", practice=words.practice(each)) for each in practices
    }
    chosen = state.choose_one("between", t("dashboard.compare_what"), list(names), names)
    return {"level": "cohort", "practice": chosen} if chosen else {"level": "practice"}


def _comparables(evidence: Evidence, wanted: dict[str, object], words: Words) -> Iterator[Comparable]:
    """Yield every measure of which some unit has the wanted rows."""
    for table, measure in (
        ("participation.enrolment", "completed"),
        ("participation.attendance", "attendance_rate"),
        ("participation.attendance", "present_per_session"),
        ("participation.visits", "visits_per_opening"),
    ):
        published = evidence.table(table).where(measure=measure, **wanted)
        if measure == "visits_per_opening":
            published = published.where(occasion=math.nan)
        if not published.empty:
            name = f"{words.t('common.family_participation')}: {words.measure(measure).lower()}"
            yield Comparable(measure, name, published)
    for table, tested in (
        ("satisfaction.favourable", "satisfaction.comparison"),
        ("change.paired", STEPS),
        ("change.retrospective", "change.comparison"),
        ("conditions.favourable", "conditions.comparison"),
    ):
        yield from _by_question(evidence.table(table).where(**wanted), evidence.table(tested).where(**wanted), words)


def _by_question(published: Published, tested: Published, words: Words) -> Iterator[Comparable]:
    """Yield every question of every questionnaire: what is asked at a visit and at the end are different things."""
    family, _, measure = published.measure.partition(".")
    pairs = list(dict.fromkeys(zip(published.frame["item"], published.frame["questionnaire"], strict=True)))
    for item, form in pairs:
        told = f"{words.t(f'common.family_{family}')}: {words.item(item)} – {words.measure(measure).lower()}"
        several = sum(other == item for other, _ in pairs) > 1
        title = words.t.label(words.library.questionnaire(form).title.root)
        name = f"{told} ({title})" if several else told
        own = tested.where(item=item, questionnaire=form)
        yield Comparable(
            f"{measure}-{form}-{item}",
            name,
            published.where(item=item, questionnaire=form),
            None if own.shown.empty else own,
        )
