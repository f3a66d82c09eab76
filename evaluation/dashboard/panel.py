"""The panel that shows a chart: title, description, its table, and the files a reader can take away."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import streamlit as st

from evaluation.charts import MIME, Words, figures_workbook, table
from evaluation.charts.figure import Figure
from evaluation.dashboard import components, drawing, resources
from evaluation.measures import Published
from evaluation.store import Store

LONGEST_FILE_NAME = 80
# Wider, rows grow too long for the eye to follow, and texts too small when the page is printed.
WIDEST = 920


def chart(
    make: "partial[Figure]", published: Published, words: Words, key: str, beside: Iterable[Published] = ()
) -> None:
    """Show a chart with its title, its description for those who do not see it, its tables and its files.

    Args:
        make: a function of charts with all that it draws.
        published: what it shows.
        words: the reader's language.
        key: a name that no other panel of the page has.
        beside: other tables that the chart draws from.
    """
    tables = (published, *beside)
    drawn = drawing.drawing(make, published, words)
    notes = _notes(tables, words)
    with st.container(border=True, key=f"panel_{key}", width=WIDEST):
        drawing.show(drawn, notes, file_name(drawn.title), words, key)
        shown = partial(_show_figures, tables, drawn.title, notes, words, key)
        folded(words.t("dashboard.as_figures"), shown, f"{key}_fold")


def _show_figures(tables: tuple[Published, ...], title: str, notes: Sequence[str], words: Words, key: str) -> None:
    _show_tables(tables, words, key)
    make = partial(_workbook, tables, title, notes, words, resources.store())
    components.offer(
        words.t("dashboard.panel_excel"), make, f"{file_name(title)}.xlsx", MIME, f"{key}_excel", icon=None
    )


def _workbook(tables: tuple[Published, ...], title: str, notes: Sequence[str], words: Words, store: Store) -> bytes:
    content = figures_workbook(tables, words, title, notes)
    store.note("workbook", tables[0].measure)
    return content


def _show_tables(tables: tuple[Published, ...], words: Words, key: str) -> None:
    for number, each in enumerate(tables):
        st.dataframe(table(each, words), hide_index=True, key=f"{key}_table_{number}")


def as_table(label: str, published: Published, words: Words, key: str) -> None:
    """Offer a table under ``label``, where its chart would say again what another chart says."""
    folded(label, partial(_show_tables, (published,), words, key), f"{key}_fold")


def more_figures(tables: Iterable[Published], words: Words, key: str) -> None:
    """Offer as tables what has no chart of its own, each under its name; ``tables`` are made when they are opened."""
    folded(words.t("dashboard.more_figures"), partial(_show_named, tables, words, key), f"{key}_fold")


def _show_named(tables: Iterable[Published], words: Words, key: str) -> None:
    shown = [published for published in tables if not published.shown.empty]
    if not shown:
        st.write(words.t("dashboard.nothing_yet"))
    for published in shown:
        names = dict.fromkeys(words.measure(str(measure)) for measure in published.shown["measure"])
        st.markdown(f"**{', '.join(names)}**")
        st.dataframe(table(published, words), hide_index=True, key=f"{key}_{published.measure}")


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


def _notes(tables: tuple[Published, ...], words: Words) -> tuple[str, ...]:
    """Return what must stand beside a figure wherever it goes: n, what is left out, whose feedback it is."""
    t = words.t
    found = []
    numbers = [n for each in tables for n in each.shown["n"].dropna()]
    if numbers:
        found.append(t("dashboard.panel_n", n=words.number_between(min(numbers), max(numbers))))
    if any(each.frame["suppressed"].any() or each.frame["omitted"].any() for each in tables):
        found.append(t("dashboard.panel_left_out", threshold=tables[0].threshold))
    practices = list(dict.fromkeys(practice for each in tables for practice in each.frame["practice"]))
    named = ", ".join(words.practice(each) for each in practices)
    few = len(practices) <= 3
    found.append(
        t("dashboard.panel_source", practices=named)
        if few
        else t("dashboard.panel_source_many", count=t.number(len(practices)))
    )
    if resources.synthetic():
        found.append(t("common.synthetic"))
    return tuple(f"{each}." for each in found)
