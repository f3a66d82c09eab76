"""The card of one file: what it was recognised as, where it will be saved, what becomes of its rows, and the steps."""

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.answers import ask_answers
from evaluation.dashboard.importing.asking import Shown
from evaluation.dashboard.importing.codes import ask_codes
from evaluation.dashboard.importing.columns import ask_columns, show_other_columns
from evaluation.dashboard.importing.conflicts import ask_conflicts
from evaluation.dashboard.importing.place import ask_details, ask_missing, form_title
from evaluation.dashboard.importing.problems import show_problems
from evaluation.dashboard.importing.questions import ask_questions
from evaluation.records import Draft, Receipt

MOST_PLACES = 3


def show_card(shown: Shown) -> None:
    """Show one file from what it is to what there is to mend in it."""
    draft, receipt, words = shown.understood.draft, shown.understood.receipt, shown.words
    with st.container(border=True):
        st.markdown(f"#### {plain(draft.file)}")
        st.markdown(recognised_as(draft, words))
        places = places_of(draft, words)
        if places:
            st.markdown(f":material/place: {plain(places)}")
        if receipt.rows:
            with st.container(horizontal=True, gap="medium"):
                for name, number in counts_of(receipt).items():
                    st.metric(words.t(f"dashboard.receipt_{name}"), words.t.number(number), width="content")
        if shown.file.opened.workbook is not None:
            ask_missing(shown)
            ask_questions(shown)
            ask_columns(shown)
            ask_answers(shown)
            ask_conflicts(shown)
            ask_codes(shown)
        show_problems(shown)
        if shown.file.opened.workbook is not None:
            show_other_columns(shown)
            ask_details(shown)


def recognised_as(draft: Draft, words: Words) -> str:
    """Return what a file was recognised as: its kind, and the titles of its questionnaires."""
    key = f"dashboard.layout_{draft.layout}"
    # A template's own sheet may name a kind that nobody has heard of.
    kind = words.t(key) if words.t.has(key) else words.t("dashboard.layout_plain_table")
    forms = ", ".join(plain(form_title(form, words)) for form in draft.questionnaires)
    return f"{kind} · **{forms}**" if forms else kind


def places_of(draft: Draft, words: Words) -> str:
    """Return the practices, municipalities and runs that the rows of a file will be saved to, the first of many."""
    found = draft.responses[["practice", "municipality", "cohort"]].drop_duplicates()
    places = [
        ", ".join([words.practice(practice), municipality, *([cohort] if cohort else [])])
        for practice, municipality, cohort in found.itertuples(index=False, name=None)
    ]
    if len(places) > MOST_PLACES:
        places = [*places[:MOST_PLACES], words.t("dashboard.more_places", n=words.t.number(len(places) - MOST_PLACES))]
    return "; ".join(places)


def counts_of(receipt: Receipt) -> dict[str, int]:
    """Return what becomes of the rows: all of them, and the parts that add up to all; rare parts only where any."""
    counts = {"rows": receipt.rows, "accepted": receipt.accepted, "rejected": receipt.rejected}
    rare = {"duplicates": receipt.duplicates, "set_aside": receipt.set_aside}
    return counts | {name: number for name, number in rare.items() if number}
