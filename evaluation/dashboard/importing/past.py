"""The imports made before, each with a way to take it back."""

import pandas as pd
import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import resources
from evaluation.dashboard.components import plain
from evaluation.store import ImportRecord, UnknownImportError


def list_imports(words: Words) -> None:
    """List the imports made, each with a way to take it back."""
    t = words.t
    imports = resources.store().imports()
    st.subheader(t("dashboard.imports_title"))
    if not imports:
        st.write(t("dashboard.no_imports"))
        return
    rows = [
        {
            t("dashboard.import_number"): record.import_id,
            t("dashboard.import_file"): record.file,
            t("dashboard.import_moment"): t.moment(record.accepted_at),
            t("dashboard.import_saved"): record.accepted,
            t("dashboard.receipt_rejected"): record.rejected,
        }
        for record in imports
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="imports", height=min(38 * (len(rows) + 1), 330))
    _undo(imports, words)


def _undo(imports: tuple[ImportRecord, ...], words: Words) -> None:
    t, undoable = words.t, resources.store().undoable()
    names = {each.import_id: f"{each.import_id}: {each.file}" for each in imports if each.import_id in undoable}
    if not names:
        return
    columns = st.columns([3, 1], vertical_alignment="bottom")
    chosen = columns[0].selectbox(
        t("dashboard.undo_choose"),
        list(names),
        format_func=lambda each: names[each],
        # One kept from before would offer another import than the one just made.
        key=f"undo_choice_{max(names)}",
    )
    if columns[1].button(t("dashboard.undo_button"), key="undo", width="stretch"):
        st.session_state["undo_asked"] = chosen
    if st.session_state.get("undo_asked") == chosen:
        st.warning(t("dashboard.undo_sure", file=plain(names[chosen])))
        if st.button(t("dashboard.undo_yes"), key="undo_yes", type="primary"):
            del st.session_state["undo_asked"]
            try:
                resources.store().undo(chosen)
            except UnknownImportError as gone:
                st.error(t(gone.key, **gone.values))
            st.rerun()
