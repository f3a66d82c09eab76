"""Practices, municipalities and runs side by side: one measure at a time, with its uncertainty."""

from functools import partial

import streamlit as st

from evaluation import charts
from evaluation.access import Role
from evaluation.charts import Words
from evaluation.dashboard import components, filters, panel, report_downloads, resources, sign_in, state
from evaluation.dashboard.comparables import STEPS, Comparable, comparables
from evaluation.measures import COHORT, PRACTICE, Evidence
from evaluation.reports import compared, comparison_report

SHOWN = (filters.TYPE, filters.PRACTICE, filters.MUNICIPALITY, filters.YEAR, filters.ROLE)
BY_NAME, BY_VALUE = "name", "value"


def show() -> None:
    """Show one measure of the practices chosen."""
    sign_in.access().require(Role.COORDINATOR)
    if resources.contents().empty:
        components.greet()
        return
    words = resources.words()
    t = words.t
    st.title(t("dashboard.page_comparison"))
    st.write(t("dashboard.comparison_lead"))
    evidence = resources.evidence(filters.choose(SHOWN, words))
    left, middle, right = st.columns([3, 5, 2])
    with left:
        wanted = _choose_between(evidence, words)
    offered = {each.id: each for each in comparables(evidence, wanted, words)}
    if not offered:
        st.write(t("dashboard.nothing_yet"))
        return
    with middle:
        names = {each.id: each.name for each in offered.values()}
        measure = state.choose_one("measure", t("charts.column_measure"), list(offered), names)
    with right:
        orders = {each: t(f"dashboard.order_{each}") for each in (BY_NAME, BY_VALUE)}
        order = state.choose_one("order", t("dashboard.order"), list(orders), orders)
    _draw(offered[measure], evidence, order, words)
    synthetic = resources.synthetic()
    report_downloads.offer_reports(
        lambda day: comparison_report(evidence, words.library, words, day, synthetic), "comparison", words
    )


def _draw(found: Comparable, evidence: Evidence, order: str, words: Words) -> None:
    """Show the chart, say whether its units differ, and what a reader must keep in mind."""
    t = words.t
    tested = found.compared(evidence)
    st.markdown("\n".join(f"- {text}" for text in compared(tested, words)))
    if order == BY_VALUE:
        st.warning(t("dashboard.order_caution"), icon=":material/balance:")
    # The steps of change are compared on a scale of their own, which has no place in a chart of shares.
    drawn = tested if tested is not None and tested.measure != STEPS else None
    side_by_side = partial(
        charts.comparison, found.published, words, found.name, drawn, order="value" if order == BY_VALUE else "name"
    )
    panel.chart(side_by_side, found.published, words, "comparison", () if tested is None else (tested,))
    components.explain_suppression((found.published,), words)
    cautions = ("reports.comparison_care", "reports.limit_small", "reports.limit_control")
    st.markdown("\n".join(f"- {t(key)}" for key in cautions))


def _choose_between(evidence: Evidence, words: Words) -> dict[str, object]:
    """Let the reader compare practices with each other, or the runs of one; return what the rows must have."""
    t = words.t
    runs = evidence.table("satisfaction.favourable").where(level=COHORT).frame
    several = runs.groupby("practice", sort=False)["cohort"].nunique()
    practices = sorted((str(practice) for practice in several.index[several > 1]), key=words.practice)
    names = {"": t("dashboard.compare_practices")} | {
        each: t("dashboard.compare_runs", practice=words.practice(each)) for each in practices
    }
    chosen = state.choose_one("between", t("dashboard.compare_what"), list(names), names)
    return {"level": COHORT, "practice": chosen} if chosen else {"level": PRACTICE}
