"""The imports made before, with a way to undo them."""

from pathlib import PurePath

import streamlit as st

from evaluation import samples
from evaluation.access import Role
from evaluation.dashboard import components, resources, sign_in, state
from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.place_row import form_title
from evaluation.dashboard.importing.problem_list import XLSX
from evaluation.definitions_of_imports import definitions_of
from evaluation.findings import Words
from evaluation.store import DefinitionKey, ImportRecord, StoreError

# Of many imports the latest are listed, and all of them in a table below a fold.
LATEST = 8
_GONE = "import_undone"


def list_imports(words: Words) -> None:
    """List the imports made, with a way to undo them."""
    t = words.t
    imports = resources.store().imports()
    st.subheader(t("dashboard.imports_title"))
    tell_gone(words)
    if not imports:
        st.write(t("dashboard.no_imports"))
        if sign_in.access().at_least(Role.COORDINATOR):
            st.caption(t("own.try_text"))
            name = PurePath(samples.OWN_FORM).name
            components.offer(t("own.try_button"), samples.own_form, name, XLSX, "own_form_sample")
        return
    undoable = resources.store().undoable()
    for record in imports[:LATEST]:
        _line(record, record.import_id in undoable, words)
    if len(imports) > LATEST:
        with st.expander(t.plural("importing.earlier", len(imports) - LATEST), key="imports_earlier"):
            for record in imports[LATEST : LATEST + 50]:
                _line(record, record.import_id in undoable, words)


def _line(record: ImportRecord, undoable: bool, words: Words) -> None:
    t = words.t
    facts = [t.moment(record.accepted_at), t.plural("dashboard.outcome_saved", record.accepted)]
    if record.rejected:
        facts.append(t.plural("importing.rejected_then", record.rejected))
    with st.container(horizontal=True, vertical_alignment="center", key=f"import_line_{record.import_id}"):
        text = f"{record.import_id}. **{plain(record.file)}** · {plain(' · '.join(facts))}"
        st.markdown(text, width="stretch")
        if undoable:
            offer_undo(record.import_id, record.file, words, "past")


def offer_undo(import_id: int, file: str, words: Words, key: str) -> None:
    """Offer to take an import back; nothing where it is gone already.

    Args:
        import_id: its number.
        file: the name of its file.
        words: the reader's language.
        key: a name that no other such button of the page has.
    """
    t = words.t
    if import_id not in resources.store().undoable():
        st.markdown(f"*{t('importing.undone')}*")
        return
    with st.popover(t("importing.undo", n=t.number(import_id)), key=f"undo_{key}_{import_id}"):
        st.write(t("dashboard.undo_sure", file=plain(file)))
        made_on = resources.last_report_since(import_id)
        if made_on is not None:
            st.warning(t("settings.report_made", day=t.date(made_on), threshold=resources.policy().threshold))
        too = f"undo_too_{key}_{import_id}"
        made = _made_by(import_id)
        if made:
            titles = [form_title(name, words) for kind, name in made if kind == "questionnaire"]
            st.checkbox(t("own.undo_too", forms=", ".join(titles)), value=True, key=too)
        arguments = (import_id, too)
        label, name = t("dashboard.undo_yes"), f"undo_yes_{key}_{import_id}"
        st.button(label, key=name, type="primary", on_click=_undo, args=arguments)


def _made_by(import_id: int) -> tuple[DefinitionKey, ...]:
    """Return the definitions that came with an import and can go with it, a questionnaire among them, else none."""
    if not sign_in.access().at_least(Role.COORDINATOR):
        return ()
    keys = definitions_of(resources.store(), state.settings().definitions, import_id)
    return keys if any(kind == "questionnaire" for kind, _ in keys) else ()


def _undo(import_id: int, too: str) -> None:
    made = _made_by(import_id) if st.session_state.get(too) else ()
    try:
        resources.store().undo(import_id)
        if made:
            resources.store().remove_definitions(made)
    except StoreError as refused:
        # The import is gone already, or there are other answers to its questions, which then stay.
        st.session_state[_GONE] = refused


def tell_gone(words: Words) -> None:
    """Say so where an import to be undone was gone already."""
    gone = st.session_state.pop(_GONE, None)
    if isinstance(gone, StoreError):
        st.error(words.t(gone.key, **gone.values))
