"""What was saved of the files, what was left empty or read by a suggestion, and what is missing still."""

import streamlit as st

from evaluation.dashboard import resources, texts_waiting
from evaluation.dashboard.components import plain
from evaluation.dashboard.importing import saving
from evaluation.dashboard.importing.column_choices import target_name
from evaluation.dashboard.importing.import_history import offer_undo
from evaluation.dashboard.importing.problem_list import offer_commented
from evaluation.dashboard.importing.saving import Outcome
from evaluation.findings import Words
from evaluation.records import Receipt

MOST_NAMED = 30


def show_outcome(words: Words) -> None:
    """Say what was saved of the files, and what is still missing."""
    outcomes = saving.last_outcome()
    if not outcomes:
        return
    t = words.t
    saved = sum(outcome.receipt.accepted for outcome in outcomes if outcome.receipt.import_id is not None)
    with st.container(border=True, key="import_outcome_box"):
        if saved:
            st.success(t.plural("dashboard.saved", saved), icon=":material/check_circle:")
        else:
            st.info(t("dashboard.nothing_to_accept"))
        for number, outcome in enumerate(outcomes):
            _show(outcome, number, words)
        if saved:
            defined = words.library.practices
            practices = {practice for outcome in outcomes for practice in outcome.practices if practice in defined}
            texts_waiting.show(sorted(practices, key=words.practice), "outcome", words)


def show_news(words: Words) -> None:
    """Say on the page that saving has opened what was saved, once; the import page goes on saying it.

    The sample's pages say nothing of it: what was saved is among the worker's answers.
    """
    if not resources.synthetic() and saving.news():
        show_outcome(words)


def _show(outcome: Outcome, number: int, words: Words) -> None:
    receipt, t = outcome.receipt, words.t
    with st.container(horizontal=True, vertical_alignment="center"):
        text = f"**{plain(receipt.file)}**: {plain(' '.join(sentences_of(receipt, words)))}"
        st.markdown(text, width="stretch")
        if receipt.import_id is not None:
            offer_undo(receipt.import_id, receipt.file, words, f"outcome_{number}")
    lines = [*_emptied(outcome, words), *_read_by_likeness(outcome, words)]
    if lines:
        st.markdown("\n".join(lines))
    if outcome.content is not None:
        offer_commented(receipt.file, outcome.content, receipt.problems, t, f"outcome_{number}")


def _emptied(outcome: Outcome, words: Words) -> list[str]:
    """Return a line for every answer that was left empty because nobody knew what it means."""
    t = words.t
    lines = [
        t(
            "importing.outcome_emptied",
            cell=answer.cell,
            answer=answer.original,
            item=t.label(words.library.items[answer.item].short.root),
            places=t.plural("importing.places", answer.rows),
        )
        for answer in outcome.emptied[:MOST_NAMED]
    ]
    left = len(outcome.emptied) - MOST_NAMED
    if left > 0:
        lines.append(t.plural("importing.more_answers", left))
    return [f"- {plain(line)}" for line in lines]


def _read_by_likeness(outcome: Outcome, words: Words) -> list[str]:
    """Return a line for every column that was read as the question that it resembles."""
    return [
        f"- {plain(words.t('importing.outcome_taken', heading=heading, item=target_name(target, words)))}"
        for heading, target in outcome.by_likeness
    ]


def sentences_of(receipt: Receipt, words: Words) -> list[str]:
    """Return what became of a file as sentences."""
    t = words.t
    sentences = [t.plural("dashboard.outcome_saved", receipt.accepted if receipt.import_id is not None else 0)]
    if receipt.replaced:
        sentences.append(t.plural("dashboard.outcome_replaced", receipt.replaced))
    if receipt.completed:
        sentences.append(t.plural("dashboard.outcome_completed", receipt.completed))
    if receipt.duplicates:
        sentences.append(t.plural("dashboard.outcome_duplicates", receipt.duplicates))
    if receipt.set_aside:
        sentences.append(t.plural("dashboard.outcome_set_aside", receipt.set_aside))
    if receipt.rejected:
        sentences.append(t.plural("dashboard.outcome_rejected", receipt.rejected))
    sentences += [text for pair in receipt.pairs if (text := pair.message(t))]
    if receipt.near_codes:
        pairs = ", ".join(dict.fromkeys(f"{near.code} / {near.nearest}" for near in receipt.near_codes))
        sentences.append(t("dashboard.outcome_near", codes=pairs))
    return sentences
