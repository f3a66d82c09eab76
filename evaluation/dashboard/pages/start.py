"""The first page: what there is, what to do next, and how to begin when there is nothing."""

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import components, resources, state
from evaluation.reports import gaps
from evaluation.store import ImportRecord, Selection

MOST_GAPS = 4
TURNED = "start_samples_gone"


def show() -> None:
    """Show what is stored and the next steps."""
    words = resources.words()
    t = words.t
    if resources.contents().empty:
        if st.session_state.pop(TURNED, False):
            st.success(t("dashboard.sample_gone"))
        components.greet()
        return
    st.title(t("dashboard.title"))
    st.write(t("dashboard.start_lead"))
    _contents(words)
    if resources.synthetic():
        _sample(words)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _next_steps(words)
    with right:
        _missing(words)


def _contents(words: Words) -> None:
    """Show the size of what is stored."""
    t, contents, imports = words.t, resources.contents(), resources.imports()
    people = resources.people()
    few = t("common.too_few", threshold=state.settings().threshold)
    figures = (
        ("practices", t.number(contents["practice"].nunique())),
        ("municipalities", t.number(contents["municipality"].nunique())),
        ("people", t("dashboard.at_least", n=t.number(people)) if people is not None else few),
        ("forms", t.number(int(contents["responses"].sum()))),
        ("last_import", t.date(imports[0].accepted_at.date()) if imports else t("common.not_available")),
    )
    with st.container(horizontal=True):
        for name, figure in figures:
            st.metric(t(f"dashboard.count_{name}"), figure, border=True, width=190)
    if imports:
        st.caption(t("dashboard.last_import_of", file=components.plain(imports[0].file), rows=_rows(imports[0], words)))


def _rows(record: ImportRecord, words: Words) -> str:
    return words.t.plural("dashboard.rows", record.accepted)


def _sample(words: Words) -> None:
    """Say what of it is sample data, and take it away at one press."""
    t = words.t
    with st.container(border=True):
        columns = st.columns([3, 1], vertical_alignment="center")
        own = resources.contents()
        mixed = bool((~own["synthetic"].astype(bool)).any())
        columns[0].write(t("dashboard.sample_mixed" if mixed else "dashboard.sample_only"))
        if columns[1].button(t("dashboard.sample_remove"), key="remove_sample", icon=":material/delete_sweep:"):
            resources.store().remove_samples()
            st.session_state[TURNED] = True
            st.rerun()


def _next_steps(words: Words) -> None:
    """Lead on to the pages that answer what a reader comes with."""
    t = words.t
    st.subheader(t("dashboard.next_title"))
    for page in ("overview", "practice", "comparison", "import", "forms"):
        with st.container(border=True):
            columns = st.columns([3, 1], vertical_alignment="center")
            columns[0].markdown(f"**{t(f'dashboard.next_{page}_title')}**  \n{t(f'dashboard.next_{page}_text')}")
            if columns[1].button(t(f"dashboard.page_{page}"), key=f"next_{page}", width="stretch"):
                components.go_to(page)


def _missing(words: Words) -> None:
    """Say what is missing, the most telling first."""
    t = words.t
    st.subheader(t("dashboard.missing_of_practices"))
    found = gaps(resources.evidence(Selection()), resources.contents(), words)
    if not found:
        st.write(t("dashboard.nothing_missing"))
        return
    st.markdown("\n".join(f"- {gap.text}" for gap in found[:MOST_GAPS]))
    if len(found) > MOST_GAPS:
        st.caption(t.plural("dashboard.more_missing", len(found) - MOST_GAPS))
