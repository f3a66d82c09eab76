"""Practices, municipalities, cohorts and counties side by side: one measure at a time, with its uncertainty."""

from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from evaluation.access import Role
from evaluation.dashboard import components, filters, panel, report_downloads, resources, sign_in, state
from evaluation.exhibits import comparison_report
from evaluation.exhibits.area_exhibits import together_section
from evaluation.exhibits.comparables import Comparable, comparables, county_comparables, types_in_counties
from evaluation.exhibits.figures import Order
from evaluation.exhibits.reports_of_several import county_figures
from evaluation.findings import Words
from evaluation.measures import COHORT, PRACTICE, Evidence
from evaluation.store import Selection

SHOWN = (filters.TYPE, filters.PRACTICE, filters.COUNTY, filters.MUNICIPALITY, filters.YEAR, filters.ROLE)
# The choices of counties: practices of one type in each.
COUNTIES = "counties-"
ORDERS: tuple[Order, ...] = ("name", "value")


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
    selection = filters.choose(SHOWN, words)
    evidence = resources.evidence(selection)
    left, middle, right = st.columns([3, 5, 2])
    with left:
        offered = {comparable.id: comparable for comparable in _choose_between(evidence, words)}
    if not offered:
        st.write(t("dashboard.nothing_yet"))
        return
    with middle:
        names = {id_: comparable.name for id_, comparable in offered.items()}
        measure = state.choose_one("measure", t("charts.column_measure"), list(offered), names)
    with right:
        orders = {str(order): t(f"dashboard.order_{order}") for order in ORDERS}
        chosen = state.choose_one("order", t("dashboard.order"), list(orders), orders)
    _draw(offered[measure], evidence, "value" if chosen == "value" else "name", words)
    _counties(evidence, selection, words)
    _together(evidence, words)
    synthetic = resources.synthetic()
    report_downloads.offer_reports(
        lambda day: comparison_report(evidence, words.library, words, day, synthetic), "comparison", words
    )


def _draw(comparable: Comparable, evidence: Evidence, order: Order, words: Words) -> None:
    """Show the chart, say whether its units differ, and what a reader must keep in mind."""
    t = words.t
    exhibit = comparable.exhibit(evidence, words, order=order)
    st.markdown("\n".join(f"- {text}" for text in exhibit.sentences))
    if order == "value":
        st.warning(t("dashboard.order_caution"), icon=":material/balance:")
    panel.chart(exhibit, "comparison")
    components.explain_suppression((exhibit.published,), words)
    cautions = ("reports.comparison_overlap", comparable.care, "reports.limit_small", "reports.limit_control")
    st.markdown("\n".join(f"- {t(key)}" for key in cautions))


def _counties(evidence: Evidence, selection: Selection, words: Words) -> None:
    """Show the first figures of the counties side by side, where there are several."""

    def within(places: tuple[str, ...]) -> Evidence:
        chosen = tuple(place for place in places if place in selection.municipalities) or places
        return resources.evidence(replace(selection, municipalities=chosen))

    figures = county_figures(evidence, within, words)
    if figures:
        st.subheader(words.t("reports.by_county"))
        st.markdown("\n".join(f"- {text}" for text in figures))


def _together(evidence: Evidence, words: Words) -> None:
    """Show what those who do the work think in several practices together, of the area the reader chooses."""
    t, section = words.t, together_section(evidence, words)
    st.header(section.title, divider="gray")
    if not section.exhibits:
        st.write(t("reports.together_nobody"))
        return
    st.write(section.sentences[0])
    titles = {str(number): exhibit.title for number, exhibit in enumerate(section.exhibits)}
    chosen = state.choose_one("together", t("dashboard.together"), list(titles), titles)
    panel.chart(section.exhibits[int(chosen)], "together")


def _choose_between(evidence: Evidence, words: Words) -> Iterator[Comparable]:
    """Let the reader compare practices, the cohorts of one, or counties; return by what these can be compared."""
    t = words.t
    frame = evidence.table("satisfaction.favourable").where(level=COHORT).frame
    several = frame.groupby("practice", sort=False)["cohort"].nunique()
    practices = sorted((str(practice) for practice in several.index[several > 1]), key=words.practice)
    counties = {f"{COUNTIES}{kind}": kind for kind in types_in_counties(evidence)}
    names = {"": t("dashboard.compare_practices")}
    names |= {choice: t("dashboard.compare_counties", type=words.type(kind)) for choice, kind in counties.items()}
    names |= {practice: t("dashboard.compare_runs", practice=words.practice(practice)) for practice in practices}
    chosen = state.choose_one("between", t("dashboard.compare_what"), list(names), names)
    if chosen in counties:
        return county_comparables(evidence, counties[chosen], words)
    wanted = {"level": COHORT, "practice": chosen} if chosen else {"level": PRACTICE}
    return comparables(evidence, wanted, words)
