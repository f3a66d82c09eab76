"""Shows a chart on the page: made once of the same figures, drawn when a reader comes near, and anew in its place.

Streamlit's own chart is made anew, and drawn twice, each time the page is, wherever on the page it stands.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import FunctionType
from typing import Any

import plotly
import streamlit as st
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.runtime import Runtime

from evaluation.charts import Words, alt_text
from evaluation.charts.figure import Figure
from evaluation.charts.theme import in_dark, untitled
from evaluation.measures import Published

SCRIPT = Path(__file__).with_name("chart.js")
LIBRARY = "plotly.library"
REMEMBERED = 500


@dataclass(frozen=True)
class Drawing:
    """A chart as the browser draws it (``figure``, JSON), with its title and its words for those who do not see it."""

    title: str
    described: str
    figure: str


def drawing(make: "partial[Figure]", published: Published, words: Words) -> Drawing:
    """Return the chart that ``make`` makes of ``published``, in the colours of the reader's page.

    Args:
        make: a function of charts with all that it draws; what it is given is what the chart is remembered by.
        published: what the chart is described by.
        words: the reader's language.
    """
    return _drawing(make, published, words, dark())


def _content(published: Published) -> tuple[str, int, str]:
    return published.measure, published.threshold, repr(published.frame.to_dict("list"))


def _name(function: FunctionType) -> tuple[str, str]:
    return function.__module__, function.__qualname__


def _language(words: Words) -> tuple[str, int]:
    return words.t.language, id(words.library)


KNOWN_BY: dict[str | type[Any], Callable[[Any], Any]] = {Published: _content, Words: _language, FunctionType: _name}


@st.cache_resource(show_spinner=False, max_entries=REMEMBERED, hash_funcs=KNOWN_BY)
def _drawing(make: "partial[Figure]", published: Published, words: Words, on_dark: bool) -> Drawing:
    figure = make()
    bare = untitled(figure)
    shown = in_dark(bare) if on_dark else bare
    return Drawing(figure.title, f"{figure.title}. {alt_text(published, words)}", shown.to_json())


def dark() -> bool:
    """Tell whether the reader's page is dark."""
    return bool(st.context.theme.type == "dark")


def show(drawn: Drawing, words: Words, key: str) -> None:
    """Show a chart, as wide as there is room."""
    told = {
        "described": drawn.described,
        "missing": words.t("dashboard.chart_missing"),
        "library": _address(),
    }
    # As bytes it passes through Streamlit as it is.
    _component()(key=key, data=f'{json.dumps(told)[:-1]}, "figure": {drawn.figure}}}'.encode())


def _address() -> str:
    """Return the address of the library that draws, on this server."""
    folder = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"{f'/{folder}' if folder else ''}/_stcore/bidi-components/{LIBRARY}/plotly.min.js?{plotly.__version__}"


@cache
def _component() -> Any:
    name, part = LIBRARY.split(".")
    manifest = ComponentManifest(name, plotly.__version__, [ComponentConfig(part, "package_data")])
    Runtime.instance().bidi_component_registry.register_from_manifest(manifest, Path(plotly.__file__).parent)
    script = SCRIPT.read_text(encoding="utf-8")
    return st.components.v2.component("chart", html='<div class="chart"></div>', js=script, isolate_styles=False)
