"""The workbench of one file in the browser: its sheet as a picture, and all choices sent by one press."""

import json
from collections.abc import Mapping, MutableMapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

from evaluation.dashboard.importing.choices import NO, YES, kind_of, marked
from evaluation.dashboard.importing.column_editor import editor_of
from evaluation.dashboard.importing.file_view import FileView
from evaluation.dashboard.importing.question_groups import question_groups
from evaluation.dashboard.importing.sheet_view import outcome_words, sheets_of
from evaluation.dashboard.importing.summary import figures_of
from evaluation.findings import Words

HERE = Path(__file__).parent
COMPONENT = "workbench"
WORDS = (
    "masked", "masked_note", "change", "letter", "heading", "examples", "read_as", "timing", "apply", "unchanged",
    "changed", "suggested",
)  # fmt: skip
TICKED = ("hidden", "same")


def show_workbench(view: FileView) -> None:
    """Show the picture of a file's sheets and all that can be corrected; one press sends what is chosen."""
    key = f"{COMPONENT}_{view.file.mark}"
    content = {
        "mark": view.file.mark,
        "words": workbench_words(view.words),
        "sheets": sheets_of(view),
        "columns": editor_of(view),
        "boxes": question_groups(view),
        "figures": figures_of(view),
        "waiting": view.waiting,
    }
    # As bytes it passes through Streamlit as it is.
    data = json.dumps(content, ensure_ascii=False).encode()
    _component()(key=key, data=data, on_chosen_change=partial(_take_over, key, view.file.mark))


def workbench_words(words: Words) -> dict[str, object]:
    """Return the words that the workbench itself says."""
    return {name: words.t(f"importing.{name}") for name in WORDS} | {"outcomes": outcome_words(words)}


def _take_over(key: str, mark: str) -> None:
    sent = getattr(st.session_state.get(key), "chosen", None)
    if isinstance(sent, Mapping):
        take_over(sent, mark, st.session_state)


def take_over(sent: Mapping[Any, Any], mark: str, values: MutableMapping[Any, Any]) -> None:
    """Put what was chosen in the browser among the ``values`` of the session.

    Args:
        sent: what was chosen by the keys of choices; anything that is no choice for this file is passed over.
        mark: the mark of the file.
        values: what the session keeps.
    """
    for key, value in sent.items():
        if marked(key) == mark and isinstance(value, str):
            values[key] = _read(kind_of(key), value)


def _read(kind: str | None, value: str) -> object:
    if kind in TICKED and value in (YES, NO):
        return value == YES
    if kind == "day":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value


@cache
def _component() -> Any:
    style, script = (HERE.joinpath(f"{COMPONENT}.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    return st.components.v2.component(COMPONENT, html='<div class="bench"></div>', css=style, js=script)
