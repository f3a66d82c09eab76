"""What pages share between readings: definitions, the store, and evidence while neither data nor choice changes."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import state
from evaluation.definitions import Library, load_library
from evaluation.measures import Evidence, OpenAnswers, Policy, pass_open_answers, people_reached, publish, take_counts
from evaluation.store import ImportRecord, Selection, Snapshot, Store, open_store

REMEMBERED = 32
VERSION = "data_version"


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
    return _evidence(settings.database, version(), selection, settings.threshold, library())


@st.cache_resource(show_spinner=False, max_entries=REMEMBERED, hash_funcs={Library: id, Selection: repr})
def _evidence(
    url: str,
    data_version: str,
    selection: Selection,
    threshold: int,
    definitions: Library,
) -> Evidence:
    return publish(_counts(url, data_version, definitions), definitions, selection, Policy(threshold))


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs={Library: id})
def _counts(url: str, data_version: str, definitions: Library) -> Snapshot:  # noqa: ARG001 - part of the key
    return take_counts(_store(url), definitions)


def policy() -> Policy:
    """Return what the settings say of privacy."""
    return Policy(state.settings().threshold)


def open_answers(selection: Selection) -> tuple[OpenAnswers, ...]:
    """Return what people wrote, as the gate lets it through."""
    url, definitions = state.settings().database, library()
    written = _written(url, version(), replace(selection, cohorts=(), years=()))
    return pass_open_answers(written, _counts(url, version(), definitions), definitions, selection, policy())


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs={Selection: repr})
def _written(url: str, data_version: str, narrowed: Selection) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    return _store(url).written_answers(narrowed)


def contents() -> pd.DataFrame:
    """Return what is stored, as Store.contents tells it."""
    return _contents(state.settings().database, version())


@st.cache_resource(show_spinner=False, max_entries=4)
def _contents(url: str, data_version: str) -> pd.DataFrame:  # noqa: ARG001 - the version is part of the key
    return _store(url).contents()


def stored() -> pd.DataFrame:
    """Return what is stored of the practices that are defined, with first and last year of each run (0: not known)."""
    return _stored(state.settings().database, version(), library())


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs={Library: id})
def _stored(url: str, data_version: str, definitions: Library) -> pd.DataFrame:
    contents = _contents(url, data_version)
    known = contents[contents["practice"].isin(definitions.practices)]
    dated = known.merge(
        _counts(url, data_version, definitions).cubes["dates"], on=["practice", "municipality", "cohort"], how="left"
    )
    for name in ("first_on", "last_on"):
        dated[name] = [day.year if pd.notna(day) else 0 for day in dated[name]]
    return dated


def imports() -> tuple[ImportRecord, ...]:
    """Return the imports made, the latest first."""
    return _imports(state.settings().database, version())


@st.cache_resource(show_spinner=False, max_entries=4)
def _imports(url: str, data_version: str) -> tuple[ImportRecord, ...]:  # noqa: ARG001 - the version is part of the key
    return _store(url).imports()


def people() -> int | None:
    """Return how many clients have been reached at least; None where they are fewer than may be told."""
    cubes = _counts(state.settings().database, version(), library()).cubes
    return people_reached(cubes["people"], cubes["overlaps"], policy())


def synthetic() -> bool:
    """Tell whether any of what is stored is sample data."""
    return bool(contents()["synthetic"].any())


def look() -> None:
    """Ask the store once a rerun whether its answers have changed."""
    st.session_state[VERSION] = store().data_version()


def version() -> str:
    """Return the mark of the answers as they were when this rerun began."""
    return str(st.session_state[VERSION])
