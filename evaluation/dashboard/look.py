"""The look that the theme of the framework cannot give: room at the top, and text that can be read on either theme."""

import streamlit as st

from evaluation.charts.theme import DARK, GROUND, QUIET


def style() -> None:
    """Give small print and filled buttons enough contrast on both themes, and the page less empty room above it."""
    dark = st.context.theme.type == "dark"
    quiet, ground = (DARK[QUIET], DARK[GROUND]) if dark else (QUIET, GROUND)
    st.html(f"""<style>
        [data-testid='stMainBlockContainer'] {{padding-top: 4.5rem;}}
        [data-testid='stCaptionContainer'], [data-testid='stCaptionContainer'] * {{color: {quiet}; opacity: 1;}}
        [data-testid='stBaseButton-primary'], [data-testid='stBaseButton-primary'] * {{color: {ground};}}
    </style>""")
