"""What pages share between readings: definitions, the store, and evidence while neither data nor choice changes."""

import pandas as pd
import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import state
from evaluation.definitions import Library, load_library
from evaluation.measures import Evidence, Policy, publish
from evaluation.store import Selection, Store, open_store

REMEMBERED = 32


def library() -> Library:
    """Return the definitions, read anew when one of their files has changed."""
    return load_library(state.settings().definitions)


def store() -> Store:
    """Return the store of the settings."""
    return _store(state.settings().database)


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(url: str) -> Store:
    return open_store(url)


def words() -> Words:
    """Return the words of the reader's language."""
    return Words(library(), state.translator())


def evidence(selection: Selection) -> Evidence:
    """Return what may be shown of ``selection``."""
    settings = state.settings()
    return _evidence(settings.database, store().data_version(), selection, settings.threshold, library())


@st.cache_resource(show_spinner=False, max_entries=REMEMBERED, hash_funcs={Library: id, Selection: repr})
def _evidence(
    url: str,
    data_version: str,  # noqa: ARG001 - part of the key
    selection: Selection,
    threshold: int,
    definitions: Library,
) -> Evidence:
    return publish(_store(url), definitions, selection, Policy(threshold))


def contents() -> pd.DataFrame:
    """Return what is stored, as Store.contents tells it."""
    return store().contents()


def synthetic() -> bool:
    """Tell whether any of what is stored is sample data."""
    return bool(contents()["synthetic"].any())
