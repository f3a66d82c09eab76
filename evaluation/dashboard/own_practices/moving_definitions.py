"""Takes the definitions out as one file, and those of another toolkit in: what they would change is shown first."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

import streamlit as st

from evaluation.dashboard import components, resources, state
from evaluation.dashboard.components import plain
from evaluation.definitions import DefinitionDocument, DefinitionsRefused
from evaluation.definitions.definition_files import documents_of, files_in, files_of, name_of, zip_of
from evaluation.findings import Words
from evaluation.own_definitions import new_documents, save_documents
from evaluation.store import StoreError

ZIP = "application/zip"
_TURN, _DONE = "definitions_turn", "definitions_imported"


def show(words: Words) -> None:
    """Show the button that takes them out, where there are any, and the field that takes them in."""
    t = words.t
    documents = resources.store().definitions()
    with st.container(border=True, key="practice_files"):
        st.markdown(f"**{t('practices.files_title')}**")
        st.write(t("practices.files_text"))
        if _DONE in st.session_state:
            st.success(t.plural("practices.imported", st.session_state.pop(_DONE)))
        if documents:
            day = datetime.now(UTC).astimezone().date()
            name = f"{t('practices.export_file')}_{day.isoformat()}.zip"
            components.offer(t("practices.export"), _exported, name, ZIP, "definitions_export")
        _take_in(documents, words)


def _exported() -> bytes:
    store = resources.store()
    content = zip_of(files_of(store.definitions()))
    store.note("definitions_exported")
    return content


def _take_in(stored_documents: Sequence[DefinitionDocument], words: Words) -> None:
    t, turn = words.t, st.session_state.setdefault(_TURN, 0)
    upload = st.file_uploader(t("practices.import"), key=f"definitions_file_{turn}")
    if upload is None:
        return
    try:
        documents = documents_of(files_in(upload.getvalue(), upload.name))
        new = new_documents(resources.store(), documents)
        _list(new, {document.key for document in stored_documents}, words)
        if new and st.button(t("practices.import_save"), key="definitions_import", type="primary"):
            save_documents(resources.store(), state.settings().definitions, documents)
            st.session_state[_TURN], st.session_state[_DONE] = turn + 1, len(new)
            st.rerun()
    except DefinitionsRefused as refused:
        st.error("\n\n".join(plain(problem.message(t)) for problem in refused.problems))
    except StoreError as refused:
        st.error(t(refused.key, **{name: plain(str(value)) for name, value in refused.values.items()}))


def _list(new: Sequence[DefinitionDocument], known: Collection[object], words: Words) -> None:
    """Say what would be new here, and what would be changed."""
    t = words.t
    if not new:
        st.write(t("practices.imported_nothing"))
    for key, changed in (("practices.import_new", False), ("practices.import_changes", True)):
        names = [
            f"{name_of(document, t.language)} ({t(f'definitions.kind_{document.kind}').lower()})"
            for document in new
            if (document.key in known) is changed
        ]
        if names:
            st.write(t(key, names=plain(", ".join(dict.fromkeys(names)))))
