"""The list of new questions in the browser; whatever is pressed there is a choice at once."""

import json
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

from evaluation.dashboard.importing.choices import EVERY_FILE, Choices
from evaluation.dashboard.importing.own_list import own_list
from evaluation.dashboard.importing.own_work import OwnWork
from evaluation.dashboard.importing.workbench import take_over
from evaluation.findings import Words

HERE = Path(__file__).parent
COMPONENT = "own_questions"


def show_own(new_questions: OwnWork, everyone: Choices, words: Words) -> None:
    """Show the new questions of the open files, with all that can be said of them."""
    data = json.dumps(own_list(new_questions, everyone, words), ensure_ascii=False).encode()
    _component()(key=COMPONENT, data=data, on_chosen_change=partial(_take_over, tuple(new_questions.files)))


def _take_over(marks: tuple[str, ...]) -> None:
    sent = getattr(st.session_state.get(COMPONENT), "chosen", None)
    if isinstance(sent, Mapping):
        for mark in (EVERY_FILE, *marks):
            take_over(sent, mark, st.session_state)


@cache
def _component() -> Any:
    style, script = (HERE.joinpath(f"{COMPONENT}.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    return st.components.v2.component(COMPONENT, html='<div class="own"></div>', css=style, js=script)
