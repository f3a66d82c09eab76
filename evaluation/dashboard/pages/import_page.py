"""The page that takes feedback in: drop files, see what was understood, say what is missing, save; and take it back."""

import streamlit as st

from evaluation.access import Role
from evaluation.charts import Words
from evaluation.dashboard import components, resources, signed_in
from evaluation.dashboard.importing import saving
from evaluation.dashboard.importing.asking import Shown
from evaluation.dashboard.importing.card import show_card
from evaluation.dashboard.importing.choices import EVERY_FILE, Choices
from evaluation.dashboard.importing.past import list_imports
from evaluation.dashboard.importing.place import ask_place, forget_elsewhere
from evaluation.dashboard.importing.receipts import show_outcome
from evaluation.dashboard.importing.session import MOST_FILES, SessionFiles, current_files, keep_choices

ROUND = "import_round"


def show() -> None:
    """Show the uploader, a card for each file that was dropped, and the imports made before."""
    signed_in.access().require(Role.CONTRIBUTOR)
    words = resources.words()
    t = words.t
    st.title(t("dashboard.page_import"))
    # A new uploader is an empty one: there is no other way to empty it after saving.
    turn = st.session_state.setdefault(ROUND, 0)
    lead = st.empty()
    # Any file may be dropped, so that one of a wrong kind is refused in our own words.
    uploads = st.file_uploader(t("dashboard.upload_label"), accept_multiple_files=True, key=f"upload_{turn}")
    files = current_files(uploads, t)
    keep_choices(st.session_state, files.open)
    saving.forget_news()
    if not files.open:
        lead.write(t("dashboard.import_lead"))
        show_outcome(words)
        list_imports(words)
        return
    saving.forget_outcome()
    if len(uploads) > MOST_FILES:
        st.warning(t("dashboard.too_many_files", n=MOST_FILES))
    _show_files(files, words)


def _show_files(files: SessionFiles, words: Words) -> None:
    """Show what was understood of each file, and save all that is new when the worker says so."""
    everyone = Choices(st.session_state, EVERY_FILE)
    forget_elsewhere(st.session_state, everyone, everyone.said("place", "practice"), words.library)
    if files.again:
        names = ", ".join(components.plain(name) for name in files.again)
        st.caption(words.t("dashboard.same_file_again", files=names))
    store, library = resources.store(), resources.library()
    shown = []
    for mark, file in files.open.items():
        choices = Choices(st.session_state, mark)
        understood = file.understand(choices, everyone, store, library)
        shown.append(Shown(file, understood, choices, everyone, words, len(files.open)))
    ask_place(shown, everyone, words)
    for each in shown:
        show_card(each)
    if saving.show_bar(shown, words):
        st.session_state[ROUND] += 1
        saving.open_charts()
        st.rerun()
