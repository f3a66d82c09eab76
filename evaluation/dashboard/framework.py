"""What the browser learns of every page: its language, its style, and the words of the framework in that language."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from evaluation.i18n import Translator

SCRIPT = Path(__file__).with_name("page.js")
# What Streamlit says in English, and the message that says it in the reader's words.
WORDS = {
    "Skip to main content": "skip",
    "App pages": "pages",
    "Sidebar": "sidebar",
    "Expand sidebar": "open_pages",
    "Collapse sidebar": "close_pages",
    "Link to heading": "link",
    "Open": "open",
    "Close": "close",
    "Dismiss": "close",
    "Clear": "clear",
    "Clear value": "clear",
    "Clear all": "clear",
    "Clear selection": "clear",
    "Selected values": "selected",
    "Clear date": "clear",
    "Clear entry": "clear",
    "Show suggestions": "open",
    "No results": "no_results",
    "Choose an option": "choose",
    "Choose options": "choose",
    "Choose date": "choose_date",
    "Previous month": "previous_month",
    "Next month": "next_month",
    "Previous page": "previous_page",
    "Next page": "next_page",
    "Press Enter to apply": "press_enter",
    "Increment": "increment",
    "Decrement": "decrement",
    "Upload": "upload",
    "Browse files": "upload",
    "file upload": "upload",
    "Uploading...": "uploading",
    "Upload failed": "upload_failed",
    "Drag and drop files here": "drop",
    "Drag and drop a file here": "drop",
    "Show/hide columns": "columns",
    "Download as CSV": "csv",
    "Search": "search",
    "Close Search": "close_search",
    "Type to search": "search",
    "Fullscreen": "fullscreen",
    "Exit fullscreen": "exit_fullscreen",
    "Close fullscreen": "exit_fullscreen",
    "Sort ascending": "sort_up",
    "Sort descending": "sort_down",
    "Autosize": "autosize",
    "Pin column": "pin",
    "Unpin column": "unpin",
    "Hide column": "hide",
    "Copy column name": "copy_name",
    "Format": "format",
    "Running...": "running",
    "Stop": "stop",
    "Loading...": "loading",
    "Connecting": "connecting",
    "CONNECTING": "connecting",
    "Connection error": "no_connection",
    "Page not found": "no_page",
    "Failed to generate file for download": "no_file",
}
# Sentences with something in them, as regular expressions.
PATTERNS = {
    r"0 options available\.": "no_results",
    r"(\d+) options? available\.": "options",
    r"(\d+)\s?MB per file": "size",
    r"(\d+)\s?MB per file . (.+)": "size_of_kind",
    r"Remove (.+)": "remove",
    r"(\d+) more": "more_pages",
    r"Error: Number is outside the allowed range\. Please enter a value between (.+) and (.+)\.": "between",
    r"You have requested page /(.*), but no corresponding file was found.*": "no_such_page",
    r"This app has encountered an error\..*": "failed",
    r"The page that you have requested does not seem to exist.*": "no_such_page",
}

# Two frames later the page has its new colours, which the server then learns.
WATCH = """
export default function ({ setTriggerValue }) {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const say = () => setTriggerValue("turned", `${dark.matches}`);
  const tell = () => requestAnimationFrame(() => requestAnimationFrame(say));
  dark.addEventListener("change", tell);
  return () => dark.removeEventListener("change", tell);
}
"""


def speak(t: Translator, rules: str) -> None:
    """Tell the browser the language of the page, have the framework speak it, and lay ``rules`` of style upon it.

    A style that is an element of the page is for moments not there while the page is drawn anew.
    """
    _page()(
        key="framework",
        data={
            "lang": t.language,
            "rules": rules,
            "words": {english: t(f"framework.{name}") for english, name in WORDS.items()},
            "patterns": [[pattern, _gaps(t(f"framework.{name}"))] for pattern, name in PATTERNS.items()],
        },
        height=1,
    )


def _gaps(text: str) -> str:
    """Return a message whose gaps are named by what fills them with the gaps numbered, as the script fills them."""
    for number, name in enumerate(("first", "second"), start=1):
        text = text.replace(f"[{name}]", f"{{{number}}}")
    return text


@cache
def _page() -> Any:
    return st.components.v2.component("page_words", html="<span></span>", js=SCRIPT.read_text(encoding="utf-8"))


def follow_daylight() -> None:
    """Draw the page anew when the reader's system turns dark or light, as charts have colours of their kind."""
    _watch()(key="daylight", on_turned_change=_draw_anew)


def _draw_anew() -> None:
    """Do nothing: the event alone makes the script run again."""


@cache
def _watch() -> Any:
    return st.components.v2.component("daylight", js=WATCH)
