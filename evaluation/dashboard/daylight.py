"""Draws the page anew when the reader's system turns dark or light while it is open, as charts have own colours."""

from functools import cache
from typing import Any

import streamlit as st

# Two frames later the page has taken on its new colours, which the server is then told.
WATCH = """
export default function ({ setTriggerValue }) {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const say = () => setTriggerValue("turned", `${dark.matches}`);
  const tell = () => requestAnimationFrame(() => requestAnimationFrame(say));
  dark.addEventListener("change", tell);
  return () => dark.removeEventListener("change", tell);
}
"""


def follow() -> None:
    """Watch the reader's system; has no look of its own."""
    _watch()(key="daylight", on_turned_change=_draw_anew)


def _draw_anew() -> None:
    """Do nothing: that something was told makes the page run again."""


@cache
def _watch() -> Any:
    return st.components.v2.component("daylight", js=WATCH)
