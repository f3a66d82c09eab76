"""The page of forms: choose a practice, see what it asks, and download the entry templates."""

from functools import partial

import streamlit as st

from evaluation.dashboard import resources, state
from evaluation.forms import entry_template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show() -> None:
    """Offer the forms of a practice."""
    words = resources.words()
    t, library = words.t, words.library
    st.title(t("dashboard.page_forms"))
    st.write(t("dashboard.forms_lead"))
    practices = sorted(library.practices, key=words.practice)
    columns = st.columns(2)
    with columns[0]:
        names = {each: words.practice(each) for each in practices}
        chosen = state.choose_one("practice", t("charts.column_practice"), practices, names)
    cohort = columns[1].text_input(
        t("dashboard.forms_cohort"), key="forms_cohort", placeholder=t("dashboard.cohort_example")
    )
    practice = library.practices[chosen]
    for form in library.forms_of(practice):
        with st.container(border=True):
            left, right = st.columns([3, 1], vertical_alignment="center")
            with left:
                st.subheader(t.label(form.title.root))
                st.write(t.label(form.instructions.root))
                with st.expander(t.plural("dashboard.forms_questions", len(form.items_for(practice)))):
                    st.markdown("\n".join(f"- {t.label(item.text.root)}" for item in form.items_for(practice)))
            right.download_button(
                t("dashboard.forms_download"),
                data=partial(entry_template, library, form, practice, t.language, cohort.strip() or None),
                file_name=f"{practice.id}_{form.id}.xlsx",
                mime=XLSX,
                icon=":material/download:",
                key=f"form_{form.id}",
                width="stretch",
                on_click="ignore",
            )
