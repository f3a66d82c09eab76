"""What the page of a practice shows of each family: who took part, what they think, what changed, the conditions."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import streamlit as st

from evaluation import charts
from evaluation.charts import Words
from evaluation.charts.figure import Figure
from evaluation.dashboard import components, panel
from evaluation.measures import COHORT, REGISTRY, Evidence, Published
from evaluation.reports import by_national_theme, first_change, responses, usefulness

LONGEST_STACKED_SCALE = 7


def draw(family: str, evidence: Evidence, practice: str, words: Words) -> None:
    """Draw the charts of a family, and offer its other tables."""
    drawers = {"participation": _participation, "satisfaction": _opinions, "change": _change, "conditions": _conditions}
    if not drawers[family](evidence, practice, words):
        st.write(words.t("dashboard.nothing_yet"))
    as_tables = tuple(row.name for row in REGISTRY.of_family(family) if row.place.page == "table")
    tables = _Later(evidence, as_tables, practice)
    panel.more_figures(tables, words, f"practice_more_{family}")


@dataclass(frozen=True)
class _Later:
    """Tables of a practice that are computed when somebody goes through them, each time anew."""

    evidence: Evidence
    names: tuple[str, ...]
    practice: str

    def __iter__(self) -> Iterator[Published]:
        return (self.evidence.table(name).widest(self.practice) for name in self.names)


def _participation(evidence: Evidence, practice: str, words: Words) -> int:
    drawn = 0
    columns = st.columns(2)
    for name, chart in (("enrolment", charts.enrolment), ("sessions", charts.sessions), ("openings", charts.openings)):
        published = evidence.table(f"participation.{name}").where(practice=practice, level=COHORT)
        if not published.empty:
            with columns[drawn % 2]:
                panel.chart(partial(chart, published, words), published, words, f"practice_{name}")
            drawn += 1
    facts = evidence.table("participation.distribution").widest(practice)
    for item in dict.fromkeys(facts.frame["item"]):
        asked = facts.where(item=item)
        with columns[drawn % 2]:
            _question(charts.satisfaction, asked, words, f"practice_{item}")
        drawn += 1
    return drawn


def _question(chart: Callable[[Published, Words], Figure], asked: Published, words: Words, key: str) -> None:
    """Draw the answers to one question, or say that they are too few."""
    if asked.shown.empty:
        item = words.item(str(asked.frame["item"].iloc[0]))
        st.write(f"{item}: {words.t('dashboard.form_left_out', threshold=asked.threshold)}")
    else:
        panel.chart(partial(chart, asked, words), asked, words, key)


def _opinions(evidence: Evidence, practice: str, words: Words) -> int:
    answers = evidence.table("satisfaction.distribution").widest(practice)
    rated = evidence.table("satisfaction.favourable").widest(practice)
    forms = [form for form in words.library.questionnaire_ids if form in set(answers.frame["questionnaire"])]
    for form in forms:
        st.subheader(words.form(form))
        part = answers.where(questionnaire=form)
        for text in responses(evidence, practice, words, questionnaire=form):
            st.caption(text)
        if part.shown.empty:
            st.write(words.t("dashboard.form_left_out", threshold=part.threshold))
            continue
        _spread(form, part, rated.where(questionnaire=form), words)
    themed = by_national_theme(evidence, practice, words.library)
    if not themed.shown.empty:
        panel.as_table(words.t("charts.national_title"), themed, words, "practice_national")
    components.explain_suppression((answers,), words)
    return len(forms)


def _spread(form: str, answers: Published, shares: Published, words: Words) -> None:
    """Draw how the answers to a form spread, beside the share that is favourable."""
    columns = st.columns(2)
    items = list(dict.fromkeys(answers.frame["item"]))
    short = [item for item in items if len(words.scale(item).values) <= LONGEST_STACKED_SCALE]
    with columns[0]:
        # A stacked chart has the answers of one scale.
        for scale in dict.fromkeys(words.scale(item).id for item in short):
            one = answers.where(item=tuple(item for item in short if words.scale(item).id == scale))
            panel.chart(partial(charts.satisfaction, one, words), one, words, f"practice_spread_{form}_{scale}")
        long = answers.where(item=tuple(item for item in items if item not in short))
        if not long.empty:
            _question(charts.recommendation, long, words, f"practice_recommend_{form}")
    with columns[1]:
        panel.chart(partial(charts.favourable, shares, words), shares, words, f"practice_favourable_{form}")


def _change(evidence: Evidence, practice: str, words: Words) -> int:
    paired = evidence.table("change.paired").widest(practice)
    told = evidence.table("change.retrospective").widest(practice)
    matched = evidence.table("change.matched").widest(practice)
    # Measures with scales of their own stand in charts of their own.
    for number, (title, one) in enumerate(_by_form(paired, words)):
        _caption(title)
        panel.chart(partial(charts.change, one, words, matched), one, words, f"practice_paired_{number}")
    columns = st.columns(2)
    for number, (title, one) in enumerate(_by_form(told, words)):
        with columns[number % 2]:
            _caption(title)
            panel.chart(partial(charts.change_bars, one, words), one, words, f"practice_retrospective_{number}")
    components.explain_suppression((paired, told), words)
    return len(paired.frame) + len(told.frame)


def _by_form(published: Published, words: Words) -> list[tuple[str, Published]]:
    """Return the rows of each questionnaire with its title, which is empty when there is one only."""
    forms = list(dict.fromkeys(published.frame["questionnaire"]))
    return [(words.form(form) if len(forms) > 1 else "", published.where(questionnaire=form)) for form in forms]


def _caption(title: str) -> None:
    if title:
        st.caption(title)


def _conditions(evidence: Evidence, practice: str, words: Words) -> int:
    """Draw what those who do the work think beside the clients' view."""
    rated = evidence.table("conditions.favourable").widest(practice)
    clients = evidence.table("satisfaction.favourable").widest(practice)
    if rated.empty:
        return 0
    if rated.shown.empty:
        st.write(words.t("dashboard.form_left_out", threshold=rated.threshold))
        return len(rated.frame)
    panel.chart(partial(charts.conditions, rated, clients, words), rated, words, "practice_conditions", (clients,))
    components.explain_suppression((rated,), words)
    return len(rated.frame)


def runs_side_by_side(evidence: Evidence, practice: str, words: Words) -> None:
    """Draw the runs of a practice beside each other: completion, usefulness, and the change it aims at first."""
    figures = [evidence.table("participation.enrolment").where(measure="completed")]
    asked = (
        ("satisfaction.favourable", usefulness(practice, words.library)),
        ("change.retrospective", first_change(practice, words.library)),
    )
    for name, question in asked:
        if question is not None:
            form, item = question
            figures.append(evidence.table(name).where(questionnaire=form, item=item))
    visits = evidence.table("participation.visits").where(measure="visits_per_opening", occasion=math.nan)
    drawn = [own for each in (*figures, visits) if len((own := each.where(practice=practice, level=COHORT)).frame) > 1]
    if not drawn:
        return
    st.header(words.t("dashboard.runs_title"), divider="gray")
    st.caption(words.t("reports.comparison_care"))
    columns = st.columns(2)
    for number, (title, own) in enumerate(_titled(drawn, words)):
        with columns[number % 2]:
            panel.chart(partial(charts.comparison, own, words, title), own, words, f"practice_runs_{number}")


def _titled(drawn: list[Published], words: Words) -> Iterator[tuple[str, Published]]:
    for own in drawn:
        row = own.frame.iloc[0]
        measure = words.measure(str(row["measure"]))
        yield (f"{words.item(str(row['item']))}: {measure.lower()}" if row["item"] else measure), own
