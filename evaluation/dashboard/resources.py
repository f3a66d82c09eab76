"""What pages share between readings: definitions, the store, and evidence while neither data nor choice changes."""

from pathlib import Path

import pandas as pd
import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import state
from evaluation.definitions import BUILT_IN, Library, load_library
from evaluation.measures import Evidence, Policy, publish
from evaluation.store import Selection, Store, open_store

REMEMBERED = 32


def library() -> Library:
    """Return the definitions, read anew when one of their files has changed."""
    own = state.settings().definitions
    folders = [BUILT_IN, *([own] if own else [])]
    stamp = tuple(sorted((str(path), path.stat().st_mtime) for folder in folders for path in folder.glob("*.yaml")))
    return _library(own, stamp)


@st.cache_resource(show_spinner=False, max_entries=4)
def _library(own: Path | None, stamp: tuple[tuple[str, float], ...]) -> Library:  # noqa: ARG001 - part of the key
    return load_library(own)


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
