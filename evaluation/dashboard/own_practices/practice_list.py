"""The list of practices: what each is, where, what it asks, how much there is of it, and what can be done with it."""

import streamlit as st

from evaluation.dashboard import components, resources
from evaluation.dashboard.own_practices import editing
from evaluation.dashboard.own_practices.saving_practices import set_retired
from evaluation.definitions import Practice
from evaluation.definitions.municipalities import county_of, municipality_name
from evaluation.findings import Words
from evaluation.store import DefinitionKey


def show(practices: list[Practice], defined_here: frozenset[DefinitionKey], may_define: bool, words: Words) -> None:
    """Show a row for each practice, retired ones last.

    Args:
        practices: those to show.
        defined_here: what is defined in the database.
        may_define: whether the reader may change them.
        words: the reader's words.
    """
    contents = resources.contents()
    sums = contents.groupby("practice")["responses"].sum()
    responses = {str(name): int(number) for name, number in sums.items()}
    for practice in sorted(
        practices,
        key=lambda listed_practice: (is_retired(listed_practice, words), words.practice(listed_practice.id).casefold()),
    ):
        _row(practice, responses.get(practice.id, 0), defined_here, may_define, words)


def is_retired(practice: Practice, words: Words) -> bool:
    """Tell whether a practice takes in no more forms."""
    return practice.id not in words.library.current_practices


def _row(
    practice: Practice, responses: int, defined_here: frozenset[DefinitionKey], may_define: bool, words: Words
) -> None:
    t, library = words.t, words.library
    with st.container(border=True, key=f"practice_row_{practice.id}"):
        columns = st.columns([6, 4, 7, 4, 10], vertical_alignment="center")
        kind = t.label(library.types[practice.type].label.root)
        columns[0].markdown(f"**{components.plain(words.practice(practice.id))}**  \n:small[{components.plain(kind)}]")
        places = ", ".join(municipality_name(place, t.language) for place in practice.municipalities)
        counties = dict.fromkeys(
            county.name(t.language) for place in practice.municipalities if (county := county_of(place))
        )
        columns[1].markdown(f"{places}  \n:small[{', '.join(counties)}]")
        titles = ", ".join(t.label(form.title.root) for form in library.forms_of(practice))
        columns[2].markdown(components.plain(titles))
        with columns[3]:
            _state(practice, responses, words)
        with columns[4], st.container(horizontal=True, horizontal_alignment="right"):
            _actions(practice, defined_here, may_define, words)


def _state(practice: Practice, responses: int, words: Words) -> None:
    t = words.t
    if responses:
        st.markdown(t.plural("practices.responses", responses))
    if is_retired(practice, words):
        st.badge(t("practices.retired"), color="gray")
    elif not responses:
        st.badge(t("practices.no_responses"), color="orange")
    else:
        st.badge(t("practices.in_use"), color="blue")


def _actions(practice: Practice, defined_here: frozenset[DefinitionKey], may_define: bool, words: Words) -> None:
    t, name = words.t, practice.id
    retired = is_retired(practice, words)
    label, page = ("practices.results", "practice") if retired else ("practices.forms_button", "forms")
    if st.button(t(label), key=f"practice_open_{name}"):
        components.go_to(page, practice=name)
    if not may_define:
        return
    if st.button(t("practices.edit"), key=f"practice_edit_{name}"):
        forms = frozenset(form for kind, form in defined_here if kind == "questionnaire")
        editing.begin(name, forms, words.library, t.language)
        st.rerun()
    with st.popover(t("practices.more_actions"), key=f"practice_more_{name}"):
        if st.button(t("practices.copy"), key=f"practice_copy_{name}", width="stretch"):
            editing.begin_new(t.language, like=name)
            st.rerun()
        label = t("practices.reinstate" if retired else "practices.retire")
        if st.button(label, key=f"practice_retire_{name}", width="stretch"):
            set_retired(practice, not retired, t.language)
            st.rerun()
