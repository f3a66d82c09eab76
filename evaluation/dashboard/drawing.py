"""Shows a chart with its title: made once of the same figures, drawn when a reader comes near, and anew in its place.

Streamlit's own chart is made anew, and drawn twice, each time the page is, wherever on the page it stands.
"""

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import plotly
import streamlit as st
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.runtime import Runtime

from evaluation.exhibits.exhibit import Exhibit
from evaluation.findings import Words
from evaluation.render.plotly import figure
from evaluation.render.plotly_look import FONT, in_dark, in_light, untitled

SCRIPTS = ("picture.js", "chart.js")
PARTS = """
    <p class="chart-title"></p>
    <p class="chart-topic"></p>
    <div class="chart"></div>
    <div class="chart-pictures">
        <button type="button" data-kind="png">PNG</button><button type="button" data-kind="svg">SVG</button>
    </div>
"""
LOOK = """
    .chart-title {margin: 0; font-size: 1.125rem; font-weight: 600; line-height: 1.35; text-wrap: pretty;}
    .chart-topic {margin: 0.125rem 0 0.5rem; font-size: 0.875rem; opacity: 0.8;}
    .chart-topic:empty {margin: 0 0 0.5rem;}
    .chart-pictures {display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.5rem;}
    .chart-pictures button {
        min-height: 2rem; padding: 0.125rem 0.75rem; border-radius: 0.5rem; cursor: pointer;
        font: inherit; font-size: 0.875rem; color: var(--st-text-color); background: transparent;
        border: 1px solid var(--st-border-color);
    }
    .chart-pictures button:hover {color: var(--st-primary-color); border-color: var(--st-primary-color);}
    .chart-pictures button:focus-visible {outline: 3px solid var(--st-primary-color); outline-offset: 2px;}
    @media print {.chart-pictures {display: none;}}
"""
LIBRARY = "plotly.library"
REMEMBERED = 500


@dataclass(frozen=True)
class Drawing:
    """A chart as the browser draws it (``figure``, JSON): its title and topic, and what it shows in words."""

    title: str
    topic: str
    alternative_text: str
    figure: str


def drawing(exhibit: Exhibit) -> Drawing:
    """Return the chart of ``exhibit``, in the colours of the reader's page."""
    return _drawing(exhibit, dark())


def _content(exhibit: Exhibit) -> Hashable:
    """Return all that an exhibit's chart is made of."""
    words, tables = exhibit.words, (exhibit.published, *exhibit.beside)
    language = (words.t.language, id(words.library))
    contents = tuple(published.content for published in tables)
    return exhibit.kind, exhibit.title, exhibit.headline, language, contents, exhibit.order, exhibit.breaks


@st.cache_resource(show_spinner=False, max_entries=REMEMBERED, hash_funcs={Exhibit: _content})
def _drawing(exhibit: Exhibit, on_dark: bool) -> Drawing:
    bare = untitled(figure(exhibit))
    coloured = in_dark(bare) if on_dark else bare
    return Drawing(exhibit.headline, exhibit.topic, exhibit.alternative_text, coloured.to_json())


def dark() -> bool:
    """Whether the reader's page is dark."""
    return bool(st.context.theme.type == "dark")


def show(drawn: Drawing, notes: Sequence[str], file: str, words: Words, key: str) -> None:
    """Show a chart, as wide as there is room, and offer it as a picture on white ground whatever the page's theme.

    Args:
        drawn: the chart.
        notes: what is written under it in a picture.
        file: what a picture is called, without its ending.
        words: the reader's language.
        key: a name that no other chart of the page has.
    """
    light = {_as_drawn(dull): _as_drawn(bright) for dull, bright in in_light().items()} if dark() else {}
    content = {
        "described": drawn.alternative_text,
        "missing": words.t("dashboard.chart_missing"),
        "library": _address(),
        "pictures": {
            "title": drawn.title,
            "topic": drawn.topic,
            "notes": list(notes),
            "file": file,
            "font": FONT,
            "light": light,
            "png": words.t("dashboard.panel_png"),
            "svg": words.t("dashboard.panel_svg"),
        },
    }
    # As bytes it passes through Streamlit as it is.
    _component()(key=key, data=f'{json.dumps(content)[:-1]}, "figure": {drawn.figure}}}'.encode())


def _as_drawn(colour: str) -> str:
    """Return a colour as browsers write it into what they have drawn."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def _address() -> str:
    """Return the address of the library that draws, on this server."""
    folder = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"{f'/{folder}' if folder else ''}/_stcore/bidi-components/{LIBRARY}/plotly.min.js?{plotly.__version__}"


@cache
def _component() -> Any:
    name, part = LIBRARY.split(".")
    manifest = ComponentManifest(name, plotly.__version__, [ComponentConfig(part, "package_data")])
    Runtime.instance().bidi_component_registry.register_from_manifest(manifest, Path(plotly.__file__).parent)
    script = "\n".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in SCRIPTS)
    return st.components.v2.component("chart", html=PARTS, css=LOOK, js=script, isolate_styles=False)
