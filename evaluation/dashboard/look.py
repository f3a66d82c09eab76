"""The look that the theme of the framework cannot give: room at the top, and text that can be read on either theme."""

import streamlit as st

from evaluation.charts.theme import DARK, GROUND, QUIET

# The browser chooses: the server learns of the reader's theme only after the first drawing.
RULES = f"""<style>
    [data-testid='stMainBlockContainer'] {{padding-top: 4.5rem;}}
    [data-testid='stCaptionContainer'], [data-testid='stCaptionContainer'] * {{
        color: light-dark({QUIET}, {DARK[QUIET]}) !important; opacity: 1 !important;
    }}
    [data-testid='stBaseButton-primary'], [data-testid='stBaseButton-primary'] * {{
        color: light-dark({GROUND}, {DARK[GROUND]}) !important;
    }}
</style>"""


def style() -> None:
    """Give small print and filled buttons enough contrast on both themes, and the page less empty room above it."""
    st.html(RULES)
