"""The panel that shows a chart: title, description, its table, and the files a reader can take away."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import partial

import streamlit as st

from evaluation.dashboard import components, drawing, resources
from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.table_columns import published_table
from evaluation.findings import Words
from evaluation.measures import Published
from evaluation.render.figures_workbook import MIME, figures_workbook
from evaluation.store import Store

LONGEST_FILE_NAME = 80
# Wider, rows grow too long for the eye to follow, and texts too small when the page is printed.
WIDEST = 920


def chart(exhibit: Exhibit, key: str) -> None:
    """Show a chart with its title, its description for those who do not see it, its tables and its files.

    Args:
        exhibit: what is shown.
        key: a name that no other panel of the page has.
    """
    words, drawn = exhibit.words, drawing.drawing(exhibit)
    with st.container(border=True, key=f"panel_{key}", width=WIDEST):
        drawing.show(drawn, _notes(exhibit), file_name(exhibit.title), words, key)
        if exhibit.explanation:
            st.caption(f"{exhibit.explanation}.")
        folded(words.t("dashboard.as_figures"), partial(_show_figures, exhibit, key), f"{key}_fold")


def _notes(exhibit: Exhibit) -> tuple[str, ...]:
    synthetic = (f"{exhibit.words.t('common.synthetic')}.",) if resources.synthetic() else ()
    return exhibit.notes + synthetic


def _show_figures(exhibit: Exhibit, key: str) -> None:
    tables = (exhibit.published, *exhibit.beside)
    _show_tables(tables, exhibit.words, key)
    make = partial(_workbook, tables, exhibit, _notes(exhibit), resources.store())
    name = f"{file_name(exhibit.title)}.xlsx"
    components.offer(exhibit.words.t("dashboard.panel_excel"), make, name, MIME, f"{key}_excel", icon=None)


def _workbook(tables: tuple[Published, ...], exhibit: Exhibit, notes: tuple[str, ...], store: Store) -> bytes:
    content = figures_workbook(tables, exhibit.words, exhibit.title, notes)
    store.note("workbook", exhibit.published.measure)
    return content


def _show_tables(tables: tuple[Published, ...], words: Words, key: str) -> None:
    for number, published in enumerate(tables):
        st.dataframe(published_table(published, words), hide_index=True, key=f"{key}_table_{number}")


def as_table(exhibit: Exhibit, key: str) -> None:
    """Offer a table under its title, where its chart would say again what another chart says."""
    folded(exhibit.title, partial(_show_tables, (exhibit.published,), exhibit.words, key), f"{key}_fold")


def more_figures(exhibits: Iterable[Exhibit], words: Words, key: str) -> None:
    """Offer the tables of ``exhibits``, each under its title; they are computed when a reader opens them."""
    folded(words.t("dashboard.more_figures"), partial(_show_titled, exhibits, words, key), f"{key}_fold")


def _show_titled(exhibits: Iterable[Exhibit], words: Words, key: str) -> None:
    with_figures = [exhibit for exhibit in exhibits if not exhibit.empty]
    if not with_figures:
        st.write(words.t("dashboard.nothing_yet"))
    for number, exhibit in enumerate(with_figures):
        st.markdown(f"**{exhibit.title}**")
        st.dataframe(published_table(exhibit.published, words), hide_index=True, key=f"{key}_{number}")


@st.fragment
def folded(label: str, show: Callable[[], None], key: str) -> None:
    """Show ``label``, and below it what ``show`` shows once a reader opens it: most never do, and making it takes time.

    Opening it computes this part of the page only.
    """
    with st.expander(label, key=key, on_change="rerun") as fold:
        if fold.open:
            show()


def file_name(title: str) -> str:
    """Return the name, without its ending, under which a chart of that title is saved on any system."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-").lower()[:LONGEST_FILE_NAME].rstrip("-")
