"""The part of the settings page that shows who did what and when."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evaluation.dashboard import components, resources
from evaluation.findings import Words
from evaluation.store import Entry, as_csv

MOST_SHOWN = 100
HEIGHT = 330


def show(words: Words) -> None:
    """Show the latest of the trail, and offer all of it as a file."""
    t, store = words.t, resources.store()
    st.subheader(t("settings.audit_title"))
    st.write(t("audit.text"))
    trail = store.trail()
    if not trail:
        st.write(t("audit.nothing"))
        return
    rows = [
        {
            t("audit.moment"): t.moment(entry.local),
            t("audit.actor"): entry.actor or "–",
            t("audit.deed"): t(f"audit.deed_{entry.deed}"),
            t("audit.count"): entry.count,
            t("audit.subject"): "" if entry.deed == "signed_out" else entry.subject,
        }
        for entry in trail[:MOST_SHOWN]
    ]
    height = min(38 * (len(rows) + 1), HEIGHT)
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="audit", height=height, width="stretch")
    if len(trail) > MOST_SHOWN:
        st.caption(t("audit.latest", n=MOST_SHOWN))
    name = f"{t('audit.file')}.csv"
    components.offer(t("audit.download"), lambda: as_csv(trail[::-1]).encode(), name, "text/csv", "audit_csv")


def copies(made: Sequence[Entry], words: Words) -> str:
    """Return a list of the backups and copies that may hold what is forgotten, as Markdown."""
    t = words.t
    lines = [
        f"- {t.moment(entry.local)} {t(f'audit.deed_{entry.deed}')} {components.plain(entry.subject)}" for entry in made
    ]
    return "\n".join([t("audit.copies"), "", *lines]) if made else t("audit.copies_none")
