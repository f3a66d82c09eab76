"""A chart as a page shows it: its title, the figure, and its figures as a table beside it."""

from collections.abc import Iterable

import plotly.graph_objects as go
import streamlit as st

from evaluation.charts import Words, alt_text, table
from evaluation.charts.theme import TITLE_ROOM
from evaluation.measures import Published

PLAIN_CHART = {"displayModeBar": False, "displaylogo": False, "responsive": True}


def chart(figure: go.Figure, published: Published, words: Words, key: str) -> None:
    """Show a chart with its description for those who do not see it, and its table beside it."""
    with st.container(border=True):
        title = figure.layout.title.text
        described = f"{title}. {alt_text(published, words)}"
        # As text of the page the title wraps on a narrow screen; within the figure it would be cut.
        st.markdown(f"**{title}**")
        figure.update_layout(title=None, margin_t=8, height=figure.layout.height - TITLE_ROOM + 8)
        st.plotly_chart(figure, theme=None, config=PLAIN_CHART, key=key, alt=described)
        with st.expander(words.t("dashboard.as_table")):
            st.dataframe(table(published, words), hide_index=True, key=f"{key}_table")


def more_figures(tables: Iterable[Published], words: Words, key: str) -> None:
    """Offer as tables what has no chart of its own, each under its name."""
    shown = [published for published in tables if not published.shown.empty]
    if not shown:
        return
    with st.expander(words.t("dashboard.more_figures")):
        for published in shown:
            names = dict.fromkeys(words.measure(str(measure)) for measure in published.shown["measure"])
            st.markdown(f"**{', '.join(names)}**")
            st.dataframe(table(published, words), hide_index=True, key=f"{key}_{published.measure}")
