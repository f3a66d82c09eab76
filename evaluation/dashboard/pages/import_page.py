"""The page that takes feedback in: drop files, see what was understood, say what is missing, save; and take it back."""

from functools import partial

import streamlit as st

from evaluation.access import Role
from evaluation.dashboard import components, resources, sign_in
from evaluation.dashboard.importing import saving
from evaluation.dashboard.importing.choices import EVERY_FILE, Choices
from evaluation.dashboard.importing.file_view import FEW_FILES, FileView
from evaluation.dashboard.importing.import_history import list_imports
from evaluation.dashboard.importing.new_practice import ask_new_practice, expect_new_practice, is_wanted
from evaluation.dashboard.importing.own_view import show_own
from evaluation.dashboard.importing.own_work import own_work
from evaluation.dashboard.importing.place_row import ask_missing, ask_place
from evaluation.dashboard.importing.problem_list import show_problems
from evaluation.dashboard.importing.receipts import show_outcome
from evaluation.dashboard.importing.session_files import MOST_FILES, SessionFiles, current_files, keep_choices
from evaluation.dashboard.importing.summary import figures_of, recognised_as
from evaluation.dashboard.importing.workbench import show_workbench
from evaluation.findings import Words
from evaluation.intake import FileSettings

ROUND = "import_round"


def show() -> None:
    """Show the uploader, a card for every file that was dropped, and the imports made before."""
    sign_in.access().require(Role.CONTRIBUTOR)
    words = resources.words()
    t = words.t
    st.title(t("dashboard.page_import"))
    # A new uploader is an empty one: there is no other way to empty it after saving.
    turn = st.session_state.setdefault(ROUND, 0)
    lead = st.empty()
    # Any file may be dropped, so that one of a wrong kind is refused in words of the toolkit.
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
    """Show what was understood of the files, and save all that is new when the worker says so."""
    everyone = Choices(st.session_state, EVERY_FILE)
    if files.again:
        names = ", ".join(components.plain(name) for name in files.again)
        st.caption(words.t("dashboard.same_file_again", files=names))
    store = resources.store()
    made = [document.id for document in store.definitions() if document.kind == "questionnaire"]
    spent = store.spent_ids()
    work = partial(own_work, files.open, everyone, words.library, made, spent, words.t, st.session_state)
    new_questions = work()
    if new_questions is not None and not sign_in.access().at_least(Role.COORDINATOR):
        st.info(words.t("own.not_yours"))
        new_questions = None
    if expect_new_practice(new_questions, everyone, st.session_state):
        new_questions = work()
    words = Words(new_questions.library, words.t) if new_questions else words
    views = []
    for mark, file in files.open.items():
        choices = Choices(st.session_state, mark)
        revise = partial(new_questions.instructions, mark) if new_questions else _as_it_is
        understood = file.understand(choices, everyone, store, words.library, revise)
        views.append(FileView(file, understood, choices, everyone, words, len(files.open)))
    if new_questions is not None and is_wanted(new_questions, everyone):
        ask_new_practice(new_questions, everyone, words)
    else:
        ask_place(views, everyone, words, offer_new=new_questions is not None)
    if new_questions is not None and (new_questions.questions or new_questions.changes or new_questions.left_out):
        show_own(new_questions, everyone, words)
    for view in views:
        _show_card(view)
    if saving.show_bar(views, new_questions, words):
        st.session_state[ROUND] += 1
        saving.open_charts()
        st.rerun()


def _as_it_is(before: FileSettings) -> FileSettings:
    return before


def _show_card(view: FileView) -> None:
    """Show one file; one of several can be folded up, and its title says how it stands."""
    if view.files == 1:
        _show_file(view)
        return
    waits = view.waiting or bool(view.queries.answers) or not view.understood.receipt.accepted
    with st.expander(_title(view), expanded=view.files <= FEW_FILES and waits, key=f"{view.file.mark}_card"):
        ask_missing(view)
        _show_file(view)


def _title(view: FileView) -> str:
    figures = " · ".join(" ".join(part for part in figure[:2] if part) for figure in figures_of(view))
    return f"**{components.plain(view.understood.draft.file)}** · {components.plain(figures)}"


def _show_file(view: FileView) -> None:
    draft = view.understood.draft
    name = f"**{components.plain(draft.file)}** · " if view.files == 1 else ""
    st.markdown(f"{name}{components.plain(recognised_as(draft, view.words))}")
    if view.file.opened.workbook is not None:
        show_workbench(view)
    show_problems(view)
