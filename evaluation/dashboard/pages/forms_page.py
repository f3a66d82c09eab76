"""The page of forms: choose a practice, see what it asks in order of use, and take its forms in the shape needed."""

from functools import partial

import streamlit as st

from evaluation.access import Role
from evaluation.dashboard import components, resources, sign_in, state
from evaluation.dashboard.practice_choice import with_examples
from evaluation.definitions import Practice, Questionnaire
from evaluation.findings import Words
from evaluation.forms import cohort_forms, cohort_workbook, forms_zip, shapes_of
from evaluation.forms.bundle import XLSX, form_file
from evaluation.store import SAMPLE

ZIP = "application/zip"


def show() -> None:
    """Offer the forms of a practice."""
    words = resources.words()
    t, library = words.t, words.library
    st.title(t("dashboard.page_forms"))
    st.write(t("dashboard.forms_lead"))
    practices = with_examples(resources.offered_practices(beside=state.recall("practice")), "forms_examples", words)
    columns = st.columns(3)
    with columns[0]:
        names = {practice: words.practice(practice) for practice in practices}
        chosen = state.choose_one("practice", t("charts.column_practice"), practices, names)
    with columns[1]:
        practice = _in_a_place(library.practices[chosen], words)
    typed = columns[2].text_input(
        t("dashboard.forms_cohort"), key="forms_cohort", placeholder=t("dashboard.cohort_example")
    )
    if sign_in.access().at_least(Role.COORDINATOR) and state.chosen_data() != SAMPLE:
        label = t("dashboard.forms_own_practice")
        if st.button(label, key="forms_own_practice", type="tertiary", icon=":material/add:"):
            components.go_to("practices")
    cohort = typed.strip() or None
    _whole(practice, cohort, words)
    with st.expander(t("dashboard.forms_shapes")):
        shapes = {shape.id: shape for form in library.forms_of(practice) for shape in shapes_of(form)}
        st.markdown(
            "\n".join(
                f"- **{t(f'dashboard.shape_{shape}')}**: {t(f'dashboard.shape_{shape}_text')}" for shape in shapes
            )
        )
    for number, form in enumerate(library.forms_of(practice), start=1):
        _one(number, form, practice, cohort, words)


def _in_a_place(practice: Practice, words: Words) -> Practice:
    """Let the worker choose where the forms are used; of several places the form itself asks."""
    near = resources.places_of(practice.id)
    access = resources.current_database().reach
    others = sorted(words.library.municipalities, key=words.municipality)
    offered = [place for place in dict.fromkeys((*near, *others)) if access.sees(place)]
    first = 0 if len(near) == 1 and near[0] in offered else None
    town = st.selectbox(
        words.t("charts.column_municipality"),
        offered,
        index=first,
        format_func=words.municipality_in_full,
        key=f"forms_municipality_{practice.id}",
        placeholder=words.t("dashboard.forms_asks_place"),
    )
    return practice.in_municipality(town) if town else practice.model_copy(update={"municipalities": near})


def _whole(practice: Practice, cohort: str | None, words: Words) -> None:
    """Offer everything at once: all forms, and one workbook for a cohort."""
    t, library = words.t, words.library
    with st.container(horizontal=True):
        make = partial(forms_zip, library, practice, t.language, cohort)
        components.offer(
            t("dashboard.forms_all"), make, f"{practice.id}.zip", ZIP, "forms_all", icon="folder_zip", first=True
        )
        if len(cohort_forms(library, practice)) > 1:
            make = partial(cohort_workbook, library, practice, t.language, cohort)
            components.offer(t("dashboard.forms_run"), make, f"{practice.id}_run.xlsx", XLSX, "forms_run")


def _one(number: int, form: Questionnaire, practice: Practice, cohort: str | None, words: Words) -> None:
    """Show one form and offer its shapes."""
    t = words.t
    items = form.items_for(practice)
    with st.container(border=True):
        st.subheader(f"{number}. {t.label(form.title.root)}")
        st.write(t.label(form.instructions.root))
        with st.expander(t.plural("dashboard.forms_questions", len(items))):
            st.markdown("\n".join(f"- {t.label(item.text.root)}" for item in items))
        with st.container(horizontal=True):
            for shape in shapes_of(form):
                make = partial(shape.make, words.library, form, practice, t.language, cohort)
                name = form_file(practice, form, shape)
                key = f"form_{form.id}_{shape.id}"
                components.offer(t(f"dashboard.shape_{shape.id}"), make, name, shape.mime, key)
