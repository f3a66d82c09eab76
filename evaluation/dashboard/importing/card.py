"""The card of one file: what it was recognised as, its workbench, and what else there is to know of it."""

import streamlit as st

from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.asking import FEW_FILES, Shown
from evaluation.dashboard.importing.place import ask_missing
from evaluation.dashboard.importing.problems import show_problems
from evaluation.dashboard.importing.summary import figures_of, recognised_as
from evaluation.dashboard.importing.workbench import show_workbench


def show_card(shown: Shown) -> None:
    """Show one file; one of several can be folded up, and its title says how it stands."""
    if shown.files == 1:
        _show(shown)
        return
    waits = shown.waiting or bool(shown.asked.answers) or not shown.understood.receipt.accepted
    with st.expander(_title(shown), expanded=shown.files <= FEW_FILES and waits, key=f"{shown.file.mark}_card"):
        ask_missing(shown)
        _show(shown)


def _title(shown: Shown) -> str:
    told = " · ".join(" ".join(part for part in figure[:2] if part) for figure in figures_of(shown))
    return f"**{plain(shown.understood.draft.file)}** · {plain(told)}"


def _show(shown: Shown) -> None:
    draft = shown.understood.draft
    name = f"**{plain(draft.file)}** · " if shown.files == 1 else ""
    st.markdown(f"{name}{plain(recognised_as(draft, shown.words))}")
    if shown.file.opened.workbook is not None:
        show_workbench(shown)
    show_problems(shown)
