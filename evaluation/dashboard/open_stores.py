"""The stores by address, opened once in a process: threads that open one file twice would not take turns."""

import streamlit as st

from evaluation.store import Store, open_store


@st.cache_resource(show_spinner=False, max_entries=4)
def store_at(url: str) -> Store:
    """Return the store at ``url``, bounded by nobody's right. Raises StoreError when it cannot be opened."""
    return open_store(url)
