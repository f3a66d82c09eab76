"""What happens as soon as the dashboard is served: the user's browser opens, and what the first page needs is read."""

import importlib
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Thread

import streamlit as st
from streamlit.starlette import App

from evaluation.dashboard import known_browsers
from evaluation.definitions import load_library
from evaluation.i18n import Refused, Translator
from evaluation.settings import Settings


@asynccontextmanager
async def opened(app: App) -> AsyncIterator[None]:  # noqa: ARG001 - as Streamlit calls it
    """Open the page where there is a screen; Streamlit itself does so only for a server without a gate."""
    if st.get_option("server.headless"):
        known_browsers.say_address("access.open_at")
    else:
        # The browser may keep whoever opens it waiting, and asks for the page at once.
        Thread(target=webbrowser.open, args=(known_browsers.address(),), daemon=True).start()
        known_browsers.say_address("access.opened_at")
    # The browser takes a second to come; the first page would wait for all of this.
    Thread(target=_read_ahead, daemon=True).start()
    yield


def _read_ahead() -> None:
    """Read definitions, texts and the database's library. What is refused here, the page says when it asks for it."""
    with suppress(Refused, OSError):
        settings = Settings.from_environment()
        Translator(settings.language)("dashboard.title")
        load_library(settings.definitions)
        importlib.import_module("duckdb_engine")
