"""The page of one practice: who took part, how satisfied they were, what changed by their own account; its slides."""

from collections.abc import Iterator
from functools import partial

import streamlit as st

from evaluation import charts
from evaluation.charts import Words
from evaluation.dashboard import components, panel, resources, state
from evaluation.measures import Evidence, Published
from evaluation.reports import limits, responses, sentences, slides
from evaluation.store import Selection

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
LONGEST_STACKED_SCALE = 7
WITHOUT_CHART = {
    "participation": (
        "participation.attendance",
        "participation.drop_out",
        "participation.response",
        "participation.newcomers",
        "participation.waiting",
    ),
    "satisfaction": ("satisfaction.recommendation", "satisfaction.score", "satisfaction.trend"),
    "change": ("change.matched", "change.follow_up", "change.agreement", "change.attrition", "change.trend"),
    "conditions": ("conditions.distance", "conditions.trend"),
}


def show() -> None:
    """Show one practice."""
    contents = resources.contents()
    words = resources.words()
    practices = sorted(set(contents["practice"]) & set(words.library.practices), key=words.practice)
    if not practices:
        components.greet()
        return
    chosen = _choose(practices, words)
    own = contents[contents["practice"] == chosen]
    definition = words.library.practices[chosen]
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        st.title(words.practice(chosen))
        facts = (
            ", ".join(definition.municipalities),
            *map(words.t.label, (definition.target_group.root, definition.rhythm.root)),
        )
        st.write(" · ".join(facts))
    selection = _narrow(chosen, sorted(set(own["municipality"])), list(dict.fromkeys(own["cohort"])), words)
    evidence = resources.evidence(selection)
    components.explain_units(evidence, chosen, words)
    with right:
        make = partial(slides, evidence, words.library, chosen, words.t, bool(own["synthetic"].any()))
        label = words.t("dashboard.download_slides")
        components.offer(label, make, f"{chosen}.pptx", PPTX, "slides", icon="slideshow", first=True)
    told = sentences(evidence, chosen, words)
    draws = {"participation": _participation, "satisfaction": _opinions, "change": _change, "conditions": _opinions}
    for family, draw in draws.items():
        if family == "conditions" and evidence.table("conditions.distribution").widest(chosen).empty:
            continue
        st.header(words.t(f"common.family_{family}"), divider="gray")
        if told[family]:
            st.markdown("\n".join(f"- {text}" for text in told[family][:4]))
        draw(evidence, chosen, family, words)
        tables = (evidence.table(name).widest(chosen) for name in WITHOUT_CHART[family])
        panel.more_figures(tables, words, f"practice_more_{family}")
    st.header(words.t("reports.limits_title"), divider="gray")
    st.markdown("\n".join(f"- {text}" for text in limits(evidence, chosen, words)))


def _choose(practices: list[str], words: Words) -> str:
    names = {practice: words.practice(practice) for practice in practices}
    return state.choose_one("practice", words.t("charts.column_practice"), practices, names)


def _narrow(practice: str, municipalities: list[str], cohorts: list[str], words: Words) -> Selection:
    """Let the reader narrow the page to municipalities and runs, where there are several."""
    chosen: dict[str, tuple[str, ...]] = {"municipality": (), "cohort": ()}
    offered = {"municipality": municipalities, "cohort": [name for name in cohorts if name]}
    shown = [name for name, options in offered.items() if len(options) > 1]
    for name, column in zip(shown, st.columns(2), strict=False):
        with column:
            chosen[name] = state.choose_some(
                name, words.t(f"charts.column_{name}"), offered[name], words.t(f"dashboard.all_{name}")
            )
    return Selection((practice,), chosen["municipality"], chosen["cohort"])


def _participation(evidence: Evidence, practice: str, _family: str, words: Words) -> None:
    drawn = 0
    columns = st.columns(2)
    for name, draw in (
        ("enrolment", charts.enrolment),
        ("sessions", charts.sessions),
        ("openings", charts.openings),
    ):
        published = evidence.table(f"participation.{name}").where(practice=practice, level="cohort")
        if not published.empty:
            with columns[drawn % 2]:
                panel.chart(draw(published, words), published, words, f"practice_{name}")
            drawn += 1
    _say_if_none(drawn, words)


def _opinions(evidence: Evidence, practice: str, family: str, words: Words) -> None:
    answers = evidence.table(f"{family}.distribution").widest(practice)
    rated = evidence.table(f"{family}.favourable").widest(practice)
    forms = [form for form in words.library.questionnaire_ids if form in set(answers.frame["questionnaire"])]
    for form in forms:
        st.subheader(words.t.label(words.library.questionnaire(form).title.root))
        part = answers.where(questionnaire=form)
        for text in responses(evidence, practice, words, questionnaire=form):
            st.caption(text)
        if part.shown.empty:
            st.write(words.t("dashboard.form_left_out", threshold=part.threshold))
            continue
        columns = st.columns(2)
        spread, long = _by_scale(part, words)
        for scale, one in _of_each_scale(spread, words):
            with columns[0]:
                panel.chart(charts.satisfaction(one, words), one, words, f"practice_spread_{form}_{scale}")
        with columns[1]:
            shares = rated.where(questionnaire=form)
            panel.chart(charts.favourable(shares, words), shares, words, f"practice_favourable_{form}")
        if not long.empty:
            with columns[0]:
                panel.chart(charts.recommendation(long, words), long, words, f"practice_recommend_{form}")
    components.explain_suppression((answers,), words)
    _say_if_none(len(forms), words)


def _by_scale(answers: Published, words: Words) -> tuple[Published, Published]:
    """Return the questions whose scale fits a stacked bar, and those with a longer one."""
    items = list(dict.fromkeys(answers.frame["item"]))
    short = tuple(item for item in items if len(words.scale(item).values) <= LONGEST_STACKED_SCALE)
    return answers.where(item=short), answers.where(item=tuple(item for item in items if item not in short))


def _of_each_scale(answers: Published, words: Words) -> Iterator[tuple[str, Published]]:
    """Yield the questions scale by scale: a stacked chart has the answers of one."""
    items = list(dict.fromkeys(answers.frame["item"]))
    for scale in dict.fromkeys(words.scale(item).id for item in items):
        yield scale, answers.where(item=tuple(item for item in items if words.scale(item).id == scale))


def _change(evidence: Evidence, practice: str, _family: str, words: Words) -> None:
    paired = evidence.table("change.paired").widest(practice)
    told = evidence.table("change.retrospective").widest(practice)
    # Measures with scales of their own stand in charts of their own.
    for title, one in _by_form(paired, words):
        columns = st.columns(2)
        with columns[0]:
            _caption(title)
            panel.chart(charts.change_bars(one, words), one, words, f"practice_paired_{title}")
        with columns[1]:
            _caption(title)
            panel.chart(charts.dumbbell(one, words), one, words, f"practice_dumbbell_{title}")
    columns = st.columns(2)
    for number, (title, one) in enumerate(_by_form(told, words)):
        with columns[number % 2]:
            _caption(title)
            panel.chart(charts.change_bars(one, words), one, words, f"practice_retrospective_{title}")
    components.explain_suppression((paired, told), words)
    _say_if_none(len(paired.frame) + len(told.frame), words)


def _by_form(published: Published, words: Words) -> list[tuple[str, Published]]:
    """Return the rows of each questionnaire with its title, which is empty when there is one only."""
    forms = list(dict.fromkeys(published.frame["questionnaire"]))
    titles = {form: words.t.label(words.library.questionnaire(form).title.root) for form in forms}
    return [(titles[form] if len(forms) > 1 else "", published.where(questionnaire=form)) for form in forms]


def _caption(title: str) -> None:
    if title:
        st.caption(title)


def _say_if_none(count: int, words: Words) -> None:
    if not count:
        st.write(words.t("dashboard.nothing_yet"))
