"""A button that takes an import back, and asks where it was pressed whether that is meant."""

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import resources
from evaluation.dashboard.components import plain
from evaluation.store import UnknownImportError

_GONE = "import_undone"


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
        st.button(
            t("dashboard.undo_yes"), key=f"undo_yes_{key}_{import_id}", type="primary", on_click=_undo, args=[import_id]
        )


def _undo(import_id: int) -> None:
    try:
        resources.store().undo(import_id)
    except UnknownImportError as gone:
        st.session_state[_GONE] = gone


def tell_gone(words: Words) -> None:
    """Say so where an import that was to be taken back was gone already."""
    gone = st.session_state.pop(_GONE, None)
    if isinstance(gone, UnknownImportError):
        st.error(words.t(gone.key, **gone.values))
