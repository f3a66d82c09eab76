"""The workbench of one file in the browser: its sheet as a picture, and all choices taken over by one press."""

import json
from collections.abc import Mapping, MutableMapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard.importing.asking import Shown
from evaluation.dashboard.importing.boxes import boxes_of
from evaluation.dashboard.importing.choices import NO, YES, kind_of, marked
from evaluation.dashboard.importing.editor import editor_of
from evaluation.dashboard.importing.painting import outcome_words, sheets_of
from evaluation.dashboard.importing.summary import figures_of

HERE = Path(__file__).parent
COMPONENT = "workbench"
WORDS = (
    "masked", "masked_note", "change", "letter", "heading", "examples", "read_as", "timing", "apply", "unchanged",
    "changed", "suggested",
)  # fmt: skip
TICKED = ("hidden", "same")


def show_workbench(shown: Shown) -> None:
    """Show the picture of a file's sheets and all that can be corrected; what is chosen is taken over by one press."""
    key = f"{COMPONENT}_{shown.file.mark}"
    told = {
        "mark": shown.file.mark,
        "words": told_words(shown.words),
        "sheets": sheets_of(shown),
        "columns": editor_of(shown),
        "boxes": boxes_of(shown),
        "figures": figures_of(shown),
        "waiting": shown.waiting,
    }
    # As bytes it passes through Streamlit as it is.
    data = json.dumps(told, ensure_ascii=False).encode()
    _component()(key=key, data=data, on_chosen_change=partial(_take_over, key, shown.file.mark))


def told_words(words: Words) -> dict[str, object]:
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
