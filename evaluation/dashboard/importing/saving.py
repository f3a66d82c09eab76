"""The bar that saves what was understood of all files, and what is kept of the last import until other files come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from evaluation.dashboard import components, resources, state
from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.file_view import FileView
from evaluation.dashboard.importing.new_practice import missing
from evaluation.dashboard.importing.own_saving import save_definitions
from evaluation.dashboard.importing.own_work import OwnWork
from evaluation.dashboard.importing.summary import pending_questions, to_be_saved
from evaluation.findings import Words
from evaluation.i18n import Refused
from evaluation.importing import remember
from evaluation.intake.column_keys import column_key
from evaluation.records import Receipt, UnknownAnswer
from evaluation.store import UnitDecision

_OUTCOME, _NEWS = "import_outcome", "import_news"


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of one file that was saved.

    ``content`` is kept for a file to be mended. ``by_likeness`` are the headings of columns read by a suggestion,
    with the question; ``emptied`` the answers that were left empty by one. ``practices`` and ``cohorts``
    are where its forms went.
    """

    receipt: Receipt
    content: bytes | None
    by_likeness: tuple[tuple[str, str], ...] = ()
    emptied: tuple[UnknownAnswer, ...] = ()
    practices: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()


def show_bar(files: Sequence[FileView], new_questions: OwnWork | None, words: Words) -> bool:
    """Show what will be saved, with a way to stop and a way to save; return whether the files are done with."""
    t = words.t
    number = sum(view.understood.receipt.accepted for view in files)
    # What new questions still lack says it all while nobody knows whose they are.
    makes = new_questions is not None and bool(new_questions.questions or new_questions.definitions)
    pending = missing(new_questions, words) or pending_questions(files, words)
    with st.bottom.container(horizontal=True, vertical_alignment="center", key="import_bar"):
        st.markdown(_sentence(files, number, pending, words), width="stretch")
        stopped = st.button(t("importing.stop"), key="import_stop", type="tertiary")
        disabled = not number or bool(pending)
        label = t("own.save" if makes else "importing.save")
        saved = st.button(label, type="primary", disabled=disabled, key="accept")
    if stopped:
        return True
    if not saved:
        return False
    outcomes = _save_all(files, new_questions)
    if outcomes is None:
        return False
    st.session_state[_OUTCOME], st.session_state[_NEWS] = outcomes, True
    return True


def _sentence(files: Sequence[FileView], number: int, pending: Sequence[str], words: Words) -> str:
    t = words.t
    if pending:
        return f"**{plain(t('importing.first_answer', what='; '.join(pending)))}**"
    if not number:
        waiting = any(view.understood.receipt.rejected for view in files)
        return t("dashboard.answer_first" if waiting else "dashboard.nothing_to_accept")
    rejected = sum(view.understood.receipt.rejected for view in files)
    not_saved = f" **{plain(t.plural('importing.rows_not_saved', rejected))}**" if rejected else ""
    return f"**{plain(to_be_saved(files, words))}**{not_saved} {plain(t('importing.undo_later'))}"


def _save_all(files: Sequence[FileView], new_questions: OwnWork | None) -> tuple[Outcome, ...] | None:
    """Save the files, and the new questions with the first of them; None, with the reason shown, where that fails.

    Files that come together are put into publication units together, with the last of them.
    """
    decision = resources.unit_rules()
    resources.store().decide_units(decision)
    decisions = [*[None] * (len(files) - 1), decision]
    if new_questions is None or new_questions.definitions is None:
        return tuple(map(_save, files, decisions))
    outcomes: list[Outcome] = []
    try:
        for view, of_view in zip(files, decisions, strict=True):
            outcomes.append(_save(view, of_view))
            if len(outcomes) == 1:
                save_definitions(new_questions.definitions, outcomes[0].receipt.import_id)
    except Refused as refused:
        # Without the questions nobody could read the answers.
        for outcome in outcomes:
            if outcome.receipt.import_id is not None:
                resources.store().undo(outcome.receipt.import_id)
        st.error(refused.message(state.translator()))
        return None
    return tuple(outcomes)


def _save(view: FileView, decision: UnitDecision | None) -> Outcome:
    understood, store = view.understood, resources.store()
    if not understood.receipt.accepted:
        return Outcome(understood.receipt, None)
    receipt = store.accept(understood.draft, understood.keep, decision=decision)
    columns = {**understood.suggested.columns, **understood.used.columns}
    remember(store, understood.draft, replace(understood.used, columns=columns))
    responses = understood.draft.responses
    return Outcome(
        receipt,
        view.file.opened.content if receipt.rejected else None,
        _read_by_likeness(view),
        tuple(answer for answer in understood.unknown if (answer.item, answer.text) in understood.suggested.answers),
        tuple(dict.fromkeys(responses["practice"])),
        tuple(dict.fromkeys(responses["cohort"])),
    )


def _read_by_likeness(view: FileView) -> tuple[tuple[str, str], ...]:
    """Return the columns that were read by likeness and on which the worker has decided nothing."""
    suggested = view.understood.suggested.columns
    by_likeness = ("similar", "position")
    return tuple(
        (match.heading, match.target)
        for match in view.understood.draft.columns
        if match.target and (match.how in by_likeness or suggested.get(column_key(match)) == match.target)
    )


def open_charts() -> None:
    """Open the practice and cohort that were saved last; where there are several, the overview."""
    outcomes: tuple[Outcome, ...] = st.session_state.get(_OUTCOME, ())
    saved = [outcome for outcome in outcomes if outcome.receipt.import_id is not None]
    practices = {practice for outcome in saved for practice in outcome.practices}
    cohorts = {cohort for outcome in saved for cohort in outcome.cohorts}
    if not saved:
        return
    if len(practices) != 1:
        components.go_to("overview")
    cohort = {"cohort": next(iter(cohorts))} if len(cohorts) == 1 and all(cohorts) else {}
    components.go_to("practice", practice=next(iter(practices)), **cohort)


def last_outcome() -> tuple[Outcome, ...]:
    """Return what was saved last in this session."""
    outcomes: tuple[Outcome, ...] = st.session_state.get(_OUTCOME, ())
    return outcomes


def news() -> bool:
    """Tell whether the page that saving opened has still to say what was saved last."""
    return bool(st.session_state.get(_NEWS))


def forget_news() -> None:
    """Say what was saved last on the import page only from now on."""
    st.session_state.pop(_NEWS, None)


def forget_outcome() -> None:
    """Forget what was saved last: other files have been dropped."""
    st.session_state.pop(_OUTCOME, None)
    forget_news()
