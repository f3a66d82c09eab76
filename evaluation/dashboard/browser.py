"""Opening the dashboard in the user's browser, as soon as it is served."""

import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

import streamlit as st
from streamlit.starlette import App

from evaluation.access.network_access import LOCAL, TO_ALL


@asynccontextmanager
async def opened(app: App) -> AsyncIterator[None]:  # noqa: ARG001 - as Streamlit calls it
    """Open the page where there is a screen; Streamlit itself does so only for a server without a gate."""
    if not st.get_option("server.headless"):
        host = st.get_option("server.address") or ""
        host = LOCAL if host in TO_ALL else host
        address = f"http://{f'[{host}]' if ':' in host else host}:{st.get_option('server.port')}"
        # The browser may keep whoever opens it waiting, and asks for the page at once.
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    yield
