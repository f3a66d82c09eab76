"""The editor of a practice: name, type and places first; all else follows from the type and may be changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from evaluation.dashboard.components import plain
from evaluation.dashboard.own_practices import editing as state_of_editor
from evaluation.dashboard.own_practices import form_editor
from evaluation.dashboard.own_practices.editing import Editing
from evaluation.dashboard.own_practices.question_editor import WITH_OPTIONS
from evaluation.dashboard.own_practices.saving_practices import asked_dimensions, save
from evaluation.definitions import Library
from evaluation.definitions.municipalities import county_of, municipalities, municipality_name
from evaluation.definitions.own_forms import OwnForm
from evaluation.definitions.practice_documents import PracticeDraft, draft_like, draft_of_type, practice_draft
from evaluation.findings import Words

FEWEST_OPTIONS = 2


def show(editing: Editing, house: frozenset[str], words: Words) -> str | None:
    """Show the editor; return the id of the practice once it is saved.

    Args:
        editing: what is being edited.
        house: ids of the questionnaires that a practice may choose from.
        words: the reader's words.
    """
    t = words.t
    with st.container(border=True, key="practice_editor"):
        st.subheader(plain(t.label(editing.before.name.root)) if editing.before else t("practices.new"))
        if editing.practice:
            st.caption(t("practices.stored_untouched"))
        elif editing.like:
            st.caption(t("practices.copy_is_like", practice=plain(words.practice(editing.like))))
        draft = _first_row(editing, house, words)
        if draft is None:
            forms: tuple[OwnForm, ...] = ()
        else:
            draft = _more(draft, editing, house, words)
            forms = form_editor.show(editing, draft.open_door, words)
        with st.container(horizontal=True):
            pressed = st.button(t("practices.save"), key=editing.key("save"), type="primary")
            if st.button(t("practices.cancel"), key=editing.key("cancel")):
                state_of_editor.close()
                st.rerun()
        if not pressed:
            return None
        faults = _faults(draft, forms, editing, words)
        if faults or draft is None:
            st.error("\n\n".join(faults))
            return None
        return save(draft, forms, words.library, editing.language)


def _beginning(editing: Editing, words: Words) -> PracticeDraft | None:
    """Return what the editor begins with, None for a practice of which nothing is known yet."""
    if editing.before:
        return practice_draft(editing.before, editing.language)
    return draft_like(words.library.practices[editing.like], editing.language) if editing.like else None


def _first_row(editing: Editing, house: frozenset[str], words: Words) -> PracticeDraft | None:
    """Ask for name, type and places; return the draft that follows, None while no type is chosen."""
    t, library = words.t, words.library
    before = _beginning(editing, words)
    columns = st.columns(3)
    name = columns[0].text_input(
        t("practices.name"),
        value=before.name if before else "",
        key=editing.key("name"),
        max_chars=80,
        placeholder=t("practices.name_example"),
    )
    types = sorted(library.types, key=lambda kind: t.label(library.types[kind].label.root))
    practice_type = columns[1].selectbox(
        t("practices.type"),
        types,
        index=types.index(before.type) if before else None,
        format_func=lambda kind: t.label(library.types[kind].label.root),
        placeholder=t("practices.choose"),
        key=editing.key("type"),
    )
    places = _places(columns[2], before.municipalities if before else (), editing, words)
    if practice_type is None:
        return None
    if before is None or (editing.practice is None and before.type != practice_type):
        before = draft_of_type(library, practice_type, house)
    return replace(before, name=" ".join(name.split()), type=practice_type, municipalities=places)


def _places(
    column: st.delta_generator.DeltaGenerator, before: Sequence[str], editing: Editing, words: Words
) -> tuple[str, ...]:
    t = words.t
    names = list(dict.fromkeys((*before, *municipalities())))
    with column:
        chosen = st.multiselect(
            t("practices.places"),
            names,
            default=list(before),
            format_func=lambda name: municipality_name(name, t.language),
            placeholder=t("practices.places_placeholder"),
            key=editing.key("places"),
        )
        counties = dict.fromkeys(county.name(t.language) for name in chosen if (county := county_of(name)))
        if counties:
            st.caption(", ".join(counties))
    return tuple(chosen)


def _more(draft: PracticeDraft, editing: Editing, house: frozenset[str], words: Words) -> PracticeDraft:
    """Show what follows from the type and what need not be told, to be changed."""
    t, library = words.t, words.library
    # Another type begins anew with what follows from it.
    kind = f"{draft.type}_{editing.turn}"
    made_here = {form.id for rows in editing.forms for form in rows.form.before}
    offered = [form for form in library.questionnaire_ids if form in house | set(draft.questionnaires)]
    offered = [form for form in offered if form not in made_here]
    chosen = [form for form in draft.questionnaires if form in offered]
    if editing.practice is None:
        titles = ", ".join(t.label(library.questionnaire(form).title.root) for form in chosen)
        st.caption(t("practices.forms_of_type", forms=plain(titles)))
    with st.expander(t("practices.more"), expanded=editing.practice is not None):
        columns = st.columns(3)
        texts = {
            name: column.text_input(
                t(f"practices.{name}"),
                value=getattr(draft, name),
                key=f"practice_{name}_{kind}",
                placeholder=t(f"practices.{name}_example"),
                max_chars=200,
            )
            for column, name in zip(columns, ("target_group", "rhythm", "goals"), strict=True)
        }
        open_door = st.checkbox(t("practices.open_door"), value=draft.open_door, key=f"practice_open_door_{kind}")
        forms = st.multiselect(
            t("practices.forms"),
            offered,
            default=chosen,
            format_func=lambda form: t.label(library.questionnaire(form).title.root),
            placeholder=t("practices.choose"),
            key=f"practice_forms_{kind}",
        )
        chosen_items = asked_dimensions(library, forms)
        topics = st.multiselect(
            t("practices.dimensions"),
            chosen_items,
            default=[name for name in draft.change_dimensions if name in chosen_items],
            format_func=lambda name: t.label(library.dimensions[name].label.root),
            placeholder=t("practices.choose"),
            key=f"practice_dimensions_{kind}",
            disabled=not chosen_items,
        )
    return replace(draft, **texts, open_door=open_door, questionnaires=tuple(forms), change_dimensions=tuple(topics))


def _faults(draft: PracticeDraft | None, forms: Sequence[OwnForm], editing: Editing, words: Words) -> tuple[str, ...]:
    """Return what is missing or cannot be, one sentence each."""
    t = words.t
    if draft is None or not draft.name or not draft.municipalities:
        return (t("practices.needs_all"),)
    if not editing.is_current(words.library):
        return (t("practices.changed_meanwhile"),)
    faults = []
    if _is_taken(draft.name, editing.practice, words.library):
        faults.append(t("practices.name_taken", name=plain(draft.name)))
    questions = [question for form in forms for question in form.questions]
    if not (draft.questionnaires or questions):
        faults.append(t("practices.needs_forms"))
    faults += [
        t("practices.needs_options", question=plain(question.text))
        for question in questions
        if question.kind in WITH_OPTIONS and len(question.options) < FEWEST_OPTIONS
    ]
    texts = Counter(" ".join(question.text.split()).casefold() for question in questions)
    faults += [t("practices.question_twice", question=plain(text)) for text, number in texts.items() if number > 1]
    return tuple(faults)


def _is_taken(name: str, practice: str | None, library: Library) -> bool:
    others = (other for other in library.practices.values() if other.id != practice)
    return any(name.casefold() in {text.casefold() for text in other.name.root.values()} for other in others)
