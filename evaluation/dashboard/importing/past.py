"""The imports made before, each with a way to take it back."""

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import resources
from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.undoing import offer_undo, tell_gone
from evaluation.store import ImportRecord

# Of many imports the latest are listed, and all of them in a table below a fold.
LATEST = 8


def list_imports(words: Words) -> None:
    """List the imports made, each with a way to take it back."""
    t = words.t
    imports = resources.store().imports()
    st.subheader(t("dashboard.imports_title"))
    tell_gone(words)
    if not imports:
        st.write(t("dashboard.no_imports"))
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
