"""What the reader has chosen: kept in the session from page to page, and in the address to share a view."""

from collections.abc import Callable, Sequence

import streamlit as st

from evaluation.i18n import Translator, languages
from evaluation.settings import Settings, preferred_language
from evaluation.store import OWN, SAMPLE, Kind

KEPT = "kept"
DATA = "data"
# The pages by name, put here by the frame so that any page can open another.
PAGES = "pages"
LANGUAGE_NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


def settings() -> Settings:
    """Return the settings of this process."""
    return Settings.from_environment()


def language() -> str:
    """Return the code of the reader's language."""
    wanted = recall("lang")
    return wanted[0] if wanted and wanted[0] in languages() else preferred_language()


def translator() -> Translator:
    """Return the translator of the reader's language."""
    return Translator(language())


def chosen_data() -> Kind:
    """Return whose answers to show: the reader's, unless the reader chose the sample."""
    return SAMPLE if recall(DATA) == [SAMPLE] else OWN


def choose_data(kind: str) -> None:
    """Show answers of that kind from now on; the address says so of the sample alone."""
    remember(DATA, *([SAMPLE] if kind == SAMPLE else []))


def recall(name: str) -> list[str]:
    """Return what was chosen for ``name``: what the address says, else the choice of before."""
    in_address = st.query_params.get_all(name)
    choices: dict[str, list[str]] = st.session_state.setdefault(KEPT, {})
    if in_address:
        # The address of the next page may say nothing: who came by a link in Swedish goes on in Swedish.
        choices[name] = in_address
    return choices.get(name, [])


def remember(name: str, *values: str) -> None:
    """Keep the choice for ``name`` in the session and in the address."""
    st.session_state.setdefault(KEPT, {})[name] = list(values)
    if st.query_params.get_all(name) != list(values):
        st.query_params[name] = list(values)


def choose_one(name: str, label: str, options: Sequence[str], say: dict[str, str]) -> str:
    """Show a choice of one of ``options``, begun with what was chosen before, and keep it."""
    before = [value for value in recall(name) if value in options]
    index = options.index(before[0]) if before else 0
    chosen = st.selectbox(label, options, index=index, format_func=lambda value: say.get(value, value), key=f"w_{name}")
    remember(name, str(chosen))
    return str(chosen)


def choose_some(
    name: str, label: str, options: Sequence[str], placeholder: str, say: Callable[[str], str] = str
) -> tuple[str, ...]:
    """Show a choice of any of ``options`` (none means all), begun with what was chosen before, and keep it.

    What was chosen on another page and is no option here stays chosen there.
    """
    choice_before = recall(name)
    before = [value for value in choice_before if value in options]
    chosen = st.multiselect(
        label, options, default=before, placeholder=placeholder, format_func=say, key=f"w_{name}", select_all=False
    )
    remember(name, *(value for value in choice_before if value not in options), *chosen)
    return tuple(chosen)
