"""The first page: what there is, what to do next, and how to begin when there is nothing."""

import streamlit as st

from evaluation.dashboard import components, resources, state
from evaluation.findings import Words, gaps
from evaluation.store import Selection

MOST_GAPS = 4


def show() -> None:
    """Show what is stored and the next steps."""
    words = resources.words()
    t = words.t
    if resources.contents().empty:
        components.greet()
        return
    st.title(t("dashboard.title"))
    st.write(t("dashboard.start_lead"))
    _contents(words)
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
        ("people", few if people is None else t.number(people)),
        ("forms", t.number(int(contents["responses"].sum()))),
    )
    with st.container(horizontal=True):
        for name, figure in figures:
            st.metric(t(f"dashboard.count_{name}"), figure, border=True, width=165)
    if imports:
        last = imports[0]
        file, rows = components.plain(last.file), t.plural("dashboard.rows", last.accepted)
        st.caption(t("dashboard.last_import_of", day=t.date(last.accepted_at.date()), file=file, rows=rows))


def _next_steps(words: Words) -> None:
    """Lead on to the pages that answer what a reader comes with."""
    t = words.t
    st.subheader(t("dashboard.next_title"))
    named = st.session_state[state.PAGES]
    steps = ("overview", "practice", "comparison", "import", "forms")
    for page in (step for step in steps if named[step].visibility == "visible"):
        with st.container(border=True):
            columns = st.columns([3, 1], vertical_alignment="center")
            columns[0].markdown(f"**{t(f'dashboard.next_{page}_title')}**  \n{t(f'dashboard.next_{page}_text')}")
            if columns[1].button(t(f"dashboard.page_{page}"), key=f"next_{page}", width="stretch"):
                components.go_to(page)


def _missing(words: Words) -> None:
    """Say what is missing, the most telling first."""
    t = words.t
    st.subheader(t("dashboard.missing_of_practices"))
    missing = gaps(resources.evidence(Selection()), resources.contents(), words)
    if not missing:
        st.write(t("dashboard.nothing_missing"))
        return
    st.markdown("\n".join(f"- {gap.text}" for gap in missing[:MOST_GAPS]))
    if len(missing) > MOST_GAPS:
        st.caption(t.plural("dashboard.more_missing", len(missing) - MOST_GAPS))
