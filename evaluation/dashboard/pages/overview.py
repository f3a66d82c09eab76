"""All practices at a glance: who was reached, how many are satisfied and better off, what changed, what is missing."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import streamlit as st

from evaluation.dashboard import components, filters, headline, panel, report_downloads, resources, state
from evaluation.dashboard.importing.receipts import show_news
from evaluation.exhibits import Exhibit, everything_report
from evaluation.exhibits.exhibit import TABLE
from evaluation.exhibits.reports_of_several import glance_exhibit
from evaluation.findings import (
    USEFULNESS,
    Glance,
    Words,
    first_change,
    gaps,
    glance,
    glance_of_one,
    since_before,
    worded,
)
from evaluation.measures import REGISTRY, Evidence, Published, records
from evaluation.store import Selection

SHOWN = (filters.TYPE, filters.COUNTY, filters.MUNICIPALITY, filters.YEAR)


def show() -> None:
    """Show the practices of the selection."""
    if resources.contents().empty:
        components.greet()
        return
    words = resources.words()
    t = words.t
    show_news(words)
    st.title(t("dashboard.page_overview"))
    st.write(t("dashboard.overview_lead"))
    selection = filters.choose(SHOWN, words)
    evidence = resources.evidence(selection)
    stored = resources.stored()
    figures = glance(evidence, selection.practices or set(stored["practice"]), words.library)
    practices = sorted(figures.practices | _answered(stored, selection), key=words.practice)
    if not practices:
        st.write(t("dashboard.nothing_yet"))
        return
    synthetic = resources.synthetic()
    report_downloads.offer_reports(
        lambda day: everything_report(evidence, words.library, words, day, synthetic), "overview", words
    )
    alone = glance_of_one(evidence, practices[0], words.library) if len(practices) == 1 else figures
    headline.show(alone, words)
    st.header(t("dashboard.overview_table"), divider="gray")
    _practices(figures, practices, words)
    panel.chart(glance_exhibit(figures, words), "overview_glance")
    components.explain_suppression((figures.registered, figures.satisfied, figures.improved), words)
    st.header(t("dashboard.since_title"), divider="gray")
    _since(evidence, practices, words)
    st.header(t("dashboard.missing_of_practices"), divider="gray")
    missing = gaps(evidence, stored[stored["practice"].isin(practices)], words)
    st.markdown("\n".join(f"- {gap.text}" for gap in missing) or t("dashboard.nothing_missing"))
    st.caption(t("reports.limit_control"))


def _answered(stored: pd.DataFrame, selection: Selection) -> frozenset[str]:
    """Return the practices of the selection with forms, those among them whose questions are all of their own."""
    for name, wanted in (("practice", selection.practices), ("municipality", selection.municipalities)):
        stored = stored[stored[name].isin(wanted)] if wanted else stored
    if selection.years:
        going_on = [(stored["first_on"] <= year) & (stored["last_on"] >= year) for year in selection.years]
        stored = stored[pd.concat(going_on, axis=1).any(axis=1)]
    return frozenset(stored["practice"])


def _practices(figures: Glance, practices: list[str], words: Words) -> None:
    """Show a row a practice; choosing one opens its page."""
    t = words.t
    rows = [_row(figures, practice, words) for practice in practices]
    st.caption(t("dashboard.overview_choose"))
    event: Any = st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height="content",
        on_select="rerun",
        selection_mode="single-row",
        key="overview_practices",
    )
    chosen = event.selection.rows if event else []
    if chosen:
        state.remember("practice", practices[chosen[0]])
        components.go_to("practice", practice=practices[chosen[0]])


def _row(figures: Glance, practice: str, words: Words) -> dict[str, str]:
    t = words.t
    aim = first_change(practice, words.library)
    dimension = words.library.items[aim[1]].dimension if aim else None
    return {
        t("charts.column_practice"): words.practice(practice),
        t("charts.column_municipality"): _places(practice, words),
        words.measure("registered"): _figure(figures.registered, practice, words),
        words.measure("visits"): _figure(figures.visits, practice, words),
        _dimension(USEFULNESS, words): _figure(figures.satisfied, practice, words, n=True),
        t("reports.key_improved"): _figure(figures.improved, practice, words, n=True),
        t("dashboard.first_aim"): _dimension(dimension, words) if dimension else t("common.not_available"),
    }


def _places(practice: str, words: Words) -> str:
    """Return where answers come from, of those that the reader may see."""
    stored = resources.stored()
    towns = set(stored["municipality"][stored["practice"] == practice])
    return ", ".join(sorted(map(words.municipality, towns)))


def _dimension(dimension: str, words: Words) -> str:
    return words.t.label(words.library.dimensions[dimension].label.root)


def _figure(published: Published, practice: str, words: Words, n: bool = False) -> str:
    """Return the one figure of a practice with its n if wanted, or why there is none."""
    rows = published.where(practice=practice)
    for row in records(rows.frame):
        if row.suppressed:
            return words.withheld(rows, row.reason)
        return f"{words.mark(row)} ({words.n(row.n)})" if n else words.mark(row)
    return words.t("common.not_available")


def _since(evidence: Evidence, practices: list[str], words: Words) -> None:
    """Say what has changed since the period before, beyond chance first, the rest as a table."""
    sentences = worded(since_before(evidence, practices), words)
    st.markdown("\n".join(f"- {text}" for text in sentences) or words.t("dashboard.since_nothing"))
    panel.more_figures(_since_tables(evidence, tuple(practices), words), words, "overview")


def _since_tables(evidence: Evidence, practices: tuple[str, ...], words: Words) -> Iterator[Exhibit]:
    for row in REGISTRY.shown_at("overview"):
        published = evidence.table(row.name).where(practice=practices)
        names = dict.fromkeys(words.measure(str(measure)) for measure in published.with_figures["measure"])
        yield Exhibit(TABLE, ", ".join(names), words, published)
