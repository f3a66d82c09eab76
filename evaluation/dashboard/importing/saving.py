"""The step that saves what was understood of all files, and says what was saved and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import components, resources
from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.asking import Shown
from evaluation.dashboard.importing.problems import offer_commented
from evaluation.importing import remember
from evaluation.records import Receipt

_OUTCOME = "import_outcome"


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of one file that was saved; ``content`` is kept where some of it is to be mended."""

    receipt: Receipt
    content: bytes | None


def offer_saving(files: Sequence[Shown], words: Words) -> bool:
    """Offer to save what is new in the files; return whether that was done."""
    number = sum(shown.understood.receipt.accepted for shown in files)
    label = words.t.plural("dashboard.accept_button", number)
    pressed = st.button(label, type="primary", disabled=not number, key="accept", icon=":material/save:")
    if not number:
        waiting = any(shown.understood.receipt.rejected for shown in files)
        st.caption(words.t("dashboard.answer_first" if waiting else "dashboard.nothing_to_accept"))
    if not pressed:
        return False
    st.session_state[_OUTCOME] = tuple(_save(shown) for shown in files)
    return True


def _save(shown: Shown) -> Outcome:
    understood, store = shown.understood, resources.store()
    if not understood.receipt.accepted:
        return Outcome(understood.receipt, None)
    receipt = store.accept(understood.draft, understood.keep)
    remember(store, understood.draft, understood.used)
    return Outcome(receipt, shown.file.opened.content if receipt.rejected else None)


def forget_outcome() -> None:
    """Forget what was saved last: other files have been dropped."""
    st.session_state.pop(_OUTCOME, None)


def tell_outcome(words: Words) -> None:
    """Say what was saved of each file, and what is still missing."""
    outcomes: tuple[Outcome, ...] = st.session_state.get(_OUTCOME, ())
    if not outcomes:
        return
    t = words.t
    saved = sum(outcome.receipt.accepted for outcome in outcomes)
    st.success(t.plural("dashboard.saved", saved), icon=":material/check_circle:")
    with st.container(border=True):
        for number, outcome in enumerate(outcomes):
            st.markdown(f"**{plain(outcome.receipt.file)}**: {plain(' '.join(sentences_of(outcome.receipt, words)))}")
            if outcome.content is not None:
                receipt = outcome.receipt
                offer_commented(receipt.file, outcome.content, receipt.problems, t, f"outcome_{number}")
    if st.button(t("dashboard.see_practices"), key="see_practices"):
        components.go_to("overview")


def sentences_of(receipt: Receipt, words: Words) -> list[str]:
    """Return what became of a file as sentences."""
    t = words.t
    told = [t.plural("dashboard.outcome_saved", receipt.accepted)]
    if receipt.duplicates:
        told.append(t.plural("dashboard.outcome_duplicates", receipt.duplicates))
    if receipt.set_aside:
        told.append(t.plural("dashboard.outcome_set_aside", receipt.set_aside))
    if receipt.rejected:
        told.append(t.plural("dashboard.outcome_rejected", receipt.rejected))
    if receipt.near_codes:
        pairs = ", ".join(dict.fromkeys(f"{near.code} / {near.nearest}" for near in receipt.near_codes))
        told.append(t("dashboard.outcome_near", codes=pairs))
    return told
